"""An upgrade with migrations, by the commands that people type, on the folder of a release.

The same is tried within one process in `tests.upgrade.test_releases`, which is not nightly.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_vib, start_up, stop_up
from tests.upgrade.test_releases import RELEASES, unpack
from tests.waiting import until

pytestmark = pytest.mark.nightly

DATABASE = Path("label-studio") / "label_studio.sqlite3"
PENDING = {
    "vib_access": ["0002_round_due"],
    "vib_agreement": ["0001_settling"],
    "vib_coding": ["0001_log"],
    "vib_rounds": ["0001_reminder"],
    "vib_host": ["0001_made_with", "0002_preferences"],
    "vib_signin": ["0001_invitation", "0002_session_policy"],
    "vib_talk": ["0001_talk"],
}
TABLES = {
    "vib_signin_invitation",
    "vib_coding_work",
    "vib_coding_change",
    "vib_coding_submission",
    "vib_host_madewith",
    "vib_host_preferences",
    "vib_rounds_reminder",
    "vib_talk_remark",
    "vib_talk_reply",
    "vib_talk_look",
    "vib_agreement_settling",
}
"""Which those make, of what the release has not."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the data folder of the last release, as if an app had come since."""
    folder = unpack(RELEASES[-1], tmp_path)
    change(folder, "DELETE FROM django_migrations WHERE app = 'vib_signin'", "DROP TABLE vib_signin_invitation")
    return folder


def change(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        for statement in statements:
            database.execute(statement)


def tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def contents(data: Path) -> dict[str, str]:
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(data.rglob("*"))
    }


def copies(data: Path) -> list[str]:
    return sorted(about.parent.name for about in (data / "backups").glob("*/copy.json"))


def up(data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / "up", "--data", data, "--no-demo", "--port", "18997", "--ml-port", "18996"],
        capture_output=True,
        text=True,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        timeout=300,
        check=False,
    )


def test_check_says_what_would_change_in_text_and_json_and_changes_nothing(data: Path) -> None:
    before = contents(data)
    said = run_vib("upgrade", "--check", "--data", data)
    assert said.returncode == 0, said.stderr
    lines = {line[:22].strip(): line[22:].strip() for line in said.stdout.splitlines()}
    assert lines["data folder"] == str(data)
    assert (
        lines["migrations"] == "vib_access 0002_round_due; vib_agreement 0001_settling; vib_coding 0001_log; "
        "vib_host 0001_made_with, 0002_preferences; vib_rounds 0001_reminder; "
        "vib_signin 0001_invitation, 0002_session_policy; vib_talk 0001_talk"
    )
    assert lines["copy"].startswith("at most ")
    assert str(data / "backups") in lines["copy"]
    assert lines["files that change"] == "library.sqlite3 (facts.said, facts.task, refusal.clip, refusal.program)"
    assert lines["copies that there are"] == "none"
    told = run_vib("upgrade", "--check", "--json", "--data", data)
    content = json.loads(told.stdout)
    assert (content["pending"], content["newer"], content["problems"]) == (PENDING, {}, [])
    assert (content["server_runs"], content["copies"]) == (False, [])
    assert content["files"] == {"library.sqlite3": ["facts.said", "facts.task", "refusal.clip", "refusal.program"]}
    assert contents(data) == before


def test_up_upgrades_and_names_the_copy_and_the_way_back_leads_to_what_was_there(data: Path) -> None:
    before = tables(data / DATABASE)
    server = start_up(data, "--no-demo")
    try:
        (name,) = copies(data)
        assert any(line == f"the database of before: {data / 'backups' / name}" for line in server.said)
        assert server.api("GET", "/api/projects/").status_code == 200
        running = run_vib("upgrade", "--check", "--json", "--data", data)
        assert (running.returncode, json.loads(running.stdout)["server_runs"]) == (0, True)
        for words in ([], ["--restore", name]):
            refused = run_vib("upgrade", *words, "--data", data)
            assert (refused.returncode, refused.stdout) == (2, "")
            assert "stop it first" in refused.stderr
    finally:
        stop_up(server)
    assert tables(data / DATABASE) == before | TABLES
    for path in (data / "backups").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path

    back = run_vib("upgrade", "--restore", name, "--data", data)
    assert back.returncode == 0, back.stderr
    assert tables(data / DATABASE) == before
    again = run_vib("upgrade", "--json", "--data", data)
    assert json.loads(again.stdout)["migrated"] == PENDING
    assert tables(data / DATABASE) == before | TABLES


def test_a_folder_of_a_newer_version_is_refused_everywhere_and_stays_as_it_is(data: Path) -> None:
    change(data, "INSERT INTO django_migrations (app, name, applied) VALUES ('projects', '9999_later', datetime())")
    before = tables(data / DATABASE), (data / "prepared").read_bytes()
    for run in (up(data), run_vib("upgrade", "--data", data), run_vib("upgrade", "--check", "--data", data)):
        assert run.returncode == 1
        assert "newer version" in run.stderr
        assert "projects 9999_later" in run.stderr
        assert "Traceback" not in run.stderr
    assert (tables(data / DATABASE), (data / "prepared").read_bytes()) == before
    assert copies(data) == []


def test_a_folder_that_a_higher_version_prepared_is_refused(data: Path) -> None:
    note = {"version": "99.1.0", "label_studio": "1.23.2", "code": "0" * 64}
    (data / "prepared").write_text(json.dumps(note), encoding="utf-8")
    run = run_vib("upgrade", "--check", "--data", data)
    assert run.returncode == 1
    assert "99.1.0 (Label Studio 1.23.2)" in run.stdout
    assert "is of a newer version (99.1.0) than this one" in run.stderr


def test_an_upgrade_that_is_killed_once_the_copy_is_there_goes_on_when_it_runs_again(data: Path) -> None:
    before = tables(data / DATABASE)
    process = subprocess.Popen(
        [sys.executable, "-m", "plugins.host.prepare"],
        cwd=ROOT,
        env={**os.environ, "VIB_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: copies(data) or process.poll() is not None)
    finally:
        process.kill()
        process.wait()
    (first,) = copies(data)
    assert tables(data / "backups" / first / DATABASE) == before
    assert tables(data / DATABASE) >= before
    done = run_vib("upgrade", "--data", data)
    assert done.returncode == 0, done.stderr
    assert tables(data / DATABASE) == before | TABLES
    (kept,) = copies(data)
    assert tables(data / "backups" / kept / DATABASE) == before


def test_without_room_for_a_copy_nothing_is_changed(data: Path, tmp_path: Path) -> None:
    small = (
        f"mkdir {tmp_path}/small && mount -t tmpfs -o size=20m tmpfs {tmp_path}/small"
        f" && cp -a {data} {tmp_path}/small/ && {sys.executable} -m scripts.cli upgrade --data {tmp_path}/small/data;"
        f" code=$?; cp {tmp_path}/small/data/{DATABASE} {tmp_path}/after.sqlite3; ls {tmp_path}/small/data; exit $code"
    )
    run = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", small],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        check=False,
    )
    assert run.returncode == 1
    assert "too little room for a copy and the migrations" in run.stderr
    assert "backups" not in run.stdout.split()
    assert tables(tmp_path / "after.sqlite3") == tables(data / DATABASE)
