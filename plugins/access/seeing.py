"""Reading who may see what: accounts, rounds, and everybody who can see a family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import QuerySet
from users.models import User

from plugins.access import texts_command as texts
from plugins.access.granting import family
from plugins.access.models import FamilyGrant, HandedOut, Round, RoundMember
from plugins.access.narrowing import seeing_as
from plugins.access.rounds import RATER, SUPERVISOR, clips_in, in_part, practice_of
from plugins.access.routes import PUBLIC, ROWS, all_routes, is_closed, new_routes
from plugins.access.viewer import viewer_of
from plugins.access.visible import gives, granted
from plugins.host.narrowed import NARROWED
from vib.language import Text
from vib.roles import RIGHTS


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account and what it has; families and rounds only where its role makes use of them."""

    email: str
    role: str
    families: tuple[str, ...]
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round and who is in it."""

    round: str
    practice: str
    supervisors: tuple[str, ...]
    raters: tuple[str, ...]
    clips: tuple[str, ...]
    predictions_shown: bool
    opened: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody who can see clips of a family, and why."""

    email: str
    role: str
    why: Text


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route and for whom it is."""

    route: str
    methods: tuple[str, ...]
    who: tuple[Text, ...]


def accounts(users: Sequence[User] | None = None) -> list[AccountLine]:
    """Return what these accounts have; without them, every account."""
    lines = []
    for user in User.objects.order_by("email") if users is None else users:
        viewer = viewer_of(user)
        families = granted(viewer).order_by("family").values_list("family", flat=True)
        rounds = user.vib_rounds.filter(part=viewer.part or "").order_by("round__name")
        lines.append(
            AccountLine(
                user.email, viewer.role_name, tuple(families), tuple(rounds.values_list("round__name", flat=True))
            )
        )
    return lines


def rounds(user: User | None = None) -> list[RoundLine]:
    """Return every round, or those that somebody is in."""
    found = Round.objects.order_by("name")
    found = found if user is None else found.filter(members__user=user)
    return [
        RoundLine(
            round_.name,
            practice_of(round_),
            members_of(round_, SUPERVISOR),
            members_of(round_, RATER),
            tuple(clips_in(round_)),
            round_.predictions_shown,
            round_.opened_at.isoformat(timespec="seconds") if round_.opened_at else None,
            round_.due.isoformat() if round_.due else None,
        )
        for round_ in found
    ]


def members_of(round_: Round, part: str) -> tuple[str, ...]:
    """Return the addresses of who has a part in a round."""
    found = round_.members.filter(part=part).order_by("user__email")
    return tuple(found.values_list("user__email", flat=True))


def who_can_see(pseudonym: str) -> list[Sight]:
    """Return who can see clips of a family, with every reason; who holds the machine's disk can too.

    Raises
    ------
    InputProblem
        There is no such family.
    """
    handed = HandedOut.objects.filter(clip__startswith=f"{pseudonym}/").order_by("clip")
    if not handed.exists():
        family(pseudonym)
    return sorted([*_by_family(pseudonym), *_by_round(handed)], key=lambda sight: sight.email)


def sees(user: int, model: str, number: int) -> bool:
    """Tell whether an account may see a row of a model, by its label; of one that nothing narrows, nobody does."""
    found, account = apps.get_model(model), User.objects.filter(pk=user, is_active=True).first()
    if account is None or found not in NARROWED:
        return False
    with seeing_as(viewer_of(account)):
        return bool(found._default_manager.filter(pk=number).exists())


def families(user: int) -> list[str]:
    """Return the pseudonyms of the families that an account has."""
    found = granted(viewer_of(User.objects.get(pk=user))).order_by("family")
    return list(found.values_list("family", flat=True))


def _by_family(pseudonym: str) -> Iterator[Sight]:
    for grant in FamilyGrant.objects.filter(family=pseudonym).prefetch_related("user__groups"):
        viewer = viewer_of(grant.user)
        if gives(grant, viewer):
            said = texts.BY_OWN_PRACTICE if viewer.has_own_practice else texts.BY_FAMILY
            why = said.filled(day=f"{grant.granted_at:%Y-%m-%d}")
            yield Sight(grant.user.email, viewer.role_name, why)


def _by_round(handed: QuerySet[HandedOut]) -> Iterator[Sight]:
    clips_of: dict[int, list[str]] = {}
    for round_, clip in handed.values_list("round", "clip"):
        clips_of.setdefault(round_, []).append(clip)
    members = RoundMember.objects.filter(round__in=clips_of).select_related("round").prefetch_related("user__groups")
    for member in members:
        viewer = viewer_of(member.user)
        if viewer.part == member.part:
            clips = ", ".join(clips_of[member.round.pk])
            why = in_part(texts.BY_ROUND, member.part, round=member.round.name, clips=clips)
            yield Sight(member.user.email, viewer.role_name, why)


def routes(new: bool = False) -> list[RouteLine]:
    """Return every route of the server, or those that were not there when the role table was made."""
    rows: dict[str, dict[tuple[Text, ...], set[str]]] = {}
    for row in ROWS:
        guards = tuple(RIGHTS[right] for right in row.rights)
        rows.setdefault(row.path, {}).setdefault(guards, set()).update(row.methods)
    lines = []
    for route in new_routes() if new else sorted(set(all_routes())):
        if route in PUBLIC:
            lines.append(RouteLine(route, (), (texts.ROUTES["public"],)))
            continue
        lines += [RouteLine(route, tuple(sorted(methods)), who) for who, methods in rows.get(route, {}).items()]
        if route not in rows:
            key = "service" if is_closed("GET", route) else "administrators"
            lines.append(RouteLine(route, (), (texts.ROUTES[key],)))
    return lines
