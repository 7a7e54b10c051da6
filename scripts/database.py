"""The database of a data folder: the program of the server that looks at it, upgrades it and puts it back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts import children
from scripts.console import Failure, say
from vib.problem import InputProblem
from vib.settings import HOME, HOME_VARIABLE, ROOT, Settings


def studio_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of what runs Label Studio: all that it writes stays below the data folder."""
    below = settings.data
    return {
        **os.environ,
        "HOME": str(below / "home"),
        "XDG_CONFIG_HOME": str(below / "home"),
        "XDG_CACHE_HOME": str(below / "home"),
        "XDG_DATA_HOME": str(below / "home"),
        "PYTHONUNBUFFERED": "1",
        HOME_VARIABLE: str(HOME),
        "VIB_DATA": str(below),
        "VIB_FAMILIES": str(settings.families.absolute()),
        "VIB_PORT": str(settings.port),
    }


def prepare(settings: Settings, environment: Mapping[str, str], *words: str, log: Path | None = None) -> dict[str, Any]:
    """Run `plugins.host.prepare` to its end and return its answer, as `ask_server` does."""
    text = say("de database klaarmaken lukt niet", "preparing the database failed")
    return ask_server("plugins.host.prepare", text, environment, *words, log=log)


def ask_server(
    module: str, text: str, environment: Mapping[str, str], *words: str, log: Path | None = None
) -> dict[str, Any]:
    """Run a program of the server to its end and return its answer.

    Parameters
    ----------
    text : str
        What does not work when it fails.
    words : str
        Its options.
    log : Path or None
        Where its messages go; None keeps them for the error only.

    Raises
    ------
    InputProblem
        It was asked for something that is not there.
    Failure
        It cannot be done, with what it said about that.
    """
    process = children.start(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(environment),
        cwd=ROOT,
    )
    try:
        answered, said = process.communicate()
    finally:
        process.kill()
    if log is not None:
        log.write_bytes(said)
    lines = answered.decode(errors="replace").strip().splitlines()
    try:
        answer = json.loads(lines[-1]) if lines else None
    except ValueError:
        answer = None
    if isinstance(answer, dict) and "problem" in answer:
        problem = problem_of(answer["problem"])
        if process.returncode == 2:
            raise problem
        raise Failure(" ".join(say(problem.message("nl"), problem.message("en")).split()))
    if process.returncode != 0 or not isinstance(answer, dict):
        raise failure(text, said.decode(errors="replace").splitlines(), log)
    return answer


def failure(text: str, lines: list[str], log: Path | None = None) -> Failure:
    """Return what failed with the last line that says why, and where the rest is."""
    if any("No space left on device" in line or "disk is full" in line for line in lines[-50:]):
        return Failure(say(f"{text}: de schijf is vol", f"{text}: the disk is full"))
    reason = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return Failure(f"{text}: {reason[:200]}" + (f" ({log})" if log else ""))


def problem_of(content: dict[str, str]) -> InputProblem:
    """Return what another program said was wrong."""
    return InputProblem(content["place"], nl=content["nl"], en=content["en"])
