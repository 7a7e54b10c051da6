"""`vib codebook check-codes`: what in a file with codes breaks the rules of its codebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from scripts.codebook.chosen import METHOD, book_of, is_file
from scripts.console import LANGUAGE, AsJson, complain, exit_code, out, say
from vib.chosen import load_plugins
from vib.codebook import Codebook
from vib.derived.calculating import folded
from vib.made_with import MadeWith
from vib.methods import asked_at
from vib.observation import RaterSet, Timeline
from vib.problem import InputProblem
from vib.rules import Violation, violations
from vib.settings import read_settings
from vib.terminal import print_json

FILE = say(
    "Waarnemingen, een export van Label Studio of een lange CSV.",
    "Observations, an export of Label Studio or a long CSV.",
)
LEVEL = say("Niveau waarop is gecodeerd.", "Level at which was coded.")


@dataclass(frozen=True)
class Found:
    """A rule that is broken, by whom, in which clip."""

    clip: str
    rater: str
    violation: Violation


def check_codes(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=FILE, show_default=False)],
    method: Annotated[str | None, typer.Option(help=METHOD)] = None,
    level: Annotated[str | None, typer.Option(help=LEVEL)] = None,
    as_json: AsJson = False,
) -> None:
    name = None if method is None or is_file(method) else method
    clips = load_plugins(read_settings()).hook.vib_read_clips(file=file, method=name)
    if clips is None:
        raise InputProblem(str(file), nl="geen plugin kan dit bestand lezen", en="no plugin can read this file")
    problems: list[InputProblem] = []
    found = [one for clip in clips for one in _broken(clip, method, level, problems)]
    if as_json:
        print_json([{"clip": one.clip, "rater": one.rater, **one.violation.content()} for one in found])
    elif found or not problems:
        # Of codes none of which could be checked, no rule is known to be kept.
        _say(found)
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(exit_code(problems))
    if any(one.violation.blocks_submit for one in found):
        raise typer.Exit(1)


check_codes.__doc__ = say(
    """Controleer codes op de regels van hun codeboek.

    Elke regel die niet klopt, met clip, codeur en plaats. Wat inleveren tegenhoudt geeft resultaat 1, wat alleen
    opvalt 0.
    """,
    """Check codes against the rules of their codebook.

    Every rule that is broken, with clip, rater and place. What blocks submitting gives exit code 1, what is only
    pointed out 0.
    """,
)


def _broken(clip: RaterSet, method: str | None, level: str | None, problems: list[InputProblem]) -> Iterator[Found]:
    for rater in sorted({*clip.timelines, *clip.ratings}):
        try:
            book = _book(method, level, clip.made_with.get(rater))
        except InputProblem as problem:
            problems.append(problem.at(f"{clip.clip}, {rater}"))
            continue
        coded = clip.timelines.get(rater, Timeline(clip.duration))
        timeline = Timeline(clip.duration, (one for one in coded if one.tier not in clip.calculated))
        for violation in violations(folded(timeline, book), clip.ratings.get(rater, {}), book):
            yield Found(clip.clip, rater, violation)


def _book(method: str | None, level: str | None, made_with: MadeWith | None) -> Codebook:
    """Return the codebook by which a rater is checked, at their level.

    Raises
    ------
    InputProblem
        It is not known which that is, it is not there, or it has another version or no such level.
    """
    if method is None and made_with is None:
        raise InputProblem(
            "",
            nl="het bestand zegt niet met welke methode is gecodeerd; geef --method",
            en="the file does not say with which method was coded; give --method",
        )
    book = _read(method or (made_with.method if made_with else ""))
    if method is None and made_with is not None and made_with.version != book.version:
        raise InputProblem(
            "",
            nl=f"gecodeerd met {made_with}, maar {book.version} is geïnstalleerd; geef --method met een codebook.yaml",
            en=f"coded with {made_with}, but {book.version} is installed; give --method with a codebook.yaml",
        )
    return asked_at(book, level or (made_with.level if made_with else None))


@cache
def _read(method: str) -> Codebook:
    return book_of(method)


def _say(found: list[Found]) -> None:
    for one in found:
        blocks = say("houdt inleveren tegen", "blocks submitting") if one.violation.blocks_submit else ""
        place, words = one.violation.place, one.violation.sentence(LANGUAGE)
        about = f"{one.violation.rule}; {blocks}" if blocks else one.violation.rule
        out.print(f"{one.clip}, {one.rater}, {place}: {words} ({about})", highlight=False, markup=False)
    blocking = sum(one.violation.blocks_submit for one in found)
    total = say(
        f"{len(found)} keer een regel gebroken, waarvan {blocking} keer een die inleveren tegenhoudt",
        f"{len(found)} times a rule is broken, of which {blocking} times one that blocks submitting",
    )
    out.print(total, highlight=False)
