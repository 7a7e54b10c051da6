"""`scripts/up`: starts all of it, again without doubling, and stops without a trace."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT, Server, running_up, stop_up
from tests.processes import children, descendants, left_of
from tests.small_disk import on_a_small_disk
from tests.waiting import PATIENCE, until

COUNSELLOR = "begeleider@vib.example"


def up(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / "up", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "VIB_LANGUAGE": "en"},
        timeout=PATIENCE,
        check=False,
    )


def counts(server: Server) -> dict[str, int]:
    users = server.api("GET", "/api/users/").json()
    return {"users": len(users), **{title: len(server.tasks(n)) for title, n in server.projects().items()}}


@dataclass(frozen=True)
class Life:
    """What was seen of a data folder that was served twice: first until Ctrl-C, then until it was killed."""

    counts: tuple[dict[str, int], dict[str, int]]
    logins: tuple[bytes, bytes]
    families: list[str]
    workers: tuple[tuple[int, int], ...]
    answered: int
    processes: int
    left: tuple[list[int], list[int]]
    home: list[Path]


@pytest.fixture(scope="module")
def life(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Serve a data folder twice, in a home folder that is empty."""
    data = Path(shutil.copytree(demo, tmp_path_factory.mktemp("life") / "data"))
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, ExitStack() as servers:
        patch.setenv("HOME", str(home))
        # A script that starts something with & hands it an ignored SIGINT.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            first = servers.enter_context(running_up(data))
        finally:
            signal.signal(signal.SIGINT, before)
        counted, logins = counts(first), (data / "logins.json").read_bytes()
        first.vib("access", "revoke", COUNSELLOR, "--all")
        killed = tuple(killed_worker(first, module) for module in ("backend_ml.jobs.worker", "scripts.intake"))
        answered = first.api("GET", "/api/projects/").status_code
        processes = [first.process.pid, *descendants(first.process.pid)]
        stop_up(first)
        left = left_of(processes)

        second = servers.enter_context(running_up(data, port=urlsplit(first.url).port))
        listed = json.loads(second.vib("access", "list", "--json").stdout)["accounts"]
        seen = (counted, counts(second)), (logins, (data / "logins.json").read_bytes())
        below = descendants(second.process.pid)
        second.process.kill()
        second.process.wait()
        yield Life(
            *seen,
            families={line["email"]: line["families"] for line in listed}[COUNSELLOR],
            workers=killed,
            answered=answered,
            processes=len(processes),
            left=(left, left_of(below)),
            home=list(home.rglob("*")),
        )


def killed_worker(server: Server, module: str) -> tuple[int, int]:
    """Kill a worker; return its process and that which came in its place."""
    [worker] = workers(server.process.pid, module)
    os.kill(worker, signal.SIGKILL)
    return worker, until(lambda: [one for one in workers(server.process.pid, module) if one != worker])[0]


def workers(number: int, module: str) -> list[int]:
    """Return the processes of a running `scripts/up` that run a module."""
    return [one for one in children(number) if module.encode() in Path(f"/proc/{one}/cmdline").read_bytes()]


def test_a_second_start_doubles_nothing_and_keeps_the_logins(life: Life) -> None:
    first, second = life.counts
    assert first["Oefenset 1"] == 2
    assert first == second
    assert life.logins[0] == life.logins[1]


def test_a_later_start_gives_nothing_back_that_was_taken_away(life: Life) -> None:
    assert life.families == []


def test_ctrl_c_leaves_no_process_even_when_it_was_ignored_at_the_start(life: Life) -> None:
    assert life.processes >= 5
    assert life.left[0] == []


def test_killing_it_leaves_no_process(life: Life) -> None:
    assert life.left[1] == []


def test_nothing_is_written_in_the_home_folder(life: Life) -> None:
    assert life.home == []


@pytest.mark.waits
def test_a_worker_that_dies_is_started_again_and_the_servers_go_on(life: Life) -> None:
    assert all(before != after for before, after in life.workers)
    assert life.answered == 200


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
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 2, run.stderr
    assert run.stderr.count("\n") == 1
    assert "too little room" in run.stderr


def test_the_same_data_cannot_be_served_twice(server: Server) -> None:
    run = up("--data", str(server.data), "--port", "18999", "--ml-port", "18998")
    assert run.returncode == 2
    assert "another one runs here" in run.stderr
