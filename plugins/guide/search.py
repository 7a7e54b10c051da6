"""Search over all codes of all methods, in both languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vib import words
from vib.codebook import Code, Codebook, Derived, Polarity, Rating
from vib.language import LANGUAGES, Language, Text
from vib.wording import written_tiers

MOST_FOUND = 60
"""Codes that one page of results shows."""


@dataclass(frozen=True)
class Found:
    """A code that was found; a code that several methods share is found once.

    Attributes
    ----------
    methods : Sequence[tuple[str, str]]
        Name and title of each method that has it.
    rank : int
        The lower, the better it fits.
    """

    id: str
    label: str
    tier: str
    definition: str
    polarity: Polarity
    methods: Sequence[tuple[str, str]]
    rank: int


@dataclass(frozen=True)
class _Place:
    entry: Code | Rating | Derived
    tier: Text
    method: str


def search(books: Mapping[str, Codebook], asked: str, language: Language, ratings: Text) -> list[Found]:
    """Return the codes in which every word that is asked for occurs: first by label, then by definition.

    Parameters
    ----------
    books : Mapping of str to Codebook
        The methods by name.
    asked : str
        Words in Dutch or English, in any case, with or without accents.
    language : {"nl", "en"}
        Of what is found.
    ratings : Text
        What the ratings are called, in the place of a tier.
    """
    wanted = plain(asked).split()
    if not wanted:
        return []
    found: dict[tuple[str, str, str], list[tuple[int, _Place]]] = {}
    for place in _places(books, ratings):
        rank = _rank(place.entry, wanted)
        if rank is not None:
            same = (place.entry.id, place.entry.label.nl, place.entry.definition.nl)
            found.setdefault(same, []).append((rank, place))
    made = [_found(places, books, language) for places in found.values()]
    given = {name for book in books.values() for name in book.codes}
    return sorted(made, key=lambda one: (one.rank, one.id not in given, plain(one.label), one.id))


def plain(text: str) -> str:
    """Return `text` without accents and capitals.

    Examples
    --------
    >>> plain("Naar één kant")
    'naar een kant'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _places(books: Mapping[str, Codebook], ratings: Text) -> Iterator[_Place]:
    for method, book in books.items():
        for tier in written_tiers(book):
            for code in tier.codes:
                yield _Place(code, tier.label, method)
        for rating in book.ratings:
            yield _Place(rating, ratings, method)
        for derived in book.derived:
            yield _Place(derived, words.DERIVED, method)


def _rank(entry: Code | Rating | Derived, wanted: Sequence[str]) -> int | None:
    """Return how well an entry fits, best first; None where a word is missing."""
    labels = [plain(entry.label.to(language)) for language in LANGUAGES]
    phrase = " ".join(wanted)
    if phrase in labels or phrase == plain(entry.id):
        return 0
    if any(label.startswith(phrase) for label in labels):
        return 1
    if any(all(word in label for word in wanted) for label in labels):
        return 2
    told = [entry.definition] + ([] if isinstance(entry, Derived) else [entry.example])
    for language in LANGUAGES:
        everything = plain(" ".join([entry.id, entry.label.to(language), *(text.to(language) for text in told)]))
        if all(word in everything for word in wanted):
            return 3 if any(word in label for word in wanted for label in labels) else 4
    return None


def _found(places: Sequence[tuple[int, _Place]], books: Mapping[str, Codebook], language: Language) -> Found:
    rank, first = places[0]
    return Found(
        id=first.entry.id,
        label=first.entry.label.to(language),
        tier=first.tier.to(language),
        definition=first.entry.definition.to(language),
        polarity="neutraal" if isinstance(first.entry, Rating) else first.entry.polarity,
        methods=[(place.method, books[place.method].title.to(language)) for _, place in places],
        rank=rank,
    )
