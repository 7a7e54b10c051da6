"""Coders at work on ours and on plain Label Studio in one run: requests a second, how long saving takes, what was lost.

Usage::

    .venv/bin/python benchmarks/load.py [--shape sqlite|compose] [--coders N] [--accounts N] [--clips N] [--arriving S]
        [--seconds S] [--saver drafts|changes] [--abuse] [--sending N] [--only ours|plain] [--json] [--out FILE]

Both get the same content; each is run by itself, after the other, on a database of its own. `--shape sqlite` is
what `scripts/up` runs; `--shape compose` is PostgreSQL, Redis, gunicorn, a worker and nginx as docker-compose.yml
has them. `--abuse` measures ours only: first calm, then the same while others hold and flood it. `--sending`
does the same while somebody sends so many recordings at once, each over a line of 100 Mbit/s.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from load_abuse import abuse
from load_coders import SAVERS, Told, code
from load_content import PASSWORD, SENDER
from load_sending import sending
from load_sites import Made, Site, as_composed, database_and_queue, on_sqlite, prepared

from vib.atomic import write_text

MIB = 1024 * 1024
MOST_SAVE_SECONDS = 0.5
"""The goal: 95 of 100 savings take less, at 20 coders."""


NAMES = ("plain", "ours", "calm", "abused", "sending")


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which a part of the values lies; 0 without any."""
    found = sorted(values)
    return found[min(len(found) - 1, int(part * len(found)))] if found else 0.0


def summary(told: Told, seconds: float) -> dict[str, Any]:
    """Say what coders saw, in figures."""
    taken: dict[str, list[float]] = defaultdict(list)
    for one in told.asked:
        taken[one.kind].append(one.seconds)
    statuses = Counter(f"{one.kind} {one.status}" for one in told.asked if one.status == 0 or one.status >= 400)
    return {
        "requests": len(told.asked),
        "requests a second": round(len(told.asked) / seconds, 1),
        "5xx": sum(one.status >= 500 for one in told.asked),
        "no answer": sum(one.status == 0 for one in told.asked),
        "4xx": sum(400 <= one.status < 500 for one in told.asked),
        "milliseconds": {
            kind: {"n": len(found), **{f"p{p}": round(1000 * quantile(found, p / 100)) for p in (50, 95)}}
            for kind, found in sorted(taken.items())
        },
        "errors": {what: [number, told.samples.get(what, "")] for what, number in statuses.most_common(10)},
    }


@contextmanager
def watched(site: Site) -> Iterator[list[int]]:
    """Note the server's memory every half second meanwhile."""
    found, done = [site.memory()], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            found.append(site.memory())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


