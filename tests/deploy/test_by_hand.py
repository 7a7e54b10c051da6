"""What the manual says to type without Docker: it starts what docker-compose.yml starts, and it runs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT, free_port
from tests.deploy.test_compose import MANUAL, SERVICES
from tests.scripts.conftest import FAMILY, record
from tests.scripts.test_repair import MAKE
from tests.waiting import PATIENCE, until
from vib.project_key import ProjectDescription, ProjectKey

BLOCK = re.search(r"^## Trying it without Docker\n.*?^```bash\n(.*?)^```$", MANUAL, re.M | re.S)
assert BLOCK is not None
TYPED = BLOCK[1]
START, STOP = TYPED.split("# Stop, and leave nothing behind\n")

OTHERS = {"db": "pg_ctl", "nginx": "nginx -e stderr"}
"""Services whose program is called otherwise where there is no Docker."""

ELSEWHERE = {"POSTGRES_DB", "POSTGRES_USER", "REDIS_PASSWORD", "VIB_ML_WORKERS", "VIB_ML_LABEL_STUDIO_TOKEN"}
ELSEWHERE |= {"ML_BLOCK_LOCAL_IP", "VIB_LANGUAGE", "VIB_INTAKE_LARGEST", "VIB_INTAKE_FAMILY", "VIB_INTAKE_KEEP"}
"""What compose sets and the block says in other words, or leaves as it is."""

HEADERS = (
    *("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"),
    *("permissions-policy", "cross-origin-resource-policy", "x-robots-tag", "strict-transport-security"),
)


def started_by(service: str) -> str:
    """Return by what the process of a service is known among commands."""
    said = SERVICES[service]
    if "build" not in said:
        return OTHERS.get(service, "redis-server")
    module = r"(plugins|backend_ml|scripts)[\w.]*(:\w+)?|rqworker"
    return next(str(word) for word in said["command"] if re.fullmatch(module, word))


LASTING = sorted(name for name in SERVICES if name != "vib")


@pytest.mark.parametrize("service", LASTING)
def test_each_process_that_compose_starts_is_started_by_hand_too(service: str) -> None:
    program = started_by(service)
    alike = [name for name in LASTING if started_by(name) == program]
    assert len(re.findall(rf"^(?:[^#\n]*\s)?{re.escape(program)}\s", START, re.M)) >= len(alike), program


@pytest.mark.parametrize("service", LASTING)
def test_each_process_is_told_what_compose_tells_it(service: str) -> None:
    told = set(SERVICES[service].get("environment", {})) - ELSEWHERE
    assert told <= set(re.findall(r"([A-Z_]{6,})=", START)) | set(
        re.findall(r"for name in ([A-Z_ ]+);", START)[0].split()
    )


def test_it_waits_for_everything_of_which_compose_watches_whether_it_works() -> None:
    watched = [said["healthcheck"]["test"] for said in SERVICES.values() if "deploy.healthy" in str(said)]
    waited = re.findall(r"^for what in (.*); do$", START, re.M)[0].split()
    assert sorted(map(plain, waited)) == sorted(plain(test[-1]) for test in watched)


def plain(what: str) -> str:
    """Return what is waited for, whatever its port is."""
    return re.sub(r"http.*", "an address", what)


@dataclass(frozen=True)
class ByHand:
    """What runs: where it can be reached, its folder, its environment, and what was shown."""

    url: str
    backend: str
    folder: Path
    environment: dict[str, str]
    shown: Sequence[str]

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Ask nginx something."""
        return httpx.get(f"{self.url}{path}", verify=False, timeout=PATIENCE, **options)  # noqa: S501 - made for this

    def token(self) -> str:
        accounts = json.loads((self.folder / "logins.json").read_text(encoding="utf-8"))["accounts"]
        return str(next(account["token"] for account in accounts if account["role"] == "service"))

    def vib(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [ROOT / ".venv" / "bin" / "vib", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def pid(self, program: str) -> int:
        """Return the process of those that were started by hand that runs a program."""
        numbers = (self.folder / "pids").read_text().split()
        return next(int(n) for n in numbers if program in Path(f"/proc/{n}/cmdline").read_text(errors="replace"))


def script(folder: Path, ports: dict[str, int]) -> Path:
    """Write what is typed, on other ports, with a pause before it is stopped in which others look at it."""
    text = f"set -e\n{START}\nenv -0 > {folder}/env\necho $W > {folder}/where\necho all started\n"
    text += f"set +e\nread -r _ < {folder}/go\n{STOP}\necho all stopped\n"
    for port, other in ports.items():
        text = re.sub(rf"\b{port}\b", str(other), text)
    path = folder / "typed.sh"
    path.write_text(text, encoding="utf-8")
    return path


def as_normal_user() -> list[str]:
    """Return what makes a shell one of somebody who is not root, whom PostgreSQL would refuse, with the same files."""
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if os.getuid() == 0 else []


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByHand]:
    folder = tmp_path_factory.mktemp("by-hand")
    ports = {port: free_port() for port in ("15432", "16379", "16380", "18080", "18081", "18443", "19090")}
    os.mkfifo(folder / "go")
    command = [*as_normal_user(), "bash", str(script(folder, ports))]
    environment = {**os.environ, "VIB_LANGUAGE": "en", "TMPDIR": str(folder)}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    guard = threading.Timer(3 * PATIENCE, lambda: os.killpg(process.pid, signal.SIGKILL))
    guard.start()
    shown: list[str] = []
    assert process.stdout is not None
    try:
        for line in process.stdout:
            shown.append(line.rstrip())
            if line == "all started\n":
                break
        assert shown[-1:] == ["all started"], "\n".join(shown[-40:])
        where = Path((folder / "where").read_text().strip())
        said = dict(pair.split("=", 1) for pair in (folder / "env").read_text().split("\0") if pair)
        at = "https://localhost", "http://127.0.0.1"
        yield ByHand(f"{at[0]}:{ports['18443']}", f"{at[1]}:{ports['19090']}", where, said, shown)
        (folder / "go").write_text("\n")
        rest = process.stdout.read()
        assert rest.endswith("all stopped\n"), rest
        assert process.wait(PATIENCE) == 0
        assert not where.exists()
        assert alive(process.pid) == []
    finally:
        guard.cancel()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for file in folder.glob("*/db/postmaster.pid"):
            with suppress(ProcessLookupError):
                os.kill(int(file.read_text().split()[0]), signal.SIGQUIT)


def alive(group: int) -> list[int]:
    """Return the processes of a group that still run."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = file.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append(int(file.parent.name))
    return found


def end(number: int) -> None:
    """Ask a process to stop, and wait until it is gone."""
    os.kill(number, signal.SIGTERM)
    until(lambda: not Path(f"/proc/{number}").exists() or Path(f"/proc/{number}/cmdline").read_bytes() == b"")


@pytest.mark.nightly
class TestTyped:
    def test_shows_what_the_manual_says_and_cuts_the_clips(self, by_hand: ByHand) -> None:
        assert by_hand.shown[-2] == "206 100"
        health = httpx.get(f"{by_hand.backend}/health", timeout=PATIENCE).json()
        assert (health["status"], health["missing"], health["workers"]) == ("UP", [], 1)
        assert health["queue"]["done"] > 0
        assert sum(health["queue"].values()) == health["queue"]["done"]

    def test_makes_no_account_of_somebody_made_up(self, by_hand: ByHand) -> None:
        accounts = json.loads((by_hand.folder / "logins.json").read_text(encoding="utf-8"))["accounts"]
        assert sorted(account["role"] for account in accounts) == ["administrator", "service"]

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/user/login/", 200),
            ("/vib/", 302),
            ("/static/css/main.css", 200),
            ("/vib/left-out.css", 200),
            ("/nothing", 404),
            ("/api/projects/", 401),
            ("/vib/media/F-0001/2026-03-01-maaltijd.mp4", 200),
            ("/vib-media/F-0001/2026-03-01-maaltijd.mp4", 404),
        ],
    )
    def test_sends_each_header_once(self, by_hand: ByHand, path: str, status: int) -> None:
        headers = {"Authorization": f"Token {by_hand.token()}"} if "media" in path else {}
        answer = by_hand.get(path, headers=headers)
        assert answer.status_code == status
        assert {name: len(answer.headers.get_list(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)

    def test_gives_several_that_make_a_project_at_once_the_same_one(self, by_hand: ByHand) -> None:
        token = {"Authorization": f"Token {by_hand.token()}"}
        for number in range(5):
            key = ProjectKey("family", f"T-ATONCE{number}")
            asked = {"title": key.name, "description": str(ProjectDescription(key, "vib-pleegzorg"))}

            def make(_: int, asked: dict[str, str] = asked) -> httpx.Response:
                at = f"{by_hand.url}/api/projects/"
                return httpx.post(at, json=asked, headers=token, verify=False, timeout=PATIENCE)  # noqa: S501 - made for this

            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(make, range(8)))
            assert [answer.status_code for answer in answers] == [201] * 8, [answer.text[:200] for answer in answers]
            assert len({answer.json()["id"] for answer in answers}) == 1

    def test_puts_doubles_right_in_its_database(self, by_hand: ByHand) -> None:
        make = ["python", "-c", MAKE]
        subprocess.run(make, cwd=ROOT, env=by_hand.environment, check=True, capture_output=True, timeout=PATIENCE)
        done = by_hand.vib("repair", "--apply", "--json")
        assert done.returncode == 1, done.stderr
        (double,) = json.loads(done.stdout)["doubles"]
        assert [copy["deleted"] for copy in double["copies"]] == [True, False, True, False]

    def test_without_the_cutter_sync_ends_with_a_sentence_and_the_clip_is_cut_later(
        self, by_hand: ByHand, tmp_path: Path
    ) -> None:
        families = tmp_path / "families"
        folder = families / "T-HAND"
        folder.mkdir(parents=True)
        (folder / "family.yaml").write_text(FAMILY.format(family=folder.name), encoding="utf-8")
        record(folder / "opname.mp4", seconds=3)
        end(by_hand.pid("backend_ml.jobs.worker"))
        began = time.monotonic()
        run = by_hand.vib("sync", families)
        assert (run.returncode, time.monotonic() - began < 120) == (1, True), run.stderr
        assert "no worker runs that cuts clips" in run.stderr
        health = httpx.get(f"{by_hand.backend}/health", timeout=PATIENCE).json()
        assert (health["status"], health["missing"], health["queue"]["queued"]) == ("DEGRADED", ["worker"], 1)
        worker = subprocess.Popen(["python", "-m", "backend_ml.jobs.worker"], cwd=ROOT, env=by_hand.environment)
        try:
            until(lambda: httpx.get(f"{by_hand.backend}/health", timeout=PATIENCE).json()["queue"]["queued"] == 0)
            assert by_hand.vib("sync", families).returncode == 0
        finally:
            worker.terminate()
            worker.wait()

    def test_without_the_queue_of_clips_sync_and_health_say_so(self, by_hand: ByHand, tmp_path: Path) -> None:
        families = tmp_path / "families"
        folder = families / "T-HAND2"
        folder.mkdir(parents=True)
        (folder / "family.yaml").write_text(FAMILY.format(family=folder.name), encoding="utf-8")
        record(folder / "opname.mp4", seconds=3, tone=500)
        end(by_hand.pid(by_hand.environment["VIB_ML_REDIS_URL"].rpartition("@")[2].removesuffix("/0")))
        health = httpx.get(f"{by_hand.backend}/health", timeout=PATIENCE)
        assert (health.status_code, health.json()["missing"]) == (503, ["queue"])
        run = by_hand.vib("sync", families)
        assert run.returncode == 1
        assert "the queue of the ML backend" in run.stderr
