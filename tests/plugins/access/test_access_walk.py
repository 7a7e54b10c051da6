"""Nobody gets from any route what the role table does not give them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.plugins.access.apart import in_parts, outcomes
from tests.plugins.access.inside import World, inside
from tests.plugins.access.walk import Walk, chosen, walk

LEAST_TRIED = 20_000
LEAST_CHOSEN = 1_200
SHOWN = (
    *("project-eigen", "project-oefenset", "task-ontbijt", "task-toren", "media-ontbijt", "media-toren"),
    *("codes-anna-toren", "codes-bram-toren", "codes-opleider-toren", "codes-begeleider-ontbijt"),
    *("codes-collega-ontbijt", "draft-anna-toren", "prediction-ontbijt", "tab-anna-oefenset", "codes-bram-open"),
    *("remark-anna-toren-shared", "reply-bram-anna-open-shared", "remark-begeleider-ontbijt-shared"),
    "task-open",
)
"""Parts of canaries that somebody may see."""


@cache
def walked(world: World) -> Walk:
    """Return what came of asking what the rows give, and one request to any other route."""
    from plugins.access.routes import all_routes

    return walk(world.made, chosen(sorted(set(all_routes())), world.made))


@inside
def test_no_answer_of_a_row_shows_what_somebody_may_not_see(world: World) -> None:
    assert walked(world).leaks == []
    assert walked(world).tried > LEAST_CHOSEN


@inside
def test_every_answer_of_a_row_and_of_a_closed_route_agrees_with_the_role_table(world: World) -> None:
    assert walked(world).wrong == []


@inside
def test_what_people_may_see_was_shown_to_them_at_the_rows(world: World) -> None:
    seen = " ".join(walked(world).seen)
    assert [part for part in SHOWN if f"KANARIE-{part}-" not in seen] == []


@inside
def test_a_layer_that_let_rows_through_would_be_found(world: World) -> None:
    from plugins.access import narrowing

    with patch.dict(narrowing._rules, clear=True):
        found = walk(world.made, chosen(["api/dm/project/", "api/tasks/<int:pk>/"], world.made))
    assert any("codes-bram-toren" in leak for leak in found.leaks)
    assert found.wrong


@pytest.fixture(scope="module")
def walks(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return what came of walking the whole URL map."""
    return in_parts("walk", template, tmp_path_factory.mktemp("walk"))


@pytest.mark.nightly
def test_no_answer_of_any_route_shows_what_somebody_may_not_see(walks: list[dict[str, Any]]) -> None:
    tried = sum(walk["tried"] for walk in walks)
    print(f"\n{tried} combinations of route, method, role and object tried on {walks[0]['routes']} routes")
    assert [leak for walk in walks for leak in walk["leaks"]] == []
    assert tried > LEAST_TRIED


@pytest.mark.nightly
def test_every_answer_agrees_with_the_role_table(walks: list[dict[str, Any]]) -> None:
    assert [wrong for walk in walks for wrong in walk["wrong"]] == []


@pytest.mark.nightly
def test_what_people_may_see_was_really_shown_to_them(walks: list[dict[str, Any]]) -> None:
    seen = " ".join(canary for walk in walks for canary in walk["seen"])
    assert [part for part in SHOWN if f"KANARIE-{part}-" not in seen] == []


@pytest.mark.nightly
def test_a_layer_that_let_everything_through_would_be_found(prepared: Path) -> None:
    [found] = outcomes("walk", [(prepared, "--without-narrowing", "--starts", "api/tasks/", "api/dm/")])
    assert any("codes-bram-toren" in leak for leak in found["leaks"])
    assert found["wrong"]
