"""How fast agreement is calculated: coefficients beside their peers, the import, a whole report, and its growth.

Usage::

    OPENBLAS_NUM_THREADS=1 python benchmarks/agreement.py [--peers PYTHON]
                                  [--part coefficients|import|report|growth|all] [--units N]
                                  [--raters N] [--clips N] [--events N] [--draws N]
                                  [--repetitions N] [--json]

``--peers`` is the Python of an environment of their own, made with ``python -m venv DIR && DIR/bin/pip
install krippendorff irrCAC scikit-learn pingouin``; a peer that it does not have is left out, and
that is said. Ours and the peer's are asked in turn, of the same ratings, each in a process that is
warm. Ratios are of processor time, which other work on the machine lengthens less than wall time.
For pygamma-agreement see ``gamma.py``.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from agreement_sizes import ONE_THREAD, SIZES, Size, measured, run, written
from reporting import Row, Spread, show

from plugins.agreement.measures.units import icc
from plugins.agreement.measures.units.coefficients import bennett_s, cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac1
from plugins.agreement.measures.units.krippendorff import krippendorff_alpha
from plugins.agreement.measures.units.ratings import Ratings
from vib.settings import ROOT
from vib.statistic import Estimate

PARTS = ("coefficients", "import", "report", "growth")
UNITS, FEW_UNITS = 36_000, 200
SLOWER = {"pingouin": 10}
"""Peers that are given only a part of the units: one in so many."""

CALLS = 20
"""How often few units are asked about in one measurement, as one is too short to time."""

CLIPS, EVENTS, DRAWS = 20, 300, 2_000
GROWING_RATERS = 5
GOAL_RATIO, GOAL_IMPORT, GOAL_GROWTH = 1.0, 1.0, 1.2
REPORTS = 2
"""How often a report is made at most, as the largest takes a minute."""

PEER = """
import importlib, json, sys, time, warnings
answers, sys.stdout = sys.stdout, sys.stderr
warnings.simplefilter("ignore")
import numpy as np

name = sys.argv[1]
if name == "krippendorff":
    import krippendorff
    prepare = lambda rows: np.array(rows, dtype=float).T
    ask = lambda data, option: [krippendorff.alpha(reliability_data=data, level_of_measurement=option)]
elif name == "irrCAC":
    import pandas
    from irrCAC.raw import CAC
    prepare = lambda rows: pandas.DataFrame(np.array(rows, dtype=float))
    ask = lambda data, option: [getattr(CAC(data, digits=12), option)()["est"]["coefficient_value"]]
elif name == "scikit-learn":
    from sklearn.metrics import cohen_kappa_score
    prepare = lambda rows: np.array(rows, dtype=int).T
    ask = lambda data, option: [cohen_kappa_score(*data, weights=option or None)]
elif name == "pingouin":
    import pandas, pingouin
    def prepare(rows):
        said = np.array(rows, dtype=float)
        unit, rater = np.indices(said.shape)
        return pandas.DataFrame({"unit": unit.ravel(), "rater": rater.ravel(), "said": said.ravel()})
    ask = lambda data, option: pingouin.intraclass_corr(data, "unit", "rater", "said")["ICC"].tolist()

print("ready", file=answers, flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    with open(asked["file"]) as file:
        rows = json.load(file)
    try:
        clocks = [[time.perf_counter(), time.process_time()]]
        for _ in range(asked["calls"]):
            data = prepare(rows)
        clocks.append([time.perf_counter(), time.process_time()])
        for _ in range(asked["calls"]):
            values = ask(data, asked["option"])
        clocks.append([time.perf_counter(), time.process_time()])
        answer = {"clocks": clocks, "values": [float(value) for value in values]}
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer), file=answers, flush=True)
"""

Rows = list[list[float | None]]


# What is compared


@dataclass(frozen=True)
class Compared:
    """A coefficient, ours and the peer's.

    Parameters
    ----------
    option : str
        What the peer calls it.
    missing : bool
        Whether ratings are missing.
    """

    peer: str
    name: str
    ours: Callable[[Ratings], list[float]]
    option: str = ""
    raters: int = 3
    missing: bool = True
    few: bool = False


def _one(coefficient: Callable[[Ratings], Estimate]) -> Callable[[Ratings], list[float]]:
    return lambda ratings: [_value(coefficient(ratings))]


def _six(ratings: Ratings) -> list[float]:
    forms = (icc.icc_1_1, icc.icc_a_1, icc.icc_c_1, icc.icc_1_k, icc.icc_a_k, icc.icc_c_k)
    return [_value(form(ratings)) for form in forms]


def _value(estimate: Estimate) -> float:
    if estimate.value is None:
        raise RuntimeError(f"{estimate.variant}: {estimate.undefined_because}")
    return estimate.value


COMPARED = (
    *(
        Compared("krippendorff", f"alpha, {level}", _one(partial(krippendorff_alpha, level=level)), level)
        for level in ("nominal", "ordinal", "interval", "ratio")
    ),
    *(
        Compared("irrCAC", name, _one(coefficient), option, few=few)
        for few in (False, True)
        for name, coefficient, option in (
            ("AC1", gwet_ac1, "gwet"),
            ("Fleiss", fleiss_kappa, "fleiss"),
            ("Conger", conger_kappa, "conger"),
            ("Brennan-Prediger", bennett_s, "bp"),
        )
    ),
    *(
        Compared("scikit-learn", name, _one(partial(cohen_kappa, weights=weights)), option, 2, missing=False)
        for name, weights, option in (
            ("Cohen", "identity", ""),
            ("Cohen, linear", "linear", "linear"),
            ("Cohen, quadratic", "quadratic", "quadratic"),
        )
    ),
    Compared("pingouin", "six ICCs", _six, missing=False),
)


# Material


def judged(units: int, raters: int, *, missing: bool, seed: int) -> Rows:
    """Return ratings from 1 to 5 of raters who agree in part; a tenth is missing if that is asked for."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(1, 6, units)
    said = np.where(chance.random((units, raters)) < 0.7, truth[:, None], chance.integers(1, 6, (units, raters)))
    there = chance.random((units, raters)) >= (0.1 if missing else 0.0)
    return [
        [float(value) if given else None for value, given in zip(row, known, strict=True)]
        for row, known in zip(said.tolist(), there.tolist(), strict=True)
    ]


