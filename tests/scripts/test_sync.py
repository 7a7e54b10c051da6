"""`vib sync`: by content, again without doubling, killed and gone on, and honest about bad files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from scripts.registering import Project, Projects
from scripts.server import connect
from tests.conftest import ROOT, Server, run_vib
from tests.scripts.conftest import FAMILY, record
from tests.waiting import until
from vib.clip_files import PICTURE, SOUND
from vib.library import Entry, Library, only_one
from vib.media import probe
from vib.methods import read_method
from vib.problem import InputProblem
from vib.project_key import ProjectDescription, ProjectKey
from vib.settings import Settings

MakeFamily = Callable[..., Path]
Recordings = Callable[[int], list[Path]]


def sync(server: Server, folder: Path, *options: str, code: int = 0) -> dict[str, Any]:
    """Run a sync without turns and return what it says in JSON."""
    run = server.vib("sync", folder, "--json", "--no-segment", *options, check=False)
    assert run.returncode == code, run.stdout + run.stderr
    said: dict[str, Any] = json.loads(run.stdout)
    return said


def clips(server: Server, title: str) -> Counter[str]:
    """Return how many tasks each clip of a project has."""
    return Counter(task["data"]["clip"] for task in server.tasks(server.projects()[title]))


def state(server: Server, folder: Path) -> tuple[list[Any], dict[str, tuple[int, int]]]:
    """Return a family's tasks and its files, with size and time."""
    media = server.data / "media" / folder.name
    files = {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in media.iterdir()}
    return [(t["id"], t["data"], t["updated_at"]) for t in server.tasks(server.projects()[folder.name])], files


def fill(folder: Path, paths: list[Path]) -> None:
    for path in paths:
        shutil.copy(path, folder)


def test_a_second_run_changes_nothing(server: Server, make_family: MakeFamily, recordings: Recordings) -> None:
    folder = make_family()
    fill(folder, recordings(3))
    assert len(sync(server, folder)["projects"][0]["added"]) == 3
    before = state(server, folder)
    assert sync(server, folder)["projects"][0]["added"] == []
    for path in folder.glob("*.mp4"):
        path.touch()
    assert sync(server, folder)["projects"][0]["added"] == []
    assert state(server, folder) == before


