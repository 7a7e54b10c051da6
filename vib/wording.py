"""What a codebook says in its fields, as sentences for whoever reads its guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vib import words
from vib.codebook import EVIDENCE, Code, Codebook, Rating, Tier
from vib.codebook.book import ClipLength, moment_code
from vib.language import Language, Text


@dataclass(frozen=True)
class Statement:
    """Something that holds for a whole method: what it is about, and what there is to say."""

    about: Text
    said: Text


def statements(codebook: Codebook) -> tuple[Statement, ...]:
    """Return what every guide says of its method before anything else.

    That what went well comes first, whose rendering it is, which training it needs, what is protected, that nothing
    is diagnosed, and what is never made of the codes.
    """
    return tuple(_statements(codebook))


def _statements(codebook: Codebook) -> Iterator[Statement]:
    yield Statement(words.GOOD_FIRST, words.GOOD_FIRST_ABOUT)
    if codebook.approved:
        yield Statement(words.APPROVED, _filled(words.APPROVED_BY, codebook.owner))
    else:
        yield Statement(words.OWN_RENDERING, _filled(words.NOT_APPROVED, codebook.owner))
    if codebook.requires is not None:
        yield Statement(words.TRAINING_NEEDED, codebook.requires)
    if codebook.source_note is not None:
        yield Statement(words.PROTECTED, codebook.source_note)
    yield Statement(words.NO_DIAGNOSIS, words.NO_DIAGNOSIS_ABOUT)
    if codebook.output_limits:
        limits = [words.OUTPUT_LIMITS[limit] for limit in codebook.output_limits]
        said = Text(nl=" ".join(limit.nl for limit in limits), en=" ".join(limit.en for limit in limits))
        yield Statement(words.NEVER_MADE, said)


def written_tiers(codebook: Codebook) -> tuple[Tier, ...]:
    """Return the tiers that somebody wrote: without the one that repeats the ratings, for the moments of them."""
    return tuple(tier for tier in codebook.tiers if tier.id != EVIDENCE)


def described_names(codebook: Codebook) -> tuple[str, ...]:
    """Return the ids of what a guide describes: codes, ratings, and what is calculated, in that order."""
    codes = [code.id for tier in written_tiers(codebook) for code in tier.codes]
    return (*codes, *(rating.id for rating in codebook.ratings), *(derived.id for derived in codebook.derived))


def described_at(codebook: Codebook, code: str) -> str | None:
    """Return the id at which a guide describes a code, None where it does not; a moment is described at its rating."""
    ratings = {moment_code(rating.id): rating.id for rating in codebook.ratings}
    name = ratings.get(code, code)
    return name if name in described_names(codebook) else None


def _filled(text: Text, name: str) -> Text:
    return Text(nl=text.nl.replace("{0}", name), en=text.en.replace("{0}", name))


def windows(params: Mapping[str, float], language: Language) -> tuple[str, ...]:
    """Return the numbers of a definition in words.

    Examples
    --------
    >>> windows({"window_s": 3, "pull_back_count": 2}, "nl")
    ('binnen 3 seconden', 'pull back: 2 keer')
    """
    return tuple(_window(name, number, language) for name, number in params.items())


def _window(name: str, number: float, language: Language) -> str:
    said = quantity(name, number, language)
    known = words.WINDOWS.get(name)
    if known is not None:
        return known.to(language).format(said)
    stem, _, unit = name.rpartition("_")
    return f"{(stem if unit in words.UNITS else name).replace('_', ' ')}: {said}"


def quantity(name: str, number: float, language: Language) -> str:
    """Return a number with the unit that its name ends in.

    Examples
    --------
    >>> quantity("window_s", 0.5, "nl"), quantity("window_s", 1, "en"), quantity("share", 0.5, "en")
    ('0,5 seconden', '1 second', '0.5')
    """
    written = f"{number:g}".replace(".", "," if language == "nl" else ".")
    unit = words.UNITS.get(name.rpartition("_")[2])
    return written if unit is None else f"{written} {unit[number != 1].to(language)}"


def duration(seconds: float, language: Language) -> str:
    """Return how long something is, in minutes where these are whole.

    Examples
    --------
    >>> duration(180, "nl"), duration(90, "en")
    ('3 minuten', '90 seconds')
    """
    if seconds >= 60 and seconds % 60 == 0:
        return quantity("min", seconds / 60, language)
    return quantity("s", seconds, language)


def clip_length(clip: ClipLength, language: Language) -> str:
    """Return how long a clip should be, as a sentence."""
    usual = words.RANGE.to(language).format(*(duration(seconds, language) for seconds in clip.usual_s))
    lowest, highest = duration(clip.min_s, language), duration(clip.max_s, language)
    return words.CLIP_LENGTH.to(language).format(usual, lowest, highest)


def conditions(entry: Code | Rating, language: Language) -> tuple[str, ...]:
    """Return when and by whom a code or rating is given, where that is not always and by everybody."""
    found = []
    if entry.from_age_months is not None:
        since = words.FROM_MONTH if entry.from_age_months else words.FROM_BIRTH
        found.append(since.to(language).format(entry.from_age_months))
    if entry.sensitive:
        found.append(words.TEAM_ONLY.to(language))
    if isinstance(entry, Rating):
        if entry.evidence_required:
            found.append(words.EVIDENCE.to(language))
        return tuple(found)
    if entry.advanced:
        found.append(words.ADVANCED.to(language))
    if entry.user_label:
        found.append(words.USER_LABEL.to(language))
    return tuple(found)


def source_in_words(source: str, language: Language) -> str:
    """Return a source as a reader sees it: publications as they are called, our own choices in the reader's language.

    Examples
    --------
    >>> source_in_words("own design (3 seconds)", "en"), source_in_words("LENA, support pages", "nl")
    ('own design (3 seconds)', 'LENA, support pages')
    >>> source_in_words("own design (boundaries)", "nl"), source_in_words("background knowledge (Kennedy 2011)", "nl")
    ('eigen ontwerp (afbakening)', 'achtergrondkennis (Kennedy 2011)')
    """
    if language == "nl":
        for ours, dutch in words.OWN_SOURCES.items():
            if source.startswith(ours):
                return dutch + source.removeprefix(ours)
    return source
