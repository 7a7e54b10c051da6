"""A code, a rating, or what is calculated, as a page shows it: in one language, with what it is confused with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import final

from plugins.guide import texts
from vib import words
from vib.codebook import TO_CONFIRM, Code, Codebook, Derived, Polarity, Rating, Sourced, Tier
from vib.language import Language, Text
from vib.wording import conditions, source_in_words, windows


@dataclass(frozen=True)
class Standing:
    """How sure an entry is: `to_confirm` says who is to confirm it, `confirmed` who has; either may be empty."""

    certainty: str
    sources: Sequence[str]
    to_confirm: str
    confirmed: str = ""


@dataclass(frozen=True)
class Confused:
    """What an entry is easily taken for, and what tells them apart."""

    id: str
    label: str
    difference: str
    known: bool


@dataclass(frozen=True)
class Row:
    """One code, rating or calculated code.

    Attributes
    ----------
    facts : Sequence[str]
        Windows, ages and who gives it, in words.
    points : Sequence[tuple[int, str]]
        Points of a scale with their words.
    """

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
    counter_example: str = ""
    note: str = ""
    confused: Sequence[Confused] = ()
    facts: Sequence[str] = ()
    points: Sequence[tuple[int, str]] = ()


@final
class Entries:
    """Makes the rows of one codebook.

    Parameters
    ----------
    codebook : Codebook
    language : {"nl", "en"}
    """

    def __init__(self, codebook: Codebook, language: Language) -> None:
        self._language = language
        self._labels = codebook.labels()

    def say(self, text: Text, *values: object) -> str:
        """Return one of our own sentences, filled in."""
        return text.to(self._language).format(*values)

    def code(self, tier: Tier, code: Code) -> Row:
        """Return a code of a tier."""
        return Row(
            id=code.id,
            label=code.label.to(self._language),
            definition=code.definition.to(self._language),
            example=code.example.to(self._language),
            standing=self.standing(code),
            kind=f"{self.say(words.KINDS[code.kind])} {self.say(words.ACTORS[code.actor])}",
            polarity=code.polarity,
            answer="" if code.polarity == "neutraal" else self.say(texts.POLARITIES[code.polarity]),
            not_with=", ".join(other.label.to(self._language) for other in _rivals(tier, code)),
            hotkey=code.hotkey,
            colour=code.colour,
            counter_example=self._or_nothing(code.counter_example),
            note=self._or_nothing(code.note),
            confused=[self._confused(one.code, one.difference) for one in code.not_to_be_confused_with],
            facts=[*windows(code.params, self._language), *conditions(code, self._language)],
        )

    def rating(self, rating: Rating) -> Row:
        """Return a rating."""
        needs = [] if rating.requires is None else [self.say(words.REQUIRES, rating.requires.to(self._language))]
        scale = self.say(words.SCALE, rating.lowest, rating.highest)
        return Row(
            id=rating.id,
            label=rating.label.to(self._language),
            definition=rating.definition.to(self._language),
            example=rating.example.to(self._language),
            standing=self.standing(rating),
            kind=f"{scale}, {self.say(words.ACTORS[rating.actor])}",
            counter_example=self._or_nothing(rating.counter_example),
            facts=[*conditions(rating, self._language), *needs],
            points=[(point, said.to(self._language)) for point, said in sorted(rating.anchors.items())],
        )

    def derived(self, derived: Derived) -> Row:
        """Return what is calculated."""
        return Row(
            id=derived.id,
            label=derived.label.to(self._language),
            definition=derived.definition.to(self._language),
            example="",
            standing=self.standing(derived),
            kind=self.say(words.CALCULATED),
            polarity=derived.polarity,
            answer="" if derived.polarity == "neutraal" else self.say(texts.POLARITIES[derived.polarity]),
            facts=windows(derived.params, self._language),
        )

    def standing(self, entry: Sourced) -> Standing:
        """Return how sure an entry is."""
        by = entry.confirm_by
        to_confirm = "" if by is None else self.say(words.BY, self.say(TO_CONFIRM), by)
        done = entry.confirmed
        confirmed = "" if done is None else self.say(words.CONFIRMED, done.by, done.party, done.date)
        sources = [source_in_words(source, self._language) for source in entry.source]
        return Standing(self.say(words.CERTAINTIES[entry.certainty]), sources, to_confirm, confirmed)

    def _confused(self, name: str, difference: Text) -> Confused:
        label = self._labels[name].to(self._language) if name in self._labels else name
        return Confused(name, label, difference.to(self._language), known=name in self._labels)

    def _or_nothing(self, text: Text | None) -> str:
        return "" if text is None else text.to(self._language)


def unconfirmed(entries: Iterable[Sourced]) -> int:
    """Count the entries that somebody is still to confirm."""
    return sum(entry.confirm_by is not None for entry in entries)


def strengths_first(codes: Iterable[Code]) -> list[Code]:
    """Return codes with what went well first."""
    return sorted(codes, key=lambda code: words.ORDER.index(code.polarity))


def _rivals(tier: Tier, code: Code) -> list[Code]:
    """Return the codes that `code` excludes, where a tier allows more than one code at once."""
    if code.exclusive_group is None or not (tier.several or tier.describes is None):
        return []
    return [other for other in tier.codes if other.exclusive_group == code.exclusive_group and other != code]
