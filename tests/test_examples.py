"""What somebody is told to type runs, in the documentation as in messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_docs import NAMES, PAGES, READMES, blocks, commands, every_text

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


def cannot_run(language: str, code: str) -> list[str]:
    """Return the programs of an example that a shell in the repository's folder does not find."""
    if language not in ("console", "sh", "bash", "shell") or ACTIVE.search("\n".join(typed(language, code))):
        return []
    return [
        program
        for line in typed(language, code)
        for program in programs(line)
        if program not in ORDINARY
        and not ("/" in program and ((ROOT / program).exists() or program.startswith("DIR/")))
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


@every_text
def test_every_example_runs_as_it_is_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [program for language, code in blocks(text) for program in cannot_run(language, code)] == []


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
