"""What is asked of children from an age on: the age in a clip, and whether something is asked at it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from vib.language import Language, Text

Gate = Literal["asked", "too_young", "age_unknown"]
"""Whether something is asked. Where the age is not known it is asked, with the age that it is for beside it."""

YEAR = 12
"""Months."""

_FROM = Text(nl=" (vanaf {age})", en=" (from {age})")
_UNKNOWN = Text(
    nl="hoe oud? Dat staat niet in family.yaml (born, recorded)",
    en="how old? family.yaml does not say (born, recorded)",
)


def age_in_months(born: str | None, recorded: date | str | None) -> int | None:
    """Return how many months old somebody is in a clip; None where that is not known, or it was not born yet.

    Parameters
    ----------
    born : str or None
        Year and month: ``2022-05``.
    recorded : date, str or None
        Day, or year and month, of the recording.

    Examples
    --------
    >>> age_in_months("2022-05", "2026-03"), age_in_months("2022-05", date(2026, 3, 1)), age_in_months(None, "2026-03")
    (46, 46, None)
    """
    if born is None or recorded is None:
        return None
    months = _months(str(recorded)) - _months(born)
    return months if months >= 0 else None


def gate(from_age_months: int | None, age_months: int | None) -> Gate:
    """Tell whether something is asked of a child.

    Parameters
    ----------
    from_age_months : int or None
        Age from which it is asked; None for always.
    age_months : int or None
        Of the child in the clip; None where it is not known.

    Examples
    --------
    >>> gate(36, 20), gate(36, 36), gate(36, None), gate(None, None)
    ('too_young', 'asked', 'age_unknown', 'asked')
    """
    if not from_age_months:
        return "asked"
    if age_months is None:
        return "age_unknown"
    return "asked" if age_months >= from_age_months else "too_young"


def in_words(months: int, language: Language) -> str:
    """Return an age in words.

    Examples
    --------
    >>> in_words(46, "nl"), in_words(1, "en"), in_words(24, "nl"), in_words(25, "en")
    ('3 jaar en 10 maanden', '1 month', '2 jaar', '2 years and 1 month')
    """
    years, rest = divmod(months, YEAR)
    words = {"nl": ("jaar", "jaar", "maand", "maanden", " en "), "en": ("year", "years", "month", "months", " and ")}
    year, many_years, month, many_months, together = words[language]
    parts = [f"{years} {year if years == 1 else many_years}"] if years else []
    if rest or not years:
        parts.append(f"{rest} {month if rest == 1 else many_months}")
    return together.join(parts)


def from_age(from_age_months: int | None, language: Language) -> str:
    """Return what is put behind the name of what is asked from an age on; nothing where it always is.

    Examples
    --------
    >>> from_age(36, "nl"), from_age(0, "nl")
    (' (vanaf 3 jaar)', '')
    """
    return _FROM.to(language).format(age=in_words(from_age_months, language)) if from_age_months else ""


def ages_in_words(ages: dict[str, int | None], language: Language) -> str:
    """Return how old children are in a clip, with the question where that is not known.

    Parameters
    ----------
    ages : dict of str to int or None
        Months, by who it is.

    Examples
    --------
    >>> ages_in_words({"kind (k1)": 46}, "nl")
    'kind (k1): 3 jaar en 10 maanden'
    """
    ask = _UNKNOWN.to(language)
    return "; ".join(f"{who}: {ask if months is None else in_words(months, language)}" for who, months in ages.items())


def _months(written: str) -> int:
    year, month = written.split("-")[:2]
    return YEAR * int(year) + int(month)
