"""What owners of methods have confirmed: ``label_configs/confirmed.yaml``, and what it says of a codebook.

What somebody confirms is a text that they read. When one letter of it changes, it is confirmed no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar

from pydantic import Field

from vib.codebook.book import Codebook, Derived, Session
from vib.codebook.entry import Code, Confirmed, Entry, Group, Rating, Sourced
from vib.identifiers import Id
from vib.language import Language

FILE = "confirmed.yaml"
"""Where confirmations are kept, beside the methods."""


class Confirmations(Entry):
    """The content of ``confirmed.yaml``: by id which texts were confirmed, the latest last."""

    format: Literal["vib-confirmed/1"] = "vib-confirmed/1"
    confirmed: Mapping[Id, tuple[Confirmed, ...]] = Field(default_factory=dict)

    def of(self, name: str, entry: Sourced) -> Confirmed | None:
        """Return who confirmed an entry as its text is now; None where nobody did."""
        wanted = {language: digest_of(entry, language) for language in ("nl", "en")}
        found = [
            one
            for one in self.confirmed.get(name, ())
            if one.party == entry.confirm_by and one.digest == wanted[one.language]
        ]
        return found[-1] if found else None

    def adding(self, found: Iterable[tuple[str, Confirmed]]) -> Confirmations:
        """Return these confirmations and others; of one text by one party the last holds."""
        every = {name: [*there] for name, there in self.confirmed.items()}
        for name, new in found:
            same = (new.party, new.language, new.digest)
            kept = [one for one in every.get(name, []) if (one.party, one.language, one.digest) != same]
            every[name] = [*kept, new]
        return Confirmations(confirmed={name: tuple(every[name]) for name in sorted(every)})


def entries_of(book: Codebook) -> Iterator[tuple[str, Sourced]]:
    """Yield everything of a codebook that can be confirmed, with the id by which that is kept."""
    for tier in book.tiers:
        yield from ((group.id, group) for group in tier.groups)
        yield from ((code.id, code) for code in tier.codes)
    yield from ((rating.id, rating) for rating in book.ratings)
    yield from ((derived.id, derived) for derived in book.derived)
    yield from ((_session_id(book, session), session) for session in book.sessions)


def text_of(entry: Sourced, language: Language) -> Mapping[str, str]:
    """Return what somebody reads who is to confirm an entry, by field.

    Which colour or key a code has is no part of it, nor whether a method calls it ja or nee.
    """
    found: dict[str, str] = {}
    for name in ("label", "theme", "definition", "example", "counter_example", "films", "watches"):
        text = getattr(entry, name, None)
        if text is not None:
            found[name] = text.to(language)
    if isinstance(entry, Rating):
        points = [f"{point}: {text.to(language)}" for point, text in sorted(entry.anchors.items())]
        found["numbers"] = "; ".join([f"{entry.lowest}-{entry.highest}", *points])
    elif isinstance(entry, Code | Derived) and entry.params:
        found["numbers"] = "; ".join(f"{name}: {number:g}" for name, number in sorted(entry.params.items()))
    return found


def digest_of(entry: Sourced, language: Language) -> str:
    """Return the SHA-256 of what somebody reads who is to confirm an entry."""
    written = json.dumps(text_of(entry, language), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def with_confirmations(book: Codebook, confirmations: Confirmations) -> Codebook:
    """Return a codebook in which what was confirmed says so."""
    if not confirmations.confirmed:
        return book

    def of(entry: Part, name: str) -> Part:
        found = confirmations.of(name, entry)
        return entry if found is None else entry.with_confirmation(found)

    tiers = tuple(
        tier.replacing(
            groups=tuple(of(group, group.id) for group in tier.groups),
            codes=tuple(of(code, code.id) for code in tier.codes),
        )
        for tier in book.tiers
    )
    return book.replacing(
        tiers=tiers,
        ratings=tuple(of(rating, rating.id) for rating in book.ratings),
        derived=tuple(of(derived, derived.id) for derived in book.derived),
        sessions=tuple(of(session, _session_id(book, session)) for session in book.sessions),
    )


def lapsed(book: Codebook, confirmations: Confirmations) -> Mapping[str, Confirmed]:
    """Return what was confirmed and is not any more, as the text is another; the last confirmation, by id."""
    return {
        name: confirmations.confirmed[name][-1]
        for name, entry in entries_of(book)
        if entry.confirm_by is not None and confirmations.confirmed.get(name)
    }


Part = TypeVar("Part", Code, Group, Rating, Derived, Session)


def _session_id(book: Codebook, session: Session) -> str:
    return f"{book.method}.session-{session.number}"
