"""Recordings that turn up with another family: nobody of the wrong one sees the clip, and where asked it follows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Server
from tests.scripts.conftest import FAMILY
from tests.scripts.test_sync import clips, sync
from vib.library import LIBRARY, Library

MakeFamily = Callable[..., Path]
Recordings = Callable[[int], list[Path]]

TURN = {
    "id": "t1",
    "from_name": "beurten",
    "to_name": "audio",
    "type": "labels",
    "original_length": 1.0,
    "value": {"start": 0.1, "end": 0.5, "channel": 0, "labels": ["kind"]},
}


@pytest.fixture
def families(make_family: MakeFamily, recordings: Recordings, tmp_path: Path) -> tuple[Path, Path]:
    """Return two families, each with a recording of its own."""
    first, second = make_family(), make_family()
    for folder, path in zip((first, second), recordings(2), strict=True):
        old = Path(shutil.copy(path, folder))
        os.utime(old, (1, 1))
    return first, second


@contextmanager
def having(server: Server, *folders: Path) -> Iterator[None]:
    """Give the counsellor of the demo these families for a while."""
    email = server.account("counsellor")["email"]
    try:
        for folder in folders:
            server.vib("access", "grant", email, folder.name)
        yield
    finally:
        for folder in folders:
            server.vib("access", "revoke", email, folder.name, check=False)


def seen(server: Server, clip: str) -> tuple[int, bool]:
    """Return what the counsellor gets for the film of a clip, and whether a task of it is listed for them."""
    status = server.api("HEAD", f"/vib/media/{clip}.mp4", "counsellor").status_code
    family = clip.partition("/")[0]
    number = server.projects().get(family)
    listed = server.api("GET", f"/api/tasks?project={number}&fields=all&page_size=100", "counsellor").json()
    return status, any(task["data"]["clip"] == clip for task in listed.get("tasks", ()))


def code(server: Server, family: str) -> tuple[int, int]:
    """Have the counsellor code the one task of a family; return the task and the codes."""
    [task] = server.tasks(server.projects()[family])
    made = server.api(
        "POST", f"/api/tasks/{task['id']}/annotations/", "counsellor", json={"result": [], "lead_time": 1}
    )
    assert made.status_code == 201, made.text
    return task["id"], made.json()["id"]


def places(said: dict[str, Any]) -> list[str]:
    return [Path(problem["place"]).name for problem in said["problems"]]


def test_a_recording_that_moved_is_seen_by_nobody_of_the_wrong_family_and_follows_with_its_codes(
    server: Server, families: tuple[Path, Path]
) -> None:
    first, second = families
    sync(server, first.parent)
    before = f"{first.name}/opname-000"
    with having(server, first):
        task, annotation = code(server, first.name)
        assert seen(server, before) == (200, True)
        (first / "opname-000.mp4").rename(second / "opname-000.mp4")
        said = sync(server, first.parent, code=2)
        assert places(said) == ["opname-000.mp4"]
        assert f"is the recording of {before}; nobody sees that clip any more" in said["problems"][0]["en"]
        assert seen(server, before) == (404, False)
        assert server.api("GET", f"/api/annotations/{annotation}/", "counsellor").status_code == 404
        assert said["projects"][1]["clips"] == 1
        (second / "opname-000.mp4").rename(first / "opname-000.mp4")
        sync(server, first.parent)
        assert seen(server, before) == (200, True)
        (first / "opname-000.mp4").rename(second / "opname-000.mp4")
        said = sync(server, first.parent, "--apply")
        assert said["problems"] == []
        after = f"{second.name}/opname-000"
        assert seen(server, before) == (404, False)
        assert not (server.data / "media" / f"{before}.mp4").exists()
        assert clips(server, first.name) == {}
        with having(server, second):
            assert seen(server, after) == (200, True)
            found = server.api("GET", f"/api/annotations/{annotation}/", "counsellor").json()
            assert (found["task"], found["project"]) == (task, server.projects()[second.name])
    assert clips(server, second.name) == {after: 1, f"{second.name}/opname-001": 1}
    assert sync(server, first.parent)["problems"] == []


@pytest.mark.nightly
def test_a_family_by_another_pseudonym_goes_on_with_clips_codes_and_who_has_it(
    server: Server, families: tuple[Path, Path]
) -> None:
    first, _ = families
    sync(server, first.parent)
    number = server.projects()[first.name]
    other = f"{first.name}-b"
    with having(server, first):
        task, annotation = code(server, first.name)
        (first / "family.yaml").write_text(FAMILY.format(family=other))
        said = sync(server, first.parent, code=2)
        assert f"was {first.name} and is {other} now" in said["problems"][0]["en"]
        assert seen(server, f"{first.name}/opname-000") == (404, False)
        assert other not in server.projects()
        said = sync(server, first.parent, "--apply")
        assert said["problems"] == []
        assert server.projects()[other] == number
        assert seen(server, f"{other}/opname-000") == (200, True)
        assert server.api("GET", f"/api/annotations/{annotation}/", "counsellor").json()["task"] == task
        server.vib("access", "revoke", server.account("counsellor")["email"], other)
    assert clips(server, other) == {f"{other}/opname-000": 1}
    assert sync(server, first.parent)["projects"][0]["added"] == []


@pytest.mark.nightly
def test_two_recordings_that_changed_places_change_back_their_clips(
    server: Server, families: tuple[Path, Path]
) -> None:
    first, second = families
    (second / "opname-001.mp4").rename(second / "opname-000.mp4")
    sync(server, first.parent)
    held = first / "elders"
    (first / "opname-000.mp4").rename(held)
    (second / "opname-000.mp4").rename(first / "opname-000.mp4")
    held.rename(second / "opname-000.mp4")
    assert len(sync(server, first.parent, code=2)["problems"]) == 2
    assert sync(server, first.parent, "--apply")["problems"] == []
    for folder in (first, second):
        assert clips(server, folder.name) == {f"{folder.name}/opname-000 (2)": 1}
    assert sync(server, first.parent)["problems"] == []


@pytest.mark.nightly
def test_a_move_that_was_stopped_is_completed_by_the_next_run(
    server: Server, families: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = families
    sync(server, first.parent)
    (first / "opname-000.mp4").rename(second / "verder.mp4")
    before, after = f"{first.name}/opname-000", f"{second.name}/verder"
    library = Library(server.data / LIBRARY)
    with library.changing() as database:
        state = (second / "verder.mp4").stat()
        database.execute(
            "INSERT INTO move VALUES (?, ?, ?, ?, ?, 0)",
            (before, after, "verder.mp4", state.st_size, state.st_mtime_ns),
        )
    library.close()
    media = server.data / "media"
    (media / f"{before}.mp4").rename(media / f"{after}.mp4")
    assert sync(server, first.parent)["problems"] == []
    assert clips(server, second.name) == {after: 1, f"{second.name}/opname-001": 1}
    assert (media / f"{after}.m4a").exists()
