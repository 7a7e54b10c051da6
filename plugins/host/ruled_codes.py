"""Codes against the rules of their project's codebook, at its level, as they come into the database.

What blocks is refused; what is only pointed out is for who codes to decide. Codes of a project that `vib sync` did not
make, or that has another version of the codebook than the one that is installed, have no rules here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from vib.codebook import Codebook
from vib.interface import ratings_of, timeline_of
from vib.language import Language
from vib.made_with import MadeWith
from vib.methods import read_method
from vib.people import AGE_MONTHS
from vib.problem import InputProblem
from vib.project_key import ProjectDescription
from vib.rules import Violation, violations
from vib.stored_codes import length_of

MOST_TOLD = 5
"""Violations that a refusal tells one by one."""

_LOOKED_AT: ContextVar[bool] = ContextVar("vib_rules_looked_at", default=False)


def rules_of(project: Any) -> Codebook | None:
    """Return the codebook by which a project's codes are checked; None where there is none."""
    found = ProjectDescription.parse(project.description if project else None)
    return None if found is None or found.made_with is None else _book(found.made_with)


def broken_in(results: Sequence[Any], data: object, book: Codebook) -> tuple[Violation, ...]:
    """Return every rule that results break.

    Parameters
    ----------
    results : sequence
        Of one annotation, that fit their interface.
    data : object
        Of their task.
    book : Codebook
        `rules_of` their project.

    Raises
    ------
    InputProblem
        The results cannot be read as a timeline.
    """
    length = length_of(data)
    if length is None:
        return ()
    age = data.get(AGE_MONTHS) if isinstance(data, Mapping) else None
    months = age if isinstance(age, int) and not isinstance(age, bool) else None
    return violations(timeline_of(results, length), ratings_of(results), book, months)


def check_rules(results: object, data: object, book: Codebook | None, place: str = "result") -> None:
    """Refuse codes that break a rule that blocks.

    Raises
    ------
    InputProblem
        With the place in the clip and the words of the first of them.
    """
    if book is None or not isinstance(results, list):
        return
    blocking = [one for one in broken_in(results, data, book) if one.blocks_submit]
    if blocking:
        raise InputProblem(place, nl=_told(blocking, "nl"), en=_told(blocking, "en"))


def rules_with(made_with: MadeWith | None, book: Codebook | None) -> Codebook | None:
    """Return the codebook by which codes are checked that say with what they were made, else that of their project."""
    return book if made_with is None else _book(made_with)


@contextmanager
def looked_at() -> Iterator[None]:
    """Say of what is stored here that it was checked as a whole, where it says itself with what it was made."""
    token = _LOOKED_AT.set(True)
    try:
        yield
    finally:
        _LOOKED_AT.reset(token)


def is_looked_at() -> bool:
    """Tell whether what is stored now was checked as a whole."""
    return _LOOKED_AT.get()


def _book(made_with: MadeWith) -> Codebook | None:
    """Return the installed codebook with which codes were made, at its level; None where there is another version."""
    try:
        return read_method(made_with.method).made(made_with)
    except InputProblem:
        return None


def _told(found: Sequence[Violation], language: Language) -> str:
    told = [f"{one.place} {one.sentence(language)}" for one in found[:MOST_TOLD]]
    more = len(found) - len(told)
    rest = {"nl": f" (en nog {more})", "en": f" (and {more} more)"}[language] if more else ""
    return " ".join(told) + rest
