"""Roles, and the role table: who may do what. Checks, documentation and tests are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from vib.language import Text


class Role(StrEnum):
    """What somebody is in this installation; the values are names of groups of accounts."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    COUNSELLOR = "counsellor"
    TRAINEE = "trainee"


SERVICE = "service"
"""Name, beside those of roles, of the machine's own account, with which commands reach the server.

It sees everything, and nobody can be given it or sign in as it.
"""


class Part(StrEnum):
    """What somebody does in a round of blind coding."""

    RATER = "rater"
    SUPERVISOR = "supervisor"


class May(StrEnum):
    """How far a role may go."""

    NO = "no"
    YES = "yes"
    FAMILIES = "families"
    OWN_PRACTICE = "own practice"
    ROUNDS = "rounds"
    HANDED_OUT = "handed out"
    COLLEAGUES = "colleagues"
    OPENED = "opened"
    OWN_RESULTS = "own results"


class Right(StrEnum):
    """What there is to be allowed."""

    MANAGE = "manage"
    SEE = "see"
    BRING = "bring"
    CODE = "code"
    OTHERS = "others"
    AGREEMENT = "agreement"
    ACCOUNT = "account"


_A, _S, _C, _T = Role.ADMINISTRATOR, Role.SUPERVISOR, Role.COUNSELLOR, Role.TRAINEE

TABLE: Mapping[Right, Mapping[Role, May]] = {
    Right.MANAGE: {_A: May.YES, _S: May.NO, _C: May.NO, _T: May.NO},
    Right.SEE: {_A: May.FAMILIES, _S: May.FAMILIES, _C: May.FAMILIES, _T: May.NO},
    Right.BRING: {_A: May.NO, _S: May.NO, _C: May.FAMILIES, _T: May.OWN_PRACTICE},
    Right.CODE: {_A: May.FAMILIES, _S: May.ROUNDS, _C: May.FAMILIES, _T: May.HANDED_OUT},
    Right.OTHERS: {_A: May.NO, _S: May.ROUNDS, _C: May.COLLEAGUES, _T: May.OPENED},
    Right.AGREEMENT: {_A: May.NO, _S: May.ROUNDS, _C: May.FAMILIES, _T: May.OWN_RESULTS},
    Right.ACCOUNT: {_A: May.YES, _S: May.YES, _C: May.YES, _T: May.YES},
}

ROLES: Mapping[Role, Text] = {
    Role.ADMINISTRATOR: Text(nl="beheerder", en="administrator"),
    Role.SUPERVISOR: Text(nl="opleider", en="supervisor"),
    Role.COUNSELLOR: Text(nl="VIB-er", en="counsellor"),
    Role.TRAINEE: Text(nl="cursist", en="trainee"),
}

RIGHTS: Mapping[Right, Text] = {
    Right.MANAGE: Text(
        nl="accounts, instellingen, reservekopieën en plugins beheren",
        en="manage users, settings, backups, plugins",
    ),
    Right.SEE: Text(nl="clips, codes en exports van een gezin zien", en="see a family's clips, codes, exports"),
    Right.BRING: Text(
        nl="gezinnen maken en wijzigen, toestemming vastleggen, opnames sturen",
        en="make and change families, record consent, send recordings",
    ),
    Right.CODE: Text(nl="coderen", en="code"),
    Right.OTHERS: Text(nl="codes van anderen zien", en="see other raters' codes"),
    Right.AGREEMENT: Text(nl="overeenstemming, certificering", en="agreement, certification"),
    Right.ACCOUNT: Text(
        nl="eigen account, aanmelden, handleidingen", en="own account, signing in, the guides of the methods"
    ),
}

EXTENTS: Mapping[May, Text] = {
    May.NO: Text(nl="nee", en="no"),
    May.YES: Text(nl="ja", en="yes"),
    May.FAMILIES: Text(nl="toegewezen gezinnen", en="families assigned to them"),
    May.OWN_PRACTICE: Text(
        nl="gezinnen die ze zelf maakten om te oefenen; die zien en coderen ze ook",
        en="families that they made themselves to practise on, which they see and code too",
    ),
    May.ROUNDS: Text(nl="eigen rondes", en="own rounds"),
    May.HANDED_OUT: Text(nl="uitgedeelde clips", en="clips handed out to them"),
    May.COLLEAGUES: Text(
        nl="van collega's bij hetzelfde gezin, na eigen inlevering",
        en="of colleagues on the same family, after submitting their own",
    ),
    May.OPENED: Text(nl="in een ronde die geopend is", en="in a round that was opened"),
    May.OWN_RESULTS: Text(nl="eigen resultaten", en="own results"),
}


def may(role: Role | None, right: Right) -> May:
    """Return how far a role may go; who has none may do nothing.

    Examples
    --------
    >>> may(Role.TRAINEE, Right.CODE), may(None, Right.ACCOUNT)
    (<May.HANDED_OUT: 'handed out'>, <May.NO: 'no'>)
    """
    return May.NO if role is None else TABLE[right][role]


def admits(role: Role | None, rights: Iterable[Right]) -> bool:
    """Tell whether a role has one of these rights; own results have pages of their own.

    Examples
    --------
    >>> admits(Role.TRAINEE, [Right.SEE]), admits(Role.TRAINEE, [Right.SEE, Right.CODE])
    (False, True)
    """
    return any(may(role, right) not in (May.NO, May.OWN_RESULTS) for right in rights)
