"""What lies in a folder: every film counts, and nothing is left out in silence."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from vib.family import ClipEntry, Family
from vib.media import is_film
from vib.problem import InputProblem
from vib.recordings import LeftOut, clip_entries, family_folders, folder_of

FAMILY = Family.model_validate(
    {
        "family": "F-1",
        "method": "vib-pleegzorg",
        "language": "nl",
        "members": [{"id": "kind", "role": "kind"}],
    }
)


def listing(*files: str) -> Family:
    """Return a family whose family.yaml lists clips."""
    return FAMILY.model_copy(update={"clips": tuple(ClipEntry(file=file) for file in files)})


def family(folder: Path, name: str = "family.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("family: F-1\n", encoding="utf-8")
    return folder


def found(folder: Path, who: Family = FAMILY) -> tuple[list[str], list[str], list[str]]:
    """Return the recordings, what is wrong, and what is left out, as it is said without the folder."""
    every = [*clip_entries(folder, who, is_film)]
    problems = [one for one in every if isinstance(one, InputProblem)]
    said = [(isinstance(one, LeftOut), one.message("en").removeprefix(str(folder)).lstrip("/: ")) for one in problems]
    return (
        [one.file for one in every if isinstance(one, ClipEntry)],
        [text for left, text in said if not left],
        [text for left, text in said if left],
    )


def film(path: Path) -> Path:
    source = "testsrc2=size=64x48:rate=5:duration=0.4"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-f", "mp4", path], check=True)
    return path


def test_the_folders_of_families_are_those_with_a_family_yaml(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="there is no such file or folder"):
        [*family_folders(tmp_path / "gone")]
    (tmp_path / ".git").mkdir()
    with pytest.raises(InputProblem, match=r"no folder with a family\.yaml here"):
        [*family_folders(tmp_path)]
    two, one = family(tmp_path / "b"), family(tmp_path / "a")
    assert [*family_folders(tmp_path)] == [one, two]
    assert [*family_folders(one)] == [one]


def test_what_lies_beside_the_families_is_named_with_what_to_do(tmp_path: Path) -> None:
    one = family(tmp_path / "a")
    (tmp_path / "oud").mkdir()
    (tmp_path / "los.mp4").touch()
    (tmp_path / "oefenen.practice.yml").touch()
    family(tmp_path / "b", "family.yml")
    family(tmp_path / "c", "Family.yaml.txt")
    (tmp_path / "kring").symlink_to(tmp_path / "kring")
    first, *rest = family_folders(tmp_path)
    assert first == one
    said = [(isinstance(one, LeftOut), str(one).removeprefix(f"{tmp_path}")) for one in rest]
    assert said == [
        (False, "/b/family.yml: is not read; call this file family.yaml"),
        (False, "/c/Family.yaml.txt: is not read; call this file family.yaml"),
        (False, "/kring: this link leads nowhere; put the folder itself here, or take it away"),
        (False, "/oefenen.practice.yml: is not read; call this file oefenen.practice.yaml"),
        (True, ": left out: oud (no folder with a family.yaml; make one, or name the folder of family folders itself)"),
        (True, ": left out: los.mp4 (lies beside the families; put it into one)"),
    ]


def test_one_family_whose_yaml_has_another_name_is_told_which_it_should_have(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"family\.yml: is not read; call this file family\.yaml"):
        [*family_folders(family(tmp_path, "family.yml"))]


def test_without_clips_every_film_in_the_folder_is_one_and_the_rest_is_named(tmp_path: Path) -> None:
    family(tmp_path)
    for name in (
        "b.MP4",
        "a.mov",
        ".hidden.mp4",
        "._a.mov",
        ".DS_Store",
        "notes.txt",
        "c.m4a",
        "GX01.LRV",
        "-d: x.mkv",
    ):
        (tmp_path / name).touch()
    (tmp_path / "map").mkdir()
    film(tmp_path / "camera.xyz")
    film(tmp_path / "zonder")
    recordings, wrong, left_out = found(tmp_path)
    assert recordings == ["-d: x.mkv", "a.mov", "b.MP4", "camera.xyz", "zonder"]
    assert wrong == []
    assert [text.split(" (")[0] for text in left_out] == [
        "left out: .hidden.mp4",
        "left out: GX01.LRV",
        "left out: c.m4a, notes.txt",
        "left out: map",
    ]


def test_what_did_not_arrive_whole_is_a_problem(tmp_path: Path) -> None:
    for name in (".buiten.mov.icloud", "stil.mp4.crdownload"):
        (tmp_path / name).touch()
    recordings, wrong, left_out = found(tmp_path)
    assert (recordings, left_out) == ([], [])
    assert [text.split(";")[0] for text in wrong] == [
        ".buiten.mov.icloud: this recording is still in iCloud",
        "stil.mp4.crdownload: is not there whole yet",
    ]


def test_of_many_that_are_left_out_some_are_named_and_the_rest_is_counted(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"foto-{number}.jpg").touch()
    names = ", ".join(f"foto-{number}.jpg" for number in range(5))
    assert found(tmp_path)[2] == [f"left out: {names} and 4 more (no film)"]


def test_with_clips_no_other_video_is_one_and_that_is_said(tmp_path: Path) -> None:
    for name in ("private.mp4", "a.mp4", "notes.txt"):
        (tmp_path / name).touch()
    listed, nothing = listing("a.mp4", "b.mp4"), listing()
    assert found(tmp_path, listed) == (
        ["a.mp4", "b.mp4"],
        [],
        ["left out: private.mp4 (is not among the clips in family.yaml)"],
    )
    assert found(tmp_path, nothing)[:2] == ([], [])


@pytest.mark.parametrize("name", ["a" * 200 + ".mp4", "two\nlines.mp4", "back\\slash.mp4", "\udcff.mp4"], ids=ascii)
def test_a_video_with_an_impossible_name_is_a_problem_of_the_user(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    recordings, [problem], left_out = found(tmp_path)
    assert (recordings, left_out) == ([], [])
    assert "this name cannot be used" in problem


def test_a_folder_that_is_not_there_any_more_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="there is no such file or folder"):
        found(tmp_path / "weg")


def test_the_folder_of_a_family_is_that_of_its_name_or_the_one_whose_file_says_so(tmp_path: Path) -> None:
    text = json.dumps(FAMILY.model_dump(mode="json", exclude_none=True))
    for name in ("at-the-lake", "F-2", "broken"):
        family(tmp_path / name)
    (tmp_path / "at-the-lake/family.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "F-2/family.yaml").write_text(text.replace("F-1", "F-2"), encoding="utf-8")
    assert folder_of(tmp_path, "F-1") == tmp_path / "at-the-lake"
    assert folder_of(tmp_path, "F-2") == tmp_path / "F-2"
    assert folder_of(tmp_path, "F-3") is None
    assert folder_of(tmp_path / "gone", "F-1") is None