# Coefficients


@dataclass(frozen=True)
class Took:
    """Seconds (wall, processor) to make rows the program's own, and to calculate; and what came out."""

    reading: tuple[float, float]
    asking: tuple[float, float]
    values: list[float]

    @classmethod
    def of(cls, clocks: Sequence[Sequence[float]], values: list[float], calls: int) -> Took:
        """Make it of what the clocks said before, between and after."""
        reading, asking = (
            ((after[0] - before[0]) / calls, (after[1] - before[1]) / calls) for before, after in pairwise(clocks)
        )
        return cls(reading, asking, values)


class Peer:
    """A peer in a process of its own."""

    def __init__(self, python: str, name: str) -> None:
        self.name = name
        command = [python, "-c", PEER, name]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.ready = self._answer() == "ready"

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def measure(self, file: Path, option: str, calls: int) -> Took:
        """Ask it about the rows in a file."""
        assert self.process.stdin is not None
        print(json.dumps({"file": str(file), "option": option, "calls": calls}), file=self.process.stdin, flush=True)
        found = json.loads(self._answer() or '{"error": "it ended"}')
        if "error" in found:
            raise RuntimeError(f"{self.name}: {found['error']}")
        return Took.of(found["clocks"], found["values"], calls)

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)


@contextmanager
def peers(python: str | None) -> Iterator[dict[str, Peer]]:
    """Start the peers that an environment has; say which it does not have."""
    started: dict[str, Peer] = {}
    try:
        for name in dict.fromkeys(one.peer for one in COMPARED) if python else ():
            started[name] = Peer(str(python), name)
        there = {name: peer for name, peer in started.items() if peer.ready}
        if python is None:
            print("no --peers: only ours is measured", file=sys.stderr)
        for name in started.keys() - there.keys():
            print(f"{name} is not there: only ours is measured", file=sys.stderr)
        yield there
    finally:
        for peer in started.values():
            peer.close()


def ours(rows: Rows, compared: Compared, calls: int) -> Took:
    """Ask our coefficient about rows."""
    clocks = [(time.perf_counter(), time.process_time())]
    for _ in range(calls):
        ratings = Ratings.of(rows)
    clocks.append((time.perf_counter(), time.process_time()))
    for _ in range(calls):
        values = compared.ours(ratings)
    clocks.append((time.perf_counter(), time.process_time()))
    return Took.of(clocks, values, calls)


