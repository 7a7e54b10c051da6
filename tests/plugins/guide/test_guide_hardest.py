"""Who is shown which codes are hardest, with the people of the access rules."""

from __future__ import annotations

from typing import Any
from unittest import mock

from tests.plugins.access.inside import World, inside

PAGE = "/vib/guide/vib-pleegzorg/_hardest/"


WHAT = "GET vib/guide/<str:method>/_hardest/"


def code(world: World, who: str, *codes: str) -> None:
    """Have somebody have submitted a turn every second, with these codes."""
    results: list[dict[str, Any]] = [
        {
            "id": f"t{place}",
            "from_name": "turn",
            "to_name": "audio",
            "type": "labels",
            "value": {"start": place, "end": place + 0.9, "channel": 0, "labels": [name]},
        }
        for place, name in enumerate(codes)
    ]
    stored = world.made.codes[who, "toren"]
    stored.result = results
    stored.save()


@inside
def test_a_supervisor_sees_the_hardest_codes_of_the_own_rounds_and_not_who_gave_them(world: World) -> None:
    code(world, "anna", *["kind"] * 8)
    code(world, "bram", *["kind"] * 2, *["volwassene"] * 6)
    world.made.codes["opleider", "toren"].delete()
    answer = world.ask("opleider", "GET", f"{PAGE}?lang=nl", by="session")
    assert answer.status == 200
    assert "2 van de 8 keer eens" in answer.text
    assert "0 van de 6 keer eens" in answer.text
    assert answer.text.index("/vib-pleegzorg/volwassene/") < answer.text.index("/vib-pleegzorg/kind/")
    assert "anna" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@inside
def test_it_is_recorded_whose_families_were_shown(world: World) -> None:
    from django.conf import settings

    code(world, "anna", *["kind"] * 8)
    code(world, "bram", *["kind"] * 8)
    hook = settings.VIB_PLUGIN_HOST.hook
    with mock.patch.object(hook, "vib_access_event") as event:
        world.ask("opleider", "GET", PAGE, by="session")
    seen = [call.kwargs["event"] for call in event.call_args_list]
    assert (WHAT, ("F-OEFEN", "F-OEFEN3")) in [(one.what, one.families) for one in seen]
    session = world.open_session("opleider")
    with mock.patch.object(hook, "vib_access_event", side_effect=OSError):
        assert world.ask("opleider", "GET", PAGE, by="", headers=session).status == 503


@inside
def test_who_leads_no_round_sees_no_codes_and_no_way_to_them(world: World) -> None:
    code(world, "anna", *["kind"] * 8)
    code(world, "bram", *["volwassene"] * 8)
    for who, status in (("begeleider", 200), ("opleider2", 200), ("anna", 403)):
        answer = world.ask(who, "GET", PAGE, by="session")
        assert answer.status == status
        assert "/vib-pleegzorg/kind/" not in answer.text
    for who, there in (("opleider", True), ("anna", False), ("begeleider", False)):
        assert (PAGE in world.ask(who, "GET", "/vib/guide/vib-pleegzorg/", by="session").text) is there
