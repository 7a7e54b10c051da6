"""What a hook may give back: looked at where the host calls it, so that nobody trips over it later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from vib.coding_round import CodingRound
from vib.conversation import Conversation
from vib.exporting import ExportFormat
from vib.hard_code import HardCodes
from vib.health import Health
from vib.job import Job
from vib.kept import Kept, Record
from vib.language import Text
from vib.observation import RaterSet
from vib.page import Page
from vib.panel import Panel
from vib.problem import InputProblem
from vib.round_change import RoundOffer
from vib.statistic import Additive, Estimate, Question, Statistic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

P = ParamSpec("P")
T = TypeVar("T")

Note = Callable[[BaseException], None]
"""Is told of an error of the plugin."""


DONE = True
"""What the host has of a plugin that did what it was called for and has nothing to give back."""


class WrongAnswer(TypeError):
    """A plugin gave back what its hook does not ask for."""


def checked(hook: str, answer: Any) -> Any:
    """Return what a plugin gave back, with anything lazy in it made; `DONE` for a hook that returns nothing.

    Raises
    ------
    WrongAnswer
        It is not what the hook asks for.
    """
    check = _GIVES.get(hook)
    if check is None:
        return DONE
    if answer is None and hook not in _MAY_HAVE_NONE:
        raise WrongAnswer("gave back nothing")
    return None if answer is None else check(answer)


def names(hook: str, answer: Any) -> Iterable[frozenset[str]]:
    """Return for each part of an answer the names that no two plugins may give; nothing for other hooks."""
    if hook in ("vib_statistics", "vib_export_formats", "vib_kept"):
        return [frozenset({part.name}) for part in answer]
    if hook in ("vib_django_apps", "vib_segmenters"):
        return [frozenset({part}) for part in answer]
    return [part.asked for part in answer] if hook == "vib_pages" else ()


def without(hook: str, answer: Any, places: set[int]) -> Any:
    """Return an answer without the parts at some places."""
    if isinstance(answer, Mapping):
        return {key: value for place, (key, value) in enumerate(answer.items()) if place not in places}
    return tuple(part for place, part in enumerate(answer) if place not in places)


def watched(answer: Any, note: Note) -> Any:
    """Return an answer whose functions tell of their errors when they are called later; they still raise."""
    if not isinstance(answer, tuple):
        return answer
    return tuple(
        _watched_statistic(part, note)
        if isinstance(part, Statistic)
        else replace(part, write=_watched(_text(part.write), note))
        if isinstance(part, ExportFormat)
        else replace(part, records=_watched_records(part, note))
        if isinstance(part, Kept)
        else part
        for part in answer
    )


def _watched(function: Callable[P, T], note: Note) -> Callable[P, T]:
    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except InputProblem:
            raise
        except Exception as error:
            note(error)
            raise

    return call


def _text(write: Callable[[Any], str]) -> Callable[[Any], str]:
    @wraps(write)
    def text(export: Any) -> str:
        written = write(export)
        if not isinstance(written, str):
            raise WrongAnswer(f"write gave back {_kind(written)} and no text")
        return written

    return text


def _watched_records(kept: Kept, note: Note) -> Callable[[int, int | None], Iterator[Record]]:
    asked = kept.records

    def records(start: int, stop: int | None) -> Iterator[Record]:
        try:
            for record in asked(start, stop):
                if not isinstance(record, Mapping):
                    raise WrongAnswer(f"records gave back {_kind(record)} and no record")
                yield record
        except Exception as error:
            note(error)
            raise

    return records


def _watched_statistic(statistic: Statistic, note: Note) -> Statistic:
    asked, adds = statistic.calculate, statistic.additive

    @wraps(asked)
    def calculate(question: Question) -> Estimate:
        estimate = asked(question)
        if not isinstance(estimate, Estimate):
            raise WrongAnswer(f"calculate gave back {_kind(estimate)} and no Estimate")
        return estimate

    def additive(question: Question) -> Additive | None:
        found = None if adds is None else adds(question)
        if found is None:
            return None
        if not isinstance(found, Additive):
            raise WrongAnswer(f"additive gave back {_kind(found)} and no Additive")
        if found.parts.ndim != 2 or len(found.parts) != len(question.clips):
            raise WrongAnswer(f"additive has parts of shape {found.parts.shape} for {len(question.clips)} clips")
        return replace(found, value=_watched(_one_a_draw(found.value), note))

    return replace(
        statistic, calculate=_watched(calculate, note), additive=None if adds is None else _watched(additive, note)
    )


def _one_a_draw(
    value: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    def values(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        found = value(sums)
        if getattr(found, "shape", None) != (len(sums),):
            raise WrongAnswer(f"value gave back {_kind(found)} and not one figure for each of {len(sums)} draws")
        return found

    return values


def _each(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    def check(answer: Any) -> tuple[Any, ...]:
        if isinstance(answer, str | bytes | Mapping) or not isinstance(answer, Iterable):
            raise WrongAnswer(f"gave back {_kind(answer)} and no list of {kind.__name__}")
        found = tuple(answer)
        for part in found:
            if not isinstance(part, kind):
                raise WrongAnswer(f"gave back a list with {_kind(part)} in it, of which each is to be {kind.__name__}")
        return found

    return check


def _table(says: str, fits: Callable[[Any], bool]) -> Callable[[Any], dict[str, Any]]:
    def check(answer: Any) -> dict[str, Any]:
        if not isinstance(answer, Mapping):
            raise WrongAnswer(f"gave back {_kind(answer)} and no table")
        found = dict(answer)
        for key, value in found.items():
            if not isinstance(key, str) or not fits(value):
                raise WrongAnswer(f"gave back {key!r}: {_kind(value)}, in place of {says}")
        return found

    return check


def _project(answer: Any) -> Any:
    if not isinstance(answer, tuple) or len(answer) != 2:
        raise WrongAnswer(f"gave back {_kind(answer)}, in place of clips and a codebook")
    return answer


def _one(kind: type[T]) -> Callable[[Any], T]:
    def check(answer: Any) -> T:
        if not isinstance(answer, kind):
            raise WrongAnswer(f"gave back {_kind(answer)} and no {kind.__name__}")
        return answer

    return check


def _kind(value: object) -> str:
    return type(value).__name__


_GIVES: Mapping[str, Callable[[Any], Any]] = {
    "vib_project": _project,
    "vib_read_clips": _each(RaterSet),
    "vib_round": _one(CodingRound),
    "vib_rounds": _each(CodingRound),
    "vib_round_offer": _one(RoundOffer),
    "vib_change_round": _each(Text),
    "vib_families": _each(str),
    "vib_family_made": _one(bool),
    "vib_hard_codes": _each(HardCodes),
    "vib_jobs": _each(Job),
    "vib_statistics": _each(Statistic),
    "vib_export_formats": _each(ExportFormat),
    "vib_segmenters": _table("a name with a class", lambda value: isinstance(value, type)),
    "vib_django_apps": _each(str),
    "vib_pages": _each(Page),
    "vib_panels": _each(Panel),
    "vib_conversations": _each(Conversation),
    "vib_sees": _one(bool),
    "vib_health": _each(Health),
    "vib_kept": _each(Kept),
    "vib_django_settings": _table("a setting with its value", lambda value: True),
}
"""Each hook that gives something back, and what is made of it or raised about it."""

_MAY_HAVE_NONE = frozenset(
    {
        *("vib_project", "vib_read_clips", "vib_round", "vib_round_offer", "vib_change_round"),
        *("vib_family_made", "vib_jobs", "vib_sees"),
    }
)
"""Hooks in which nothing leaves the answer to the next plugin."""
