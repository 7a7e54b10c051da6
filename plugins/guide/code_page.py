"""One code on a page of its own: beside what it is confused with, and on the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from plugins.guide import texts
from plugins.guide.entries import Entries, Row, strengths_first
from plugins.guide.flow import Question, flow_of
from plugins.guide.outline import DERIVED, RATINGS, place_of
from vib import words
from vib.codebook import Codebook, Tier
from vib.language import Language
from vib.wording import written_tiers


@dataclass(frozen=True)
class Beside:
    """Another code beside the one that a page is about.

    Attributes
    ----------
    differences : Sequence[tuple[str, str]]
        What tells them apart, each after the label of the code that it is said of.
    """

    row: Row
    differences: Sequence[tuple[str, str]]


@final
class CodePage:
    """What the page of a code shows.

    Parameters
    ----------
    codebook : Codebook
    name : str
        Id of a code, a rating, or what is calculated.
    language : {"nl", "en"}

    Raises
    ------
    KeyError
        There is none of that id.
    """

    def __init__(self, codebook: Codebook, name: str, language: Language) -> None:
        entries = Entries(codebook, language)
        tiers = {code.id: tier for tier in written_tiers(codebook) for code in tier.codes}
        self.method, self.title = codebook.method, codebook.title.to(language)
        self.flow: Sequence[Question] = ()
        self.siblings: Sequence[Row] = ()
        self.question = self.place = ""
        self.beside: Sequence[Beside] = ()
        if name in tiers:
            tier = tiers[name]
            every = {row.id: row for t in written_tiers(codebook) for row in _rows(entries, t)}
            self.row = every[name]
            self.tier_id, self.tier_label = tier.id, tier.label.to(language)
            self.question, self.place = tier.question.to(language), place_of(codebook, tier, language)
            self.flow = flow_of(tier, language, name)
            self.siblings = [row for row in _rows(entries, tier) if row.id != name]
            self.beside = _beside(every, name)
            self.elsewhere = codebook.codes[name].equivalent_to
            return
        self.elsewhere = ()
        rated = {rating.id: rating for rating in codebook.ratings}
        made = {derived.id: derived for derived in codebook.derived}
        if name in rated:
            self.row = entries.rating(rated[name])
            self.tier_id, self.tier_label = RATINGS, texts.RATINGS.to(language)
            self.siblings = [entries.rating(rating) for rating in codebook.ratings if rating.id != name]
        else:
            self.row = entries.derived(made[name])
            self.tier_id, self.tier_label = DERIVED, words.DERIVED.to(language)
            self.siblings = [entries.derived(derived) for derived in codebook.derived if derived.id != name]


def _rows(entries: Entries, tier: Tier) -> list[Row]:
    return [entries.code(tier, code) for code in strengths_first(tier.codes)]


def _beside(rows: dict[str, Row], name: str) -> list[Beside]:
    """Return what a code is confused with, whichever of the two says so."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in rows[name].confused:
        if one.id in rows:
            found.setdefault(one.id, []).append((one.label, one.difference))
    for other in rows.values():
        for one in other.confused:
            if one.id == name:
                found.setdefault(other.id, []).append((one.label, one.difference))
    return [Beside(rows[other], differences) for other, differences in found.items()]
