"""`benchmarks/load.py`: coders work on both servers, what is acknowledged is looked up, and abuse is survived."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT

SMALL = ("--coders", "2", "--accounts", "4", "--clips", "4", "--arriving", "1", "--seconds", "8", "--saver", "drafts")


def load(*arguments: str) -> dict[str, Any]:
    """Run the benchmark at a tiny size."""
    command = [sys.executable, ROOT / "benchmarks" / "load.py", *SMALL, *arguments, "--json"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600, check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.mark.nightly
@pytest.mark.parametrize("shape", ["sqlite", "compose"])
def test_coders_work_on_both_and_all_that_was_acknowledged_is_looked_up(shape: str) -> None:
    found = load("--shape", shape)
    for name in ("plain", "ours"):
        stored, took = found[name]["stored"], found[name]["milliseconds"]
        assert stored["acknowledged"] >= 2
        assert (stored["lost"], stored["changed"]) == (0, 0)
        assert took["submit"]["n"] >= stored["acknowledged"]
        assert took["save"]["p95"] >= took["save"]["p50"] > 0
        assert {"accounts", "task list", "range", "sign in"} <= set(took)
        assert found[name]["no answer"] == 0
    assert found["verdict"]["requests a second, ours to plain"] > 0


@pytest.mark.nightly
def test_the_same_coders_are_measured_calm_and_while_the_server_is_held_and_flooded() -> None:
    found = load("--abuse")
    assert {"calm", "abused"} <= set(found)
    assert sum(number for what, number in found["abuse"].items() if "status" in what) >= 1
    assert found["verdict"]["calm: saving p95 ms"] > 0
    assert {"saving p95, abused to calm", "MiB more"} <= set(found["verdict"])


def test_a_server_that_is_held_altogether_has_no_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from load import verdict

    def figures(**took: dict[str, int]) -> dict[str, Any]:
        return {"milliseconds": took, "MiB": {"at most": 10}}

    held = verdict({"calm": figures(save={"p95": 20}), "abused": figures()})
    assert held["saving p95, abused to calm"] is None
    slower = verdict({"calm": figures(save={"p95": 20}), "abused": figures(save={"p95": 50})})
    assert slower["saving p95, abused to calm"] == 2.5


def test_what_was_lost_changed_or_doubled_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from load_content import judged

    def sent(number: int | None, marker: str, regions: int = 1) -> dict[str, Any]:
        return {"number": number, "task": 1, "by": "a", "marker": marker, "regions": regions}

    def row(number: int, marker: str, by: str = "a", regions: int = 1) -> tuple[int, int, str, list[dict[str, str]]]:
        return number, 1, by, [{"id": f"{marker}{region:03d}"} for region in range(regions)]

    submitted = [
        sent(1, "aaaaaaa"),
        sent(2, "bbbbbbb", 2),
        sent(3, "ccccccc"),
        sent(4, "ddddddd"),
        sent(None, "eeeeeee"),
    ]
    rows = [
        row(1, "aaaaaaa"),
        row(2, "bbbbbbb"),
        row(4, "ddddddd", "b"),
        row(5, "ddddddd", "b"),
        row(6, "eeeeeee", "c"),
    ]
    assert judged(submitted, rows) == {
        "acknowledged": 4,
        "lost": 1,
        "changed": 1,
        "submits stored twice": 1,
        "coders twice on a clip": 2,
        "stored but never acknowledged": 1,
    }
