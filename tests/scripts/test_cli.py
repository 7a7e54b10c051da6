"""`vib` itself: its version and its help, without a command and for every command."""

from __future__ import annotations

import subprocess
from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from scripts.cli import make_app
from tests.conftest import ROOT, run_vib

APP = make_app()


def groups() -> list[list[str]]:
    """Return the words of `vib` and of every command that has commands of its own."""
    commands = typer.main.get_command(APP).commands  # type: ignore[attr-defined]
    return [[], *([name] for name, command in commands.items() if hasattr(command, "commands"))]


def test_the_version_is_shown_without_a_command() -> None:
    run = run_vib("--version")
    assert (run.returncode, run.stdout, run.stderr) == (0, f"vib-studio {version('vib-studio')}\n", "")


def test_the_version_is_shown_whatever_command_follows() -> None:
    done = CliRunner().invoke(APP, ["--version", "plugins"])
    assert (done.exit_code, done.stdout) == (0, f"vib-studio {version('vib-studio')}\n")


def test_up_shows_the_version_of_the_code_and_starts_nothing() -> None:
    run = subprocess.run([ROOT / "scripts" / "up", "--version"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, f"vib-studio {version('vib-studio')}\n", "")


def test_vib_alone_shows_which_commands_there_are() -> None:
    done = CliRunner().invoke(APP, [])
    assert done.exit_code == 2
    assert "Missing command" not in done.output
    for command in ("sync", "agreement", "plugins"):
        assert f"  {command} " in done.output


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("group", groups(), ids=lambda words: " ".join(["vib", *words]))
def test_every_group_of_commands_explains_itself(group: list[str], option: str) -> None:
    done = CliRunner().invoke(APP, [*group, option])
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")
    commands = typer.main.get_command(APP)
    for word in group:
        commands = commands.commands[word]  # type: ignore[attr-defined]
    for name in commands.commands:  # type: ignore[attr-defined]
        assert f"  {name} " in done.stdout


def test_an_option_that_does_not_exist_gets_one_answer_and_exit_code_2() -> None:
    done = CliRunner().invoke(APP, ["--versie"])
    assert done.exit_code == 2
    assert "No such option: --versie" in done.output
