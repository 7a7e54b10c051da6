"""Everybody sees what is kept of them, can take it along, and gets nothing of anybody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.kept.kept_world import DOWNLOAD, INDEX, taken
from vib.hookspecs import hookimpl
from vib.kept import Kept
from vib.language import Text

SAID = Text(nl="Iets", en="Something <b>")
DIARY = Kept("diary", SAID, SAID, SAID, {"line": SAID}, lambda start, stop: [{"line": "<i>mine</i>"}][start:stop], 1)


@contextmanager
def a_plugin(kept: Any) -> Iterator[None]:
    """Have one more plugin, of a third party, that keeps something."""
    from django.conf import settings

    @hookimpl
    def vib_kept(user: int) -> Any:
        return kept(user)

    settings.VIB_PLUGIN_HOST.add("theirs", SimpleNamespace(vib_kept=vib_kept))
    try:
        yield
    finally:
        settings.VIB_PLUGIN_HOST.remove("theirs")


def page(world: World, who: str, name: str = "", language: str = "en") -> str:
    answer = world.ask(who, "GET", f"{INDEX}{name}?lang={language}", by="session")
    assert (answer.status, answer.forbidden) == (200, [])
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.text


@inside
def test_what_is_taken_along_has_all_of_ones_own_and_nothing_of_anybody_else(world: World) -> None:
    for who, role in world.made.users.items():
        if who in ("dienst", "nieuw"):
            continue
        said = json.dumps(taken(world, who))
        assert [canary for canary in world.made.forbidden(who) if canary in said] == [], who
        others = [user.email for name, user in world.made.users.items() if name != who and user.email in said]
        assert others == [], (who, role)
    said = json.dumps(taken(world, "anna"))
    for own in ("codes-anna-toren", "codes-anna-open", "draft-anna-toren", "tab-anna-oefenset"):
        assert f"KANARIE-{own}-" in said
    assert "KANARIE-codes-bram" not in said


@inside
def test_a_page_says_of_each_kind_what_it_is_and_how_much_there_is_in_both_languages(world: World) -> None:
    said = page(world, "anna")
    assert 'What you submitted <span class="fine">2</span>' in said
    assert said.index("Your account") < said.index("What you submitted") < said.index("Rounds that you are in")
    assert said.index("Of these nothing is kept now") < said.index("Reminders to you")
    assert "Wat je inleverde" in page(world, "anna", language="nl")
    assert "F-OEFEN/toren" in page(world, "anna", "codes/")
    assert ">trainee<" in page(world, "anna", "account/")
    assert ">cursist<" in page(world, "anna", "account/", "nl")
    assert f'href="{INDEX}"' in world.ask("anna", "GET", "/vib/?lang=en", by="session").text.replace("?lang=en", "")


@inside
def test_of_a_family_that_somebody_no_longer_has_it_says_only_that_they_coded(world: World) -> None:
    from plugins.access.models import FamilyGrant

    before = taken(world, "begeleider")
    assert [one["clip"] for one in before["codes.json"]] == ["F-EIGEN/ontbijt"]
    FamilyGrant.objects.filter(user=world.user("begeleider")).delete()
    after = taken(world, "begeleider")
    assert after["codes.json"] == []
    hidden = after["out-of-sight.json"]
    assert {"what": "codes", "made": before["codes.json"][0]["created_at"]} in hidden
    said = len(before["remarks.json"]) + len(before["replies.json"])
    assert [one["what"] for one in hidden].count("conversation") == said
    assert "F-EIGEN" not in json.dumps({**after, "log.json": []})
    assert "submitted" in page(world, "begeleider", "out-of-sight/")


@inside
def test_the_log_of_coding_is_there_and_of_a_clip_out_of_sight_not_what_was_chosen(world: World) -> None:
    from uuid import uuid4

    from plugins.access.models import FamilyGrant
    from plugins.coding.log import Which, append, begin
    from plugins.coding.sent import Changed

    which, client = Which(world.user("begeleider"), world.task("ontbijt"), None), uuid4()
    begin(which, client, [{"id": "begun-from"}])
    operation = {"put": {"id": "chosen", "from_name": "turn"}}
    append(
        which, client, [Changed.model_validate({"number": 1, "at": "2027-03-05T14:07:00Z", "operations": [operation]})]
    )
    found = taken(world, "begeleider")
    [work], [change] = found["works.json"], found["changes.json"]
    assert (work["clip"], work["began_from"], work["last"]) == ("F-EIGEN/ontbijt", [{"id": "begun-from"}], 1)
    assert (change["clip"], change["operations"][0]["put"]["id"]) == ("F-EIGEN/ontbijt", "chosen")
    assert taken(world, "collega")["works.json"] == []
    FamilyGrant.objects.filter(user=world.user("begeleider")).delete()
    after = taken(world, "begeleider")
    [work] = after["works.json"]
    assert (work["clip"], work["began_from"], work["last"]) == (None, None, 1)
    assert after["changes.json"] == []


@inside
def test_an_invitation_and_wrong_passwords_are_there_for_whose_address_it_is(world: World) -> None:
    from axes.models import AccessAttempt

    from plugins.signin.invitations import invite
    from plugins.signin.models import Invitation
    from vib.actor import Actor
    from vib.roles import Role

    invite("later@vib.example", Role.TRAINEE, 7, Actor("beheer@vib.example"))
    made, _ = invite("invited@vib.example", Role.TRAINEE, 7, Actor("beheer@vib.example"))
    Invitation.objects.filter(pk=made.pk).update(email="Anna@vib.example")
    AccessAttempt.objects.create(username="anna@vib.example", failures_since_start=3, ip_address="192.0.2.7")
    found = taken(world, "anna")
    assert [one["role"] for one in found["invitations.json"]] == ["trainee"]
    assert [one["failures_since_start"] for one in found["wrong-passwords.json"]] == [3]
    assert "192.0.2.7" not in json.dumps(found)
    assert "beheer@" not in json.dumps(found)
    assert len(taken(world, "beheer")["invitations-made.json"]) == 2
    assert taken(world, "bram")["invitations.json"] == []


@inside
def test_the_own_lines_of_the_log_are_there_without_what_others_did(world: World) -> None:
    from django.conf import settings

    from vib.actor import Actor

    record = settings.VIB_PLUGIN_HOST.hook.vib_access_event
    lead = Actor("opleider@vib.example", "supervisor", "192.0.2.1")
    record(event=lead.event("access round", which="round ronde, rater bram@vib.example", families=["F-OEFEN"]))
    record(event=Actor("bram@vib.example").event("GET secret"))
    found = taken(world, "opleider")["log.json"]
    [line] = [one for one in found if one["what"] == "access round" and one["where"] == "192.0.2.1"]
    assert (line["which"], line["families"], line["allowed"]) == ("round ronde, rater …", ["F-OEFEN"], True)
    assert {"number", "hash", "previous", "who"}.isdisjoint(line)
    assert "GET secret" not in json.dumps(found)
    assert "round ronde, rater …" in page(world, "opleider", "log/")


@inside
def test_who_takes_it_along_is_recorded_with_the_families_and_without_a_record_it_stays(world: World) -> None:
    from django.conf import settings

    from tests.plugins.access.desk import Log

    log = Log()
    settings.VIB_PLUGIN_HOST.add("log", log)
    try:
        taken(world, "anna")
    finally:
        settings.VIB_PLUGIN_HOST.remove("log")
    [event] = [event for event in log.events if "kept" in event.what]
    assert (event.who, event.what, event.families) == (
        "anna@vib.example",
        "GET vib/kept/download",
        ("F-OEFEN", "F-OEFEN3"),
    )

    class Full:
        @hookimpl
        def vib_access_event(self, event: Any) -> None:
            if "kept" in event.what:
                raise OSError("full")

    settings.VIB_PLUGIN_HOST.add("full", Full())
    try:
        answer = world.ask("anna", "GET", f"{DOWNLOAD}?lang=en", by="session")
    finally:
        settings.VIB_PLUGIN_HOST.remove("full")
    assert answer.status == 503
    assert "could not be put in the log" in answer.text


@inside
def test_what_a_third_party_keeps_is_shown_and_taken_along_like_any_other(world: World) -> None:
    with a_plugin(lambda user: [DIARY] if user == world.user("anna") else []):
        assert "Something &lt;b&gt;" in page(world, "anna")
        assert "&lt;i&gt;mine&lt;/i&gt;" in page(world, "anna", "diary/")
        assert taken(world, "anna")["diary.json"] == [{"line": "<i>mine</i>"}]
        assert "diary.json" not in taken(world, "bram")
    assert world.ask("anna", "GET", f"{INDEX}diary/", by="session").status == 404


@inside
def test_a_plugin_that_cannot_say_or_read_what_it_keeps_is_named_and_the_rest_is_there(world: World) -> None:
    def half(start: int, stop: int | None) -> Iterator[dict[str, str]]:
        yield {"line": "first"}
        raise RuntimeError("boom")

    with a_plugin(lambda user: [replace(DIARY, records=half)]):
        found = taken(world, "anna")
    assert "diary.json" not in found
    assert [part["file"] for part in found["contents.json"]["parts"] if "Something" in part["heading"]] == [None]
    assert len(found["codes.json"]) == 2
    with a_plugin(lambda user: 1 / 0):
        assert "Not everything could be read" in page(world, "anna")
        assert taken(world, "anna")["contents.json"]["plugins_that_failed"] == ["theirs"]


@inside
def test_records_come_a_page_at_a_time_and_a_page_that_is_none_is_the_first(world: World) -> None:
    lines = [{"line": f"line {number}"} for number in range(120)]
    with a_plugin(lambda user: [replace(DIARY, records=lambda start, stop: lines[start:stop], count=None)]):
        first, last = page(world, "anna", "diary/"), page(world, "anna", "diary/?page=3&x=")
        assert first.count("<td>line") == 50
        assert "?page=2&amp;lang=en" in first
        assert 'rel="prev"' not in first
        assert last.count("<td>line") == 20
        assert 'rel="next"' not in last
        for wrong in ("0", "-1", "x", "9" * 30):
            assert "<td>line 0<" in page(world, "anna", f"diary/?page={wrong}&x=")


@inside
def test_no_page_asks_the_database_often(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name in ("", "codes/", "tabs/", "download"):
        with CaptureQueriesContext(connection) as queries:
            assert world.ask("anna", "GET", f"{INDEX}{name}", by="session").status == 200
        assert len(queries) < 80, (name, len(queries))
