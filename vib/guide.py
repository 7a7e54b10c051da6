"""The coding guide of a method as Markdown: what coders read beside the labelling screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import final

from vib import words
from vib.codebook import EVIDENCE, TO_CONFIRM, Code, Codebook, Group, Polarity, Rating, Sourced, Tier
from vib.guide_about import sections_after, sections_before
from vib.language import Language, Text
from vib.markdown import capital, literal, row
from vib.wording import conditions, source_in_words, statements, windows, written_tiers

_POLARITIES: Mapping[Polarity, Text] = {
    "ja": Text(nl="ja", en="yes (ja)"),
    "nee": Text(nl="nee", en="no (nee)"),
    "neutraal": Text(nl="neutraal", en="neutral"),
}

_GUIDE = Text(nl="Codeerwijzer", en="Coding guide")
_VERSION = Text(
    nl="Codeboek `{0}`, versie {1}. Eigenaar van de methode: {2}.",
    en="Codebook `{0}`, version {1}. Owner of the method: {2}.",
)
_COUNT = Text(
    nl="**{0} van de {1} codes zijn nog te bevestigen{2}.**",
    en="**{0} of {1} codes are still to be confirmed{2}.**",
)
_COUNT_RATINGS = Text(nl=", en {0} van de {1} beoordelingen", en=", and {0} of {1} ratings")
_HOW = Text(nl="Zo codeer je", en="How to code")
_MARK = Text(
    nl="Bekijk het opnieuw en geef op de tijdlijn aan wat je ziet, van begin tot eind. {0}",
    en="Watch it again and mark on the timeline what you see, from onset to offset. {0}",
)
_DESCRIBE = Text(
    nl="Kies een aangegeven stuk en beantwoord de vragen die erbij horen. {0}",
    en="Choose a marked stretch and answer the questions that belong to it. {0}",
)
_RATE = Text(
    nl="Beoordeel daarna de clip als geheel: {0}. Laat leeg waar niets van te zien is.",
    en="Then rate the clip as a whole: {0}. Leave empty what cannot be seen in it.",
)
_AT_A_GLANCE = Text(nl="In één oogopslag", en="At a glance")
_PATTERN = Text(nl="patroon", en="pattern")
_KEY = Text(nl="toets `{0}`", en="key `{0}`")
_ONE_OF = Text(nl="één tegelijk uit `{0}`", en="one at a time from `{0}`")
_SOURCE = Text(nl="bron {0}", en="source {0}")

_RATINGS = Text(nl="Beoordeling van de hele clip", en="Ratings of the whole clip")
_SOURCES = Text(nl="Bronnen", en="Sources")


def render_guide(codebook: Codebook, language: Language) -> str:
    """Render the coding guide of a method.

    Parameters
    ----------
    codebook : Codebook
    language : {"nl", "en"}

    Returns
    -------
    str
        Markdown; what the codebook says appears in it as text, never as markup.
    """
    return _Guide(codebook, language).render()


@final
class _Guide:
    def __init__(self, codebook: Codebook, language: Language) -> None:
        self.codebook = codebook
        self.language = language
        self.sources = {name: number for number, name in enumerate(_sources(codebook), start=1)}

    def render(self) -> str:
        lines = [*self.opening(), *self.how_to_code(), *sections_before(self.codebook, self.language)]
        for tier in self.codebook.tiers:
            lines += self.tier(tier)
        lines += [*self.ratings(), *sections_after(self.codebook, self.language), *self.source_list()]
        return "\n".join(lines).rstrip() + "\n"

    def say(self, text: Text, *values: object) -> str:
        """Return one of the guide's own sentences, filled in with what is already Markdown."""
        return text.to(self.language).format(*values)

    def quote(self, text: Text) -> str:
        """Return a text of the codebook as Markdown that shows it literally."""
        return literal(text.to(self.language))

    def opening(self) -> Iterator[str]:
        book = self.codebook
        codes = [code for tier in written_tiers(book) for code in tier.codes]
        ratings = ""
        if book.ratings:
            ratings = self.say(_COUNT_RATINGS, _unconfirmed(book.ratings), len(book.ratings))
        yield f"# {self.say(_GUIDE)}: {self.quote(book.title)}"
        yield ""
        yield self.say(_VERSION, book.method, book.version, literal(book.owner))
        for paragraph in book.about.to(self.language).splitlines():
            if paragraph.strip():
                yield from ("", literal(paragraph))
        yield ""
        yield from (f"- **{self.say(one.about)}**: {self.quote(one.said)}" for one in statements(book))
        yield from ("", self.say(_COUNT, _unconfirmed(codes), len(codes), ratings), "")

    def how_to_code(self) -> Iterator[str]:
        book = self.codebook
        steps = [self.say(words.WATCH), self.say(_MARK, self.questions(book.timeline_tiers))]
        if book.describing_tiers:
            steps.append(self.say(_DESCRIBE, self.questions(book.describing_tiers)))
        if book.ratings:
            steps.append(self.say(_RATE, ", ".join(self.quote(rating.label) for rating in book.ratings)))
        steps.append(self.say(words.CHECK))
        yield from (f"## {self.say(_HOW)}", "")
        yield from (f"{number}. {step}" for number, step in enumerate(steps, start=1))
        yield ""

    def questions(self, tiers: Iterable[Tier]) -> str:
        return " ".join(f"**{self.quote(tier.label)}**: {self.quote(tier.question)}" for tier in tiers)

    def tier(self, tier: Tier) -> Iterator[str]:
        yield from (f"## {capital(self.quote(tier.label))}", "")
        yield from (f"**{self.quote(tier.question)}** ({self.place(tier)})", "")
        if tier.id == EVIDENCE:
            return
        yield from self.decision(tier)
        tree = list(_tree(tier.groups))
        if tree:
            yield from self.overview(tier, [group for group, _ in tree])
        yield from self.codes(code for code in tier.codes if code.group is None)
        for group, depth in tree:
            yield from (f"{'#' * min(depth + 3, 6)} {capital(self.quote(group.label))}", "")
            yield from (self.standing(group, [f"`{group.id}`"]), "")
            yield from self.codes(_members(tier, group))

    def decision(self, tier: Tier) -> Iterator[str]:
        """Yield the questions that lead to a code, in their order."""
        if not tier.decision_order:
            return
        labels = {code.id: code.label for code in tier.codes}
        yield from (f"### {self.say(words.DECIDE)}", "", self.say(words.DECIDE_ABOUT), "")
        for number, step in enumerate(tier.decision_order, start=1):
            answer = f"{self.say(words.YES)} → **{self.quote(labels[step.code])}** (`{step.code}`)"
            yield f"{number}. {self.quote(step.ask)} {answer}"
        yield from (f"{len(tier.decision_order) + 1}. {self.say(words.NONE_FITS)}", "")

    def place(self, tier: Tier) -> str:
        if tier.describes is None:
            return self.say(words.ON_TIMELINE)
        labels = {code.id: self.quote(code.label) for code in self.codebook.tier(tier.describes.tier).codes}
        described = ", ".join(labels[name] for name in tier.describes.codes)
        answers = [words.SEVERAL if tier.several else words.ONE, *([words.OPTIONAL] if tier.optional else [])]
        return "; ".join([self.say(words.FOR, described), *map(self.say, answers)])

    def overview(self, tier: Tier, groups: Iterable[Group]) -> Iterator[str]:
        """Yield a table of every group: what belongs to it, by polarity."""
        polarities = [p for p in words.ORDER if any(code.polarity == p for code in tier.codes)]
        yield from (f"### {self.say(_AT_A_GLANCE)}", "")
        head = [self.say(_PATTERN), *(self.say(_POLARITIES[polarity]) for polarity in polarities)]
        yield from (row(head), row(["---"] * len(head)))
        for group in groups:
            members = _members(tier, group)
            name = self.starred(group) if members else f"**{self.starred(group)}**"
            by_polarity = ([code for code in members if code.polarity == p] for p in polarities)
            yield row([name, *(", ".join(map(self.starred, some)) for some in by_polarity)])
        if _unconfirmed([*tier.codes, *tier.groups]):
            yield from ("", f"\\* {self.say(TO_CONFIRM)}")
        yield ""

    def starred(self, entry: Code | Group) -> str:
        return self.quote(entry.label) + ("" if entry.confirm_by is None else "\\*")

    def codes(self, codes: Iterable[Code]) -> Iterator[str]:
        for code in sorted(codes, key=lambda code: words.ORDER.index(code.polarity)):
            facts = [self.say(_POLARITIES[code.polarity])] if code.polarity != "neutraal" else []
            facts.append(self.say(words.KINDS[code.kind]))
            if code.exclusive_group is not None:
                facts.append(self.say(_ONE_OF, code.exclusive_group))
            if code.hotkey is not None:
                facts.append(self.say(_KEY, code.hotkey))
            yield from self.entry(code, facts)

    def ratings(self) -> Iterator[str]:
        if self.codebook.ratings:
            yield from (f"## {self.say(_RATINGS)}", "")
        for rating in self.codebook.ratings:
            facts = [self.say(words.SCALE, rating.lowest, rating.highest)]
            if rating.requires is not None:
                facts.append(self.say(words.REQUIRES, self.quote(rating.requires)))
            yield from self.entry(rating, facts)

    def entry(self, entry: Code | Rating, facts: Sequence[str]) -> Iterator[str]:
        """Yield one code or rating: its name, what it means, an example, and how sure it is."""
        yield f"- **{self.quote(entry.label)}** (`{entry.id}`): {self.quote(entry.definition)}"
        yield f"  - {self.say(words.EXAMPLE)}: {self.quote(entry.example)}"
        if entry.counter_example is not None:
            yield f"  - {self.say(words.COUNTER_EXAMPLE)}: {self.quote(entry.counter_example)}"
        if isinstance(entry, Code):
            yield from self.details(entry)
            facts = [*facts, *map(literal, windows(entry.params, self.language))]
        elif entry.anchors:
            points = [f"{point} = {self.quote(said)}" for point, said in sorted(entry.anchors.items())]
            yield f"  - {self.say(words.POINTS)}: {'; '.join(points)}"
        yield from (f"  - {self.standing(entry, [*facts, *conditions(entry, self.language)])}", "")

    def details(self, code: Code) -> Iterator[str]:
        """Yield what keeps a code apart from others."""
        labels = self.codebook.labels()
        if code.note is not None:
            yield f"  - {self.say(words.NOTE)}: {self.quote(code.note)}"
        for other in code.not_to_be_confused_with:
            label = (
                f"**{self.quote(labels[other.code])}** (`{other.code}`)" if other.code in labels else f"`{other.code}`"
            )
            yield f"  - {self.say(words.NOT_TO_CONFUSE)} {label}: {self.quote(other.difference)}"

    def standing(self, entry: Sourced, facts: Sequence[str]) -> str:
        numbers = ", ".join(map(str, sorted(self.sources[name] for name in entry.source)))
        parts = [*facts, self.say(words.CERTAINTIES[entry.certainty]), self.say(_SOURCE, numbers)]
        if entry.confirm_by is not None:
            parts.append(f"**{self.say(words.BY, self.say(TO_CONFIRM), literal(entry.confirm_by))}**")
        if (done := entry.confirmed) is not None:
            parts.append(self.say(words.CONFIRMED, literal(done.by), literal(done.party), done.date))
        return " · ".join(parts)

    def source_list(self) -> Iterator[str]:
        yield from (f"## {self.say(_SOURCES)}", "", self.say(words.ABOUT_SOURCES), "")
        for name, number in self.sources.items():
            yield f"{number}. {literal(source_in_words(name, self.language))}"


def _sources(codebook: Codebook) -> Iterable[str]:
    """Return every source once, in the order of the guide."""
    entries: list[Sourced] = []
    for tier in codebook.tiers:
        entries += [*tier.groups, *tier.codes]
    return dict.fromkeys(name for entry in [*entries, *codebook.ratings] for name in entry.source)


def _members(tier: Tier, group: Group) -> list[Code]:
    return [code for code in tier.codes if code.group == group.id]


def _unconfirmed(entries: Iterable[Sourced]) -> int:
    return sum(entry.confirm_by is not None for entry in entries)


def _tree(groups: Sequence[Group]) -> Iterator[tuple[Group, int]]:
    """Yield every group after the one it lies within, with its depth."""
    waiting = [(group, 0) for group in reversed(groups) if group.within is None]
    while waiting:
        group, depth = waiting.pop()
        yield group, depth
        waiting += [(inner, depth + 1) for inner in reversed(groups) if inner.within == group.id]
