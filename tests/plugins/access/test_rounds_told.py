"""Other plugins are told of each person's rounds, and of a blind round nothing about who else is in it."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside
from vib.coding_round import CodingRound
from vib.roles import Part


def told(world: World, who: str) -> dict[str, CodingRound]:
    from django.conf import settings

    found = settings.VIB_PLUGIN_HOST.hook.vib_rounds(user=world.user(who))
    return {one.name: one for rounds in found for one in rounds}


@inside
def test_a_rater_is_told_of_nobody_else_in_a_round_until_it_is_opened(world: World) -> None:
    rounds = told(world, "anna")
    blind, opened = rounds["ronde"], rounds["open ronde"]
    assert (blind.raters, blind.supervisors, blind.opened) == ({"anna"}, frozenset(), None)
    assert (opened.raters, opened.supervisors) == ({"anna", "bram"}, {"opleider"})
    assert opened.opened is not None
    assert {one.part for one in rounds.values()} == {Part.RATER}


@inside
def test_a_supervisor_is_told_of_everybody_in_the_rounds_that_they_lead(world: World) -> None:
    rounds = told(world, "opleider")
    assert list(rounds) == ["open ronde", "ronde"]
    assert (rounds["ronde"].raters, rounds["ronde"].part) == ({"anna", "bram"}, Part.SUPERVISOR)


@inside
def test_who_is_in_no_round_and_who_has_another_role_now_are_told_of_none(world: World) -> None:
    from plugins.access.models import Round

    Round.objects.get(name="ronde").members.create(user=world.made.users["vreemd"], part=Part.RATER)
    for who in ("nieuw", "beheer", "begeleider", "vreemd"):
        assert told(world, who) == {}, who
