"""What the Markdown guide says of a method besides its codes: situations, levels, visits, changes and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vib import words
from vib.codebook import Codebook
from vib.language import Language, Text
from vib.markdown import capital, literal
from vib.wording import clip_length, windows


def sections_before(codebook: Codebook, language: Language) -> Iterator[str]:
    """Yield what a coder reads before the codes."""
    clip = [clip_length(codebook.clip, language)] if codebook.clip else []
    situations = [", ".join(_quote(name, language) for name in codebook.situations)] if codebook.situations else []
    yield from _section(words.SITUATIONS, language, [*(f"{capital(one)}." for one in situations), *clip])
    yield from _section(words.LEVELS, language, list(_levels(codebook, language)))
    steps = [f"{n}. {step}" for n, step in enumerate(_steps(codebook, language), start=1)]
    yield from _section(words.TRAINING, language, steps)


def sections_after(codebook: Codebook, language: Language) -> Iterator[str]:
    """Yield what a coder may look up after the codes."""
    yield from _section(words.DERIVED, language, list(_derived(codebook, language)))
    blocks = f" (**{words.BLOCKS.to(language)}**)"
    checks = [f"- {_quote(rule.say, language)}{blocks if rule.blocks_submit else ''}" for rule in codebook.rules]
    yield from _section(words.RULES, language, checks)
    yield from _section(words.SESSIONS, language, list(_sessions(codebook, language)))
    retired = [
        f"- `{code.id}`, {words.SINCE.to(language).format(code.since)}: {_quote(code.why, language)}"
        for code in codebook.retired
    ]
    yield from _section(words.RETIRED, language, retired)
    changes = [
        line
        for change in codebook.changes
        for line in (
            f"- **{change.version}** ({change.date})",
            *(f"  - {_quote(what, language)}" for what in change.changes),
        )
    ]
    yield from _section(words.CHANGES, language, changes)


def _section(heading: Text, language: Language, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from (f"## {heading.to(language)}", "", *lines, "")


def _quote(text: Text, language: Language) -> str:
    return literal(text.to(language))


def _levels(codebook: Codebook, language: Language) -> Iterator[str]:
    for level in codebook.levels:
        asked = [_quote(codebook.tier(name).label, language) for name in level.tiers]
        more = [words.WITH_ADVANCED.to(language)] if level.advanced else []
        more += [words.WITH_RATINGS.to(language)] if level.ratings and codebook.ratings else []
        yield f"- **{_quote(level.label, language)}**: {', '.join([*asked, *more])}"


def _steps(codebook: Codebook, language: Language) -> Iterator[str]:
    labels = codebook.labels()
    for step in codebook.training_order:
        learnt = [_quote(labels[name], language) for name in (*step.tiers, *step.groups)]
        learnt += [words.WITH_RATINGS.to(language)] if step.ratings else []
        yield f"**{_quote(step.label, language)}**: {', '.join(learnt)}" if learnt else _quote(step.label, language)


def _derived(codebook: Codebook, language: Language) -> Iterator[str]:
    for one in codebook.derived:
        yield f"- **{_quote(one.label, language)}** (`{one.id}`): {_quote(one.definition, language)}"
        numbers = [literal(said) for said in windows(one.params, language)]
        facts = [words.CALCULATED.to(language), *numbers, words.CERTAINTIES[one.certainty].to(language)]
        yield f"  - {' · '.join(facts)}"


def _sessions(codebook: Codebook, language: Language) -> Iterator[str]:
    for session in codebook.sessions:
        yield f"- **{literal(session.number)}**: {_quote(session.theme, language)}"
        for name, said in ((words.FILMS, session.films), (words.WATCHES, session.watches)):
            if said is not None:
                yield f"  - {name.to(language)}: {_quote(said, language)}"
