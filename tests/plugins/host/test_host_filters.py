"""No list is filtered by a pattern: not in the data manager, its tabs and actions, nor in the administration."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from tests.plugins.access.inside import World, inside

SLOW = "(a+)+$"


def query(operator: str, column: str = "filter:tasks:data.situation") -> dict[str, Any]:
    item = {"filter": column, "operator": operator, "type": "String", "value": SLOW}
    return {"filters": {"conjunction": "and", "items": [item]}, "ordering": []}


@inside
def test_a_filter_by_a_pattern_is_refused_wherever_a_filter_can_be_given(world: World) -> None:
    project = world.project("eigen")
    for asked in (
        query("regex"),
        query("iregex"),
        query("equal", "filter:tasks:data.situation__regex"),
        query("equal", "filter:tasks:data.situation__iregex"),
        query("equal", "filter:tasks:data__regex"),
    ):
        ways = {
            "list": ("GET", f"/api/tasks?project={project}&query={quote(json.dumps(asked))}", b""),
            "new tab": ("POST", "/api/dm/views/", {"project": project, "data": {"title": "x", **asked}}),
            "action": (
                "POST",
                f"/api/dm/actions?id=next_task&project={project}",
                {**asked, "selectedItems": {"all": True, "excluded": []}},
            ),
        }
        for name, (method, address, body) in ways.items():
            answer = world.ask("begeleider", method, address, body)
            assert answer.status == 400, f"{name} {asked['filters']['items'][0]}: {answer.status} {answer.text[:200]}"
    assert (
        world.ask(
            "begeleider", "GET", f"/api/tasks?project={project}&query={quote(json.dumps(query('contains')))}"
        ).status
        == 200
    )


@inside
def test_a_tab_that_has_a_pattern_from_before_is_refused_in_one_sentence_and_not_run(world: World) -> None:
    from data_manager.models import Filter, FilterGroup, View

    tab = View.objects.create(project=world.made.projects["eigen"], user=world.made.users["begeleider"], data={})
    made = Filter.objects.create(
        index=0, column="filter:tasks:data.situation", type="String", operator="contains", value=SLOW
    )
    Filter.objects.filter(pk=made.pk).update(operator="regex")
    tab.filter_group = FilterGroup.objects.create(conjunction="and")
    tab.filter_group.filters.add(made)
    tab.save()
    answer = world.ask("begeleider", "GET", f"/api/tasks?project={world.project('eigen')}&view={tab.pk}")
    assert (answer.status, "choose 'contains'" in answer.text) == (400, True), answer.text


@inside
def test_the_administration_takes_no_pattern_and_the_page_offers_none(world: World) -> None:
    for name in ("email__regex", "email__iregex"):
        answer = world.ask("beheer", "GET", f"/admin/users/user/?{name}={quote(SLOW)}", by="session")
        assert answer.status == 400, answer.text[:300]
    assert "select-option-regex" in world.ask("anna", "GET", "/vib/access/style.css", by="session").text
