"""What in somebody's codes breaks the rules of the codebook, and where: pure functions of a timeline.

Some rules hold for every codebook: of the codes that exclude each other one holds at a time, a question is answered
where it is asked, a rating that wants a moment of the clip has one. Others each codebook writes itself
(`vib.codebook.rule`). Where windows end is said in `vib.windows`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import final

from vib.age_gate import gate, in_words
from vib.codebook import EVIDENCE, Code, Codebook, Rating, Rule, Tier
from vib.codebook.book import moment_code
from vib.codebook.rule import Again, Near, Which
from vib.language import LANGUAGES, Language, Text
from vib.observation import ROUNDING, Observation, RatingValue, Timeline, as_codes
from vib.windows import at_most, is_near, overlap

EXCLUDING = "built-in:excluding"
NOT_ASKED = "built-in:not-asked"
UNANSWERED = "built-in:unanswered"
NO_MOMENT = "built-in:no-moment"
TOO_YOUNG = "built-in:too-young"
UNKNOWN = "built-in:unknown"


@final
@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that somebody's codes break.

    Attributes
    ----------
    rule : str
        Id of the rule; ``built-in:...`` of those that hold for every codebook.
    words : Text
        What a coder reads.
    tier : str
        Id of the tier, or of the rating, that it is about.
    code : str
        Id of the code; empty where none was given.
    start, end : float
        Where, in seconds; the whole clip for a rating.
    blocks_submit : bool
        Whether codes that break it cannot be submitted; else it is pointed out.
    distance_s : float or None
        How many seconds away the nearest is of what should be near; None where there is none, and for other rules.
    """

    rule: str
    words: Text
    tier: str
    code: str
    start: float
    end: float
    blocks_submit: bool
    distance_s: float | None = None

    @property
    def place(self) -> str:
        """Where, as minutes, seconds and thousandths: ``01:02.041``."""
        minutes, rest = divmod(round(self.start * 1000), 60_000)
        return f"{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"

    def content(self) -> dict[str, object]:
        """Return it for programs."""
        return {**{name: getattr(self, name) for name in self.__slots__}, "words": self.words.model_dump()}

    def sentence(self, language: Language) -> str:
        """Return what a coder reads, with how far away the nearest is."""
        if self.distance_s is None:
            return self.words.to(language)
        seconds = f"{self.distance_s:.1f}"
        away = Text(
            nl=f"De dichtstbijzijnde is {seconds.replace('.', ',')} s verder.", en=f"The nearest is {seconds} s away."
        )
        return f"{self.words.to(language)} {away.to(language)}"


def violations(
    timeline: Timeline,
    ratings: Mapping[str, RatingValue],
    codebook: Codebook,
    age_months: int | None = None,
) -> tuple[Violation, ...]:
    """Return every rule that codes break, in order of place.

    Parameters
    ----------
    timeline : Timeline
        What one rater coded in one clip.
    ratings : Mapping[str, RatingValue]
        What they said of the clip as a whole, by rating; None and text that is empty say nothing.
    codebook : Codebook
        At the level that they coded at: see `Codebook.at`.
    age_months : int or None
        Of the child in the clip, in months; where it is not known nothing is said of ages.
    """
    checked = _Checked(timeline, codebook)
    given = {name: value for name, value in ratings.items() if value is not None and value != ""}
    found = [violation for rule in codebook.rules for violation in checked.broken(rule)]
    said = {(one.tier, one.start, one.end) for one in found if not one.code}
    found += (one for one in checked.unanswered() if (one.tier, one.start, one.end) not in said)
    found += checked.excluding_timeline()
    for observation in timeline:
        found += checked.excluding_answers(observation)
        found += checked.out_of_place(observation)
        found += checked.too_young(observation, age_months)
    found += _of_ratings(given, timeline, codebook, age_months)
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end, one.rule, one.tier, one.code, one.words.nl)))