def coefficients(folder: Path, there: dict[str, Peer], units: int, repetitions: int) -> list[Row]:
    """Measure each coefficient, ours and the peer's in turn; the first of each is to warm up."""
    rows = []
    for compared in COMPARED:
        size = min(units, FEW_UNITS) if compared.few else max(units // SLOWER.get(compared.peer, 1), 10)
        calls = CALLS if compared.few else 1
        runs: dict[str, list[Took]] = {}
        for seed in range(repetitions + 1):
            said = judged(size, compared.raters, missing=compared.missing, seed=seed)
            file = folder / "rows.json"
            file.write_text(json.dumps(said), encoding="utf-8")
            runs.setdefault("ours", []).append(ours(said, compared, calls))
            if compared.peer in there:
                took = there[compared.peer].measure(file, compared.option, calls)
                runs.setdefault(compared.peer, []).append(took)
        rows.append(_compared(compared, size, {who: found[1:] for who, found in runs.items()}))
    return rows


def _compared(compared: Compared, size: int, runs: dict[str, list[Took]]) -> Row:
    name, seconds = f"{compared.name}, {size:,} x {compared.raters}", {}
    for who, found in runs.items():
        for clock, what in enumerate(("wall", "processor")):
            seconds[f"{who}, {what}"] = Spread.of([took.asking[clock] for took in found])
    if compared.peer not in runs:
        return Row("coefficients", name, seconds)
    pairs = list(zip(runs["ours"], runs[compared.peer], strict=True))
    ratio = Spread.of([mine.asking[1] / other.asking[1] for mine, other in pairs])
    whole = [sum(t[1] for t in (m.reading, m.asking)) / sum(t[1] for t in (o.reading, o.asking)) for m, o in pairs]
    apart = [abs(a - b) for mine, other in pairs for a, b in zip(mine.values, other.values, strict=True)]
    figures = {
        "ratio of wall times": Spread.of([mine.asking[0] / other.asking[0] for mine, other in pairs]).median,
        "ratio, from rows of numbers": Spread.of(whole).median,
        "largest difference": max(apart),
    }
    return Row("coefficients", name, seconds, ratio, f"<= {GOAL_RATIO:g}", ratio.median <= GOAL_RATIO, figures)


# Ours alone


def importing(repetitions: int) -> Row:
    """Measure a fresh interpreter that imports every statistic and nothing else."""
    walls, processors = [], []
    for _ in range(repetitions):
        before, used = time.perf_counter(), _used_by_children()
        subprocess.run([sys.executable, "-c", "import plugins.agreement.measures.catalogue"], cwd=ROOT, check=True)
        walls.append(time.perf_counter() - before)
        processors.append(_used_by_children() - used)
    seconds = {"wall": Spread.of(walls), "processor": Spread.of(processors)}
    met = seconds["wall"].median < GOAL_IMPORT
    return Row("import", "start of Python included", seconds, goal=f"< {GOAL_IMPORT:g} s", met=met)


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def growing(folder: Path, clips: int, events: int, draws: int, repetitions: int) -> list[Row]:
    """Measure how the time for a clip grows with their number; drawing again has a part that does not grow."""
    numbers = (max(clips // 2, 2), clips, 2 * clips)
    raters = GROWING_RATERS
    files = {number: written(folder, raters, number, events) for number in numbers}
    rows = []
    for again in dict.fromkeys((draws, 0)):
        runs = [
            {
                number: run(file, Size("", raters, number, events, again), ONE_THREAD)["steps"]["compared"]
                for number, file in files.items()
            }
            for _ in range(repetitions)
        ]
        seconds = {
            f"{number} clips, {what}": Spread.of([one[number][clock] for one in runs])
            for number in numbers
            for clock, what in enumerate(("wall", "processor"))
        }
        least, most = numbers[0], numbers[-1]
        ratio = Spread.of([one[most][1] / most / (one[least][1] / least) for one in runs])
        name = f"time for a clip, {most} to {least} clips; {raters} raters, {again:,} draws"
        met = ratio.median <= GOAL_GROWTH
        rows.append(Row("growth", name, seconds, ratio, f"<= {GOAL_GROWTH:g}", met))
    return rows


def sizes_of(given: argparse.Namespace) -> Iterator[Size]:
    """Yield the reports to measure, with what was given in place of what the goals are for."""
    for size in SIZES:
        asked = {name: getattr(given, name) for name in ("raters", "clips", "events")}
        draws = size.draws if given.draws is None or not size.draws else given.draws
        yield replace(size, draws=draws, **{name: number for name, number in asked.items() if number is not None})


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="Python that has the peers; without it only ours is measured")
    parser.add_argument("--part", choices=[*PARTS, "all"], default="all")
    parser.add_argument("--units", type=int, default=UNITS, help=f"for the coefficients ({UNITS:,})")
    parser.add_argument("--raters", type=int, help="of each report; without it as many as its goal is for")
    parser.add_argument("--clips", type=int, help=f"of each report, the same; growth: half to double of it ({CLIPS})")
    parser.add_argument("--events", type=int, help=f"of each clip, the same; growth: {EVENTS}")
    parser.add_argument("--draws", type=int, help=f"of clips, for intervals, the same; growth: {DRAWS:,}")
    parser.add_argument("--repetitions", type=int, default=5, help=f"of each; of the report at most {REPORTS} (5)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    parts = PARTS if given.part == "all" else (given.part,)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="vib-bench-") as name:
        folder = Path(name)
        if "coefficients" in parts:
            with peers(given.peers) as there:
                rows += coefficients(folder, there, given.units, given.repetitions)
        if "import" in parts:
            rows.append(importing(given.repetitions))
        if "report" in parts:
            rows += measured(folder, sizes_of(given), min(given.repetitions, REPORTS))
        if "growth" in parts:
            draws = DRAWS if given.draws is None else given.draws
            rows += growing(folder, given.clips or CLIPS, given.events or EVENTS, draws, given.repetitions)
    if given.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
