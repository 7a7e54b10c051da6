"""Bad codes that are in the database from before take no list, page or export down, and are named."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from tests.plugins.access.inside import World, inside
from tests.plugins.agreement.pages.coded import recode

DEEP = "[" * 900 + "]" * 900
FAULTS = {
    "before the clip": '[{"id": "a", "from_name": "turn", "type": "labels", "value": '
    '{"start": -5, "end": 2, "labels": ["kind"]}}]',
    "half a character": '[{"id": "a", "from_name": "turn", "type": "labels", "value": '
    '{"start": 1, "end": 2, "labels": ["ki\\ud800nd"]}}]',
    "endless": '[{"id": "a", "from_name": "turn", "type": "labels", "value": '
    '{"start": 1, "end": 1e400, "labels": ["kind"]}}]',
    "no number": '[{"id": "a", "from_name": "BS.1", "type": "rating", "value": {"rating": -1e400}}]',
    "deep": f'[{{"id": "a", "from_name": "turn", "type": "labels", "value": {DEEP}}}]',
    "text": '"niets"',
    "block": '{"id": 3}',
    "numbers": "[1, null, []]",
    "no names": "[{}]",
}
"""What an older version may have kept, as JSON."""


def put_straight(world: World, who: str, clip: str, result: str, lead_time: float = 1.0) -> None:
    """Put results of somebody into the database past every check."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE task_completion SET result = %s, lead_time = %s, updated_at = CURRENT_TIMESTAMP WHERE id = %s",
            [result, lead_time, world.code(who, clip)],
        )


def lists(world: World) -> list[tuple[str, str]]:
    """Return who reads codes where: Label Studio's lists and exports, and our pages."""
    project, task = world.project("oefenset"), world.task("toren")
    export = f"/api/projects/{project}/export?download_all_tasks=true&exportType="
    return [
        ("opleider", f"/api/tasks?project={project}&fields=all"),
        ("opleider", f"/api/tasks/{task}/"),
        ("opleider", f"/api/tasks/{task}/annotations/"),
        ("dienst", f"/api/tasks?project={project}&fields=all"),
        ("dienst", f"/api/tasks/{task}/"),
        *(("dienst", export + form) for form in ("JSON", "JSON_MIN", "CSV", "TSV")),
        ("opleider", "/vib/agreement/round/ronde/"),
        ("opleider", "/vib/agreement/round/ronde/clip/F-OEFEN/toren"),
        ("opleider", "/vib/agreement/"),
    ]


def check_lists(
    world: World, faults: Sequence[str], lead_times: Sequence[float], wanted: list[tuple[str, str]]
) -> None:
    """Check that each list answers as it did, whatever one rater has."""
    sound = {asked: world.ask(asked[0], "GET", asked[1], by="session").status for asked in wanted}
    assert set(sound.values()) == {200}, sound
    for fault in faults:
        for lead_time in lead_times:
            put_straight(world, "anna", "toren", FAULTS[fault], lead_time)
            for who, address in wanted:
                answer = world.ask(who, "GET", address, by="session")
                assert answer.status == 200, f"{fault}: {address}: {answer.status} {answer.text[:500]}"
                if "application/json" in answer.headers.get("Content-Type", ""):
                    json.loads(answer.text, parse_constant=pytest.fail)


@inside
def test_no_list_or_export_fails_because_of_what_one_rater_has(world: World) -> None:
    wanted = lists(world)
    check_lists(world, ["half a character", "deep"], [float("inf")], [wanted[0], wanted[4], wanted[6]])


@pytest.mark.nightly
@inside
def test_no_list_page_or_export_fails_whatever_one_rater_has(world: World) -> None:
    check_lists(world, list(FAULTS), [1.0, float("inf")], lists(world))


@inside
def test_the_page_of_a_clip_names_whom_it_leaves_out_and_why_and_shows_the_others(world: World) -> None:
    for who in ("bram", "opleider"):
        recode(world, who, "toren", [("kind", 1.0, 2.0)])
    put_straight(world, "anna", "toren", FAULTS["before the clip"])
    shown = world.ask("opleider", "GET", "/vib/agreement/round/ronde/clip/F-OEFEN/toren?lang=en", by="session")
    assert shown.status == 200, shown.text[:500]
    assert "F-OEFEN/toren, anna: turn/kind: start -5.0 and end 2.0 do not fit" in shown.text
    assert "bram" in shown.text


@inside
def test_a_draft_and_a_prediction_that_are_bad_from_before_do_not_shut_their_task(world: World) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table, number in (
            ("tasks_annotationdraft", world.made.drafts["anna", "toren"].pk),
            ("prediction", world.made.predictions["toren"].pk),
        ):
            cursor.execute(f"UPDATE {table} SET result = %s WHERE id = %s", [FAULTS["half a character"], number])  # noqa: S608 - our own names
    for who in ("anna", "dienst"):
        answer = world.ask(who, "GET", f"/api/tasks/{world.task('toren')}/", by="session")
        assert answer.status == 200, answer.text[:300]
