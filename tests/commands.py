"""Runs `vib` without starting Django for each command: ``python -m tests.commands``, on a data folder ``VIB_DATA``.

One process starts Django. For each command it forks, and the copy does all that the real command does, from
its arguments to its exit code. So nothing that a command leaves behind in memory reaches the next one.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType
from typing import IO, Any, NoReturn

import tests  # noqa: F401 - before Label Studio puts its own package of this name on the path
from plugins.host.start import set_up

ROOT = Path(__file__).parent.parent
SECONDS = 300
"""How long a command may take."""

Done = subprocess.CompletedProcess[str]


class Commands:
    """Runs commands with Django ready, in English; the process starts with the first of them.

    Parameters
    ----------
    data : Path
        The data folder that Django is started on.
    environment : Mapping[str, str]
        What is set besides the environment of the moment, such as the settings of Django.
    """

    def __init__(self, data: Path, environment: Mapping[str, str] | None = None) -> None:
        self._environment = {"VIB_LANGUAGE": "en", **(environment or {}), "VIB_DATA": str(data)}
        self._process: subprocess.Popen[str] | None = None

    def vib(self, *arguments: str | Path) -> Done:
        """Run a `vib` command and return what it said."""
        return self._ask({"arguments": ["vib", *map(str, arguments)]})

    def python(self, program: str) -> Done:
        """Run a program in a process where Django is, and return what it said."""
        return self._ask({"arguments": ["-c"], "program": program})

    def close(self) -> None:
        """End the process, if it was started."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, asked: dict[str, Any]) -> Done:
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps({**asked, "environment": {**os.environ, **self._environment}}), file=process.stdin, flush=True)
        said = process.stdout.readline()
        assert said, f"the process with Django ended with {process.wait()}"
        return Done(asked["arguments"], **json.loads(said))

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.commands"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **self._environment},
        )
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            if line == "ready\n":
                return process
            said.append(line)
        process.wait()
        raise AssertionError("Django does not start:\n" + "".join(said))


def _run(asked: dict[str, Any], output: IO[bytes], errors: IO[bytes]) -> NoReturn:
    """Take the place of a process that was started with this."""
    from scripts import cli

    with Path(os.devnull).open("rb") as nothing:
        for number, file in enumerate((nothing, output, errors)):
            os.dup2(file.fileno(), number)
    signal.alarm(SECONDS)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = asked["arguments"]
    sys.modules["__main__"] = ModuleType("__main__")
    code: int | str | None = 0
    try:
        if "program" in asked:
            exec(asked["program"], vars(sys.modules["__main__"]))  # noqa: S102 - of the test
        else:
            cli.main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    # Without taking Django apart, which would take longer than most commands.
    os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    """Run what is read from standard input, a line a command, and answer each with a line."""
    set_up()
    from django.urls import get_resolver

    from scripts import cli

    # What else a command would wait for.
    cli.make_app()
    get_resolver().url_patterns  # noqa: B018
    # Else each copy has to copy all there is as soon as it looks for what is no longer used.
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        with TemporaryFile() as output, TemporaryFile() as errors:
            number = os.fork()
            if number == 0:
                _run(asked, output, errors)
            _, status = os.waitpid(number, 0)
            output.seek(0)
            errors.seek(0)
            texts = {"stdout": output.read().decode(), "stderr": errors.read().decode()}
        print(json.dumps({"returncode": os.waitstatus_to_exitcode(status), **texts}), flush=True)


if __name__ == "__main__":
    main()
