"""Reading codebooks of either format from their files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from vib.codebook.book import Codebook
from vib.codebook.first import FirstCodebook
from vib.codebook.source import CodebookSource, Module, put_together
from vib.problem import InputProblem
from vib.validation import WrongValue, first_problem
from vib.yaml_file import read_plain_yaml, read_yaml

FOLDER = Path(__file__).parent.parent.parent / "label_configs"
"""The methods that are installed; their modules are in ``modules/``."""

MODULES = "modules"


def read_codebook(path: Path) -> Codebook:
    """Read a ``codebook.yaml`` of either format, with the modules that it includes.

    A module is looked for beside the codebook's folder, and then among those that are installed.

    Raises
    ------
    InputProblem
        The file cannot be read, is no YAML, or is no codebook; names line and field.
    """
    content = read_plain_yaml(path)
    if isinstance(content, Mapping) and content.get("format") == "vib-codebook/1":
        return read_yaml(path, FirstCodebook).upgraded()
    source = read_yaml(path, CodebookSource)
    modules = [_module(name.module, name.version, path) for name in source.includes]
    try:
        return put_together(source, modules)
    except WrongValue as error:
        raise InputProblem(str(path), nl=error.reason.nl, en=error.reason.en) from error
    except ValidationError as error:
        raise first_problem(error, str(path), show=True) from error


def read_module(path: Path) -> Module:
    """Read a module.

    Raises
    ------
    InputProblem
        It cannot be read, or is none; names line and field.
    """
    return read_yaml(path, Module)


def _module(name: str, version: str, book: Path) -> Module:
    folders = [book.parent.parent / MODULES, FOLDER / MODULES]
    path = next((found for folder in folders if (found := folder / f"{name}.yaml").is_file()), None)
    if path is None:
        raise InputProblem(
            f"{book}: includes",
            nl=f"er is geen module {name} (gezocht in {folders[0]})",
            en=f"there is no module {name} (looked in {folders[0]})",
        )
    module = read_module(path)
    if (module.module, module.version) != (name, version):
        raise InputProblem(
            f"{book}: includes",
            nl=f"wil module {name} {version}, maar {path} is {module.module} {module.version}; lees wat er anders "
            "is, en noem die versie hier",
            en=f"wants module {name} {version}, but {path} is {module.module} {module.version}; read what changed, "
            "and name that version here",
        )
    return module
