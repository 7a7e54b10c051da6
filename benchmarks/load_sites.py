"""Servers to code on: ours and plain Label Studio's, on SQLite as `scripts/up`, or as docker-compose.yml has them.

Everything is started by hand from what those files say, in a folder of its own, and ended whatever happens.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import yaml
from load_coders import Goal
from workplace import free_port

from plugins.host import labelstudio
from scripts import children
from scripts.serve import server_commands, server_environment
from vib.settings import ROOT, Settings

CONTENT = ROOT / "benchmarks" / "load_content.py"
START_SECONDS = 180.0
STOP_SECONDS = 30.0

Process = subprocess.Popen[bytes]
Environment = dict[str, str]


@dataclass(frozen=True)
class Site:
    """A running server.

    Parameters
    ----------
    environment : dict of str to str
        With which a program of ours finds its database.
    web : int
        The process whose memory, with that of its children, is the server's.
    """

    goal: Goal
    environment: Environment
    web: int

    def verify(self, submitted: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        """Look up in the database what was answered."""
        return run_content(self.environment, "verify", given=json.dumps(submitted))

    def memory(self) -> int:
        """Return what the server's processes have in memory, in bytes; what they share is counted for each."""
        children_of = Path(f"/proc/{self.web}/task/{self.web}/children").read_text(encoding="ascii")
        return sum(map(_resident, [self.web, *map(int, children_of.split())]))


@dataclass(frozen=True)
class Made:
    """A database with content, and what that is."""

    environment: Environment
    data: Path
    project: int
    accounts: list[dict[str, str]]


def _resident(number: int) -> int:
    status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) * 1024


