"""What a party is to confirm, a row for each text, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vib.codebook import Code, Codebook, Derived, Group, Rating, Sourced
from vib.codebook.confirmation import entries_of, text_of
from vib.language import Language, Text
from vib.wording import source_in_words, windows

Answer = Literal["yes", "no", "other"]

QUESTIONS: Mapping[type[Sourced], Text] = {
    Code: Text(
        nl="Is dit wat jullie hiermee bedoelen, met deze naam, omschrijving en dit voorbeeld?",
        en="Is this what you mean by it, with this name, definition and example?",
    ),
    Group: Text(nl="Hoort deze groep er zo bij, met deze naam?", en="Does this group belong here, by this name?"),
    Rating: Text(nl="Wordt dit zo beoordeeld, op deze schaal?", en="Is this how it is rated, on this scale?"),
    Derived: Text(nl="Mag dit zo berekend worden?", en="May this be calculated like this?"),
}
SESSION = Text(nl="Gaat deze bijeenkomst zo?", en="Is this what happens in this session?")


@dataclass(frozen=True)
class Row:
    """One text to confirm.

    Attributes
    ----------
    methods : tuple[str, ...]
        The methods that use it.
    id : str
    party : str
        Who is to confirm it.
    text : Mapping[str, str]
        What they read, by field.
    source : str
    question : Text
    entry : Sourced
    """

    methods: tuple[str, ...]
    id: str
    party: str
    text: Mapping[str, str]
    source: str
    question: Text
    entry: Sourced


@dataclass(frozen=True)
class Answered:
    """What somebody answered in one row of a sheet.

    Attributes
    ----------
    place : str
        Sheet and row.
    """

    place: str
    id: str
    text: Mapping[str, str]
    answer: Answer
    remark: str
    name: str
    date: str


def rows_of(books: Iterable[Codebook], language: Language, *, open_only: bool = False) -> tuple[Row, ...]:
    """Return every text that somebody is to confirm or has confirmed, once, however many methods use it.

    Parameters
    ----------
    books : iterable of Codebook
    language : {"nl", "en"}
        In which it is read.
    open_only : bool
        Whether to leave out what was confirmed.
    """
    found: dict[tuple[str, str, tuple[tuple[str, str], ...]], Row] = {}
    for book in books:
        for name, entry in entries_of(book):
            party = entry.confirm_by
            if party is None and entry.confirmed is not None and not open_only:
                party = entry.confirmed.party
            if party is None:
                continue
            text = _readable(entry, language)
            key = (name, party, tuple(text.items()))
            methods = found[key].methods if key in found else ()
            question = QUESTIONS.get(type(entry), SESSION)
            source = "; ".join(source_in_words(source, language) for source in entry.source)
            row = Row((*methods, book.method), name, party, text, source, question, entry)
            found[key] = row if book.method not in methods else found[key]
    return tuple(found.values())


def _readable(entry: Sourced, language: Language) -> Mapping[str, str]:
    """Return what somebody reads, with the numbers of a definition in words."""
    text = text_of(entry, language)
    if isinstance(entry, Code | Derived) and entry.params:
        return {**text, "numbers": "; ".join(windows(entry.params, language))}
    return text


def same_text(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two texts are the same but for white space, which spreadsheets change."""
    names = {*one, *other}
    return all(one.get(name, "").split() == other.get(name, "").split() for name in names)


def row_of(answered: Answered, rows: Sequence[Row]) -> Row | None:
    """Return what somebody answered about; None where that text is no longer there."""
    return next((row for row in rows if row.id == answered.id and same_text(row.text, answered.text)), None)
