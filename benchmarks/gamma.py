"""How long gamma takes, beside pygamma-agreement where there is one.

Usage::

    python benchmarks/gamma.py [--peer PYTHON] [--repetitions N] [--samples N] [--json]

``--peer`` is the Python of an environment that has pygamma-agreement, such as one made with
``python -m venv DIR && DIR/bin/pip install pygamma-agreement``; without it our own Python is asked.
Both get the same units, the same number of chance samples of the same kind, and alpha 3 and beta 1;
they are run in turn, each in a process that is warm. Units are coded with some error: a tenth missed,
starts and ends off by some seconds, and one code in seven another one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from reporting import Row, Spread, show

from plugins.agreement.measures.gamma.measure import gamma
from vib.observation import Observation, RaterSet, Timeline
from vib.settings import ROOT
from vib.statistic import Question

SIZES = ((2, 1_000, 3.0), (3, 100, 2.0), (3, 1_000, None), (5, 100, None))
"""Raters, units of each before some are missed, and the goal in seconds; the peer is measured where there is one."""

IMPORT_GOAL = 1.0

PEER = """
import json, sys, time
import logging
logging.disable(logging.CRITICAL)
import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler
answers = sys.stdout
sys.stdout = sys.stderr
print("ready", file=answers, flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    continuum = Continuum()
    for rater, units in asked["units"].items():
        for start, end, code in units:
            continuum.add(rater, Segment(start, end), code)
    np.random.seed(asked["seed"])
    before = time.perf_counter()
    found = continuum.compute_gamma(
        CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1),
        n_samples=asked["samples"],
        sampler=ShuffleContinuumSampler("float_pivot"),
    )
    value = float(found.gamma)
    print(json.dumps([time.perf_counter() - before, float(found.observed_disorder), value]), file=answers, flush=True)
"""

Units = dict[str, list[tuple[float, float, str]]]


def coded(raters: int, count: int, seed: int) -> Units:
    """Return units as raters who agree in part would mark them."""
    chance = np.random.default_rng(seed)
    lengths, gaps = 1.0 + np.abs(chance.normal(10, 5, count)), np.abs(chance.normal(8, 4, count))
    starts = 10.0 + np.cumsum(gaps + np.concatenate(([0.0], lengths[:-1])))
    codes = chance.integers(4, size=count)
    found: Units = {}
    for rater in range(raters):
        seen = chance.random(count) > 0.1
        first = starts + chance.normal(0, 2, count)
        last = np.maximum(starts + lengths + chance.normal(0, 2, count), first + 0.5)
        said = np.where(chance.random(count) < 1 / 7, chance.integers(4, size=count), codes)
        rows = zip(first[seen].tolist(), last[seen].tolist(), map(str, said[seen]), strict=True)
        found[f"r{rater}"] = [(start, end, code) for start, end, code in rows if start >= 0]
    return found


def ours(units: Units, samples: int, seed: int) -> list[float]:
    """Return seconds, observed disorder and gamma."""
    end = 1.0 + max(unit[1] for rows in units.values() for unit in rows)
    timelines = {
        rater: Timeline(end, [Observation("turn", code, start, stop) for start, stop, code in rows])
        for rater, rows in units.items()
    }
    question = Question((RaterSet("clip", end, timelines),), tuple(units), "turn", seed=seed)
    before = time.perf_counter()
    answer = gamma(question, samples=samples)
    took = time.perf_counter() - before
    if answer.value is None:
        raise RuntimeError(str(answer.undefined_because))
    return [took, answer.components["observed_disorder"], answer.value]


class Peer:
    """pygamma-agreement in a process of its own."""

    def __init__(self, python: str) -> None:
        command = [python, "-c", PEER]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.ready = self._answer() == "ready"

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def measure(self, units: Units, samples: int, seed: int) -> list[float]:
        """Return seconds, observed disorder and gamma."""
        assert self.process.stdin is not None
        print(json.dumps({"units": units, "samples": samples, "seed": seed}), file=self.process.stdin, flush=True)
        found: list[float] = json.loads(self._answer())
        return found

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)


def measure(sizes: Sequence[tuple[int, int, float | None]], repetitions: int, samples: int, peer: Peer) -> list[Row]:
    """Measure each size, ours and the peer's in turn."""
    tiny = coded(3, 5, 0)
    ours(tiny, 2, 0)
    if peer.ready:
        peer.measure(tiny, 2, 0)
    rows = []
    for raters, count, goal in sizes:
        beside = peer.ready and goal is not None
        found: dict[str, list[list[float]]] = {"ours": [], **({"pygamma": []} if beside else {})}
        for seed in range(repetitions):
            units = coded(raters, count, seed)
            found["ours"].append(ours(units, samples, seed))
            if beside:
                found["pygamma"].append(peer.measure(units, samples, seed))
        rows.append(_row(f"{raters} raters x {count:,} units, {samples} samples", found, goal))
    return rows


def _row(name: str, found: dict[str, list[list[float]]], goal: float | None) -> Row:
    seconds = {who: Spread.of([took for took, _, _ in runs]) for who, runs in found.items()}
    figures = {f"gamma, {who}": runs[0][2] for who, runs in found.items()}
    ratio = None
    if "pygamma" in found:
        pairs = list(zip(found["ours"], found["pygamma"], strict=True))
        ratio = Spread.of([other[0] / own[0] for own, other in pairs])
        figures["largest difference of observed disorders"] = max(abs(own[1] - other[1]) for own, other in pairs)
    met = None if goal is None else seconds["ours"].median < goal
    return Row("gamma", name, seconds, ratio, "" if goal is None else f"< {goal:g} s", met, figures)


def importing(repetitions: int) -> Row:
    """Measure a process that imports gamma and nothing else."""
    took = []
    for _ in range(repetitions):
        before = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import plugins.agreement.measures.gamma.measure"], cwd=ROOT, check=True)
        took.append(time.perf_counter() - before)
    spread = Spread.of(took)
    met = spread.median < IMPORT_GOAL
    return Row("gamma", "import, start of Python included", {"ours": spread}, None, f"< {IMPORT_GOAL:g} s", met)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default=sys.executable, help="Python that has pygamma-agreement (this one)")
    parser.add_argument("--repetitions", type=int, default=3, help="of each size, each with other units (3)")
    parser.add_argument("--samples", type=int, default=30, help="chance samples (30)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    peer = Peer(given.peer)
    if not peer.ready:
        print("pygamma-agreement is not there: only ours is measured", file=sys.stderr)
    try:
        rows = [importing(given.repetitions), *measure(SIZES, given.repetitions, given.samples, peer)]
    finally:
        peer.close()
    if given.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