def run_content(environment: Mapping[str, str], *arguments: object, given: str = "") -> dict[str, Any]:
    """Run a program of ours where Django is, and return what it found."""
    command = [sys.executable, str(CONTENT), *map(str, arguments)]
    ours = {**environment, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, input=given, cwd=ROOT, env=ours, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, arguments))} ended with {run.returncode}: {run.stderr[-1500:]}")
    found: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def prepared(data: Path, more: Mapping[str, str], coders: int, accounts: int, clips: int) -> Made:
    """Migrate a database and make its content."""
    for folder in (data, data / "home", data / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    environment = {**server_environment(Settings(data=data)), **more}
    prepare = [sys.executable, "-m", "plugins.host.prepare"]
    run = subprocess.run(prepare, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise RuntimeError(f"the database cannot be prepared: {run.stderr[-1500:]}")
    found = run_content(environment, "make", coders, accounts, clips)
    return Made(environment, data, found["project"], found["accounts"])


def plain_environment(made: Made, clips: Path) -> Environment:
    """Return the environment of Label Studio by itself on the same content, with these clips as local files."""
    environment = {**made.environment, **labelstudio.OFFLINE, "LOG_LEVEL": "WARNING"}
    environment["PYTHONPATH"] = str(labelstudio.package_folder())
    environment["DJANGO_SETTINGS_MODULE"] = labelstudio.SETTINGS
    environment["LABEL_STUDIO_BASE_DATA_DIR"] = str(made.data / "label-studio")
    environment["LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED"] = "true"
    environment["LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT"] = str(clips)
    return environment


@contextmanager
def started(command: Sequence[str], environment: Mapping[str, str], log: Path, **options: Any) -> Iterator[Process]:
    """Run a program; what it says goes to a file."""
    with log.open("ab") as file:
        process = children.start(command, cwd=ROOT, env=dict(environment), stdout=file, stderr=file, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str, process: Process, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(url, timeout=5).status_code < 400:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer: {log.read_text(encoding='utf-8', errors='replace')[-1500:]}")


@contextmanager
def on_sqlite(made: Made, ours: bool) -> Iterator[Site]:
    """Run ours as `scripts/up` does, or plain Label Studio under gunicorn, on a database of its own."""
    data = made.data.with_name(f"{made.data.name}-{'ours' if ours else 'plain'}")
    shutil.copytree(made.data, data)
    own = replace(made, data=data, environment=made.environment | {"VIB_DATA": str(data), "TMPDIR": str(data / "tmp")})
    port = free_port()
    command = server_commands(Settings(data=data, port=port))["label-studio"]
    environment = {**own.environment, "VIB_PORT": str(port)}
    if not ours:
        options = ["--worker-class=gthread", "--threads=8", "--timeout=300", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", *options, "core.wsgi:application"]
        environment = plain_environment(own, made.data / "media")
    log = data / "server.log"
    with started(command, environment, log) as process:
        _answers(f"http://127.0.0.1:{port}/user/login/", process, log)
        yield Site(Goal("127.0.0.1", port, made.project, ours), own.environment, process.pid)


@contextmanager
def database_and_queue(folder: Path) -> Iterator[Environment]:
    """Run PostgreSQL and Redis, and yield what says where they are."""
    with ExitStack() as running:
        port, queue = free_port(), free_port()
        place = folder / "postgres"
        place.mkdir(mode=0o700)
        # PostgreSQL does not run as root.
        who: dict[str, Any] = {}
        if os.getuid() == 0:
            who = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(place, "postgres", "postgres")
            for parent in (folder, *folder.parents):
                if parent.stat().st_mode & 0o001 == 0:
                    parent.chmod(parent.stat().st_mode | 0o011)
        options = ["--auth=trust", "--username=labelstudio", "--encoding=UTF8", "--locale=C.UTF-8"]
        cluster = place / "cluster"
        initdb = ["initdb", *options, str(cluster)]
        subprocess.run(initdb, cwd=place, env=_path(), check=True, capture_output=True, **who)
        settings = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={place}"]
        log = folder / "postgres.log"
        process = running.enter_context(started(["postgres", "-D", str(cluster), *settings], _path(), log, **who))
        where = {"DJANGO_DB": "default", "POSTGRE_HOST": "127.0.0.1", "POSTGRE_PORT": str(port)}
        where |= {"POSTGRE_USER": "labelstudio", "POSTGRE_PASSWORD": "unused", "POSTGRE_NAME": "labelstudio"}
        _ready(where, process, log)
        sql(where, "CREATE DATABASE labelstudio")
        redis = ["redis-server", "--port", str(queue), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        running.enter_context(started(redis, _path(), folder / "redis.log"))
        yield where | {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(queue)}


def _path() -> Environment:
    """Return the environment with where Debian puts servers."""
    places = [os.environ.get("PATH", ""), "/usr/sbin", *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    return {**os.environ, "PATH": ":".join(places)}


def sql(where: Mapping[str, str], statement: str) -> None:
    """Run a statement that is about databases."""
    import psycopg

    address = f"host={where['POSTGRE_HOST']} port={where['POSTGRE_PORT']} user={where['POSTGRE_USER']} dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def _ready(where: Mapping[str, str], process: Process, log: Path) -> None:
    import psycopg

    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            return sql(where, "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.2)
    raise RuntimeError(f"PostgreSQL does not start: {log.read_text(encoding='utf-8')[-1500:]}")


@contextmanager
def as_composed(made: Made, ours: bool, folder: Path) -> Iterator[Site]:
    """Run one of the two with the processes of docker-compose.yml, on a copy of the database.

    Ours is behind nginx, which sends the clips. Plain Label Studio is asked directly, and has its work of the
    background done by a worker as well.
    """
    name = "ours" if ours else "plain"
    sql(made.environment, f"CREATE DATABASE {name} TEMPLATE labelstudio")
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    port, front = free_port(), free_port()
    environment = {**made.environment, "POSTGRE_NAME": name}
    found = environment
    if ours:
        environment["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        environment["VIB_MEDIA_ACCEL"] = compose["label-studio"]["environment"]["VIB_MEDIA_ACCEL"]
        environment["ALLOWED_HOSTS"] = "127.0.0.1,localhost"
        environment["LABEL_STUDIO_HOST"] = environment["CSRF_TRUSTED_ORIGINS"] = f"https://127.0.0.1:{front}"
    else:
        environment = plain_environment(replace(made, environment=environment), made.data / "media")
    # As compose fills them in when nothing is set.
    words = [re.sub(r"\$\{\w+:-(.*?)\}", r"\1", word) for word in compose["label-studio"]["command"]]
    command = [word.replace("0.0.0.0:8080", f"127.0.0.1:{port}") for word in words]
    command = [sys.executable, "-m", *command[:-1], "plugins.wsgi:application" if ours else "core.wsgi:application"]
    with ExitStack() as running:
        log = folder / f"{name}.log"
        process = running.enter_context(started(command, environment, log))
        _answers(f"http://127.0.0.1:{port}/health", process, log)
        if ours:
            worker = [sys.executable, "-m", *compose["worker"]["command"][2:]]
            running.enter_context(started(worker, environment, folder / f"{name}-worker.log"))
            running.enter_context(_nginx(folder, front, port, made.data / "media"))
        goal = Goal("127.0.0.1", front if ours else port, made.project, ours, https=ours)
        yield Site(goal, {**found, "DJANGO_SETTINGS_MODULE": "plugins.settings"}, process.pid)


@contextmanager
def _nginx(folder: Path, port: int, studio: int, media: Path) -> Iterator[Process]:
    place = folder / "nginx"
    place.mkdir()
    others = {
        r"(?<=\s)/tmp/": f"{place}/",
        "/dev/stdout": f"{place}/access.log",
        "/data/media/": f"{media}/",
        "label-studio:8080": f"127.0.0.1:{studio}",
        "listen 8080": f"listen 127.0.0.1:{port}",
    }
    for file in (ROOT / "deploy" / "nginx").glob("*.conf"):
        text = file.read_text(encoding="utf-8")
        for old, new in others.items():
            text = re.sub(old, new, text)
        (place / file.name).write_text(text, encoding="utf-8")
    # Started by root, nginx would work as somebody who may not read the clips.
    directives = "daemon off; user root;" if os.getuid() == 0 else "daemon off;"
    command = ["nginx", "-e", "stderr", "-c", str(place / "plain.conf"), "-g", directives]
    with started(command, _path(), folder / "nginx.log") as process:
        _answers(f"http://127.0.0.1:{port}/nginx-health", process, folder / "nginx.log")
        yield process
