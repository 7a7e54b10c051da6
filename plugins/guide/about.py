"""What a guide says of a method besides its codes: statements, levels, order of learning, visits, rules, changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from plugins.guide.entries import Entries, Standing
from vib import words
from vib.codebook import Codebook
from vib.language import Language, Text
from vib.wording import clip_length, statements


@dataclass(frozen=True)
class Link:
    """A place on the page."""

    id: str
    label: str


@dataclass(frozen=True)
class Named:
    """Something with a name, places that belong to it, and words."""

    label: str
    said: Sequence[str] = ()
    links: Sequence[Link] = ()
    marked: bool = False


@dataclass(frozen=True)
class Visit:
    """One visit of a programme."""

    number: str
    theme: str
    parts: Sequence[tuple[str, str]]
    standing: Standing


@final
class About:
    """The same for a page, in one language.

    Parameters
    ----------
    codebook : Codebook
    language : {"nl", "en"}
    ratings : str
        Id of the section with the ratings.
    """

    def __init__(self, codebook: Codebook, language: Language, ratings: str) -> None:
        self._codebook, self._language = codebook, language
        labels = codebook.labels()

        def links(names: Sequence[str], also_ratings: bool) -> list[Link]:
            found = [Link(name, labels[name].to(language)) for name in names]
            extra = [Link(ratings, self._say(words.WITH_RATINGS))] if also_ratings and codebook.ratings else []
            return [*found, *extra]

        self.statements = [(one.about.to(language), one.said.to(language)) for one in statements(codebook)]
        self.situations = [name.to(language) for name in codebook.situations]
        self.clip = "" if codebook.clip is None else clip_length(codebook.clip, language)
        self.levels = [
            Named(
                level.label.to(language),
                [self._say(words.WITH_ADVANCED)] if level.advanced else [],
                links(level.tiers, level.ratings),
            )
            for level in codebook.levels
        ]
        self.training = [
            Named(step.label.to(language), links=links((*step.tiers, *step.groups), step.ratings))
            for step in codebook.training_order
        ]
        self.rules = [Named(rule.say.to(language), marked=rule.blocks_submit) for rule in codebook.rules]
        self.retired = [
            Named(code.id, [self._say(words.SINCE).format(code.since), code.why.to(language)])
            for code in codebook.retired
        ]
        self.changes = [
            Named(f"{change.version} ({change.date})", [one.to(language) for one in change.changes])
            for change in codebook.changes
        ]
        self.sessions = self._sessions()

    def _say(self, text: Text) -> str:
        return text.to(self._language)

    def _sessions(self) -> list[Visit]:
        entries = Entries(self._codebook, self._language)
        return [
            Visit(
                session.number,
                self._say(session.theme),
                [
                    (self._say(name), self._say(said))
                    for name, said in ((words.FILMS, session.films), (words.WATCHES, session.watches))
                    if said is not None
                ],
                entries.standing(session),
            )
            for session in self._codebook.sessions
        ]
