"""`vib segment`: files, and the clips of a project through a real ML backend with its queue and worker."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
import typer
from typer.testing import CliRunner

from backend_ml.learning.settings import LearningSettings
from scripts.backend import Backend, backend_secret, connect_backend, kept_secret
from scripts.segment import segment_app
from scripts.server import connect
from tests.backend_ml.ml_material import learnt
from tests.conftest import ROOT, Server, run_vib
from tests.listening import listening
from tests.scripts.conftest import record
from tests.waiting import until
from vib.library import Entry, Library
from vib.project_key import ProjectKey
from vib.settings import Settings

MakeFamily = Callable[..., Path]
SPEECH = ROOT / "demo" / "families" / "F-0001" / "2026-03-01-maaltijd.mp4"


def app_with_train() -> tuple[typer.Typer, list[Any]]:
    app, said = typer.Typer(), []
    group = segment_app()

    @group.command("train")
    def train(fast: bool = False) -> None:
        said.append(fast)

    app.add_typer(group, name="segment")
    app.command("other")(lambda: None)
    return app, said


class TestTheCommandLine:
    def test_a_first_word_that_is_a_command_is_run_and_any_other_is_a_file(self, tmp_path: Path) -> None:
        app, said = app_with_train()
        assert CliRunner().invoke(app, ["segment", "train", "--fast"]).exit_code == 0
        assert said == [True]
        missing = CliRunner().invoke(app, ["segment", str(tmp_path / "train"), "--json"])
        assert missing.exit_code != 0
        assert said == [True]

    def test_help_names_files_options_and_commands(self) -> None:
        app, _ = app_with_train()
        shown = CliRunner().invoke(app, ["segment", "--help"])
        assert shown.exit_code == 0
        for part in ("files", "--project", "--family", "--no-wait", "--status", "--retry", "train"):
            assert part in shown.output, part

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["--status", "--retry"],
            ["--status", "a.mp4"],
            ["--project", "1", "a.mp4"],
            ["--retry", "a.mp4"],
            ["--family", "F-0001", "--project", "1"],
            ["--family", "F-0001", "--status"],
        ],
    )
    def test_what_does_not_go_together_is_refused(self, arguments: list[str]) -> None:
        run = run_vib("segment", *arguments)
        assert run.returncode == 2, run.stdout + run.stderr
        assert run.stderr.count("\n") == 1

    def test_a_file_is_shown_and_one_that_cannot_be_read_is_reported(self, tmp_path: Path) -> None:
        (tmp_path / "leeg.mp4").write_bytes(b"")
        run = run_vib("segment", SPEECH, tmp_path / "leeg.mp4", "--json")
        assert run.returncode == 2
        assert "leeg.mp4" in run.stderr
        (line,) = run.stdout.splitlines()
        assert len(json.loads(line)["turns"]) > 5

    def test_what_was_seen_is_told_below_the_turns(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VIB_ML_SIGHT", "true")
        shots = [f"-f lavfi -t 6 -i {source}=s=320x180:r=25".split() for source in ("testsrc2", "color", "testsrc2")]
        film = tmp_path / "a.mp4"
        inputs = [word for shot in shots for word in shot]
        subprocess.run(["ffmpeg", "-v", "error", *inputs, "-filter_complex", "concat=n=3", str(film)], check=True)
        told = "picture: a face from the front for 0% of the time; stands still 0:06.5-0:12.0; "
        assert told + "another shot from 0:06.0, 0:12.0\n" in run_vib("segment", film).stdout
        seen = json.loads(run_vib("segment", film, "--json").stdout)["seen"]
        assert seen == {"seconds": 18.0, "face": 0.0, "still": [[6.5, 12.0]], "cuts": [6.0, 12.0]}


class TestTheSecret:
    def test_is_made_once_kept_for_its_owner_and_used_by_commands(self, tmp_path: Path) -> None:
        settings = Settings(data=tmp_path, ml_secret=None)
        assert backend_secret(settings) is None
        made = kept_secret(settings)
        assert len(made) == 64
        assert kept_secret(settings) == backend_secret(settings) == made
        assert stat.S_IMODE((tmp_path / "ml.secret").stat().st_mode) == 0o600

    def test_of_the_settings_comes_first(self, tmp_path: Path) -> None:
        (tmp_path / "ml.secret").write_text("kept", encoding="utf-8")
        assert kept_secret(Settings(data=tmp_path, ml_secret="given")) == "given"  # noqa: S106 - of the test


class TestTheLibrary:
    def test_knows_which_clips_have_no_turns_or_those_of_another_version(self, tmp_path: Path) -> None:
        library, family = Library(tmp_path / "library.sqlite3"), ProjectKey("family", "T")
        library.put_project(family, 7)
        for number, clip in enumerate(("T/a", "T/b", "T/c"), start=1):
            library.put(Entry(clip, "T", "a.mp4", 1, 1, clip))
            library.put_tasks(family, [(clip, number)])
        library.put_turns(1, "v1")
        library.put_turns(2, "v2")
        assert library.without_turns(7) == [("T/c", 3)]
        assert library.without_turns(7, "v2") == [("T/a", 1), ("T/c", 3)]

    def test_knows_whose_project_it_is(self, tmp_path: Path) -> None:
        library = Library(tmp_path / "library.sqlite3")
        library.put_project(ProjectKey("family", "T-1"), 7)
        library.put_project(ProjectKey("practice", "T-1"), 8)
        assert [library.family(number) for number in (7, 8, 9)] == ["T-1", None, None]


def synced(server: Server, folder: Path) -> int:
    """Register a family without turns; return its project."""
    run = server.vib("sync", folder, "--json", "--no-segment")
    return int(json.loads(run.stdout)["projects"][0]["number"])


def status(server: Server, project: int) -> tuple[int, dict[str, Any]]:
    run = server.vib("segment", "--status", "--project", str(project), "--json", check=False)
    return run.returncode, json.loads(run.stdout)


def test_the_clips_of_a_project_get_their_turns_once(server: Server, make_family: MakeFamily) -> None:
    folder = make_family()
    record(folder / "een.mp4", tone=310)
    (folder / "twee.mp4").write_bytes(SPEECH.read_bytes())
    project = synced(server, folder)
    first = server.vib("segment", "--project", str(project), "--json")
    said = json.loads(first.stdout)
    assert set(said["turns"]) == {f"{folder.name}/een", f"{folder.name}/twee"}
    assert said["turns"][f"{folder.name}/twee"] > 5
    tasks = server.tasks(project)
    assert [len(task["predictions"]) for task in tasks] == [1, 1]
    again = server.vib("segment", "--project", str(project))
    assert "had turns already" in again.stdout
    assert [task["predictions"] for task in server.tasks(project)] == [task["predictions"] for task in tasks]
    code, shown = status(server, project)
    assert (code, shown["counts"]["done"]) == (0, 2)


def test_a_family_with_a_head_of_its_own_is_cut_with_it_until_that_is_forgotten(
    server: Server, make_family: MakeFamily
) -> None:
    folder = make_family()
    (folder / "een.mp4").write_bytes(SPEECH.read_bytes() + b"\0" * 32)
    project = synced(server, folder)
    settings = LearningSettings(learning=server.data / "learning", evidence=server.data / "evidence")

    def cut() -> tuple[str, str, set[str]]:
        """Return the version that the project shows, that of which Label Studio knows, and who acts."""
        server.vib("segment", "--project", str(project))
        shown = server.api("GET", f"/api/projects/{project}").json()["model_version"]
        server.api("GET", f"/api/tasks?project={project}")
        (model,) = server.api("GET", f"/api/ml?project={project}").json()
        (task,) = server.tasks(project)
        (found,) = (one for one in task["predictions"] if one["model_version"] == shown)
        return shown, model["model_version"], {region["value"]["labels"][0] for region in found["result"]}

    everybody, known, actors = cut()
    assert (known, "volwassene" in actors) == (everybody, True)
    own = learnt(folder.name, settings)
    assert cut() == (f"{everybody}+{own}", f"{everybody}+{own}", {"kind"})
    assert "had turns already" in server.vib("segment", "--project", str(project)).stdout
    files = [json.loads(server.vib("segment", SPEECH, "--json", *of).stdout) for of in ([], ["--family", folder.name])]
    assert [found["model_version"] for found in files] == [everybody, f"{everybody}+{own}"]
    server.vib("segment", "forget", "--family", folder.name)
    assert cut() == (everybody, everybody, actors)


class Asked(BaseHTTPRequestHandler):
    """A backend that says it is up, and keeps who asked."""

    logins: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.logins.append(b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode())
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"status": "UP", "model_version": "v"}')

    do_POST = do_GET

    def log_message(self, *_: Any) -> None:
        pass


def test_a_secret_that_changed_reaches_label_studio(server: Server, make_family: MakeFamily) -> None:
    folder = make_family()
    record(folder / "een.mp4", tone=340)
    project = synced(server, folder)
    try:
        with listening(Asked) as address:
            for secret in ("first", "second"):
                settings = Settings(data=server.data, ml_url=address, ml_secret=secret)
                Asked.logins.clear()
                connect_backend(connect(settings), project, Backend(settings))
                assert Asked.logins[-1] == f"vib:{secret}"
    finally:
        ours = Settings(data=server.data, ml_url=server.ml_url, ml_secret=backend_secret(Settings(data=server.data)))
        connect_backend(connect(ours), project, Backend(ours))


@pytest.mark.waits
def test_asking_without_waiting_leaves_the_work_to_the_worker(server: Server, make_family: MakeFamily) -> None:
    folder = make_family()
    record(folder / "een.mp4", tone=320)
    project = synced(server, folder)
    run = server.vib("segment", "--project", str(project), "--no-wait")
    assert "1 clips in the queue" in run.stdout
    later = server.vib("segment", "--project", str(project), "--json")
    assert list(json.loads(later.stdout)["turns"]) == [f"{folder.name}/een"]
    assert [len(task["predictions"]) for task in server.tasks(project)] == [1]


@pytest.mark.waits
def test_a_wait_that_was_killed_loses_and_doubles_nothing(server: Server, make_family: MakeFamily) -> None:
    folder = make_family()
    (folder / "een.mp4").write_bytes(SPEECH.read_bytes() + b"\0" * 64)
    project = synced(server, folder)
    arguments = ["segment", "--project", str(project), "--data", str(server.data)]
    process = subprocess.Popen([sys.executable, "-m", "scripts.cli", *arguments], cwd=ROOT, stderr=subprocess.DEVNULL)
    queue = sqlite3.connect(server.data / "queue.sqlite3")

    def asked() -> bool:
        assert process.poll() is None
        return queue.execute("SELECT 1 FROM destinations WHERE project = ?", (project,)).fetchone() is not None

    try:
        until(asked)
    finally:
        process.kill()
        process.wait()
    run = server.vib("segment", "--project", str(project), "--json")
    assert list(json.loads(run.stdout)["turns"]) == [f"{folder.name}/een"]
    assert [len(task["predictions"]) for task in server.tasks(project)] == [1]


def test_a_clip_that_cannot_be_read_is_reported_and_can_be_tried_again(server: Server, make_family: MakeFamily) -> None:
    folder = make_family()
    record(folder / "een.mp4", tone=330)
    project = synced(server, folder)
    sound = server.data / "media" / folder.name / "een.m4a"
    whole = sound.read_bytes()
    sound.write_bytes(b"no sound at all")
    failed = server.vib("segment", "--project", str(project), check=False)
    assert failed.returncode == 2
    assert f"{folder.name}/een" in failed.stderr
    code, shown = status(server, project)
    assert (code, shown["counts"]["failed"]) == (1, 1)
    assert shown["jobs"][0]["reason"]["en"]
    assert str(server.data) not in json.dumps(shown)
    # The very same file: what failed is not tried again by itself.
    assert server.vib("segment", "--project", str(project), check=False).returncode == 2
    sound.write_bytes(whole)
    again = server.vib("segment", "--project", str(project), "--retry")
    assert re.search(rf"{folder.name}/een: \d+ turns", again.stdout)
    assert status(server, project)[0] == 0


def test_a_project_that_sync_did_not_make_is_refused(server: Server) -> None:
    run = server.vib("segment", "--project", "99999", check=False)
    assert run.returncode == 2
    assert "was not made by vib sync" in run.stderr


def test_the_backend_asks_for_the_secret_that_up_made(server: Server) -> None:
    secret = (server.data / "ml.secret").read_text(encoding="utf-8").strip()
    assert httpx.get(f"{server.ml_url}/jobs").status_code == 401
    assert httpx.get(f"{server.ml_url}/jobs", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    pushed = httpx.post(f"{server.url}/vib/turns/results", json={}, headers={"Authorization": "Bearer other"})
    assert pushed.status_code == 401
    logs = b"".join(path.read_bytes() for path in (server.data / "logs").iterdir())
    assert secret.encode() not in logs


def test_a_backend_that_is_not_there_gets_one_line(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "scripts.cli", "segment", "--status", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "VIB_LANGUAGE": "en", "VIB_ML_URL": "http://127.0.0.1:9"},
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "does not answer" in run.stderr
