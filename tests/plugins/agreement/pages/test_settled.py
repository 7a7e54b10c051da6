"""Moments that were settled: known again when codes change a little, seen and marked by who may, and kept."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.plugins.access.inside import Answer, World
from tests.plugins.agreement.pages.coded import CODES, inside, recode
from tests.plugins.kept.kept_world import taken

BASE = "/vib/agreement/"
FORM = "application/x-www-form-urlencoded"
TOREN = f"{BASE}round/ronde/clip/F-OEFEN/toren/"
NOTE = "Wie knikt, ontvangt."
MOMENT = {
    "tier": "turn",
    "attribute": "",
    "start": "6.000",
    "end": "8.500",
    "settled": "yes",
    "note": "Wie knikt, ontvangt.",
}


def post(world: World, who: str, address: str, headers: dict[str, str] | None = None, **changed: str) -> Answer:
    return world.ask(who, "POST", address, urlencode(MOMENT | changed), kind=FORM, by="session", headers=headers)


def shown(world: World, who: str, address: str) -> str:
    answer = world.ask(who, "GET", f"{address}{'&' if '?' in address else '?'}lang=en", by="session")
    assert (answer.status, answer.forbidden) == (200, [])
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def rows(world: World) -> list[Any]:
    from plugins.agreement.pages.models import Settling

    return list(Settling.objects.order_by("at").values_list("by__username", "round", "tier", "start", "end", "settled"))


@pytest.mark.parametrize(
    ("start", "end", "same"),
    [
        (10.0, 14.0, True),
        (10.4, 14.6, True),
        (11.0, 12.0, True),
        (12.0, 16.0, True),
        (12.1, 16.1, False),
        (8.0, 20.0, False),
        (14.0, 15.0, False),
        (12.0, 12.0, True),
        (14.4, 14.4, True),
        (14.6, 14.6, False),
    ],
)
def test_a_moment_is_known_again_as_long_as_half_of_it_lies_in_what_was_settled(
    start: float, end: float, same: bool
) -> None:
    from plugins.agreement.pages.stretches import is_of

    settled = SimpleNamespace(tier="turn", attribute="", start=10.0, end=14.0)
    moment = SimpleNamespace(tier="turn", attribute=None, start=start, end=end)
    assert is_of(settled, moment) is same
    assert not is_of(settled, SimpleNamespace(tier="gaze", attribute=None, start=start, end=end))
    assert not is_of(settled, SimpleNamespace(tier="turn", attribute="to", start=start, end=end))


@inside
def test_a_supervisor_settles_a_moment_with_a_note_and_opens_it_again(world: World) -> None:
    before = shown(world, "opleider", TOREN)
    assert "Settled by" not in before
    answer = post(world, "opleider", TOREN)
    assert (answer.status, answer.headers["Location"].endswith("#_moments")) == (302, True)
    after = shown(world, "opleider", TOREN)
    assert "Settled by opleider," in after
    assert "Wie knikt, ontvangt." in after
    assert "✓ settled" in after
    assert post(world, "opleider", TOREN, settled="no", note="").status == 302
    again = shown(world, "opleider", TOREN)
    assert "Opened again by opleider," in again
    assert "✓ settled" not in again
    assert [row[-1] for row in rows(world)] == [True, False]


@inside
def test_what_was_settled_stays_so_when_codes_change_a_little_and_opens_when_they_change_much(world: World) -> None:
    post(world, "opleider", TOREN)
    recode(world, "anna", "toren", [*CODES["anna"][:2], ("kind", 6.2, 8.8)])
    assert "✓ settled" in shown(world, "opleider", f"{TOREN}?pair=anna,bram")
    recode(world, "anna", "toren", [*CODES["anna"][:2], ("kind", 4.5, 8.9)])
    assert "✓ settled" in shown(world, "opleider", f"{TOREN}?pair=anna,bram")
    recode(world, "anna", "toren", [*CODES["anna"][:2], ("kind", 8.4, 9.0)])
    assert "✓ settled" not in shown(world, "opleider", f"{TOREN}?pair=anna,bram")


@inside
def test_who_may_see_a_moment_sees_that_it_is_settled_and_nobody_else(world: World) -> None:
    from django.utils import timezone

    from plugins.access.models import Round

    post(world, "opleider", TOREN, note="GEHEIM-NOTITIE")
    assert world.ask("anna", "GET", TOREN, by="session").status == 404
    for who in ("opleider2", "begeleider", "carla", "beheer"):
        assert "GEHEIM-NOTITIE" not in world.ask(who, "GET", TOREN, by="session").text, who
    Round.objects.filter(name="ronde").update(opened_at=timezone.now())
    for who in ("anna", "bram"):
        said = shown(world, who, TOREN)
        assert "GEHEIM-NOTITIE" in said
        assert "What was settled?" not in said
    assert world.ask("carla", "GET", TOREN, by="session").status == 404


@inside
def test_only_who_has_the_figures_of_a_round_or_family_may_settle(world: World) -> None:
    from django.utils import timezone

    from plugins.access.models import Round

    Round.objects.filter(name="ronde").update(opened_at=timezone.now())
    for who, status in (
        *(("anna", 403), ("beheer", 403), ("nieuw", 403)),
        *(("opleider2", 404), ("begeleider", 404), ("vreemd", 404)),
    ):
        assert post(world, who, TOREN).status == status, who
    assert world.ask("", "POST", TOREN, urlencode(MOMENT), kind=FORM, by="").status in (302, 401, 403)
    assert rows(world) == []
    project = f"{BASE}project/{world.project('eigen')}/clip/F-EIGEN/ontbijt/"
    assert post(world, "vreemd", project).status == 404
    assert post(world, "collega", project, start="1", end="2").status == 302
    assert rows(world) == [("collega", "", "turn", 1.0, 2.0, True)]


@inside
def test_a_colleague_reads_what_was_settled_once_they_submitted_their_own_codes(world: World) -> None:
    from tasks.models import Annotation

    project = f"{BASE}project/{world.project('eigen')}/clip/F-EIGEN/ontbijt/"
    recode(world, "begeleider", "ontbijt", [("kind", 1, 2)])
    recode(world, "collega", "ontbijt", [("volwassene", 1, 2)])
    assert post(world, "collega", project, start="1", end="2").status == 302
    assert "Wie knikt" in shown(world, "begeleider", project)
    Annotation.objects.filter(pk=world.code("begeleider", "ontbijt")).delete()
    assert "Wie knikt" not in world.ask("begeleider", "GET", project, by="session").text


@inside
def test_what_was_settled_in_a_round_is_not_settled_in_another_with_the_same_clip(world: World) -> None:
    from plugins.access.models import HandedOut, Round, RoundMember

    held = Round.objects.create(name="nog een", project=world.made.projects["oefenset"])
    HandedOut.objects.create(round=held, task=world.made.tasks["toren"], clip="F-OEFEN/toren")
    for part, names in (("rater", ("anna", "bram")), ("supervisor", ("opleider",))):
        for name in names:
            RoundMember.objects.create(round=held, user=world.made.users[name], part=part)
    post(world, "opleider", TOREN)
    assert "✓ settled" in shown(world, "opleider", TOREN)
    assert "✓ settled" not in shown(world, "opleider", TOREN.replace("ronde/clip", "nog een/clip"))


@inside
def test_what_is_sent_wrongly_is_answered_with_what_is_wrong_and_not_kept(world: World) -> None:
    wrong: list[tuple[dict[str, str], str]] = [
        ({"tier": ""}, "tier"),
        ({"tier": "x" * 201}, "tier"),
        ({"tier": "gaze"}, "no moment of this clip"),
        ({"start": "nan"}, "start"),
        ({"start": "-1"}, "start"),
        ({"start": "9"}, "ends before it starts"),
        ({"end": "1e9"}, "no moment of this clip"),
        ({"settled": "misschien"}, "settled"),
        ({"note": "n" * 2001}, "note"),
        ({"note": "nul\x00"}, "NUL"),
    ]
    for changed, said in wrong:
        answer = world.ask("opleider", "POST", f"{TOREN}?lang=en", urlencode(MOMENT | changed), kind=FORM, by="session")
        assert (answer.status, said in unescape(answer.text)) == (400, True), (changed, answer.text[-600:])
    assert post(world, "opleider", TOREN.replace("toren", "weg")).status == 404
    assert rows(world) == []


@inside
def test_a_note_is_shown_as_text(world: World) -> None:
    post(world, "opleider", TOREN, note="<script>alert(1)</script>\nen {{ 7 }}")
    page = world.ask("opleider", "GET", TOREN, by="session").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>en {{ 7 }}" in page


@inside
def test_another_site_settles_nothing_in_somebodys_name(world: World) -> None:
    for headers in ({"Origin": "https://elders.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert post(world, "opleider", TOREN, headers).status == 403
    assert rows(world) == []


@inside
def test_that_somebody_settled_is_recorded_with_the_family_and_without_a_record_it_is_not_kept(world: World) -> None:
    from unittest import mock

    from django.conf import settings

    with mock.patch.object(settings.VIB_PLUGIN_HOST.hook, "vib_access_event") as event:
        post(world, "opleider", TOREN)
    noted = [call.kwargs["event"] for call in event.call_args_list]
    assert ("opleider@vib.example", ("F-OEFEN",), "round ronde, F-OEFEN/toren turn 6-8.5") in [
        (one.who, one.families, one.which) for one in noted if one.what.startswith("POST vib/agreement/")
    ]
    assert len(rows(world)) == 1
    headers = world.open_session("opleider")
    with mock.patch.object(settings.VIB_PLUGIN_HOST.hook, "vib_access_event", side_effect=OSError):
        assert world.ask("", "POST", TOREN, urlencode(MOMENT), kind=FORM, by="", headers=headers).status == 503
    assert len(rows(world)) == 1


@inside
def test_who_settled_something_sees_and_takes_along_what_is_kept_of_it_and_nobody_else_does(world: World) -> None:
    post(world, "opleider", TOREN)
    [found] = taken(world, "opleider")["settled.json"]
    assert (found["clip"], found["tier"], found["settled"], found["note"]) == (
        *("F-OEFEN/toren", "turn", True),
        NOTE,
    )
    assert taken(world, "anna")["settled.json"] == []
    assert NOTE in shown(world, "opleider", "/vib/kept/settled/")


@inside
def test_moments_are_taken_along_with_what_was_settled_in_cells_that_no_spreadsheet_runs(world: World) -> None:
    post(world, "opleider", TOREN, note="=1+1")
    address = f"{BASE}round/ronde/download/moments.csv"
    answer = world.ask("opleider", "GET", address, by="session")
    assert (answer.status, answer.forbidden) == (200, [])
    first, second = csv.DictReader(io.StringIO(answer.text))
    assert (first["clip"], first["start"], first["said"]) == (
        *("F-OEFEN/toren", "6.000"),
        "anna: kind; bram: -; opleider: kind",
    )
    assert (first["settled"], first["settled_by"], first["note"]) == ("yes", "opleider", "'=1+1")
    assert (second["start"], second["settled"], second["note"]) == ("3.000", "", "")
    for who, status in (("opleider2", 404), ("anna", 403), ("begeleider", 404)):
        assert world.ask(who, "GET", address, by="session").status == status, who
