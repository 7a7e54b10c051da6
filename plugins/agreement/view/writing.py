"""Numbers, intervals and times as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from vib.language import Language, Text

MeasuredIn = Literal["share", "coefficient", "seconds", "log odds"]

UNITS = "%s\u00a0 "
"""Signs after a number, which an interval has once."""

AND = Text(nl="en", en="and")


def share(value: float, language: Language, digits: int = 1) -> str:
    """Return a share as a percentage.

    Examples
    --------
    >>> share(2 / 3, "nl"), share(1, "en")
    ('66,7\\xa0%', '100.0%')
    """
    return decimal(100 * value, language, digits) + ("\u00a0%" if language == "nl" else "%")


def decimal(value: float, language: Language, digits: int = 2) -> str:
    """Return a number with the language's decimal sign, without a minus before zero.

    Examples
    --------
    >>> decimal(-0.0923, "nl"), decimal(-0.001, "en")
    ('-0,09', '0.00')
    """
    written = f"{round(value, digits) + 0.0:.{digits}f}"
    return written.replace(".", ",") if language == "nl" else written


def figure(value: float, measured_in: MeasuredIn, language: Language) -> str:
    """Return a value of a statistic.

    Examples
    --------
    >>> figure(0.25, "share", "en"), figure(0.25, "seconds", "nl")
    ('25.0%', '0,25 s')
    """
    if measured_in == "share":
        return share(value, language)
    return decimal(value, language) + (" s" if measured_in == "seconds" else "")


def between(limits: tuple[float, float] | None, measured_in: MeasuredIn, language: Language) -> str:
    """Return an interval, empty where there is none.

    Examples
    --------
    >>> between((0.25, 0.5), "share", "en")
    '25.0 – 50.0%'
    """
    if limits is None:
        return ""
    low, high = (figure(limit, measured_in, language) for limit in limits)
    return f"{low.rstrip(UNITS)} – {high}"


def chance(probability: float, language: Language) -> str:
    """Return a probability, never as certain as 0 or 100 %: it is counted from a limited number of draws.

    Examples
    --------
    >>> chance(1.0, "en"), chance(0.25, "en")
    ('> 99%', '25%')
    """
    if probability < 0.01:
        return "< " + share(0.01, language, 0)
    if probability > 0.99:
        return "> " + share(0.99, language, 0)
    return share(probability, language, 0)


def clock(seconds: float) -> str:
    """Return minutes and seconds, with hours when needed.

    Examples
    --------
    >>> clock(75), clock(3725)
    ('1:15', '1:02:05')
    """
    hours, rest = divmod(int(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def clock_tenths(seconds: float, language: Language) -> str:
    """Return minutes, seconds and tenths.

    Examples
    --------
    >>> clock_tenths(75.26, "nl")
    '1:15,3'
    """
    tenths = round(seconds * 10)
    return f"{clock(tenths // 10)}{',' if language == 'nl' else '.'}{tenths % 10}"


def stretch(start: float, end: float, language: Language) -> str:
    """Return from when to when, or the one moment of an instant.

    Examples
    --------
    >>> stretch(1, 2.5, "en"), stretch(1, 1, "en")
    ('0:01.0 – 0:02.5', '0:01.0')
    """
    moments = (start,) if start == end else (start, end)
    return " – ".join(clock_tenths(moment, language) for moment in moments)


def listed(names: Sequence[str], language: Language) -> str:
    """Return names with commas and a word between the last two.

    Examples
    --------
    >>> listed(["anna", "bram", "carla"], "en")
    'anna, bram and carla'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {AND.to(language)} {names[-1]}"


def label(labels: Mapping[str, Text], name: str | None, language: Language) -> str:
    """Return what a tier or code is called, or its id where the codebook does not know it."""
    known = labels.get(name or "")
    return known.to(language) if known is not None else name or "–"


def printable(text: str) -> str:
    """Replace control characters, which could steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else "\ufffd" for sign in text)
