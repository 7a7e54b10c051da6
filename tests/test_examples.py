"""What somebody is told to type runs, in the documentation as in messages."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.offered import commands
from tests.docs.pages import NAMES, PAGES, READMES, blocks, every_text

SHELLS = ("console", "sh", "bash", "shell")
PARTS = ("backend_ml", "benchmarks", "demo", "deploy", "plugins", "research", "scripts", "tests", "vib")

ORDINARY = set(
    "cat cd chmod cp createdb curl docker done export for git grep initdb kill mkdir nginx openssl pg_ctl printf "
    "python3 redis-server rm sed source sudo umask until wait".split()
)
"""Programs and words of the shell that whoever uses these pages has on the path."""

ACTIVE = re.compile(r"^(source|\.) \S*bin/activate|^export PATH=\S*\.venv/bin", flags=re.M)


def typed(language: str, code: str) -> Iterator[str]:
    """Yield the lines of a block that somebody types, without what continues one."""
    shown = [line for line in code.splitlines() if language != "console" or line.startswith("$ ")]
    whole = re.sub(r"\\\n[^\n]*", "", code) if language != "console" else "\n".join(shown)
    yield from (line.removeprefix("$ ").strip() for line in whole.splitlines())


def programs(line: str) -> Iterator[str]:
    """Yield the program of each command on a line, without settings before it and without quotations."""
    bare = re.sub(r"""'[^']*'|"[^"]*"|\$\([^()]*\)|<\([^()]*\)|#.*""", "_", line)
    for part in re.split(r"\|\||&&|[|;&]", bare):
        words = [word for word in part.split() if not re.match(r"\w+=|[<>]", word)]
        if words and words[0] != "_":
            yield words[0]


def environments(text: str) -> tuple[str, ...]:
    """Return the folders of the environments that a page has somebody make."""
    return tuple(f"{folder}/" for folder in re.findall(r"python3 -m venv ([\w-]+)", text))


def cannot_run(language: str, code: str, made: tuple[str, ...] = ()) -> list[str]:
    """Return the programs of an example that a shell in the repository's folder, or that of `made`, does not find."""
    if language not in SHELLS or ACTIVE.search("\n".join(typed(language, code))):
        return []
    return [
        program
        for line in typed(language, code)
        for program in programs(line)
        if program not in ORDINARY and not ("/" in program and ((ROOT / program).exists() or program.startswith(made)))
    ]


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("$ vib plugins\nagreement\n", ["vib"]),
        ("$ .venv/bin/vib plugins\nvib is not typed here\n", []),
        ("$ cd families && vib sync .", ["vib"]),
        ("$ VIB_LANGUAGE=nl .venv/bin/vib plugins | grep vib", []),
        ("$ .venv/bin/wib plugins", [".venv/bin/wib"]),
        ("$ source .venv/bin/activate\n$ vib plugins", []),
        ("$ python demo/make_families.py", ["python"]),
    ],
)
def test_an_example_that_would_not_run_is_found(code: str, missing: list[str]) -> None:
    assert cannot_run("console", code) == missing


def test_a_program_of_an_environment_runs_where_the_page_makes_it() -> None:
    made = environments("$ python3 -m venv new\n")
    assert cannot_run("console", "$ new/bin/vib plugins", made) == []
    assert cannot_run("console", "$ old/bin/vib plugins", made) == ["old/bin/vib"]


@every_text
def test_every_example_runs_as_it_is_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    made = environments(text)
    assert [program for language, code in blocks(text) for program in cannot_run(language, code, made)] == []


