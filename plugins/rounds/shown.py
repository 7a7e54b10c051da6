"""What the pages and panels say of a round, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, final

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from users.models import User

from plugins.host.mailing import is_configured
from plugins.host.page_registry import REGISTRY
from plugins.host.rounds import coding_address
from vib.dates import written_day, written_moment
from vib.language import Language
from vib.roles import Part, Role

from . import texts
from .models import Reminder
from .progress import Coder, Progress

CLIPS_A_PAGE = 50


@final
@dataclass(frozen=True, slots=True)
class Line:
    """A round in a list.

    Parameters
    ----------
    facts : list of str
        Whether it is open, until when, and how much was submitted.
    compare : str
        Address of where what was submitted can be compared; empty where there is nothing, or not for who looks.
    """

    name: str
    address: str
    facts: list[str]
    done: int
    all: int
    behind: list[str]
    ready: bool
    comparable: str
    compare: str


def line_of(progress: Progress, role: Role | None, today: date, language: Language) -> Line:
    """Return a round as lists show it."""
    behind = [coder.name for coder in progress.behind(today)] if _leads(progress) else []
    compare = _compare(progress, role)
    return Line(
        progress.round.name,
        reverse("vib_rounds:round", args=[progress.round.name]),
        facts(progress, language),
        progress.done,
        progress.all,
        behind,
        _leads(progress) and progress.complete and progress.round.opened is None,
        _comparable(progress, language) if compare else "",
        compare,
    )


def facts(progress: Progress, language: Language) -> list[str]:
    """Say whether a round is open, until when it is to be coded, and how much was submitted."""
    round_ = progress.round
    if round_.opened:
        said = [texts.OPENED.to(language).format(written_day(timezone.localtime(round_.opened), language))]
    else:
        said = [texts.STILL_BLIND.to(language)]
        if round_.due:
            said.append(texts.UNTIL.to(language).format(written_day(round_.due, language)))
    return [*said, texts.COUNT.to(language).format(progress.done, progress.all)]


def own_page(progress: Progress, user: int, role: Role | None, language: Language) -> dict[str, Any]:
    """Return what a rater's page of a round shows: only what they did themselves."""
    [own] = [coder for coder in progress.coders if coder.account == user]
    alone = Progress(progress.round, progress.tasks, (own,))
    left = alone.left(own)
    return {
        "progress": alone,
        "facts": facts(alone, language),
        "complete": not left,
        "opened": progress.round.opened is not None,
        "next": _coding(progress, left[0]) if left and not progress.round.opened else "",
        "clips": [
            {
                "name": clip,
                "address": _coding(progress, clip),
                "when": _moment(own.submitted.get(clip), language),
                "moments": _moments(progress, clip, role),
            }
            for clip in alone.clips
        ],
    }


def looking_back(progress: Progress, user: int, role: Role | None, language: Language) -> dict[str, str]:
    """Return an opened round as its rater's front door shows it, with the way to the first moments of their own."""
    [own] = [coder for coder in progress.coders if coder.account == user]
    both = (clip for clip in sorted(own.submitted) if len(progress.submitted_by(clip)) > 1)
    opened = progress.round.opened
    return {
        "name": progress.round.name,
        "address": reverse("vib_rounds:round", args=[progress.round.name]),
        "when": texts.OPENED.to(language).format(written_day(timezone.localtime(opened), language)) if opened else "",
        "moments": next((_moments(progress, clip, role) for clip in both), ""),
    }


def round_page(
    progress: Progress, role: Role | None, page: str | None, today: date, language: Language
) -> dict[str, Any]:
    """Return what the page of a round shows who leads it."""
    line = line_of(progress, role, today, language)
    shown = Paginator(progress.clips, CLIPS_A_PAGE).get_page(page)
    return {
        "progress": progress,
        "line": line,
        "opened": progress.round.opened is not None,
        "due": progress.round.due.isoformat() if progress.round.due else "",
        "complete": texts.COMPLETE.to(language) if line.ready else "",
        "reference": _count(progress, progress.reference, language) if progress.reference else "",
        "coders": _coders(progress, line.behind, language),
        "unfinished": progress.unfinished(),
        "remind_how": texts.WORDS["remind_mail" if is_configured() else "remind_front"].to(language),
        "shown": shown,
        "clips": [_clip(progress, clip, role, language) for clip in shown.object_list],
    }


def _coders(progress: Progress, behind: Sequence[str], language: Language) -> list[dict[str, Any]]:
    accounts = [coder.account for coder in progress.coders]
    emails = dict(User.objects.filter(pk__in=accounts).values_list("pk", "email"))
    reminded = dict(Reminder.objects.filter(round=progress.round.name).values_list("user", "sent_at"))

    def shown(coder: Coder) -> dict[str, Any]:
        state = _state(progress, coder, behind)
        sent = reminded.get(coder.account)
        return {
            "coder": coder,
            "email": emails.get(coder.account, ""),
            "said": _count(progress, coder, language),
            "last": _moment(coder.last, language),
            "state": state,
            "state_said": texts.STATES[state].to(language),
            "left": state != "done" and progress.round.opened is None,
            "reminded": texts.REMINDED.to(language).format(_moment(sent, language)) if sent else "",
        }

    return [shown(coder) for coder in progress.coders]


def _state(progress: Progress, coder: Coder, behind: Sequence[str]) -> texts.State:
    if not progress.left(coder):
        return "done"
    if coder.name in behind:
        return "behind"
    return "busy" if coder.submitted else "new"


def _clip(progress: Progress, clip: str, role: Role | None, language: Language) -> dict[str, Any]:
    return {
        "name": clip,
        "address": _coding(progress, clip),
        "by": [(name, _moment(at, language)) for name, at in progress.submitted_by(clip)],
        "missing": progress.missing(clip),
        "moments": _moments(progress, clip, role) if len(progress.submitted_by(clip)) > 1 else "",
    }


def _count(progress: Progress, coder: Coder, language: Language) -> str:
    return texts.COUNT.to(language).format(len(coder.submitted), len(progress.round.clips))


def _comparable(progress: Progress, language: Language) -> str:
    return texts.COMPARABLE.to(language).format(progress.comparable, len(progress.round.clips))


def _moment(at: datetime | None, language: Language) -> str:
    return written_moment(timezone.localtime(at), language) if at else ""


def _coding(progress: Progress, clip: str) -> str:
    """Return the address at which a clip is coded, nothing where it is out of sight or its consent is over."""
    task = progress.tasks.get(clip)
    return coding_address(progress.round.project, task) if task and clip not in progress.closed else ""


def _compare(progress: Progress, role: Role | None) -> str:
    if not progress.comparable:
        return ""
    return REGISTRY.way("vib_agreement:round", role, round_name=progress.round.name)


def _moments(progress: Progress, clip: str, role: Role | None) -> str:
    """Return where the moments of a clip are on which raters differ: to its raters only once the round is open."""
    if not _leads(progress) and progress.round.opened is None:
        return ""
    return REGISTRY.way("vib_agreement:round-clip", role, round_name=progress.round.name, clip=clip)


def _leads(progress: Progress) -> bool:
    return progress.round.part is Part.SUPERVISOR