@final
class _Checked:
    """A timeline with what was found in it once, for all rules."""

    def __init__(self, timeline: Timeline, codebook: Codebook) -> None:
        self.timeline, self.codebook = timeline, codebook
        self.tiers: Mapping[str, Tier] = {tier.id: tier for tier in codebook.tiers}
        self.people = [tier.id for tier in codebook.tiers if tier.fill_from == "members"]
        self._meant: dict[Which, tuple[Observation, ...]] = {}
        self._ends: dict[Which, tuple[list[float], list[float]]] = {}

    def meant(self, which: Which) -> tuple[Observation, ...]:
        """Return the observations of a kind."""
        if which not in self._meant:
            self._meant[which] = tuple(one for one in self.timeline if self.code_of(one, which))
        return self._meant[which]

    def code_of(self, observation: Observation, which: Which) -> str | None:
        """Return the code by which an observation is of a kind, None where it is not."""
        codes = (
            (observation.code,) if observation.tier == which.tier else as_codes(observation.attributes.get(which.tier))
        )
        return min(
            (code for code in codes if code not in which.without and (not which.codes or code in which.codes)),
            default=None,
        )

    def broken(self, rule: Rule) -> Iterator[Violation]:
        """Yield where a rule of the codebook does not hold."""
        then = rule.then
        for one in self.meant(rule.when):
            code, tier, holds, distance = self.code_of(one, rule.when) or "", rule.when.tier, True, None
            if then.given:
                lacking = [name for name in then.given if not as_codes(one.attributes.get(name))]
                holds, tier, code = not lacking, (lacking or [tier])[0], "" if lacking else code
            elif then.empty:
                wrong = [(name, one.attributes[name]) for name in then.empty if as_codes(one.attributes.get(name))]
                holds = not wrong
                if wrong:
                    tier, code = wrong[0][0], min(as_codes(wrong[0][1]))
            elif then.near:
                holds = self._has_near(one, rule.when, then.near) == then.near.there
                distance = None if holds or not then.near.there else self._distance(one, then.near)
            elif then.earlier:
                holds = any(
                    other.start < one.start - ROUNDING for which in then.earlier for other in self.meant(which)[:1]
                )
            elif then.again:
                holds, distance = self._is_again(one, then.again)
            if not holds:
                yield Violation(rule.id, rule.say, tier, code, one.start, one.end, rule.blocks_submit, distance)

    def unanswered(self) -> Iterator[Violation]:
        """Yield questions that have no answer where they are asked.

        A question that follows from the answer to another (a rule names it in `given`, or in `empty`) is asked where
        the rule says so, and of the others each that is not optional.
        """
        answers = {tier.id for tier in self.codebook.describing_tiers}
        ruled = {name for rule in self.codebook.rules if rule.when.tier in answers for name in rule.then.given}
        spared: dict[str, set[int]] = {}
        for rule in self.codebook.rules:
            for name in rule.then.empty:
                spared.setdefault(name, set()).update(map(id, self.meant(rule.when)))
        for tier in self.codebook.describing_tiers:
            if tier.optional or tier.id in ruled or tier.describes is None:
                continue
            for one in self.meant(Which(tier=tier.describes.tier, codes=tier.describes.codes)):
                if not as_codes(one.attributes.get(tier.id)) and id(one) not in spared.get(tier.id, ()):
                    yield Violation(
                        UNANSWERED,
                        Text(nl=f"Nog niet gecodeerd: {tier.label.nl}.", en=f"Not coded yet: {tier.label.en}."),
                        tier.id,
                        "",
                        one.start,
                        one.end,
                        blocks_submit=False,
                    )

    def excluding_timeline(self) -> Iterator[Violation]:
        """Yield stretches on the timeline that overlap one whose code excludes theirs.

        Not where they are of different people. Of several that it overlaps only one is told.
        """
        longest: dict[str, dict[tuple[str, tuple[str, ...]], Observation]] = {}
        for one in self.timeline:
            group = self._excluding(one)
            if group is None:
                continue
            others = longest.setdefault(group, {})
            for (code, _), other in others.items():
                if code != one.code and overlap(other, one) and not self._of_others(one, other):
                    yield _exclude(self.codebook, one, one.tier, [code, one.code])
                    break
            key = (one.code, self._person(one))
            if key not in others or others[key].end <= one.end:
                others[key] = one

    def excluding_answers(self, one: Observation) -> Iterator[Violation]:
        """Yield answers at one stretch of which only one can hold."""
        chosen: dict[str, list[str]] = {}
        tier_of: dict[str, str] = {}
        for name, value in sorted(one.attributes.items()):
            tier = self.tiers.get(name)
            for code in sorted(set(as_codes(value))) if tier else ():
                entry = self.codebook.codes.get(code)
                keys = {entry.exclusive_group} if entry and entry.exclusive_group else set()
                keys |= {name} if tier and not tier.several else set()
                for key in keys:
                    chosen.setdefault(key, []).append(code)
                    tier_of.setdefault(key, name)
        told: set[tuple[str, ...]] = set()
        for key, codes in chosen.items():
            if len(codes) > 1 and tuple(codes) not in told:
                told.add(tuple(codes))
                yield _exclude(self.codebook, one, tier_of[key], codes)

    def out_of_place(self, one: Observation) -> Iterator[Violation]:
        """Yield codes that the codebook has not, and answers where their question is not asked."""
        if not self._has(one.tier, one.code) or self.tiers[one.tier].describes is not None:
            yield _unknown(one, one.tier, one.code)
        for name, value in sorted(one.attributes.items()):
            tier = self.tiers.get(name)
            for code in as_codes(value):
                if tier is None or tier.describes is None or not self._has(name, code):
                    yield _unknown(one, name, code)
                elif one.tier != tier.describes.tier or one.code not in tier.describes.codes:
                    yield _not_asked(self.codebook, one, tier, code)

    def too_young(self, one: Observation, age_months: int | None) -> Iterator[Violation]:
        """Yield codes for an older child."""
        for tier, code in ((one.tier, one.code), *_answers(one)):
            entry = self.codebook.codes.get(code)
            if entry is not None and _is_for_older(entry, age_months):
                yield _older(entry, age_months, tier, code, (one.start, one.end))

    def _has(self, tier: str, code: str) -> bool:
        found = self.tiers.get(tier)
        if found is None:
            return False
        return found.fill_from == "members" or (code in self.codebook.codes and code in found.group_of)

    def _has_near(self, one: Observation, when: Which, near: Near) -> bool:
        # What was answered to another question at the same stretch is something else, and nothing is nearer.
        here = when.tier != near.of.tier and one.tier not in (when.tier, near.of.tier)
        first = one.start - near.before_s - 2 * ROUNDING
        return any(
            self.code_of(other, near.of) is not None
            and (is_near(one, other, before_s=near.before_s, after_s=near.after_s) if other is not one else here)
            for other in self.timeline.between(first, one.end + near.after_s + 2 * ROUNDING)
        )

    def _distance(self, one: Observation, near: Near) -> float | None:
        """Return how far away the nearest is of what is not near, on the sides on which it is looked for."""
        if near.of not in self._ends:
            there = self.meant(near.of)
            self._ends[near.of] = [other.start for other in there], sorted(other.end for other in there)
        starts, ends = self._ends[near.of]
        instant = ROUNDING if one.end - one.start <= ROUNDING else -ROUNDING
        found: list[float] = []
        if near.after_s > 0 or near.before_s == 0:
            place = bisect_left(starts, one.end + instant)
            found += [starts[place] - one.end] if place < len(starts) else []
        if near.before_s > 0 or near.after_s == 0:
            place = bisect_right(ends, one.start - instant) - 1
            found += [one.start - ends[place]] if place >= 0 else []
        return max(0.0, min(found)) if found else None

    def _is_again(self, one: Observation, again: Again) -> tuple[bool, float | None]:
        """Tell whether the next stretch of its kind has the same answer, and how far away one that is too late is."""
        answer = set(as_codes(one.attributes.get(again.tier)))
        if not answer:
            return True, None
        following = next((other for other in self._after(one) if not self._of_others(one, other)), None)
        if following is None:
            return False, None
        gap = following.start - one.end
        if not at_most(gap, again.within_s):
            return False, gap
        return set(as_codes(following.attributes.get(again.tier))) == answer, None

    def _after(self, one: Observation) -> Iterator[Observation]:
        """Yield what begins after a stretch of the same code, in order."""
        same, starts = self._same[(one.tier, one.code)]
        yield from same[bisect_right(starts, one.start + ROUNDING) :]

    @cached_property
    def _same(self) -> Mapping[tuple[str, str], tuple[list[Observation], list[float]]]:
        """Observations by tier and code, with their onsets."""
        found: dict[tuple[str, str], tuple[list[Observation], list[float]]] = {}
        for one in self.timeline:
            same, starts = found.setdefault((one.tier, one.code), ([], []))
            same.append(one)
            starts.append(one.start)
        return found

    def _excluding(self, one: Observation) -> str | None:
        code = self.codebook.codes.get(one.code)
        return code.exclusive_group if code and self._has(one.tier, one.code) else None

    def _person(self, one: Observation) -> tuple[str, ...]:
        return tuple(sorted(code for tier in self.people for code in as_codes(one.attributes.get(tier))))

    def _of_others(self, one: Observation, other: Observation) -> bool:
        people, others = set(self._person(one)), set(self._person(other))
        return bool(people and others) and not people & others