def missing(line: str) -> list[str]:
    """Return the files, tests, modules and options that a typed line names and that are not there."""
    words = re.sub(r"\s#.*", "", line).split()
    files = [word for word in words if word.startswith(("tests/", "demo/", "benchmarks/", "plugins/agreement/"))]
    gone = [word for word in files if not (ROOT / word.partition("::")[0]).exists()]
    gone += [word for word in files if "::" in word and word not in gone and not is_test(word)]
    ours = [after for word, after in pairwise(words) if word == "-m" and after.split(".")[0] in PARTS]
    gone += [name for name in ours if not list(ROOT.glob(f"{name.replace('.', '/')}*"))]
    if words[:1] == ["scripts/test"]:
        gone += [word for word in words if word.startswith("--") and word not in options_of_test()]
    return gone


def is_test(name: str) -> bool:
    """Tell whether a file has a test of this name."""
    path, _, function = name.partition("::")
    return re.search(rf"^def {function}\(", (ROOT / path).read_text(encoding="utf-8"), flags=re.M) is not None


@cache
def options_of_test() -> set[str]:
    said = subprocess.run([ROOT / "scripts" / "test", "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"--[a-z]+", said))


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("scripts/test tests/gone.py  # tests/gone_too.py", ["tests/gone.py"]),
        ("scripts/test tests/docs/test_docs_texts.py::test_nothing", ["tests/docs/test_docs_texts.py::test_nothing"]),
        ("scripts/test tests/vib -k codebook", []),
        ("scripts/test --everything", ["--everything"]),
        (".venv/bin/python -m plugins.access.reports", ["plugins.access.reports"]),
        (".venv/bin/python -m build --wheel", []),
    ],
)
def test_an_example_with_something_that_is_gone_is_found(line: str, gone: list[str]) -> None:
    assert missing(line) == gone


@every_text
def test_what_an_example_names_is_there(page: Path) -> None:
    lines = [
        line
        for language, code in blocks(page.read_text(encoding="utf-8"))
        if language in SHELLS
        for line in typed(language, code)
    ]
    assert [gone for line in lines for gone in missing(line)] == []


@every_text
def test_a_session_shows_what_is_typed(page: Path) -> None:
    sessions = [code for language, code in blocks(page.read_text(encoding="utf-8")) if language == "console"]
    assert [code for code in sessions if not any(typed("console", code))] == []


def test_the_pages_have_examples() -> None:
    shown = [language for page in [*PAGES, *READMES] for language, _ in blocks(page.read_text(encoding="utf-8"))]
    assert shown.count("console") > 20
    assert len(NAMES) > 20


# Messages

NAMING = ("by", "door", "that", "die")
"""Words after which a message names what a command made, and tells nobody to type it."""


def messages(path: Path) -> Iterator[str]:
    """Yield each text in a module or template that may be shown, docstrings aside."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield source
        return
    tree = ast.parse(source)
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.value


def told(message: str) -> list[str]:
    """Return the commands that a message tells somebody to type by a bare name."""
    names = "|".join(sorted(name.removeprefix("vib ") for name in commands() if name != "vib"))
    if re.fullmatch(rf"vib ({names})( [a-z-]+)?", message):
        # The place of a problem: the command that was typed.
        return []
    found = re.finditer(rf"(?:(\w+) )?(?<![\w/.`])(vib (?:{names}))\b", message)
    return [match[2] for match in found if match[1] not in NAMING]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("begin with vib sync", ["vib sync"]),
        ("vib access list names all", ["vib access"]),
        ("was not made by vib sync", []),
        ("type .venv/bin/vib sync", []),
        ("vib access round", []),
    ],
)
def test_a_message_that_tells_a_bare_name_is_found(message: str, found: list[str]) -> None:
    assert told(message) == found


def test_messages_tell_a_command_as_it_is_typed_here() -> None:
    """They use `vib.invocation.VIB`."""
    texts = [path for part in ("vib", "plugins", "backend_ml", "scripts") for path in (ROOT / part).rglob("*.py")]
    texts += [path for suffix in ("html", "j2", "js") for path in (ROOT / "plugins").rglob(f"*.{suffix}")]
    found = {str(path.relative_to(ROOT)): bare for path in texts for text in messages(path) if (bare := told(text))}
    assert found == {}
