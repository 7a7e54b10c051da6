"""A codebook as its guide shows it: sections of rows, in one language, strengths first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import final

from plugins.guide import texts
from vib import words
from vib.codebook import TO_CONFIRM, Code, Codebook, Group, Polarity, Rating, Sourced, Tier
from vib.language import Language, Text

ORDER: tuple[Polarity, ...] = ("ja", "neutraal", "nee")
"""What went well comes first."""


@dataclass(frozen=True)
class Standing:
    """How sure an entry is: `to_confirm` says who is to confirm it, and is empty when nobody needs to."""

    certainty: str
    sources: Sequence[str]
    to_confirm: str


@dataclass(frozen=True)
class Row:
    """One code or rating."""

    id: str
    label: str
    definition: str
    example: str
    standing: Standing
    kind: str
    polarity: Polarity = "neutraal"
    answer: str = ""
    not_with: str = ""
    hotkey: str | None = None
    colour: str | None = None


@dataclass(frozen=True)
class Section:
    """A tier, a group of a tier, or the ratings; `level` is that of its heading."""

    id: str
    label: str
    level: int
    rows: Sequence[Row]
    sections: Sequence[Section] = ()
    question: str = ""
    place: str = ""
    standing: Standing | None = None


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
        codes = [code for tier in codebook.tiers for code in tier.codes]
        self.method = codebook.method
        self.version = codebook.version
        self.owner = codebook.owner
        self.title = codebook.title.to(language)
        self.about = [line for line in codebook.about.to(language).splitlines() if line.strip()]
        self.unconfirmed = self._say(texts.UNCONFIRMED, unconfirmed(codes), len(codes))
        if codebook.ratings:
            self.unconfirmed += self._say(
                texts.UNCONFIRMED_RATINGS, unconfirmed(codebook.ratings), len(codebook.ratings)
            )
        self.sections = [self._tier(tier) for tier in codebook.tiers]
        if codebook.ratings:
            self.sections.append(self._ratings())
        self.steps = list(self._steps())
        self.found = self._say(texts.FOUND, "{0}", len(codes) + len(codebook.ratings))

    def _say(self, text: Text, *values: object) -> str:
        return text.to(self._language).format(*values)

    def _steps(self) -> Iterator[Step]:
        named = {section.id: section for section in self.sections}
        book = self._codebook
        yield Step(self._say(words.WATCH))
        yield Step(self._say(texts.MARK), [named[tier.id] for tier in book.timeline_tiers])
        if book.describing_tiers:
            yield Step(self._say(texts.DESCRIBE), [named[tier.id] for tier in book.describing_tiers])
        if book.ratings:
            yield Step(self._say(texts.RATE), self.sections[-1].rows)
        yield Step(self._say(words.CHECK))

    def _tier(self, tier: Tier) -> Section:
        return Section(
            id=tier.id,
            label=tier.label.to(self._language),
            level=2,
            rows=self._rows(tier, None),
            sections=[self._group(tier, group, 3) for group in tier.groups if group.within is None],
            question=tier.question.to(self._language),
            place=self._place(tier),
        )

    def _group(self, tier: Tier, group: Group, level: int) -> Section:
        inner = [other for other in tier.groups if other.within == group.id]
        return Section(
            id=group.id,
            label=group.label.to(self._language),
            level=min(level, 6),
            rows=self._rows(tier, group.id),
            sections=[self._group(tier, other, level + 1) for other in inner],
            standing=self._standing(group),
        )

    def _place(self, tier: Tier) -> str:
        if tier.describes is None:
            return self._say(words.ON_TIMELINE)
        described = [c for c in self._codebook.tier(tier.describes.tier).codes if c.id in tier.describes.codes]
        answers = words.SEVERAL if tier.several else words.ONE
        return f"{self._say(words.FOR, self._labels(described))}; {self._say(answers)}"

    def _rows(self, tier: Tier, group: str | None) -> list[Row]:
        codes = [code for code in tier.codes if code.group == group]
        return [self._code(tier, code) for code in sorted(codes, key=lambda code: ORDER.index(code.polarity))]

    def _code(self, tier: Tier, code: Code) -> Row:
        return Row(
            id=code.id,
            label=code.label.to(self._language),
            definition=code.definition.to(self._language),
            example=code.example.to(self._language),
            standing=self._standing(code),
            kind=self._say(words.KINDS[code.kind]),
            polarity=code.polarity,
            answer="" if code.polarity == "neutraal" else self._say(texts.POLARITIES[code.polarity]),
            not_with=self._labels(_rivals(tier, code)),
            hotkey=code.hotkey,
            colour=code.colour,
        )

    def _ratings(self) -> Section:
        ratings = self._codebook.ratings
        return Section(
            id="_ratings",  # no id of a codebook begins with an underscore
            label=self._say(texts.RATINGS),
            level=2,
            rows=[self._rating(rating) for rating in ratings],
        )

    def _rating(self, rating: Rating) -> Row:
        kind = self._say(words.SCALE, rating.lowest, rating.highest)
        if rating.from_age_months is not None:
            since = words.FROM_MONTH if rating.from_age_months else words.FROM_BIRTH
            kind = f"{kind}, {self._say(since, rating.from_age_months)}"
        return Row(
            id=rating.id,
            label=rating.label.to(self._language),
            definition=rating.definition.to(self._language),
            example=rating.example.to(self._language),
            standing=self._standing(rating),
            kind=kind,
        )

    def _standing(self, entry: Sourced) -> Standing:
        by = entry.confirm_by
        to_confirm = "" if by is None else self._say(words.BY, self._say(TO_CONFIRM), by)
        return Standing(self._say(words.CERTAINTIES[entry.certainty]), entry.source, to_confirm)

    def _labels(self, codes: Iterable[Code]) -> str:
        return ", ".join(code.label.to(self._language) for code in codes)


def unconfirmed(entries: Iterable[Sourced]) -> int:
    """Count the entries that somebody is still to confirm."""
    return sum(entry.confirm_by is not None for entry in entries)


def _rivals(tier: Tier, code: Code) -> list[Code]:
    """Return the codes that `code` excludes, where a tier allows more than one code at once."""
    if code.exclusive_group is None or not (tier.several or tier.describes is None):
        return []
    return [other for other in tier.codes if other.exclusive_group == code.exclusive_group and other != code]
