"""Reading codebooks of either format from their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from vib.codebook.book import Codebook
from vib.codebook.confirmation import FILE as CONFIRMED
from vib.codebook.confirmation import Confirmations, with_confirmations
from vib.codebook.first import FirstCodebook
from vib.codebook.source import CodebookSource, Module, put_together
from vib.problem import InputProblem
from vib.validation import WrongValue, field_name, first_problem, sought_by
from vib.yaml_file import line_of, place_of, read_plain_yaml, read_yaml

FOLDER = Path(__file__).parent.parent.parent / "label_configs"
"""The methods that are installed; their modules are in ``modules/``."""

MODULES = "modules"


def installed_modules() -> tuple[Path, ...]:
    """Return the files of the modules that are installed, sorted."""
    return tuple(sorted((FOLDER / MODULES).glob("*.yaml")))


def read_codebook(path: Path) -> Codebook:
    """Read a ``codebook.yaml`` of either format, with the modules that it includes.

    Modules and confirmations are looked for beside the codebook's folder, and then among those that are installed.

    Raises
    ------
    InputProblem
        The file cannot be read, is no YAML, or is no codebook; names line and field, of a module where it is there.
    """
    content = read_plain_yaml(path)
    if isinstance(content, Mapping) and content.get("format") == "vib-codebook/1":
        first = read_yaml(path, FirstCodebook)
        with _placed([path]):
            book = first.upgraded()
        return with_confirmations(book, read_confirmations(confirmations_file(path)))
    source = read_yaml(path, CodebookSource)
    found = [_module(path, source, number) for number in range(len(source.includes))]
    with _placed([path, *(file for file, _ in found)]):
        book = put_together(source, [module for _, module in found])
    return with_confirmations(book, read_confirmations(confirmations_file(path)))


def read_module(path: Path) -> Module:
    """Read a module.

    Raises
    ------
    InputProblem
        It cannot be read, or is none; names line and field.
    """
    return read_yaml(path, Module)


def confirmations_file(path: Path) -> Path:
    """Return the file with what was confirmed of a codebook; there may be none."""
    beside = path.absolute().parent.parent / CONFIRMED
    return beside if beside.is_file() else FOLDER / CONFIRMED


def read_confirmations(path: Path) -> Confirmations:
    """Read what was confirmed; nothing where there is no file.

    Raises
    ------
    InputProblem
        It cannot be read; names line and field.
    """
    return read_yaml(path, Confirmations) if path.exists() else Confirmations()


@contextmanager
def _placed(files: Sequence[Path]) -> Iterator[None]:
    """Say of what does not fit together in which of these files it is, and where."""
    try:
        yield
    except WrongValue as error:
        problem = InputProblem(str(files[0]), nl=error.reason.nl, en=error.reason.en)
        raise _found(problem, files, error.sought) from error
    except ValidationError as error:
        raise _found(first_problem(error, str(files[0]), show=True), files, sought_by(error)) from error


def _found(problem: InputProblem, files: Sequence[Path], sought: tuple[str, ...]) -> InputProblem:
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    for length in range(len(sought), 0, -1):
        for file, text in texts.items():
            place = place_of(text, sought[:length])
            if place is not None:
                where = f"{file}:{line_of(text, place)}: {field_name(place)}"
                return InputProblem(where, nl=problem.reason.nl, en=problem.reason.en)
    return problem


def _module(path: Path, book: CodebookSource, number: int) -> tuple[Path, Module]:
    """Return a module that a codebook includes, with its file."""
    wanted = book.includes[number]
    folders = [path.absolute().parent.parent / MODULES, FOLDER / MODULES]
    file = next((found for folder in folders if (found := folder / f"{wanted.module}.yaml").is_file()), None)
    if file is None:
        there = ", ".join(sorted({found.stem for folder in folders for found in folder.glob("*.yaml")})) or "-"
        raise InputProblem(
            _include(path, number, "module"),
            nl=f"er is geen module {wanted.module} in {folders[0]}; wel: {there}",
            en=f"there is no module {wanted.module} in {folders[0]}; these are: {there}",
        )
    module = read_module(file)
    if module.module != wanted.module:
        raise InputProblem(
            str(file),
            nl=f"'module' is {module.module}, maar het bestand heet {file.name}",
            en=f"'module' is {module.module}, but the file is called {file.name}",
        )
    if module.version != wanted.version:
        raise InputProblem(
            _include(path, number, "version"),
            nl=f"wil {wanted.module} {wanted.version}, maar {file} is {module.version}; lees wat er anders is, en noem"
            " dan die versie hier",
            en=f"wants {wanted.module} {wanted.version}, but {file} is {module.version}; read what changed, and then"
            " name that version here",
        )
    return file, module


def _include(path: Path, number: int, field: str) -> str:
    place = ("includes", number, field)
    return f"{path}:{line_of(path.read_text(encoding='utf-8'), place)}: {field_name(place)}"
