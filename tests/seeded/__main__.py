"""Runs the tests on each seeded change: ``python -m tests.seeded [--only ID] [--part K/N] [--json]``.

Exit code 1 when more than `UNNOTICED` go unnoticed, or when one no longer applies.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tests.seeded.seeds import Seed, copy_tree, read_seeds

UNNOTICED = 5
"""How many of the changes may go unnoticed."""

SECONDS = 60.0
"""How long the tests of one change may take."""

What = Literal["noticed", "not noticed", "does not apply", "fails without it", "too slow"]


@dataclass(frozen=True)
class Verdict:
    """What became of one change, and the first test that failed."""

    id: str
    what: What
    by: str = ""


def judge(seed: Seed, copy: Path, seconds: float = SECONDS, known: dict[tuple[str, ...], str] | None = None) -> Verdict:
    """Find out whether the tests notice a change.

    Parameters
    ----------
    copy : Path
        A copy of the repository; it is as it was afterwards.
    seconds : float
        How long the tests may take; longer does not count as noticed.
    known : dict or None
        What tests said of the copy as it is, kept for the next change with the same tests.
    """
    known = {} if known is None else known
    path = copy / seed.file
    text = path.read_text(encoding="utf-8")
    changed = seed.changed(text)
    if changed is None:
        return Verdict(seed.id, "does not apply")
    if seed.tests not in known:
        known[seed.tests] = _first_failure(copy, seed.tests, seconds * 3)
    if known[seed.tests]:
        return Verdict(seed.id, "fails without it", known[seed.tests])
    try:
        path.write_text(changed, encoding="utf-8")
        failed = _first_failure(copy, seed.tests, seconds)
    except subprocess.TimeoutExpired:
        return Verdict(seed.id, "too slow")
    finally:
        path.write_text(text, encoding="utf-8")
    return Verdict(seed.id, "noticed" if failed else "not noticed", failed)


def _first_failure(copy: Path, tests: Sequence[str], seconds: float) -> str:
    """Run tests until one fails; return its name, or an empty text when all pass."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not nightly", *tests]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=seconds, check=False)
    if run.returncode == 0:
        return ""
    named = [line for line in run.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return named[0].split(" ")[1] if named else (run.stdout + run.stderr).strip().splitlines()[-1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.seeded", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="only this change; may be repeated")
    parser.add_argument("--part", default="1/1", metavar="K/N", help="the k-th of n parts")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long the tests of one change may take")
    parser.add_argument("--unnoticed", type=int, default=UNNOTICED, help="how many may go unnoticed")
    parser.add_argument("--json", action="store_true", help="write the verdicts as JSON")
    asked = parser.parse_args(arguments)
    part, parts = map(int, asked.part.split("/"))
    seeds = [seed for seed in read_seeds() if not asked.only or seed.id in asked.only][part - 1 :: parts]
    verdicts: list[Verdict] = []
    known: dict[tuple[str, ...], str] = {}
    with tempfile.TemporaryDirectory(prefix="seeded-") as folder:
        copy = copy_tree(Path(folder))
        for seed in sorted(seeds, key=lambda seed: seed.tests):
            verdicts.append(judge(seed, copy, asked.seconds, known))
            last = verdicts[-1]
            print(
                f"{len(verdicts)}/{len(seeds)} {last.id}: {last.what} {last.by}".rstrip(), file=sys.stderr, flush=True
            )
    noticed = sum(verdict.what == "noticed" for verdict in verdicts)
    if asked.json:
        print(json.dumps([asdict(verdict) for verdict in verdicts], indent=1))
    print(f"{noticed} of {len(seeds)} noticed", file=sys.stderr)
    applies = all(verdict.what != "does not apply" for verdict in verdicts)
    return 0 if applies and len(seeds) - noticed <= asked.unnoticed else 1


if __name__ == "__main__":
    sys.exit(main())