def test_of_a_family_with_one_more_clip_only_that_one_is_added(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder = make_family()
    fill(folder, recordings(3)[:2])
    sync(server, folder)
    _, before = state(server, folder)
    fill(folder, recordings(3)[2:])
    assert sync(server, folder)["projects"][0]["added"] == [f"{folder.name}/opname-002"]
    _, after = state(server, folder)
    assert before.items() < after.items()
    assert clips(server, folder.name) == Counter(f"{folder.name}/opname-{n:03d}" for n in range(3))


def test_a_task_leads_to_media_that_play(server: Server, make_family: MakeFamily, recordings: Recordings) -> None:
    folder = make_family()
    fill(folder, recordings(1))
    (folder / "opname-000.mp4").rename(folder / "een dag & 100% «thuis».mp4")
    sync(server, folder)
    [task] = server.tasks(server.projects()[folder.name])
    assert task["data"]["clip"] == f"{folder.name}/een dag & 100% «thuis»"
    for kind in ("video", "audio"):
        part = server.api("GET", task["data"][kind], headers={"Range": "bytes=0-99"})
        assert (part.status_code, len(part.content)) == (206, 100)


def made(media: Path) -> list[Path]:
    """Return the files of a family that are whole, and those that are being made."""
    return list(media.iterdir()) if media.is_dir() else []


@pytest.mark.waits
@pytest.mark.parametrize(
    ("count", "moments"), [(4, (1, 8)), pytest.param(12, (1, 7, 15, 24), marks=pytest.mark.nightly)]
)
def test_killed_at_any_moment_it_goes_on_and_nothing_is_double_or_lost(
    server: Server, make_family: MakeFamily, recordings: Recordings, count: int, moments: tuple[int, ...]
) -> None:
    folder = make_family()
    fill(folder, recordings(count))
    command = [
        sys.executable,
        "-m",
        "scripts.cli",
        "sync",
        str(folder),
        "--no-segment",
        "--data",
        str(server.data),
    ]
    media = server.data / "media" / folder.name
    killed = 0
    # Clips take shape at the first of these, and at the last they are being registered.
    for files in moments:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            until(lambda files=files, process=process: process.poll() is not None or len(made(media)) >= files)  # type: ignore[misc]
        finally:
            process.kill()
            killed += process.wait() == -signal.SIGKILL
    assert killed
    sync(server, folder)
    assert clips(server, folder.name) == Counter(f"{folder.name}/opname-{n:03d}" for n in range(count))
    assert {path for path in media.iterdir() if path.name.startswith(".")} == set()
    for ending in (PICTURE, SOUND):
        made_of = [path for path in media.iterdir() if path.name.endswith(ending)]
        assert [probe(path).duration > 0.9 for path in made_of] == [True] * count


@pytest.mark.nightly
@pytest.mark.waits
def test_killed_at_forty_moments_everything_is_there_once_in_the_end(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder, command = make_family(), [sys.executable, "-m", "scripts.cli", "sync", "--no-segment"]
    killed = 0
    for number, path in enumerate(recordings(40)):
        fill(folder, [path])
        process = subprocess.Popen(
            [*command, "--data", str(server.data), str(folder)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            # A run takes a few seconds; 7 and 40 have no divisor, so that no two moments are alike.
            process.wait(timeout=0.5 + 0.1 * (number * 7 % 40))
        except subprocess.TimeoutExpired:
            pass
        finally:
            process.kill()
            killed += process.wait() == -signal.SIGKILL
    assert killed > 20
    sync(server, folder)
    assert clips(server, folder.name) == Counter(f"{folder.name}/opname-{n:03d}" for n in range(40))
    media = list((server.data / "media" / folder.name).iterdir())
    assert [path.name for path in media if path.name.startswith(".")] == []
    assert sum(path.name.endswith(PICTURE) for path in media) == 40
    assert sync(server, folder)["projects"][0]["added"] == []


class ForgetfulLibrary(Library):
    """Is killed right after Label Studio has taken the tasks."""

    def put_tasks(self, key: str, tasks: Any) -> None:
        raise KeyboardInterrupt


def test_killed_between_the_import_and_its_note_nothing_is_double(server: Server) -> None:
    settings = Settings(data=server.data)
    client = connect(settings)
    project = Project(ProjectKey("family", "T-forget"), "T-forget", read_method("vib-pleegzorg"), "nl")
    entries = [Entry(f"T-forget/clip-{n}", "T-forget", "x.mp4", 1, 1, str(n), 2.0) for n in range(3)]
    library = ForgetfulLibrary(settings.data / "library.sqlite3")
    for entry in entries:
        library.put(entry)
    projects = Projects(client, library)
    number = projects.ensure(project)
    with pytest.raises(KeyboardInterrupt):
        projects.register(project, number, entries, {})
    assert len(server.tasks(number)) == 3
    remembering = Projects(client, Library(settings.data / "library.sqlite3"))
    assert remembering.ensure(project) == number
    assert remembering.register(project, number, entries, {}) == []
    assert len(server.tasks(number)) == 3


def test_killed_between_making_a_project_and_its_note_there_is_one_project(server: Server) -> None:
    settings = Settings(data=server.data)
    project = Project(ProjectKey("family", "T-once"), "T-once", read_method("vib-pleegzorg"), "nl")
    library = Library(settings.data / "library.sqlite3")
    first = Projects(connect(settings), library).ensure(project)
    library._connection.execute("DELETE FROM project WHERE key = ?", (str(project.key),))
    assert Projects(connect(settings), library).ensure(project) == first


def test_of_several_syncs_that_make_a_project_at_once_all_get_the_same(server: Server) -> None:
    key = ProjectKey("family", "T-atonce")
    asked = {"title": key.name, "description": str(ProjectDescription(key, "vib-pleegzorg"))}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: server.api("POST", "/api/projects/", json=asked), range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6, [answer.text for answer in answers]
    assert {answer.json()["id"] for answer in answers} == {server.projects()[key.name]}


def test_bad_recordings_are_reported_with_the_reason_and_do_not_stop_the_others(
    server: Server, make_family: MakeFamily, recordings: Recordings, tmp_path: Path
) -> None:
    folder = make_family()
    fill(folder, recordings(2))
    whole = record(tmp_path / "whole.mp4", seconds=6).read_bytes()
    (folder / "leeg.mp4").write_bytes(b"")
    (folder / "half.mp4").write_bytes(whole[: len(whole) // 3])
    (folder / "tekst.mov").write_text("geen video")
    outside = tmp_path / "buiten.mp4"
    outside.write_bytes(whole)
    (folder / "verwijzing.mp4").symlink_to(outside)
    for _ in range(2):
        said = sync(server, folder, code=2)
        assert {Path(p["place"]).name: p["en"].split(" (")[0] for p in said["problems"]} == {
            "leeg.mp4": "the file is empty",
            "half.mp4": "incomplete",
            "tekst.mov": "not a readable video or audio file",
            "verwijzing.mp4": "is not a file in this family's folder",
        }
    assert sorted(clips(server, folder.name)) == [f"{folder.name}/opname-00{n}" for n in range(2)]
    (folder / "leeg.mp4").write_bytes(whole)
    assert sync(server, folder, code=2)["projects"][0]["added"] == [f"{folder.name}/leeg"]


def test_a_recording_whose_content_was_replaced_is_not_taken_for_the_old_one(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder = make_family()
    fill(folder, recordings(1))
    sync(server, folder)
    before = state(server, folder)
    shutil.copy(recordings(2)[1], folder / "opname-000.mp4")
    said = sync(server, folder, code=2)
    assert "another name" in said["problems"][0]["en"]
    assert state(server, folder) == before
    # Else it would be looked for with other families.
    shutil.copy(recordings(1)[0], folder / "opname-000.mp4")


def test_a_clip_that_was_lost_from_the_media_folder_is_made_again(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder = make_family()
    fill(folder, recordings(1))
    sync(server, folder)
    clip = server.data / "media" / folder.name / "opname-000.mp4"
    clip.unlink()
    assert sync(server, folder)["projects"][0]["added"] == []
    assert clip.exists()


def test_with_its_library_lost_nothing_is_registered_twice(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder = make_family()
    fill(folder, recordings(2))
    sync(server, folder)
    library = Library(server.data / "library.sqlite3")
    library._connection.execute("DELETE FROM task WHERE project = ?", (f"family:{folder.name}",))
    library._connection.execute("DELETE FROM project WHERE key = ?", (f"family:{folder.name}",))
    assert sync(server, folder)["projects"][0]["added"] == []
    assert set(clips(server, folder.name).values()) == {1}


def test_the_same_recording_under_another_name_is_not_registered_twice(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder = make_family()
    fill(folder, recordings(1))
    shutil.copy(folder / "opname-000.mp4", folder / "opname-kopie.mp4")
    said = sync(server, folder, code=2)
    assert "the same recording as" in said["problems"][0]["en"]
    assert len(clips(server, folder.name)) == 1


def test_a_clip_without_sound_is_accepted_and_gets_no_turns(server: Server, make_family: MakeFamily) -> None:
    folder = make_family()
    record(folder / "stil.mp4", sound=False)
    run = server.vib("sync", folder, "--json")
    assert json.loads(run.stdout)["problems"] == []
    [task] = server.tasks(server.projects()[folder.name])
    assert [prediction["result"] for prediction in task["predictions"]] == [[]]


@pytest.mark.parametrize(
    ("before", "after", "line", "field"),
    [
        ("born: 2022-05", "born: mei", 5, "members[0].born"),
        ("language: nl", "language: fr", 3, "language"),
        ("until: 2099-02-20", "until: morgen", 6, "consent.until"),
        ("method: vib-pleegzorg", "methode: vib-pleegzorg", 2, "methode"),
        ("language: nl", "language: [", 5, ""),
    ],
)
def test_a_mistake_in_family_yaml_is_named_with_file_line_and_field(
    before: str, after: str, line: int, field: str, server: Server, make_family: MakeFamily
) -> None:
    folder = make_family(text=FAMILY.replace(before, after))
    run = server.vib("sync", folder, "--no-segment", check=False)
    assert run.returncode == 2
    assert f"{folder}/family.yaml:{line}" in run.stderr
    assert field in run.stderr
    assert "Traceback" not in run.stderr
    assert folder.name not in server.projects()


def test_with_a_method_that_is_off_nothing_is_registered_and_the_reason_is_said(
    server: Server, make_family: MakeFamily, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_family()
    monkeypatch.setenv("VIB_METHODS_OFF", "vib-pleegzorg")
    run = run_vib("sync", folder, "--no-segment", "--data", server.data)
    assert run.returncode == 2
    assert f"{folder}/family.yaml: method: vib-pleegzorg: this method is switched off here" in run.stderr
    assert folder.name not in server.projects()
    monkeypatch.setenv("VIB_METHODS_OFF", "vib-pleegsorg")
    assert "there is no method vib-pleegsorg" in run_vib("sync", folder, "--data", server.data).stderr


def test_without_consent_nothing_is_registered(server: Server, make_family: MakeFamily, recordings: Recordings) -> None:
    folder = make_family(text=FAMILY.replace("2099-02-20", "2026-03-20"))
    fill(folder, recordings(1))
    said = sync(server, folder, code=2)
    assert "consent ended on 2026-03-20" in said["problems"][0]["en"]
    assert not (server.data / "media" / folder.name).exists()


@pytest.mark.nightly
def test_what_was_withdrawn_is_played_by_nobody_from_the_next_sync(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder = make_family()
    fill(folder, recordings(1))
    sync(server, folder)
    address = f"/vib/media/{folder.name}/opname-000.mp4"
    assert server.api("GET", address).status_code == 200
    file = folder / "family.yaml"
    file.write_text(file.read_text().replace("[begeleiding, opleiding]", "[onderzoek]"))
    said = sync(server, folder)
    assert [one["remark"]["en"] for one in said["consent"]][:2] == [
        "guidance is no longer allowed: with 1 clip",
        "training is no longer allowed: with 1 clip",
    ]
    assert "left out: opname-000.mp4 (no consent for guidance or training" in said["left_out"][0]["en"]
    assert server.api("GET", address).status_code == 403
    file.write_text(file.read_text().replace("[onderzoek]", "[begeleiding]"))
    sync(server, folder)
    assert server.api("GET", address).status_code == 200


def test_two_folders_with_one_pseudonym_are_not_mixed(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    one, other = make_family(), make_family()
    (other / "family.yaml").write_text(FAMILY.format(family=one.name))
    for number, folder in enumerate((one, other)):
        shutil.copy(recordings(2)[number], folder / "opname.mp4")
    said = sync(server, one.parent, code=2)
    assert f"is the pseudonym of {one} already" in said["problems"][0]["en"]
    assert clips(server, one.name) == Counter([f"{one.name}/opname"])


def test_a_conversion_that_was_broken_off_is_tried_again(
    server: Server, make_family: MakeFamily, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_family()
    record(folder / "opname.mp4")
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        said = sync(server, folder, code=2)
        assert "broken off" in said["problems"][0]["en"]
    assert sync(server, folder)["projects"][0]["added"] == [f"{folder.name}/opname"]


def test_clips_are_for_their_owner_only(server: Server, make_family: MakeFamily, recordings: Recordings) -> None:
    folder = make_family()
    fill(folder, recordings(1))
    sync(server, folder)
    for path in (server.data, server.data / "media" / folder.name, *(server.data / "media" / folder.name).iterdir()):
        assert path.stat().st_mode & 0o077 == 0


def test_a_practice_set_takes_only_clips_that_may_be_used_in_training(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    free, closed = (
        make_family(),
        make_family(text=FAMILY.replace("[begeleiding, opleiding]", "[begeleiding]")),
    )
    fill(free, recordings(1))
    fill(closed, recordings(2)[1:])
    (free.parent / "set.practice.yaml").write_text(
        f"practice: set-{free.name}\ntitle: {{nl: Set {free.name}, en: Set}}\nmethod: vib-pleegzorg\nlanguage: nl\n"
        f"raters: 2\nclips: [{free.name}/opname-000, {closed.name}/opname-001]\n"
    )
    said = sync(server, free.parent, code=2)
    assert [p["en"].split(" (")[0] for p in said["problems"]] == ["no consent was given for use in training"]
    title = f"Set {free.name}"
    assert clips(server, title) == Counter([f"{free.name}/opname-000"])
    project = server.api("GET", f"/api/projects/{server.projects()[title]}").json()
    assert project["maximum_annotations"] == 2


def test_a_method_that_changes_is_refused_with_what_was_coded_and_else_changes_whole(
    server: Server, make_family: MakeFamily, recordings: Recordings
) -> None:
    folder, other = make_family(), FAMILY.replace("vib-pleegzorg", "pcit")
    fill(folder, recordings(1))
    sync(server, folder)
    number = server.projects()[folder.name]
    before = server.api("GET", f"/api/projects/{number}").json()
    (folder / "family.yaml").write_text(other.format(family=folder.name))
    assert sync(server, folder)["problems"] == []
    after = server.api("GET", f"/api/projects/{number}").json()
    assert "method: pcit," in after["description"]
    assert after["label_config"] != before["label_config"]
    [task] = server.tasks(number)
    kept = server.api("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": []})
    assert kept.status_code == 201, kept.text
    (folder / "family.yaml").write_text(FAMILY.format(family=folder.name))
    fill(folder, recordings(2)[1:])
    said = sync(server, folder, code=2)
    assert [(Path(p["place"]).name, p["en"].split(",")[0]) for p in said["problems"]] == [
        ("family.yaml: method", "there is coding with pcit already (1 codings")
    ]
    assert server.api("GET", f"/api/projects/{number}").json()["label_config"] == after["label_config"]
    assert len(server.tasks(number)) == 1


def test_two_runs_at_once_do_not_work_on_the_same_clips(server: Server, make_family: MakeFamily) -> None:
    with only_one(server.data), pytest.raises(InputProblem), only_one(server.data):
        pass
    with only_one(server.data):
        run = server.vib("sync", make_family(), check=False)
    assert run.returncode == 2
    assert "another one runs here" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nergens"], "there is no such folder"),
        (["/"], "there is no folder with a family.yaml here"),
        ([], "Missing argument"),
    ],
)
def test_the_commonest_mistakes_get_one_clear_line(server: Server, arguments: list[str], said: str) -> None:
    run = server.vib("sync", *arguments, check=False)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_without_a_server_it_says_how_to_start_one(tmp_path: Path, make_family: MakeFamily) -> None:
    run = run_vib("sync", make_family(), "--data", tmp_path / "nothing")
    assert run.returncode == 2
    assert "scripts/up" in run.stderr
