"""`benchmarks/turns.py`: it measures folders and the demo with any segmenter, beside the peers that are there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.nightly

CLIP, TRUTH = ("demo/families/F-0001/2026-03-08-spel.mp4", "demo/turns/F-0001/2026-03-08-spel.json")
PEERS = ("webrtcvad-2", "webrtcvad-3", "auditok", "silencedetect", "resemblyzer")
ROLES = {"kind": "CHI:one", "volwassene": "ADU:two"}


def benchmark(*arguments: str | Path, expected: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the benchmark with a few draws."""
    command = [sys.executable, ROOT / "benchmarks" / "turns.py", *arguments, "--draws", "20"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert run.returncode == expected, run.stderr
    return run


def folder_of(parent: Path, speakers: dict[str, str]) -> Path:
    """Make a folder with a clip of the demo and its truth as RTTM."""
    folder = parent / "evening"
    folder.mkdir()
    shutil.copy(ROOT / CLIP, folder / "clip.mp4")
    turns = json.loads((ROOT / TRUTH).read_text(encoding="utf-8"))["turns"]
    line = "SPEAKER clip 1 {:.3f} {:.3f} <NA> <NA> {} <NA> <NA>"
    rows = [line.format(t["start"], t["end"] - t["start"], speakers[t["actor"]]) for t in turns]
    (folder / "clip.rttm").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_four_in_five_turns_of_the_demo_are_found_within_half_a_second() -> None:
    run = benchmark("--segmenter", "silero-f0", "--json")
    (found,) = json.loads(run.stdout)["demo"]
    assert (found["files"], found["turns"], found["rough"]) == (4, found["turns"], True)
    assert found["figures"]["turn_recall"] >= 0.8
    assert found["figures"]["role_frames"] >= 0.9
    assert set(found["intervals"]) <= set(found["figures"])
    assert found["figures"]["real_time_factor"] > 0
    assert found["peak_mebibytes"] > 10
    assert len(found["per_file"]) == 4
    assert "4 of 4" in run.stderr


def test_a_folder_is_measured_beside_the_peers_that_are_there_and_others_are_named(tmp_path: Path) -> None:
    run = benchmark(folder_of(tmp_path, ROLES), "--segmenter", "silero-f0", "--peers", "--json")
    reports: dict[str, dict[str, Any]] = {r["segmenter"]: r for r in json.loads(run.stdout)["evening"]}
    left_out = {name for name in PEERS if f"{name} is not there and is left out" in run.stderr}
    assert list(reports) == ["silero-f0", *(name for name in PEERS if name not in left_out)]
    assert "silencedetect" in reports
    for report in reports.values():
        assert report["turns"] == reports["silero-f0"]["turns"] > 10
        assert report["intervals"] == {}
        assert 0 <= report["figures"]["turn_f1"] <= 1
    assert reports["silero-f0"]["figures"]["turn_f1"] > 0.8


def test_truth_without_roles_gets_figures_of_speech_only(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"kind": "speaker90", "volwassene": "speaker91"})
    said = benchmark(folder, "--segmenter", "silero-f0").stdout
    assert "no roles" in said
    assert "VAD miss" in said
    assert "role DER" not in said


def test_the_tables_are_markdown_and_say_what_a_turn_is(tmp_path: Path) -> None:
    said = benchmark(folder_of(tmp_path, ROLES), "--segmenter", "silero-f0", "--merge-gap", "0.4").stdout
    assert said.startswith("### evening: 1 files")
    assert "(`joined`, gap 0.4 s)" in said
    for line in said.splitlines():
        assert not line.startswith("|") or line.endswith("|")
    assert "rough: few files" in said


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("SPEAKER clip 1 soon 1.0 <NA> <NA> CHI:a <NA> <NA>", "clip.rttm:1: this is no RTTM"),
        ("SPEAKER clip 1 0.0 -1.0 <NA> <NA> CHI:a <NA> <NA>", "numbers of 0 or more"),
        ("SPEAKER clip 1 0.0 nan <NA> <NA> CHI:a <NA> <NA>", "numbers of 0 or more"),
        ("SPEAKER clip 1 0 1 <NA> <NA> CHI:a\nSPEAKER clip 1 2 1 <NA> <NA> Anna", "some speakers have a role"),
    ],
)
def test_wrong_truth_is_refused_with_the_reason(tmp_path: Path, line: str, reason: str) -> None:
    folder = folder_of(tmp_path, ROLES)
    (folder / "clip.rttm").write_text(line, encoding="utf-8")
    assert reason in benchmark(folder, expected=2).stderr


def test_truth_without_a_recording_and_an_unknown_segmenter_are_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, ROLES)
    assert "no plugin offers the segmenter 'nobody'" in benchmark(folder, "--segmenter", "nobody", expected=2).stderr
    (folder / "clip.mp4").rename(folder / "other.mp4")
    assert "no recording of this name" in benchmark(folder, expected=2).stderr
    assert "no RTTM file here" in benchmark(tmp_path, expected=2).stderr
