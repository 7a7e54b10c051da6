"""What annotations say is read once a change, from memory or a file, and only for who asks for it by name."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from plugins.agreement.pages.read_once import DAYS, Asked, ReadOnce, Said
from tests.plugins.access.inside import World
from tests.plugins.agreement.pages.coded import inside, recode, regions
from vib.interface import timeline_of
from vib.problem import InputProblem
from vib.submitted import read_results


class Database:
    """Annotations by number, each with the moment of its last change; remembers which were asked for."""

    def __init__(self, **codes: Any) -> None:
        self.rows = {int(name[1:]): ("first", result) for name, result in codes.items()}
        self.asked: list[int] = []

    def fetch(self, numbers: Sequence[int]) -> Iterable[tuple[int, str, Any]]:
        self.asked += numbers
        return [(number, *self.rows[number]) for number in numbers if number in self.rows]

    def wanted(self, *numbers: int) -> list[Asked]:
        return [Asked(7, number, self.rows[number][0], 9.0) for number in numbers]


ONE, OTHER = (regions([("kind", start, start + 1.5)]) for start in (0.1, 3.3))


def described(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first = result[0]
    choice = {**first, "from_name": "tone", "type": "taxonomy", "value": {**first["value"], "taxonomy": [["a", "b"]]}}
    rated = {"id": "x", "from_name": "warm", "to_name": "audio", "type": "choices", "value": {"choices": ["4"]}}
    return [*result, choice, rated]


def said(found: dict[int, Said | InputProblem], number: int) -> Said:
    one = found[number]
    assert isinstance(one, Said)
    return one


def test_what_did_not_change_is_read_once_and_what_did_is_read_again(tmp_path: Path) -> None:
    base, once = Database(a1=ONE, a2=OTHER), ReadOnce(tmp_path / "kept")
    first = once.read(base.wanted(1, 2), base.fetch)
    assert said(first, 1).timeline == timeline_of(ONE, 9.0)
    again = once.read(base.wanted(1, 2), base.fetch)
    assert said(again, 1) is said(first, 1)
    assert base.asked == [1, 2]
    base.rows[2] = ("second", ONE)
    changed = once.read(base.wanted(1, 2), base.fetch)
    assert said(changed, 2).timeline == timeline_of(ONE, 9.0)
    assert base.asked == [1, 2, 2]


def test_another_process_finds_it_in_a_file_that_only_its_user_reads(tmp_path: Path) -> None:
    base, folder = Database(a1=described(ONE), a2=OTHER), tmp_path / "kept"
    read = ReadOnce(folder).read(base.wanted(1, 2), base.fetch)
    base.asked.clear()
    found = ReadOnce(folder).read(base.wanted(1, 2), base.fetch)
    assert base.asked == []
    assert (said(found, 1).timeline, said(found, 1).ratings) == (said(read, 1).timeline, {"warm": 4.0})
    assert said(found, 1).timeline.observations[0].attributes == {"tone": ("b",)}
    assert [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "7.json")] == ["0o700", "0o600"]


def test_who_asks_for_some_gets_these_and_no_others_whoever_asked_before(tmp_path: Path) -> None:
    base, once = Database(a1=ONE, a2=OTHER), ReadOnce(tmp_path / "kept")
    once.read(base.wanted(1, 2), base.fetch)
    assert once.read(base.wanted(2), base.fetch).keys() == {2}
    assert ReadOnce(tmp_path / "kept").read(base.wanted(1), base.fetch).keys() == {1}
    # What the query does not let through is not there, though it was asked for.
    assert ReadOnce(None).read(base.wanted(1), lambda numbers: []) == {}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"annotations": {"1": {}}}',
        '{"annotations": {"1": {"changed": "first", "duration": 9.0, "rows": [["t", "c", 8, 99, {}]], "ratings": {}}}}',
        '{"annotations": {"1": {"changed": "first", "duration": 9.0, "rows": [["t", "c", NaN, 1]], "ratings": {}}}}',
    ],
)
def test_a_file_that_is_broken_is_read_anew(tmp_path: Path, content: str) -> None:
    base, folder = Database(a1=ONE), tmp_path / "kept"
    folder.mkdir()
    (folder / "7.json").write_text(content, encoding="utf-8")
    assert said(ReadOnce(folder).read(base.wanted(1), base.fetch), 1).timeline == timeline_of(ONE, 9.0)
    assert base.asked == [1]
    assert json.loads((folder / "7.json").read_text(encoding="utf-8"))["annotations"].keys() == {"1"}


def test_a_folder_that_cannot_be_written_keeps_nobody_from_reading(tmp_path: Path) -> None:
    base, place = Database(a1=ONE), tmp_path / "kept"
    place.write_text("a file where the folder should be", encoding="utf-8")
    assert said(ReadOnce(place).read(base.wanted(1), base.fetch), 1).timeline == timeline_of(ONE, 9.0)


def test_what_cannot_be_read_is_said_and_not_kept(tmp_path: Path) -> None:
    base, once = Database(a1="no list", a2=ONE), ReadOnce(tmp_path / "kept")
    found = once.read(base.wanted(1, 2), base.fetch)
    assert isinstance(found[1], InputProblem)
    assert said(found, 2).timeline == timeline_of(ONE, 9.0)
    once.read(base.wanted(1, 2), base.fetch)
    assert base.asked == [1, 2, 1]


def test_codes_that_change_while_they_are_read_are_kept_as_what_they_are() -> None:
    base, once = Database(a1=ONE), ReadOnce(None)
    wanted = base.wanted(1)
    base.rows[1] = ("second", OTHER)
    assert said(once.read(wanted, base.fetch), 1).timeline == timeline_of(OTHER, 9.0)
    once.read(base.wanted(1), base.fetch)
    assert base.asked == [1]
    once.read(wanted, base.fetch)
    assert base.asked == [1, 1]


def test_memory_and_files_are_bounded_and_old_files_go(tmp_path: Path) -> None:
    base, folder = Database(**{f"a{number}": ONE for number in range(1, 6)}), tmp_path / "kept"
    small = ReadOnce(None, most_in_memory=3_000)
    small.read(base.wanted(1, 2, 3, 4, 5), base.fetch)
    base.asked.clear()
    small.read(base.wanted(5, 4), base.fetch)
    small.read(base.wanted(1), base.fetch)
    assert base.asked == [1]
    once = ReadOnce(folder, most_on_disk=1_000)
    for task in range(20):
        once.read([Asked(task, 1, "first", 9.0)], base.fetch)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 1_000
    long_ago = time.time() - (DAYS + 1) * 86_400
    os.utime(folder / "19.json", (long_ago, long_ago))
    once.read([Asked(20, 1, "first", 9.0)], base.fetch)
    assert not (folder / "19.json").exists()


def test_what_is_deleted_is_forgotten(tmp_path: Path) -> None:
    base, once = Database(a1=ONE), ReadOnce(tmp_path / "kept")
    once.read(base.wanted(1), base.fetch)
    once.forget(7)
    assert list((tmp_path / "kept").iterdir()) == []
    once.read(base.wanted(1), base.fetch)
    assert base.asked == [1, 1]


@inside
def test_a_page_that_is_asked_again_reads_no_codes_again_and_deleted_codes_are_kept_nowhere(world: World) -> None:
    from plugins.agreement.pages.once import once

    address = "/vib/agreement/round/ronde/clip/F-OEFEN/toren/"
    kept = once().folder
    assert kept is not None
    file = kept / f"{world.task('toren')}.json"
    with mock.patch("plugins.agreement.pages.read_once.read_results", wraps=read_results) as reading:
        shown = world.ask("opleider", "GET", address, by="session").text
        assert "anna" in shown
        first = reading.call_count
        world.ask("opleider", "GET", address, by="session")
        assert reading.call_count == first
        recode(world, "anna", "toren", [("kind", 1.0, 2.0)])
        world.ask("opleider", "GET", address, by="session")
        assert reading.call_count == first + 1
    assert str(world.code("anna", "toren")) in json.loads(file.read_text(encoding="utf-8"))["annotations"]
    world.made.codes["anna", "toren"].delete()
    assert not file.exists()


@inside
def test_who_may_see_less_is_shown_less_of_what_another_had_read(world: World) -> None:
    from plugins.agreement.pages.once import once

    address = f"/vib/agreement/project/{world.project('eigen')}/clip/F-EIGEN/bad/"
    assert "collega" in world.ask("collega", "GET", address, by="session").text
    kept = once().folder
    assert kept is not None
    assert (kept / f"{world.task('bad')}.json").exists()
    assert "collega" not in world.ask("begeleider", "GET", address, by="session").text
