"""What Schemathesis makes of Label Studio's OpenAPI schema shows nobody what is not theirs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.access.apart import in_parts
from tests.plugins.access.fuzz import FEWER_EXAMPLES, Found, fuzz
from tests.plugins.access.inside import World, inside

LEAST_TRIED = 3_000
LEAST_TRIED_QUICKLY = 900
ROLES = ("beheer", "opleider", "begeleider", "anna")
"""One of each role."""


@cache
def fuzzed_inside(world: World) -> Found:
    """Return what came of asking every operation with fewer examples."""
    return fuzz(world, FEWER_EXAMPLES)


@inside
def test_no_answer_to_a_few_made_up_requests_shows_what_somebody_may_not_see(world: World) -> None:
    assert fuzzed_inside(world).leaks == []
    assert fuzzed_inside(world).tried >= LEAST_TRIED_QUICKLY


@inside
def test_none_of_a_few_made_up_requests_gets_past_the_role_table(world: World) -> None:
    assert fuzzed_inside(world).wrong == []


@inside
def test_every_operation_of_the_schema_was_asked_at_least_once(world: World) -> None:
    assert fuzzed_inside(world).without_examples == []
    answers = fuzzed_inside(world).answers
    assert [who for who in ROLES if f"{who} 2xx" not in answers] == []
    assert "nieuw 2xx" not in answers


@pytest.fixture(scope="module")
def fuzzed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return what came of asking every operation."""
    return in_parts("fuzz", template, tmp_path_factory.mktemp("fuzz"))


@pytest.mark.nightly
def test_no_answer_to_a_made_up_request_shows_what_somebody_may_not_see(fuzzed: list[dict[str, Any]]) -> None:
    tried, operations = (sum(part[name] for part in fuzzed) for name in ("tried", "operations"))
    print(f"\n{tried} requests on {operations} operations of the schema")
    assert [leak for part in fuzzed for leak in part["leaks"]] == []
    assert tried >= LEAST_TRIED


@pytest.mark.nightly
def test_no_made_up_request_gets_past_the_role_table(fuzzed: list[dict[str, Any]]) -> None:
    assert [wrong for part in fuzzed for wrong in part["wrong"]] == []


@pytest.mark.nightly
def test_every_operation_of_the_schema_was_asked_and_some_answered(fuzzed: list[dict[str, Any]]) -> None:
    assert [name for part in fuzzed for name in part["without_examples"]] == []
    for who in ROLES:
        assert sum(part["answers"].get(f"{who} 2xx", 0) for part in fuzzed) > 0, who
    assert sum(part["answers"].get("nieuw 2xx", 0) for part in fuzzed) == 0