def measure(site: Site, made: Made, saver: str, arriving: float, seconds: float) -> dict[str, Any]:
    """Let coders work on a site, and look up what is left of it."""
    with watched(site) as memory:
        told = code(site.goal, made.accounts, saver, arriving, seconds)
    found = summary(told, arriving + seconds)
    found["stored"] = site.verify([asdict(one) for one in told.submitted])
    found["MiB"] = {"at the start": memory[0] // MIB, "at most": max(memory) // MIB}
    return found


@contextmanager
def sites(shape: str, folder: Path, size: tuple[int, int, int]) -> Iterator[tuple[Made, Any]]:
    """Make content, and yield it with what runs one of the two on it."""
    if shape == "sqlite":
        made = prepared(folder / "data", {}, *size)
        yield made, lambda ours: on_sqlite(made, ours)
        return
    with database_and_queue(folder) as where:
        made = prepared(folder / "data", where, *size)
        yield made, lambda ours: as_composed(made, ours, folder)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Measure what was asked for."""
    figures: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "asked": {name: value for name, value in vars(given).items() if name not in ("json", "out")},
        "load of the machine before": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }
    with (
        tempfile.TemporaryDirectory(prefix="vib-load-") as name,
        sites(given.shape, Path(name), (given.coders, given.accounts, given.clips)) as (made, site_of),
    ):
        if given.abuse:
            with site_of(True) as site:
                figures["calm"] = measure(site, made, given.saver, given.arriving, given.seconds)
                with abuse(site.goal, made.accounts[0]) as held:
                    figures["abused"] = measure(site, made, given.saver, given.arriving, given.seconds)
                figures["abuse"] = held
        elif given.sending:
            with site_of(True) as site:
                figures["calm"] = measure(site, made, given.saver, given.arriving, given.seconds)
                account = {"email": SENDER, "password": PASSWORD}
                with sending(site.goal, account, given.sending) as told:
                    figures["sending"] = measure(site, made, given.saver, given.arriving, given.seconds)
                figures["sent"] = told
        else:
            for who in ("plain", "ours") if given.only is None else (given.only,):
                with site_of(who == "ours") as site:
                    saver = given.saver if who == "ours" else "drafts"
                    figures[who] = measure(site, made, saver, given.arriving, given.seconds)
    figures["load of the machine after"] = round(os.getloadavg()[0], 1)
    return figures


def verdict(figures: dict[str, Any]) -> dict[str, Any]:
    """Compare the two that were measured."""
    names = [name for name in NAMES if name in figures]
    said: dict[str, Any] = {
        f"{name}: saving p95 ms": figures[name]["milliseconds"].get("save", {}).get("p95") for name in names
    }
    if {"plain", "ours"} <= set(names):
        said["requests a second, ours to plain"] = round(
            figures["ours"]["requests a second"] / figures["plain"]["requests a second"], 2
        )
    for name in {"abused", "sending"}.intersection(names):
        calm, other = (said[f"{one}: saving p95 ms"] for one in ("calm", name))
        # Nothing at all is saved where a server is held altogether.
        said[f"saving p95, {name} to calm"] = round(other / calm, 2) if calm and other else None
        said["MiB more"] = figures[name]["MiB"]["at most"] - figures["calm"]["MiB"]["at most"]
    return said


def show(figures: dict[str, Any]) -> None:
    """Print the figures as text."""
    for name in NAMES:
        if name not in figures:
            continue
        found = figures[name]
        counts = ", ".join(f"{key} {found[key]}" for key in ("requests a second", "5xx", "no answer", "4xx"))
        print(f"{name}: {counts}, MiB {found['MiB']}")
        print(f"  stored: {found['stored']}")
        for kind, took in found["milliseconds"].items():
            print(f"  {kind:14} n={took['n']:5} p50={took['p50']:6} ms p95={took['p95']:6} ms")
        for what, (number, sample) in found["errors"].items():
            print(f"  ! {number} x {what}: {sample[:160]}")
    print(json.dumps(figures["verdict"], indent=2))


def main() -> None:
    """Measure and print; exit code 1 where something acknowledged was lost, changed or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=("sqlite", "compose"), default="sqlite")
    parser.add_argument("--coders", type=int, default=20, help="at once (20)")
    parser.add_argument("--accounts", type=int, default=128, help="that there are (128)")
    parser.add_argument("--clips", type=int, default=40, help="to code (40)")
    parser.add_argument("--arriving", type=float, default=10, help="seconds within which they sign in (10)")
    parser.add_argument("--seconds", type=float, default=60, help="that they code after that (60)")
    parser.add_argument("--saver", choices=sorted(SAVERS), default="changes", help="how ours saves (changes)")
    parser.add_argument("--abuse", action="store_true", help="ours only: calm, and then held and flooded")
    parser.add_argument("--sending", type=int, default=0, help="ours only: calm, and with so many recordings sent")
    parser.add_argument("--only", choices=("ours", "plain"), help="one of the two")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--out", type=Path, help="file for the JSON as well")
    given = parser.parse_args()
    figures = run(given)
    figures["verdict"] = verdict(figures)
    text = json.dumps(figures, indent=1, default=str)
    if given.out:
        write_text(given.out, text + "\n")
    print(text) if given.json else show(figures)
    stored = [figures[name]["stored"] for name in NAMES[1:] if name in figures]
    sys.exit(int(any(one["lost"] or one["changed"] or one["submits stored twice"] for one in stored)))


if __name__ == "__main__":
    main()
