"""`vib plugins new`: writes a plugin that works, with its test."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from scripts import new_plugin_texts as texts
from scripts.console import out, say
from vib.atomic import write_text
from vib.invocation import VIB
from vib.pluginhost import targets
from vib.problem import InputProblem
from vib.settings import ROOT

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 40


WITH_PAGE = say("Met een pagina.", "With a page.")
WITH_STATISTIC = say("Met een statistiek; zonder opties ook.", "With a statistic; so it has without options.")
WITH_FORMAT = say("Met een exportformaat.", "With an export format.")
WITH_SEGMENTER = say("Met een segmenter.", "With a segmenter.")


def new(
    name: Annotated[str, typer.Argument(help=say("Naam van de plugin.", "Name of the plugin."), show_default=False)],
    page: Annotated[bool, typer.Option("--page", help=WITH_PAGE)] = False,
    statistic: Annotated[bool, typer.Option("--statistic", help=WITH_STATISTIC)] = False,
    form: Annotated[bool, typer.Option("--format", help=WITH_FORMAT)] = False,
    segmenter: Annotated[bool, typer.Option("--segmenter", help=WITH_SEGMENTER)] = False,
    package: Annotated[
        Path | None,
        typer.Option(
            help=say(
                "Schrijf een pakket in deze nieuwe map, buiten VIB Studio.",
                "Write a package into this new folder, outside VIB Studio.",
            )
        ),
    ] = None,
) -> None:
    chosen = ((statistic, texts.STATISTIC), (form, texts.FORMAT), (segmenter, texts.SEGMENTER), (page, texts.PAGE))
    parts = [part for wanted, part in chosen if wanted] or [texts.STATISTIC]
    check_name(name, package)
    files = in_package(name, parts) if package is not None else in_repository(name, parts)
    root = ROOT if package is None else package.absolute()
    for path, text in files.items():
        write_text(root / path, text)
        out.print(str(root / path if package else path), markup=False, highlight=False)
    test = next(path for path in files if Path(path).name.startswith("test_"))
    python = f"{VIB.removesuffix('vib')}python"
    if package is None:
        steps = say(
            f"Test: {python} -m pytest {test}\nIs hij er: {VIB} plugins\nDraait de server, start hem dan opnieuw.",
            f"Test it: {python} -m pytest {test}\nIs it there: {VIB} plugins\nIf the server runs, start it again.",
        )
    else:
        steps = say(
            f"Installeer: {python} -m pip install --no-deps --editable {package}\nIs hij er: {VIB} plugins\n"
            f"Test: {python} -m pytest {package / test}\nDraait de server, start hem dan opnieuw.",
            f"Install it: {python} -m pip install --no-deps --editable {package}\nIs it there: {VIB} plugins\n"
            f"Test it: {python} -m pytest {package / test}\nIf the server runs, start it again.",
        )
    out.print(steps, markup=False, highlight=False)


new.__doc__ = say(
    """Schrijf een nieuwe plugin die werkt, met een test.

    Er wordt niets overschreven. Zonder opties heeft de plugin een statistiek.
    """,
    """Write a new plugin that works, with a test.

    Nothing is overwritten. Without options the plugin has a statistic.
    """,
)


def check_name(name: str, package: Path | None) -> None:
    """See to it that a plugin can have a name, and has room.

    Raises
    ------
    InputProblem
        The name does not do or is taken, or the folder holds something.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST or keyword.iskeyword(name):
        raise InputProblem(
            name,
            nl=f"een naam heeft kleine letters, cijfers en losse _, begint met een letter, en is hoogstens {LONGEST}"
            " tekens lang",
            en=f"a name has small letters, digits and single _, begins with a letter, and is at most {LONGEST}"
            " characters long",
        )
    there = {target.name for target in targets()}
    test = ROOT / "tests" / "plugins" / name
    taken = [ROOT / "plugins" / name, test] if package is None else [package]
    if name in there or any(path.exists() and (not path.is_dir() or any(path.iterdir())) for path in taken):
        raise InputProblem(
            name if name in there else str(next(path for path in taken if path.exists())),
            nl="bestaat al; er is niets geschreven",
            en="exists already; nothing was written",
        )
    if package is None and not (ROOT / "pyproject.toml").is_file():
        raise InputProblem(
            name,
            nl="hier staat geen broncode van VIB Studio; maak een pakket met --package MAP",
            en="there is no source of VIB Studio here; make a package with --package DIR",
        )
    if package is not None and (name in sys.stdlib_module_names or _importable(name)):
        raise InputProblem(
            name,
            nl="zo heet al een module van Python, Label Studio of een ander pakket; kies een andere naam",
            en="a module of Python, Label Studio or another package is called so already; choose another name",
        )


