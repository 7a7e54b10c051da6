"""A command in a copy of a process that has Django does what the whole command does, and nothing of it stays."""

from __future__ import annotations

import pytest

from tests.conftest import Server, run_vib

LEAVE = """
import builtins, os
from django.conf import settings
settings.LEFT = builtins.left = os.environ["LEFT"] = "1"
"""
LOOK = """
import builtins, os
from django.conf import settings
print(hasattr(settings, "LEFT"), hasattr(builtins, "left"), "LEFT" in os.environ)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("plugins",),
        ("nothing",),
        ("access", "role", "nobody@vib.example", "trainee", "--data"),
        pytest.param(("access", "list", "--data"), marks=pytest.mark.nightly),
    ],
)
def test_a_copy_says_and_answers_what_the_command_does(server: Server, arguments: tuple[str, ...]) -> None:
    with_data = (*arguments, server.data) if arguments[-1] == "--data" else arguments
    whole, copy = run_vib(*with_data), server.commands.vib(*with_data)
    assert (copy.returncode, copy.stdout) == (whole.returncode, whole.stdout)
    # As a module it names itself otherwise.
    assert copy.stderr == whole.stderr.replace("python -m scripts.cli", "vib")


def test_nothing_that_a_command_leaves_in_memory_reaches_the_next(server: Server) -> None:
    assert server.commands.python(LEAVE).returncode == 0
    assert server.commands.python(LOOK).stdout == "False False False\n"


def test_a_program_that_fails_says_why_and_the_next_one_runs(server: Server) -> None:
    failed = server.commands.python("raise ValueError('broken')")
    assert (failed.returncode, failed.stderr.splitlines()[-1]) == (1, "ValueError: broken")
    assert server.commands.python("import os; os.kill(os.getpid(), 9)").returncode == -9
    assert server.commands.python("print('there')").stdout == "there\n"
