"""Every command and option is documented, and no other is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from tests.docs.offered import commands, option_names, subcommands, up_options
from tests.docs.pages import (
    blocks,
    every_text,
    read,
    rows,
    sections,
)


def test_every_command_and_option_is_documented_and_no_other_is() -> None:
    said = sections(read("reference/commands.md"))
    documented = {
        heading.strip("`"): {option for name in rows(text) for option in option_names(name)} - {"--help"}
        for heading, text in said.items()
        if heading.strip("`").split()[0] == "vib"
    }
    assert documented == commands()


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_every_subcommand_and_option_is_documented_and_no_other_is(command: str) -> None:
    said = sections(sections(read("reference/commands.md"))[f"`{command}`"], level=3)
    documented = {
        heading.strip("`"): {
            option
            for line in text.splitlines()
            if line.startswith("- ")
            for option in option_names(line.partition(": ")[0])
        }
        for heading, text in said.items()
    }
    assert documented == subcommands()[command]


def test_every_option_of_up_is_documented_and_no_other_is() -> None:
    table = rows(sections(read("reference/commands.md"))["`scripts/up`"])
    assert {option for name in table for option in option_names(name)} - {"--help"} == up_options()


def test_the_options_of_up_are_those_that_the_server_takes() -> None:
    from scripts.serve import serve

    app = typer.Typer()
    app.command()(serve)
    taken = {option for p in typer.main.get_command(app).params for option in (*p.opts, *p.secondary_opts)}
    assert up_options() - {"--setup-only", "--version"} <= taken


def command_lines(text: str) -> Iterator[str]:
    """Yield every piece of code, in a block or in a line, that runs one of our commands."""
    code = [line for _, content in blocks(text) for line in content.splitlines()]
    code += re.findall(r"`([^`\n]+)`", text)
    for line in code:
        yield from re.findall(r"(?:^|\s|bin/)((?:vib|scripts/up) [^|;&]*)", line.removeprefix("$ "))


@every_text
def test_no_text_names_a_command_or_option_that_does_not_exist(page: Path) -> None:
    for line in command_lines(page.read_text(encoding="utf-8")):
        program, first, *_ = [*line.split(), ""]
        if program == "scripts/up":
            assert option_names(line) <= up_options() | {"--help"}, line
        elif first.startswith("-"):
            assert option_names(line) <= commands()["vib"] | {"--help"}, line
        elif re.fullmatch("[a-z]+", first):
            assert f"vib {first}" in commands(), line
            below = subcommands().get(f"vib {first}", {})
            second = (line.split()[2:3] or [""])[0]
            if below and re.fullmatch("[a-z][a-z-]*", second):
                assert f"vib {first} {second}" in below, line
            known = below.get(f"vib {first} {second}", commands()[f"vib {first}"])
            assert option_names(line) <= known | {"--help"}, line