def _of_ratings(
    given: Mapping[str, RatingValue], timeline: Timeline, codebook: Codebook, age_months: int | None
) -> Iterator[Violation]:
    moments = {code for one in timeline for code in as_codes(one.attributes.get(EVIDENCE))}
    asked = any(tier.id == EVIDENCE for tier in codebook.tiers)
    place = (0.0, timeline.duration)
    for rating in codebook.ratings:
        # A rating that was taken back is 0 in Label Studio.
        if rating.id not in given or (given[rating.id] == 0 and rating.lowest > 0):
            continue
        if rating.evidence_required and asked and moment_code(rating.id) not in moments:
            yield Violation(NO_MOMENT, _wants_moment(rating), rating.id, "", *place, blocks_submit=True)
        if _is_for_older(rating, age_months):
            yield _older(rating, age_months, rating.id, "", place)


def _answers(one: Observation) -> Iterator[tuple[str, str]]:
    for name, value in sorted(one.attributes.items()):
        for code in as_codes(value):
            yield name, code


def _is_for_older(entry: Code | Rating, age_months: int | None) -> bool:
    return gate(entry.from_age_months, age_months) == "too_young"


def _older(entry: Code | Rating, age_months: int | None, tier: str, code: str, place: tuple[float, float]) -> Violation:
    label = entry.label
    nl, en = (tuple(in_words(months or 0, to) for months in (entry.from_age_months, age_months)) for to in LANGUAGES)
    words = Text(
        nl=f"‘{label.nl}’ vraag je pas vanaf {nl[0]}; het kind is hier {nl[1]}.",
        en=f"‘{label.en}’ is asked from {en[0]} on; the child is {en[1]} here.",
    )
    return Violation(TOO_YOUNG, words, tier, code, *place, blocks_submit=False)


