"""What the supervisor of a round changes in it themselves: by the rules of `rounds`, and in their own rounds only.

A supervisor is told nothing of accounts and rounds that are not theirs: one that does not code, or is not
there, is refused in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from users.models import User

from plugins.access import rounds
from plugins.access import texts_command as texts
from plugins.access.consenting import not_for_rounds
from plugins.access.granting import By, Outcome, acting, problem
from plugins.access.models import Round, RoundMember
from plugins.access.narrowing import everything
from plugins.access.rounds import RATER, SUPERVISOR
from plugins.access.viewer import viewer_of
from vib.actor import Actor
from vib.language import Text
from vib.round_change import Doing, RoundChange, RoundOffer


def change_round(user: int, by: Actor, change: RoundChange) -> list[Text]:
    """Change a round in the name of who leads it; return what was done.

    Raises
    ------
    InputProblem
        The account does not lead the round, or the change cannot be.
    """
    with acting(by) as acts:
        round_ = _led(user, change.round)
        if round_ is None:
            raise problem(change.round, texts.NOT_LED)
        return [one.text for one in _DOING[change.doing](acts, round_, change) if one.changed]


def offer(user: int, name: str) -> RoundOffer | None:
    """Return what somebody could add to a round that they lead."""
    with everything():
        round_ = _led(user, name)
        if round_ is None:
            return None
        if round_.opened_at is not None:
            return RoundOffer()
        free = set(rounds.clips_of(round_.project_id)).difference(rounds.clips_in(round_))
        led = RoundMember.objects.filter(user=user, part=SUPERVISOR).values("round")
        known = User.objects.filter(vib_rounds__round__in=led, vib_rounds__part=RATER, is_active=True)
        raters = known.exclude(vib_rounds__round=round_).distinct().prefetch_related("groups").order_by("email")
        return RoundOffer(
            tuple(one.email for one in raters if viewer_of(one).part == RATER),
            tuple(sorted(free.difference(not_for_rounds(free)))),
        )


def _led(user: int, name: str) -> Round | None:
    if viewer_of(User.objects.get(pk=user)).part != SUPERVISOR:
        return None
    return Round.objects.filter(name=name, members__user=user, members__part=SUPERVISOR).first()


def _add_rater(by: By, round_: Round, change: RoundChange) -> list[Outcome]:
    account = User.objects.filter(email__iexact=change.which.strip()).first()
    if account is None or viewer_of(account).part != RATER:
        raise problem(change.which, texts.NO_TRAINEE)
    _check_elsewhere(round_, [account.pk], rounds.clips_in(round_))
    return rounds.add_members(by, round_.name, [account.email], RATER)


def _hand_out(by: By, round_: Round, change: RoundChange) -> list[Outcome]:
    raters = list(round_.members.filter(part=RATER).values_list("user", flat=True))
    _check_elsewhere(round_, raters, [change.which])
    return rounds.hand_out(by, round_.name, [change.which])


def _remove_rater(by: By, round_: Round, change: RoundChange) -> list[Outcome]:
    if not round_.members.filter(user__email__iexact=change.which, part=RATER).exists():
        raise problem(change.which, texts.NO_TRAINEE)
    return rounds.remove_members(by, round_.name, [change.which])


def _check_elsewhere(round_: Round, raters: list[int], clips: list[str]) -> None:
    """See to it that nobody has one of these clips in another round, of which nothing more is said."""
    found = rounds.held_elsewhere(round_, raters, clips)
    if found is not None:
        raise problem(found.rater, texts.TWICE_ELSEWHERE, clip=found.clip)


_DOING: Mapping[Doing, Callable[[By, Round, RoundChange], list[Outcome]]] = {
    Doing.ADD_RATER: _add_rater,
    Doing.REMOVE_RATER: _remove_rater,
    Doing.HAND_OUT: _hand_out,
    Doing.TAKE_BACK: lambda by, round_, change: rounds.take_back(by, round_.name, [change.which]),
    Doing.SET_DUE: lambda by, round_, change: rounds.set_due(by, round_.name, change.due),
    Doing.OPEN: lambda by, round_, change: rounds.open_round(by, round_.name),
    Doing.CLOSE: lambda by, round_, change: rounds.close_round(by, round_.name),
}
