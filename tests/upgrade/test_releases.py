"""The data folder of each release starts on this version with all that was in it.

A release adds its own: see `tests.upgrade.make_fixture`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend_ml.cache import TurnsCache
from backend_ml.config import Config
from backend_ml.jobs.sqlite_queue import SqliteQueue
from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from plugins.audit.log import Log
from plugins.audit.verifying import verify
from tests.conftest import ROOT, start_up, stop_up
from vib.invocation import VIB
from vib.library import Library
from vib.prepared import installed, read_prepared

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.tar.xz"))


@dataclass(frozen=True)
class Opened:
    """A release's folder after this version opened it: what was expected, and what is told."""

    data: Path
    expected: dict[str, Any]
    told: dict[str, Any]


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack the data and the families of a release and return the data folder."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "data"


def expected_of(archive: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(archive.with_name(archive.name.replace(".tar.xz", ".json")).read_text())
    return content


@pytest.fixture(scope="session")
def open_release(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Opened]:
    """Return what opens a release, once."""

    @cache
    def opened(archive: Path) -> Opened:
        data = unpack(archive, tmp_path_factory.mktemp("release"))
        expected = archive.with_name(archive.name.replace(".tar.xz", ".json"))
        run = subprocess.run(
            [sys.executable, "-m", "tests.upgrade.inside_release", expected],
            cwd=ROOT,
            env={**os.environ, "VIB_DATA": str(data), "VIB_LANGUAGE": "en"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert run.returncode == 0, run.stderr[-3000:]
        return Opened(data, expected_of(archive), json.loads(run.stdout.strip().splitlines()[-1]))

    return opened


@pytest.fixture(params=RELEASES, ids=lambda archive: archive.name.removesuffix(".tar.xz"))
def release(request: pytest.FixtureRequest, open_release: Callable[[Path], Opened]) -> Opened:
    """Return each release in turn."""
    return open_release(request.param)


def test_there_is_a_release_to_open() -> None:
    assert RELEASES


def test_a_release_is_small_and_has_codes_drafts_rounds_and_refusals_in_it() -> None:
    for archive in RELEASES:
        expected = expected_of(archive)
        tasks = [task for project in expected["projects"].values() for task in project["tasks"].values()]
        assert archive.stat().st_size < 1_000_000
        assert sum(len(code["result"]) for task in tasks for code in task["codes"]) > 20
        assert any(task["drafts"] for seen in expected["seen"].values() for task in seen["tasks"].values() if task)
        assert {bool(held["opened"]) for held in expected["access"]["rounds"]} == {True, False}
        assert len(expected["corrections"]) > 3
        assert {job["state"] for job in expected["jobs"]} >= {"done", "failed"}


def test_every_code_and_every_turn_is_as_it_was_region_by_region(release: Opened) -> None:
    before, after = release.expected["projects"], release.told["projects"]
    assert after.keys() == before.keys()
    for title, project in before.items():
        assert after[title]["tasks"].keys() == project["tasks"].keys()
        for clip, task in project["tasks"].items():
            assert after[title]["tasks"][clip] == task, clip
        assert after[title] == project


def test_everybody_sees_what_they_saw_and_nothing_more_their_own_drafts_with_it(release: Opened) -> None:
    for email, saw in release.expected["seen"].items():
        assert release.told["seen"][email] == saw, email


def test_nobody_can_change_codes_of_others_nor_their_own_in_a_round_that_was_opened(release: Opened) -> None:
    changed = release.told["changed"]
    assert {email.split()[0] for email in changed} == set(release.expected["seen"])
    assert set(changed.values()) == {403, 404}


def test_accounts_roles_families_and_rounds_are_as_they_were(release: Opened) -> None:
    assert release.told["accounts"] == release.expected["accounts"]
    told = release.told["access"]
    # A round of a release before has no last day.
    rounds = [{name: said for name, said in one.items() if name != "until"} for one in told["rounds"]]
    assert [one["until"] for one in told["rounds"]] == [None] * len(rounds)
    assert {**told, "rounds": rounds} == release.expected["access"]
    assert release.told["prepared"]["accounts"] == []


def test_invitations_stand_as_they_did(release: Opened) -> None:
    def now(line: str) -> str:
        return line.replace("  open  ", "  expired  ") if line.split()[-1] < date.today().isoformat() else line

    assert release.told["invitations"] == [now(line) for line in release.expected["invitations"]]


def test_the_audit_log_is_whole_and_goes_on_from_its_last_line(release: Opened) -> None:
    before = release.expected["audit"]
    verdict = verify(Log(release.data), before["hash"])
    assert verdict.findings == ()
    assert verdict.last.number > before["lines"]


def test_what_was_learnt_from_and_what_was_learnt_is_still_used(release: Opened) -> None:
    learner = Learner(LearningSettings(learning=release.data / "learning", evidence=release.data / "evidence"))
    kept = [
        [one.source, one.clip, one.family, one.taken, [[turn.start, turn.end, turn.actor] for turn in one.turns]]
        for one in learner.corrections.corrections()
    ]
    assert sorted(kept) == sorted(release.expected["corrections"])
    for family, heads in release.expected["heads"].items():
        head, version = learner.head_for(family or None)
        assert version == heads["in_use"] != "shipped"
        assert np.abs(head.weights).max() > 0
        whose = learner.pseudonym(family or None)
        shown = [kept.version for kept in learner.heads.versions() if kept.family in (None, whose)]
        assert shown == [one["version"] for one in heads["versions"]]


def test_every_job_is_listed_as_it_was(release: Opened) -> None:
    data = release.data
    queue = SqliteQueue(Config(media_root=data / "media", cache=data / "turns", queue=data / "queue.sqlite3"))
    assert [job.model_dump(mode="json") for job in queue.listed()] == release.expected["jobs"]


def test_turns_that_were_kept_are_found(release: Opened) -> None:
    cache = TurnsCache(release.data / "turns")
    assert len(release.expected["turns"]) > 2
    for key, content in release.expected["turns"].items():
        kept = cache.get(key)
        assert kept is not None
        assert kept.content() == content


def test_which_recording_became_which_clip_project_and_task_is_known(release: Opened) -> None:
    library, before = Library(release.data / "library.sqlite3"), release.expected["library"]
    try:
        assert sorted(map(list, library.projects().items())) == before["projects"]
        for clip, family, source, size, sha256, duration in before["clips"]:
            entry = library.entry(clip)
            assert entry is not None
            known = [entry.id, entry.family, entry.source, entry.size, entry.sha256, entry.duration]
            assert known == [clip, family, source, size, sha256, duration]
        for project, _ in before["projects"]:
            assert library.registered(project) == {clip for of, clip, *_ in before["tasks"] if of == project}
    finally:
        library.close()


def test_the_folder_names_the_version_that_prepared_it(release: Opened) -> None:
    assert read_prepared(release.data) == installed()


def test_what_would_run_is_said_by_app_with_the_room_that_it_takes(release: Opened) -> None:
    plan = release.told["trials"]["plan"]
    assert plan["pending"]["vib_coding"] == ["0001_log"]
    assert plan["pending"]["vib_host"] == ["0001_made_with", "0002_preferences"]
    assert plan["pending"]["vib_agreement"] == ["0001_settling"]
    assert plan["pending"]["vib_talk"] == ["0001_talk"]
    assert plan["pending"]["vib_signin"] == ["0001_invitation", "0002_session_policy"]
    assert (plan["new"], plan["newer"], plan["problems"]) == (False, {}, [])
    assert plan["free"] > plan["needed"] > 2 * plan["size"] > 0


def test_a_migration_that_fails_leaves_the_database_and_a_copy_and_says_how_to_go_back(release: Opened) -> None:
    count = len(release.expected["invitations"])
    for tried in release.told["trials"]["failing"]:
        (copy,) = tried["copies"]
        assert "already exists" in tried["problem"]
        assert f"{VIB} upgrade --restore {copy}" in tried["problem"]
        assert (tried["invitations"], tried["copied"]) == (count, [count])


def test_after_a_failure_the_migrations_run_when_the_reason_is_gone(release: Opened) -> None:
    ran = release.told["trials"]["running"]
    assert ran["problem"] is None
    assert ran["invitations"] == 0
    # What failed had run the migrations of other apps: the copy that is kept is the one of before all of them.
    assert ran["copies"] == [ran["copy"]] == release.told["trials"]["failing"][0]["copies"]
    assert ran["copied"] == [len(release.expected["invitations"])]


def test_an_upgrade_that_stopped_half_way_goes_on_and_keeps_the_copy_of_before_it(release: Opened) -> None:
    stopped = release.told["trials"]["half-way"]
    assert stopped["problem"] is None
    assert stopped["copy"] == stopped["before"]
    assert stopped["kept"].count(stopped["before"]) == 1


def test_a_database_of_a_newer_version_is_refused_by_name(release: Opened) -> None:
    plan = release.told["trials"]["newer"]
    assert plan["newer"] == {"vib_signin": ["0999_of_the_future"]}
    (problem,) = plan["problems"]
    assert "newer version" in problem["en"]
    assert "vib_signin 0999_of_the_future" in problem["en"]
    assert "nieuwere versie" in problem["nl"]


@pytest.mark.nightly
@pytest.mark.parametrize("archive", RELEASES, ids=lambda archive: archive.name.removesuffix(".tar.xz"))
def test_a_release_starts_with_up_and_a_sync_of_the_same_families_makes_nothing_twice(
    archive: Path, tmp_path: Path
) -> None:
    data, expected = unpack(archive, tmp_path), expected_of(archive)
    server = start_up(data, "--no-demo")
    try:
        assert server.projects() == {title: project["id"] for title, project in expected["projects"].items()}
        listed = json.loads(server.vib("segment", "--status", "--json", check=False).stdout)["jobs"]
        assert listed == expected["jobs"]
        for words in (["--no-segment"], []):
            done = json.loads(server.vib("sync", tmp_path / "families", *words, "--json", check=False).stdout)
            assert [(project["added"], project["encoded"]) for project in done["projects"]] == [([], 0)] * 3, done
        for title, project in expected["projects"].items():
            tasks = {task["data"]["clip"]: task for task in server.tasks(project["id"])}
            numbers = {clip: task["id"] for clip, task in tasks.items()}
            assert numbers == {clip: task["id"] for clip, task in project["tasks"].items()}, title
            for clip, task in project["tasks"].items():
                assert sorted(code["id"] for code in tasks[clip]["annotations"]) == [c["id"] for c in task["codes"]]
                assert {turns["id"] for turns in task["turns"]} <= {one["id"] for one in tasks[clip]["predictions"]}
                versions = [one["model_version"] for one in tasks[clip]["predictions"]]
                assert len(versions) == len(set(versions)), clip
    finally:
        stop_up(server)
