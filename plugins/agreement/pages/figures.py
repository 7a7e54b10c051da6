"""The figures of a group: first without intervals, so that they come at once, then with them; and as a page shows them.

What was calculated is kept for whoever asked, by all that it rests on; nobody else is given it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, final

from django.http import HttpRequest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Progress, Report, compare
from plugins.agreement.view.building import view_of
from plugins.agreement.view.html import fragment
from plugins.agreement.view.model import View
from vib.language import Language, Text

from .answers import kept, statistics
from .asked import Asked
from .calculating import KEPT, PATIENCE, Calculations
from .leading import Addresses
from .reading import Material

SOON = 0.8
"""Seconds to wait for intervals before the figures are shown without."""

OF_FIGURE = 4_000
"""Bytes that a figure of a report takes, about."""

reports: Calculations[Report] = Calculations(size=lambda report: OF_FIGURE * len(report.results))
quick: Calculations[Report] = Calculations(size=lambda report: OF_FIGURE * len(report.results))
parts: Calculations[str] = Calculations(size=len)


@final
@dataclass(frozen=True, slots=True)
class Figures:
    """What has been calculated by now.

    Parameters
    ----------
    report : Report or None
        None while not even figures without intervals are there.
    percent : int
        How far what is still calculated is.
    complete : bool
        Whether nothing is.
    key : Hashable
        All that the report rests on, who looks included.
    """

    report: Report | None
    percent: int
    complete: bool
    key: Hashable

    @property
    def token(self) -> str:
        """What its progress is asked by; it tells nothing of what it is about."""
        return token_of(self.key)


@lru_cache(maxsize=2 * KEPT)
def token_of(key: Hashable) -> str:
    """Return a name of a calculation that cannot be guessed and tells nothing."""
    return sha256(repr(key).encode()).hexdigest()[:32]


def figures_of(request: HttpRequest, material: Material, asked: Asked) -> Figures:
    """Return the figures of a group as far as they are there; what is not goes on by itself.

    Raises
    ------
    Exception
        What a calculation raised, such as `NotTogether`.
    """
    choice = asked.choice(statistics())
    without = replace(choice, bootstrap=0)
    first = quick.ask(_key(request, material, asked, without), _work(material, asked, without))
    report = first.wait(PATIENCE)
    key = _key(request, material, asked, choice)
    if report is None:
        return Figures(None, first.percent, complete=False, key=key)
    # Begun only now, so that it does not hold up the first.
    full = reports.ask(key, _work(material, asked, choice))
    found = full.wait(SOON)
    return Figures(found or report, full.percent, complete=found is not None, key=key)


def complete_report(request: HttpRequest, material: Material, asked: Asked) -> Figures:
    """Return the figures with their intervals, or how far they are."""
    choice = asked.choice(statistics())
    key = _key(request, material, asked, choice)
    calculation = reports.ask(key, _work(material, asked, choice))
    report = calculation.wait(PATIENCE)
    return Figures(report, calculation.percent, complete=report is not None, key=key)


def progress_of(user: Any, token: str) -> Mapping[str, Any]:
    """Return how far a calculation of somebody is; of another process, or of somebody else, nothing is known."""
    found = next((one for key, one in reports.listed() if _whose(key) == user.pk and token_of(key) == token), None)
    if found is None:
        return {"percent": 0, "ready": False}
    return {"percent": found.percent, "ready": found.finished.is_set()}


def view_for(report: Report, material: Material, *, with_clips: bool) -> View:
    """Return the view of a report of a group."""
    book = material.codebook
    unconfirmed = [code.id for tier in book.tiers for code in tier.codes if code.confirm_by] if book else []
    title = material.group.title
    return view_of(report, labels_of(material), title=title, to_confirm=unconfirmed, with_clips=with_clips)


def part_of(request: HttpRequest, figures: Figures, material: Material, language: Language) -> str | None:
    """Return the report as a part of a page, or None while it is written."""
    report = figures.report
    if report is None:
        return None
    goes_along = kept(request)

    def write(progress: Progress) -> str:
        return fragment(view_for(report, material, with_clips=False), language, Addresses(material.group, goes_along))

    return parts.ask((figures.key, figures.complete, language, goes_along), write).wait(PATIENCE)


def labels_of(material: Material) -> Mapping[str, Text]:
    """Return what tiers and codes are called."""
    return material.codebook.labels() if material.codebook else {}


def _work(material: Material, asked: Asked, choice: Choice) -> Any:
    clips = tuple(one for one in material.clips if asked.clip in (None, one.clip))
    return partial(_compared, clips, choice, material)


def _compared(clips: Any, choice: Choice, material: Material, progress: Progress) -> Report:
    return compare(clips, statistics(), choice, progress, material.codebooks)


def _whose(key: Hashable) -> object:
    return key[0] if isinstance(key, tuple) else None


def _key(request: HttpRequest, material: Material, asked: Asked, choice: Choice) -> tuple[Hashable, ...]:
    return request.user.pk, material.stamp, asked.clip, choice
