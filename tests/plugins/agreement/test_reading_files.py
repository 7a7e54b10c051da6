"""Any file that `vib agreement` reads is known by its content, and ratings may be text everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import plugins.agreement
from plugins.agreement.reading.files import read_clips
from plugins.interchange.formats import long_csv
from vib.interface import results_of
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import FORMAT, observations_content, parse_observations, read_observations
from vib.problem import InputProblem

EXAMPLE = Path(plugins.agreement.__file__ or "").parent / "example.json"

SEEN = Timeline(10, [Observation("turn", "kind", 1, 2)])
CLIP = RaterSet("c", 10, {"anna": SEEN, "bram": Timeline(10)}, {"anna": {"BS.1": 3.0, "style": "calm", "BS.2": None}})


def export() -> list[dict[str, Any]]:
    results = results_of(SEEN, read_method("vib-pleegzorg"), {"BS.1": 3})
    made = {"id": 1, "completed_by": {"id": 4, "email": "anna@x.nl"}, "created_at": "2026-03-01T10:00:00Z"}
    return [{"id": 7, "data": {"clip": "c", "duration": 10}, "annotations": [{**made, "result": results}]}]


@pytest.mark.parametrize("before", ["", "\ufeff", " \r\n\t"])
@pytest.mark.parametrize("name", ["codes.csv", "codes.txt", "codes", "codes.json"])
def test_a_label_studio_export_is_known_by_its_bracket(tmp_path: Path, before: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(before + json.dumps(export()), encoding="utf-8")
    ours = RaterSet("c", 10, {"anna": SEEN}, {"anna": {"BS.1": 3}})
    assert read_clips(path) == read_clips(path, "vib-pleegzorg") == (ours,)


def test_an_observations_file_is_known_by_its_brace(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(json.dumps(observations_content([CLIP])), encoding="utf-8")
    assert read_clips(path) == (CLIP,)
    assert read_clips(EXAMPLE) == read_observations(EXAMPLE)


def test_everything_else_is_a_long_csv(tmp_path: Path) -> None:
    path = tmp_path / "codes.tab"
    path.write_text(long_csv([CLIP]), encoding="utf-8")
    assert read_clips(path) == (CLIP,)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"clip,rater", ":1: not valid JSON"),
        ("a.json", b"", ":1: not valid JSON"),
        ("a.json", b'{"id": 1}', "format: is missing"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"hello", "row 1: the first row names no columns"),
        ("a.xlsx", b"PK\x03\x04\x00", "is an Excel workbook; save the sheet as CSV UTF-8"),
        ("a.xls", b"\xd0\xcf\x11\xe0\x00", "is an Excel workbook"),
        ("a.csv", b"[1, 2]", "is no export of Label Studio"),
    ],
)
def test_what_is_none_of_these_is_refused_on_one_line(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputProblem) as caught:
        read_clips(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"none\.csv: cannot be read"):
        read_clips(tmp_path / "none.csv")
    with pytest.raises(InputProblem, match="not a file that can be read"):
        read_clips(tmp_path)


@pytest.mark.parametrize(
    ("options", "named"), [({"interface": "vib-pleegzorg"}, "--interface"), ({"fps": 25}, "--fps")]
)
def test_options_of_an_export_are_refused_with_another_file(options: dict[str, Any], named: str) -> None:
    with pytest.raises(InputProblem, match=f"{named}: goes with an export of Label Studio"):
        read_clips(EXAMPLE, **options)


@pytest.mark.parametrize("fps", [0, -25, float("nan"), float("inf")])
def test_a_frame_rate_that_is_none_is_refused(fps: float) -> None:
    with pytest.raises(InputProblem, match=r"--fps: .* is no number of frames a second"):
        read_clips(EXAMPLE, fps=fps)


def test_an_observations_file_keeps_ratings_that_are_text() -> None:
    text = json.dumps(observations_content([CLIP]))
    assert parse_observations(json.loads(text), place="x") == (CLIP,)
    (clip,) = parse_observations(_rated("3"), place="x")
    assert clip.ratings == {"anna": {"style": "3"}}


@pytest.mark.parametrize("value", ["", "x" * 201, ["calm"], float("nan"), float("inf"), "\ud800"])
def test_an_observations_file_refuses_a_rating_that_is_neither_a_number_nor_a_short_text(value: object) -> None:
    with pytest.raises(InputProblem, match=r"x: clips\[0\].ratings.anna.style"):
        parse_observations(_rated(value), place="x")


def test_reading_imports_nothing_slow() -> None:
    code = (
        "import sys, plugins.agreement.reading.files;"
        "print(sorted({'django', 'numpy', 'scipy', 'jinja2', 'label_studio_sdk', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _rated(value: object) -> dict[str, Any]:
    clip = {"id": "c", "duration": 10, "raters": {}, "ratings": {"anna": {"style": value}}}
    return {"format": FORMAT, "clips": [clip]}