def _importable(name: str) -> bool:
    server = find_spec("label_studio")
    folders = (server.submodule_search_locations or []) if server else []
    return find_spec(name) is not None or any((Path(folder) / name).exists() for folder in folders)


def in_repository(name: str, parts: Sequence[texts.Part]) -> dict[str, str]:
    """Return the files of a plugin in its folder of ``plugins/``, by path."""
    files = {f"plugins/{name}/{path}": text for path, text in _modules(name, f"plugins.{name}", parts).items()}
    return {**files, f"tests/plugins/{name}/test_{name}.py": _test(name, f"plugins.{name}", parts)}


def in_package(name: str, parts: Sequence[texts.Part]) -> dict[str, str]:
    """Return the files of a plugin in a package of its own, by path."""
    files = {f"{name}/{path}": text for path, text in _modules(name, name, parts).items()}
    project = _filled(texts.PYPROJECT, name, name)
    return {"pyproject.toml": project, **files, f"tests/test_{name}.py": _test(name, name, parts)}


def _modules(name: str, package: str, parts: Sequence[texts.Part]) -> dict[str, str]:
    imports = ["from vib.hookspecs import hookimpl", *(line for part in parts for line in part.imports)]
    code = "\n\n".join(part.code for part in parts)
    apart = "\n\n" if code.startswith(("def ", "class ", "@")) else "\n"
    plugin = (
        f'"""Hooks of the plugin {name}."""\n\nfrom __future__ import annotations\n\n{_imports(imports)}{apart}{code}'
    )
    more = {path: text for part in parts for path, text in part.files.items()}
    files = {"__init__.py": f'"""The plugin {name}."""\n', "plugin.py": plugin, **more}
    return {_filled(path, name, package): _filled(text, name, package) for path, text in files.items()}


def _test(name: str, package: str, parts: Sequence[texts.Part]) -> str:
    imports = ["from vib.pluginhost import PluginHost", *(line for part in parts for line in part.test_imports)]
    works = (
        "def test_the_plugin_is_found_and_works() -> None:\n"
        "    [found] = HOST.found\n"
        f'    assert (found.name, found.error) == ("{name}", None)\n'
    )
    tests = "\n\n".join([works, *(part.test for part in parts)])
    head = f'"""The plugin {name} does what it says."""\n\nfrom __future__ import annotations\n\n'
    return _filled(f'{head}{_imports(imports)}\nHOST = PluginHost(only=["{name}"])\n\n\n{tests}', name, package)


def _imports(lines: Iterable[str]) -> str:
    """Return import lines as they are sorted: the standard library's, then others', then ours; each name once."""
    names: dict[str, set[str]] = {}
    for line in lines:
        _, module, *rest = line.replace(",", " ").split()
        names.setdefault(module, set()).update(rest[1:])
    groups: dict[int, list[tuple[bool, str]]] = {}
    for module, imported in names.items():
        first = module.split(".")[0]
        group = 0 if first in sys.stdlib_module_names else 2 if first in ("vib", "plugins") else 1
        text = f"from {module} import {', '.join(sorted(imported))}" if imported else f"import {module}"
        groups.setdefault(group, []).append((bool(imported), text))
    return "\n".join("\n".join(text for _, text in sorted(groups[group])) + "\n" for group in sorted(groups))


def _filled(text: str, name: str, package: str) -> str:
    title = name.replace("_", " ").capitalize()
    return text.replace("PACKAGE", package).replace("NAME", name).replace("TITLE", title)
