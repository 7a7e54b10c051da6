"""A codebook as its guide shows it: sections of rows, in one language, strengths first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

from plugins.guide import texts
from plugins.guide.about import About
from plugins.guide.entries import Entries, Row, Standing, strengths_first, unconfirmed
from plugins.guide.flow import Question, flow_of
from vib import words
from vib.codebook import EVIDENCE, Codebook, Group, Tier
from vib.language import Language
from vib.wording import source_in_words, written_tiers

RATINGS, DERIVED = "_ratings", "_derived"
"""Ids of sections; no id of a codebook begins with an underscore."""


@dataclass(frozen=True)
class Section:
    """A tier, a group of a tier, the ratings, or what is calculated; `level` is that of its heading."""

    id: str
    label: str
    level: int
    rows: Sequence[Row]
    sections: Sequence[Section] = ()
    question: str = ""
    place: str = ""
    standing: Standing | None = None
    flow: Sequence[Question] = ()
    flow_sources: Sequence[str] = ()


@dataclass(frozen=True)
class Step:
    """One step of how to code, with the sections or rows that it is about."""

    text: str
    links: Sequence[Section | Row] = ()


@final
class Outline:
    """The guide of one method.

    Parameters
    ----------
    codebook : Codebook
    language : {"nl", "en"}
    """

    def __init__(self, codebook: Codebook, language: Language) -> None:
        self._codebook = codebook
        self._language = language
        self._entries = Entries(codebook, language)
        say = self._entries.say
        codes = [code for tier in written_tiers(codebook) for code in tier.codes]
        self.method = codebook.method
        self.version = codebook.version
        self.owner = codebook.owner
        self.title = codebook.title.to(language)
        self.about = [line for line in codebook.about.to(language).splitlines() if line.strip()]
        self.more = About(codebook, language, RATINGS)
        self.unconfirmed = say(texts.UNCONFIRMED, unconfirmed(codes), len(codes))
        if codebook.ratings:
            self.unconfirmed += say(texts.UNCONFIRMED_RATINGS, unconfirmed(codebook.ratings), len(codebook.ratings))
        self.sections = [self._tier(tier) for tier in codebook.tiers]
        if codebook.ratings:
            rows = [self._entries.rating(rating) for rating in codebook.ratings]
            self.sections.append(Section(RATINGS, say(texts.RATINGS), 2, rows))
        if codebook.derived:
            rows = [self._entries.derived(derived) for derived in codebook.derived]
            self.sections.append(Section(DERIVED, say(words.DERIVED), 2, rows))
        self.steps = list(self._steps())
        self.found = say(texts.FOUND, "{0}", len(codes) + len(codebook.ratings) + len(codebook.derived))

    def _steps(self) -> Iterator[Step]:
        named = {section.id: section for section in self.sections}
        book, say = self._codebook, self._entries.say
        yield Step(say(words.WATCH))
        yield Step(say(texts.MARK), [named[tier.id] for tier in book.timeline_tiers])
        if book.describing_tiers:
            yield Step(say(texts.DESCRIBE), [named[tier.id] for tier in book.describing_tiers])
        if book.ratings:
            yield Step(say(texts.RATE), named[RATINGS].rows)
        yield Step(say(words.CHECK))

    def _tier(self, tier: Tier) -> Section:
        evidence = tier.id == EVIDENCE
        return Section(
            id=tier.id,
            label=tier.label.to(self._language),
            level=2,
            rows=[] if evidence else self._rows(tier, None),
            sections=[self._group(tier, group, 3) for group in tier.groups if group.within is None],
            question=tier.question.to(self._language),
            place=place_of(self._codebook, tier, self._language),
            flow=flow_of(tier, self._language),
            flow_sources=[source_in_words(source, self._language) for source in tier.decision_source],
        )

    def _group(self, tier: Tier, group: Group, level: int) -> Section:
        inner = [other for other in tier.groups if other.within == group.id]
        return Section(
            id=group.id,
            label=group.label.to(self._language),
            level=min(level, 6),
            rows=self._rows(tier, group.id),
            sections=[self._group(tier, other, level + 1) for other in inner],
            standing=self._entries.standing(group),
        )

    def _rows(self, tier: Tier, group: str | None) -> list[Row]:
        codes = [code for code in tier.codes if code.group == group]
        return [self._entries.code(tier, code) for code in strengths_first(codes)]


def place_of(codebook: Codebook, tier: Tier, language: Language) -> str:
    """Return where the question of a tier is asked, and how many answers there may be."""
    if tier.describes is None:
        return words.ON_TIMELINE.to(language)
    described = [c for c in codebook.tier(tier.describes.tier).codes if c.id in tier.describes.codes]
    asked = words.FOR.to(language).format(", ".join(code.label.to(language) for code in described))
    answers = [words.SEVERAL if tier.several else words.ONE, *([words.OPTIONAL] if tier.optional else [])]
    return "; ".join([asked, *(answer.to(language) for answer in answers)])
