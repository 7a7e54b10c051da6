"""Days and moments as people write them, in Dutch and English."""

from __future__ import annotations

from datetime import date, datetime

from vib.language import Language, Text
from vib.problem import InputProblem

MONTHS = tuple(
    Text(nl=nl, en=en)
    for nl, en in (
        ("januari", "January"),
        ("februari", "February"),
        ("maart", "March"),
        ("april", "April"),
        ("mei", "May"),
        ("juni", "June"),
        ("juli", "July"),
        ("augustus", "August"),
        ("september", "September"),
        ("oktober", "October"),
        ("november", "November"),
        ("december", "December"),
    )
)


def written_day(day: date, language: Language) -> str:
    """Write a day out.

    Examples
    --------
    >>> written_day(date(2027, 3, 5), "nl")
    '5 maart 2027'
    """
    return f"{day.day} {MONTHS[day.month - 1].to(language)} {day.year}"


def written_moment(moment: datetime, language: Language) -> str:
    """Write a moment out, in the time zone that it is given in.

    Examples
    --------
    >>> written_moment(datetime(2027, 3, 5, 14, 7), "en")
    '5 March 2027, 14:07'
    """
    return f"{written_day(moment, language)}, {moment:%H:%M}"


def read_day(text: str, otherwise: Text) -> date:
    """Read a day that somebody gave.

    Raises
    ------
    InputProblem
        It is no day as 2027-01-31; says what `otherwise` does.

    Examples
    --------
    >>> read_day("2027-01-31", Text(nl="is geen dag", en="is no day"))
    datetime.date(2027, 1, 31)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputProblem(text, nl=otherwise.nl, en=otherwise.en) from None
