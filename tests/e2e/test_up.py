"""`scripts/up`: starts all of it, again without doubling, and stops without a trace."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Server, start_up, stop_up, wait_until_gone
from tests.small_disk import on_a_small_disk


def descendants(number: int) -> list[int]:
    """Return all processes that a process started, and that those started."""
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    below = [int(child) for child in children]
    return below + [further for child in below for further in descendants(child)]


def up(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / "up", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        timeout=120,
        check=False,
    )


def counts(server: Server) -> dict[str, int]:
    users = server.api("GET", "/api/users/").json()
    return {"users": len(users), **{title: len(server.tasks(n)) for title, n in server.projects().items()}}


def test_a_second_start_doubles_nothing_and_ctrl_c_leaves_no_process(prepared: Path) -> None:
    first = start_up(prepared)
    before = counts(first)
    logins = (prepared / "logins.json").read_bytes()
    processes = [first.process.pid, *descendants(first.process.pid)]
    assert len(processes) >= 5
    stop_up(first)
    assert wait_until_gone(processes) == []

    second = start_up(prepared, port=int(first.url.rpartition(":")[2]))
    try:
        assert counts(second) == before
        assert (prepared / "logins.json").read_bytes() == logins
    finally:
        stop_up(second)


def test_a_start_that_ignored_ctrl_c_is_still_stopped_by_it(prepared: Path) -> None:
    """A script that starts something with & hands it an ignored SIGINT."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        server = start_up(prepared, "--no-demo")
    finally:
        signal.signal(signal.SIGINT, before)
    processes = [server.process.pid, *descendants(server.process.pid)]
    stop_up(server)
    assert wait_until_gone(processes) == []


def test_killing_it_leaves_no_process(prepared: Path) -> None:
    server = start_up(prepared, "--no-demo")
    processes = descendants(server.process.pid)
    assert processes
    server.process.kill()
    server.process.wait()
    assert wait_until_gone(processes, 20) == []


def test_logins_are_readable_by_their_owner_only_and_have_every_role(server: Server) -> None:
    path = server.data / "logins.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["url"] == server.url
    roles = [account["role"] for account in content["accounts"]]
    assert sorted(set(roles)) == ["administrator", "counsellor", "service", "supervisor", "trainee"]
    assert roles.count("trainee") >= 2
    for account in content["accounts"]:
        who = server.api("GET", "/api/current-user/whoami", account["role"]).json()
        assert who["email"].endswith("@vib.example")


def test_passwords_are_shown_when_made_and_kept_out_of_the_logs(server: Server) -> None:
    content = json.loads((server.data / "logins.json").read_text(encoding="utf-8"))
    logs = b"".join(path.read_bytes() for path in (server.data / "logs").iterdir())
    for account in content["accounts"]:
        assert account["token"].encode() not in logs
        if account["role"] == "service":
            assert account["password"] == ""
        else:
            assert account["password"].encode() not in logs


def test_the_demo_families_and_the_practice_set_are_there_with_turns(server: Server) -> None:
    projects = server.projects()
    assert {"F-0001", "F-0002", "Oefenset 1"} <= set(projects)
    for title in ("F-0001", "F-0002", "Oefenset 1"):
        tasks = server.tasks(projects[title])
        assert len(tasks) == 2
        assert all(task["predictions"][0]["result"] for task in tasks)


@pytest.mark.parametrize("option", ["--port", "--ml-port"])
def test_a_taken_port_gets_one_line(option: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = up("--data", str(tmp_path / "data"), option, str(taken.getsockname()[1]))
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert option in run.stderr
    assert "not free" in run.stderr


def test_an_unusable_data_folder_gets_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    run = up("--data", str(file / "data"))
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert str(file) in run.stderr


def test_a_full_disk_gets_one_line(tmp_path: Path) -> None:
    run = subprocess.run(
        on_a_small_disk(tmp_path, 8, "scripts/up", "--data", tmp_path / "data"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        timeout=60,
        check=False,
    )
    assert run.returncode == 2, run.stderr
    assert run.stderr.count("\n") == 1
    assert "too little room" in run.stderr


def test_the_same_data_cannot_be_served_twice(server: Server) -> None:
    run = up("--data", str(server.data), "--port", "18999", "--ml-port", "18998")
    assert run.returncode == 2
    assert "another one runs here" in run.stderr


def test_nothing_is_written_in_the_home_folder(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    stop_up(start_up(prepared))
    assert list(home.rglob("*")) == []


def test_a_worker_that_dies_is_started_again_and_the_servers_go_on(prepared: Path) -> None:
    server = start_up(prepared, "--no-demo")
    try:
        [worker] = workers(server.process.pid)
        os.kill(worker, signal.SIGKILL)
        end = time.monotonic() + 60
        while workers(server.process.pid) in ([], [worker]):
            assert time.monotonic() < end
            time.sleep(0.2)
        assert server.api("GET", "/api/projects/").status_code == 200
    finally:
        stop_up(server)


def workers(number: int) -> list[int]:
    """Return the processes of a running `scripts/up` that take clips out of the queue."""
    found = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [int(pid) for pid in found if b"backend_ml.jobs.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