def _wants_moment(rating: Rating) -> Text:
    return Text(
        nl=f"Wijs een moment in de clip aan waarop je ‘{rating.label.nl}’ baseert.",
        en=f"Point at a moment of the clip on which you base ‘{rating.label.en}’.",
    )


def _exclude(book: Codebook, one: Observation, tier: str, codes: list[str]) -> Violation:
    labels = [book.codes[code].label if code in book.codes else Text(nl=code, en=code) for code in sorted(codes)]
    words = Text(
        nl=f"Deze codes kunnen niet tegelijk: {', '.join(label.nl for label in labels)}.",
        en=f"These codes cannot hold at once: {', '.join(label.en for label in labels)}.",
    )
    return Violation(EXCLUDING, words, tier, codes[-1], one.start, one.end, blocks_submit=True)


def _not_asked(book: Codebook, one: Observation, tier: Tier, code: str) -> Violation:
    at = book.codes[one.code].label if one.code in book.codes else Text(nl=one.code, en=one.code)
    label = book.codes[code].label if code in book.codes else Text(nl=code, en=code)
    words = Text(
        nl=f"‘{label.nl}’ ({tier.label.nl}) hoort niet bij een stuk ‘{at.nl}’.",
        en=f"‘{label.en}’ ({tier.label.en}) does not belong to a stretch of ‘{at.en}’.",
    )
    return Violation(NOT_ASKED, words, tier.id, code, one.start, one.end, blocks_submit=True)


def _unknown(one: Observation, tier: str, code: str) -> Violation:
    words = Text(
        nl=f"Het codeboek heeft hier geen code {code} in een laag {tier}.",
        en=f"The codebook has no code {code} in a tier {tier} here.",
    )
    return Violation(UNKNOWN, words, tier, code, one.start, one.end, blocks_submit=False)
