"""Whether the codes of several raters can be compared at all: by version, by level, and by what a tier is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, final

from vib.codebook import Codebook
from vib.derived.calculating import with_calculated_tiers
from vib.invocation import VIB
from vib.language import LANGUAGES, Text
from vib.made_with import MadeWith
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.versions import mapped, mapped_ratings, numbers_of, offered, passage, without_codes, without_tiers

from . import texts_together as texts

Codebooks = Mapping[str, Codebook]
"""Codebooks by method."""

MOST_NAMED = 3
"""Clips that a note names; of the others it gives the number."""


class NotTogether(InputProblem):
    """Codes cannot be compared: of which clip, whose, and why."""


@final
@dataclass(frozen=True, slots=True)
class Together:
    """Clips whose raters can be compared.

    Attributes
    ----------
    clips : tuple of RaterSet
        With codes of earlier versions as what stands for them now, and without what some were not asked.
    unasked : Mapping[str, frozenset of str]
        By clip, the tiers and ratings that not all of its raters were asked: nobody coded it for these.
    notes : tuple of Text
        What was done to make them comparable.
    """

    clips: tuple[RaterSet, ...]
    unasked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


class _Note(NamedTuple):
    """What is said of several clips: a text, and the words in it."""

    text: Text
    words: tuple[tuple[str, str], ...]


def codebooks_of(clips: Iterable[RaterSet]) -> Codebooks:
    """Return the codebooks of the installed methods with which clips were coded."""
    from vib.methods import method_names, read_method

    named = {one.method for clip in clips for one in clip.made_with.values()}
    return {name: read_method(name) for name in sorted(named & set(method_names()))}


def with_calculated(clips: Sequence[RaterSet], codebooks: Codebooks) -> tuple[RaterSet, ...]:
    """Return clips with what their codebooks calculate, as tiers beside those that were coded.

    Raises
    ------
    InputProblem
        It is not known with what any of them was coded.
    """
    only = next(iter(codebooks.values())) if len(codebooks) == 1 else None

    def book_of(made_with: MadeWith | None) -> Codebook | None:
        book = only if made_with is None else codebooks.get(made_with.method)
        return None if book is None else book.made(made_with)

    if not codebooks:
        said = texts.NOT_KNOWN_BY_WHAT.filled(vib=VIB)
        raise InputProblem("--calculated", nl=said.nl, en=said.en)
    return with_calculated_tiers(clips, book_of)


def calculated_note(clips: Iterable[RaterSet], tiers: Iterable[str], codebooks: Codebooks) -> tuple[Text, ...]:
    """Return what is said of tiers that nobody coded; nothing where there are none."""
    found = sorted(frozenset[str]().union(*(clip.calculated for clip in clips)) & set(tiers))
    if not found:
        return ()
    labels = {name: label for book in codebooks.values() for name, label in book.labels().items()}
    named = [labels.get(name, Text(nl=name, en=name)) for name in found]
    nl, en = (
        ", ".join(f"{label.to(to)} ({name})" for label, name in zip(named, found, strict=True)) for to in LANGUAGES
    )
    return (Text(nl=texts.CALCULATED.nl.format(tiers=nl), en=texts.CALCULATED.en.format(tiers=en)),)


def brought_together(
    clips: Sequence[RaterSet], raters: Sequence[str], subject: str | None, codebooks: Codebooks
) -> Together:
    """Return clips as far as the raters of each can be compared with one another.

    Parameters
    ----------
    raters : Sequence[str]
        Whom to compare.
    subject : str or None
        The tier, attribute or rating that is compared; None for all of them.

    Raises
    ------
    NotTogether
        Raters of one clip coded with different methods, or with versions between which something that is compared
        got another meaning; names the clip, who, and which.
    """
    found: list[RaterSet] = []
    unasked: dict[str, frozenset[str]] = {}
    where: dict[_Note, list[str]] = {}
    for clip in clips:
        made_with = {
            rater: one
            for rater, one in sorted(clip.made_with.items())
            if rater in raters and (rater in clip.timelines or rater in clip.ratings)
        }
        if len(set(made_with.values())) > 1:
            codebook = _codebook(clip, made_with, codebooks)
            clip, mapping = _of_one_version(clip, made_with, subject, codebook)
            clip, unasked[clip.clip], narrowing = _of_what_all_were_asked(clip, made_with, codebook)
            for note in filter(None, (mapping, narrowing)):
                where.setdefault(note, []).append(clip.clip)
        found.append(clip)
    notes = tuple(note.text.filled(**dict(note.words), clips=_listed(names)) for note, names in where.items())
    return Together(tuple(found), unasked, notes)


def what_fits(clip: RaterSet, raters: Sequence[str], codebooks: Codebooks) -> Together:
    """Return a clip with only those tiers that can be compared, each for itself.

    Raises
    ------
    NotTogether
        None can.
    """
    clip = without_tiers(clip, not_compared(codebooks.values()))
    used = _used(clip, raters)
    other = {name for name in used if not _fits(clip, raters, name, codebooks)}
    if not other:
        return brought_together([clip], raters, None, codebooks)
    if other == used:
        return brought_together([clip], raters, min(other), codebooks)
    found = brought_together([without_tiers(clip, frozenset(other))], raters, None, codebooks)
    note = texts.CHANGED_MEANING.filled(tiers=", ".join(sorted(other)))
    return replace(found, notes=(*found.notes, note))


def not_compared(codebooks: Iterable[Codebook]) -> frozenset[str]:
    """Return the tiers in which agreement between raters means nothing, as each may pick freely."""
    return frozenset(tier.id for book in codebooks for tier in book.tiers if not tier.agreement)


def _fits(clip: RaterSet, raters: Sequence[str], name: str, codebooks: Codebooks) -> bool:
    try:
        brought_together([clip], raters, name, codebooks)
    except NotTogether:
        return False
    return True


def _codebook(clip: RaterSet, made_with: Mapping[str, MadeWith], codebooks: Codebooks) -> Codebook:
    """Return the codebook of all raters of a clip."""
    methods = {one.method for one in made_with.values()}
    if len(methods) > 1:
        raise _refused(clip, texts.OTHER_METHODS, made_with)
    (method,) = methods
    if method not in codebooks:
        raise _refused(clip, texts.NOT_INSTALLED, made_with, method=method)
    return codebooks[method]


def _of_one_version(
    clip: RaterSet, made_with: Mapping[str, MadeWith], subject: str | None, codebook: Codebook
) -> tuple[RaterSet, _Note | None]:
    """Return a clip with the codes of all as the newest of their versions has them."""
    versions = {one.version for one in made_with.values()}
    if len(versions) == 1:
        return clip, None
    newest = max(versions, key=numbers_of)
    try:
        ways = {rater: passage(codebook, one.version, newest) for rater, one in made_with.items()}
    except InputProblem as told:
        raise _refused(clip, texts.NOT_TOLD, made_with, reason=told.reason) from told
    used = _used(clip, made_with)
    changed = frozenset[str]().union(*(way.incomparable for way in ways.values()))
    other = changed & (used if subject is None else {subject})
    if other:
        rest = used - changed if subject is None else set()
        text = texts.OTHER_MEANING_SOME if rest else texts.OTHER_MEANING
        raise _refused(clip, text, made_with, tiers=", ".join(sorted(other)), rest=", ".join(sorted(rest)))
    timelines, ratings = dict(clip.timelines), dict(clip.ratings)
    for rater, way in ways.items():
        if rater in timelines:
            timelines[rater] = mapped(timelines[rater], way.becomes, codebook)
        if rater in ratings:
            ratings[rater] = mapped_ratings(ratings[rater], way.becomes)
    note = _Note(texts.MAPPED, (("who", _who(made_with)), ("version", newest)))
    return replace(clip, timelines=timelines, ratings=ratings), note


def _of_what_all_were_asked(
    clip: RaterSet, made_with: Mapping[str, MadeWith], codebook: Codebook
) -> tuple[RaterSet, frozenset[str], _Note | None]:
    """Return a clip without what some of its raters were not asked or offered, and the names of that."""
    levels = {one.level for one in made_with.values()}
    if len(levels) == 1:
        return clip, frozenset(), None
    try:
        asked = [offered(codebook, level) for level in levels]
    except InputProblem as told:
        raise _refused(clip, texts.NOT_TOLD, made_with, reason=told.reason) from told
    every = frozenset[str]().union(*asked)
    common = every.intersection(*asked)
    gone = {code for name in common for found in asked for code in found[name]}
    gone -= {code for name in common for code in frozenset(asked[0][name]).intersection(*(f[name] for f in asked))}
    timelines = {rater: without_codes(seen, frozenset(gone)) for rater, seen in clip.timelines.items()}
    note = _Note(texts.OTHER_LEVELS, (("who", _who(made_with)), ("tiers", ", ".join(sorted(common)))))
    return without_tiers(replace(clip, timelines=timelines), every - common), every - common, note


def _used(clip: RaterSet, raters: Iterable[str]) -> set[str]:
    """Return the tiers, attributes and ratings that raters of a clip used."""
    seen = [clip.timelines[rater] for rater in raters if rater in clip.timelines]
    used = {name for timeline in seen for name in (*timeline.tiers, *timeline.attribute_names)}
    return used | {name for rater in raters for name in clip.ratings.get(rater, {})}


def _refused(clip: RaterSet, text: Text, made_with: Mapping[str, MadeWith], **words: object) -> NotTogether:
    said = text.filled(who=_who(made_with), **words)
    return NotTogether(clip.clip, nl=said.nl, en=said.en)


def _who(made_with: Mapping[str, MadeWith]) -> str:
    return ", ".join(f"{rater}: {one}" for rater, one in sorted(made_with.items()))


def _listed(clips: Sequence[str]) -> str:
    left = len(clips) - MOST_NAMED
    return ", ".join(clips[:MOST_NAMED]) + (f" (+ {left})" if left > 0 else "")
