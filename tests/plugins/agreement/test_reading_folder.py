"""A folder of files of several kinds: what is read of it, what is put together and what is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from plugins.agreement.reading.folder import read_folder
from vib.problem import InputProblem

Rows = Sequence[tuple[float, float, str]]

HEAD = "clip,duration,rater,tier,code,start,end,rating,value\n"
XML = (
    '<View><Labels name="turn" toName="audio"><Label value="kind"/></Labels><Audio name="audio" value="$audio"/></View>'
)


def observations(path: Path, clip: str, raters: Mapping[str, Rows], *, duration: float = 40, **more: Any) -> Path:
    rows = {
        who: [{"tier": "turn", "code": code, "start": start, "end": end} for start, end, code in found]
        for who, found in raters.items()
    }
    clips = [{"id": clip, "duration": duration, "raters": rows, **more}]
    path.write_text(json.dumps({"format": "vib-observations/1", "clips": clips}), encoding="utf-8")
    return path


def export(path: Path, clip: str, user: str) -> Path:
    value = {"start": 1, "end": 3, "labels": ["kind"]}
    result = [{"id": "r", "from_name": "turn", "to_name": "audio", "type": "labels", "value": value}]
    annotation = {"id": 1, "completed_by": {"email": f"{user}@example.org"}, "result": result}
    task = {"id": 7, "data": {"clip": clip, "duration": 40}, "annotations": [annotation]}
    path.write_text(json.dumps([task]), encoding="utf-8")
    return path


def test_files_of_every_kind_are_read_and_put_together_by_clip(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "interface.xml").write_text(XML)
    observations(tmp_path / "anna.json", "meal", {"anna": [(1, 3, "kind")]})
    (tmp_path / "a" / "bram.CSV").write_text(HEAD + "meal,40,bram,turn,kind,1,3,,\nplay,20,bram,,,,,,\n")
    (tmp_path / "a" / "marks.csv").write_text(HEAD + "meal,,anna,,,,,warmth,4\n")
    export(tmp_path / "export.json", "meal", "carla")
    found = read_folder(tmp_path, interface=str(tmp_path / "interface.xml"))
    assert not found.left_out
    meal, play = found.clips
    assert (meal.clip, play.clip) == ("meal", "play")
    assert meal.raters == ("anna", "bram", "carla")
    assert meal.duration == 40
    assert meal.ratings == {"anna": {"warmth": 4.0}}


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    observations(tmp_path / "good.json", "meal", {"anna": [], "bram": []})
    (tmp_path / "broken.json").write_text('{"format": ')
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    found = read_folder(tmp_path)
    assert [clip.clip for clip in found.clips] == ["meal"]
    assert [Path(problem.place.split(":")[0]).name for problem in found.left_out] == ["broken.json", "sheet.xlsx"]
    assert [notice.en.startswith("left out: ") for notice in found.clips[0].noticed] == [True, True]
    assert "Excel" in found.clips[0].noticed[1].en


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"raters": {"anna": [(2, 3, "kind")]}}, r"'anna' stands for clip 'meal' in .*1\.json too"),
        ({"raters": {"bram": []}, "duration": 41}, r"lasts 41\.0 s here and 40\.0 s in .*1\.json"),
        ({"raters": {"bram": []}, "ratings": {"anna": {"warmth": 3}}}, r"'anna' stands for clip 'meal'"),
    ],
)
def test_what_contradicts_an_earlier_file_is_left_out_as_a_whole(
    tmp_path: Path, second: dict[str, Any], reason: str
) -> None:
    observations(tmp_path / "1.json", "meal", {"anna": []}, ratings={"anna": {"warmth": 4}})
    observations(tmp_path / "2.json", "meal", **second)
    found = read_folder(tmp_path)
    with pytest.raises(InputProblem, match=reason):
        raise found.left_out[0]
    assert found.clips[0].raters == ("anna",)
    assert found.clips[0].ratings == {"anna": {"warmth": 4.0}}


def test_hidden_files_links_and_other_files_are_passed_over(tmp_path: Path) -> None:
    inside, elsewhere = tmp_path / "codes", tmp_path / "elsewhere"
    (inside / ".git").mkdir(parents=True)
    elsewhere.mkdir()
    observations(inside / "anna.json", "meal", {"anna": []})
    observations(inside / ".git" / "hidden.json", "other", {"anna": []})
    (inside / "link.json").symlink_to(observations(elsewhere / "x.json", "elsewhere", {"anna": []}))
    (inside / "round").symlink_to(inside)
    (inside / "video.mp4").write_bytes(b"\0")
    found = read_folder(inside)
    assert [clip.clip for clip in found.clips] == ["meal"]
    assert not found.left_out


def test_a_folder_without_codes_says_what_could_be_in_it(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"no file of codes in this folder \(\.json, \.csv"):
        read_folder(tmp_path)
    (tmp_path / "only.csv").write_text("what,ever\n")
    with pytest.raises(InputProblem, match=r"only\.csv"):
        read_folder(tmp_path)


def test_options_for_exports_are_refused_where_there_is_none(tmp_path: Path) -> None:
    observations(tmp_path / "anna.json", "meal", {"anna": []})
    with pytest.raises(InputProblem, match=r"--fps: .*none in this folder"):
        read_folder(tmp_path, fps=25)


def test_the_answer_does_not_depend_on_how_the_disk_lists_files(tmp_path: Path) -> None:
    """Of two files that contradict each other the first by name stands, whichever was written first."""
    observations(tmp_path / "b.json", "meal", {"anna": [(1, 2, "kind")]})
    observations(tmp_path / "a.json", "meal", {"anna": []})
    assert len(read_folder(tmp_path).clips[0].timelines["anna"]) == 0
