"""`vib codebook check`: whether codebooks and modules are right, and what asks for attention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import typer

from scripts.codebook.chosen import Methods, book_of, is_file, path_of
from scripts.codebook.rendering import rendered
from scripts.console import LANGUAGE, AsJson, complain, out, say
from vib.codebook import Codebook, installed_modules
from vib.codebook.confirmation import lapsed
from vib.codebook.reading import confirmations_file, read_confirmations, read_module
from vib.invocation import VIB
from vib.language import Text
from vib.methods import method_names, read_method
from vib.problem import InputProblem
from vib.terminal import print_json
from vib.yaml_file import read_plain_yaml


@dataclass
class Checked:
    """One file, what it is, and what was found in it."""

    file: str
    name: str = ""
    version: str = ""
    problems: list[InputProblem] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)


def check(methods: Methods = None, as_json: AsJson = False) -> None:
    named = methods or [*map(str, installed_modules()), *method_names()]
    found = [_checked(name) for name in named]
    if as_json:
        print_json([_content(one) for one in found])
    else:
        for one in found:
            _say(one)
    if any(one.problems for one in found):
        raise typer.Exit(2)


check.__doc__ = say(
    """Controleer codeboeken en modules; zonder naam alles wat er is.

    Wat fout is, wordt gezegd met bestand, regel en veld (resultaat 2).
    """,
    """Check codebooks and modules; without a name all that there are.

    What is wrong is said with file, line and field (exit code 2).
    """,
)


def _checked(name: str) -> Checked:
    one = Checked(str(path_of(name)))
    try:
        if is_file(name) and _is_module(Path(name)):
            module = read_module(Path(name))
            one.name, one.version = f"module {module.module}", module.version
        else:
            book = book_of(name)
            one.name, one.version = book.method, book.version
            one.remarks += _remarks(book, path_of(name))
    except InputProblem as problem:
        one.problems.append(problem)
    return one


def _is_module(path: Path) -> bool:
    content = read_plain_yaml(path)
    return isinstance(content, Mapping) and str(content.get("format")).startswith("vib-module/")


def _remarks(book: Codebook, file: Path) -> Iterator[Text]:
    known = {*book.labels(), *_ids()}
    for code in book.codes.values():
        named = {*(other.code for other in code.not_to_be_confused_with), *code.equivalent_to}
        if unknown := ", ".join(sorted(named - known)):
            yield Text(
                nl=f"{code.id}: noemt codes die in geen enkele methode staan: {unknown}",
                en=f"{code.id}: names codes that no method has: {unknown}",
            )
    for name, was in lapsed(book, read_confirmations(confirmations_file(file))).items():
        yield Text(
            nl=f"{name}: {was.by} ({was.party}) bevestigde op {was.date} een andere tekst; dat telt niet meer",
            en=f"{name}: {was.by} ({was.party}) confirmed another text on {was.date}; that does not count any more",
        )
    there = {path: text for path, text in rendered(book, file.parent).items() if path.is_file()}
    old = [path.name for path, text in there.items() if path.read_text(encoding="utf-8") != text]
    if old:
        names = ", ".join(old)
        yield Text(
            nl=f"niet meer wat codebook.yaml zegt: {names}; maak ze opnieuw met {VIB} codebook render",
            en=f"no longer what codebook.yaml says: {names}; make them anew with {VIB} codebook render",
        )


@cache
def _ids() -> frozenset[str]:
    """Return what there is in all methods that can be read, and in all modules."""
    found: set[str] = set()
    for path in installed_modules():
        with suppress(InputProblem):
            module = read_module(path)
            found |= {name for tier in module.tiers for name in tier.group_of}
            found |= {rating.id for rating in module.ratings} | {derived.id for derived in module.derived}
    for name in method_names():
        with suppress(InputProblem):
            found |= {*read_method(name).labels()}
    return frozenset(found)


def _say(one: Checked) -> None:
    if not one.problems:
        out.print(say(f"{one.name} {one.version} klopt", f"{one.name} {one.version} is right"), highlight=False)
    for problem in one.problems:
        complain(problem)
    for remark in one.remarks:
        out.print(f"  {remark.to(LANGUAGE)}", highlight=False, markup=False)


def _content(one: Checked) -> dict[str, object]:
    return {
        "file": one.file,
        "name": one.name,
        "version": one.version,
        "problems": [problem.content() for problem in one.problems],
        "remarks": [remark.model_dump() for remark in one.remarks],
    }
