"""Twenty people submit at once on a server that fails and is killed: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.conftest import free_port
from tests.plugins.coding.test_coding_log import AT, turn
from tests.plugins.coding.trouble import KILLS, MARK
from tests.serving import answer_of, serving
from tests.waiting import PATIENCE

PEOPLE, TASKS = 20, 6

MADE = f"""
from django.contrib.auth.models import Group
from organizations.models import Organization
from projects.models import Project
from rest_framework.authtoken.models import Token
from tasks.models import Task
from users.models import User
from vib.interface import render_interface
from vib.methods import read_method

organization, group = Organization.objects.get(), Group.objects.get(name="service")
tokens = []
for number in range({PEOPLE}):
    user = User.objects.create_user(email=f"coder{{number}}@vib.example", password=None, username=f"coder{{number}}")
    user.active_organization = organization
    user.save()
    organization.add_user(user)
    user.groups.add(group)
    tokens.append(Token.objects.get_or_create(user=user)[0].key)
project = Project.objects.create(title="samen", label_config=render_interface(read_method("vib-pleegzorg"), "nl"),
    organization=organization, created_by=User.objects.order_by("pk").first(), maximum_annotations={PEOPLE})
data = {{"video": "/v.mp4", "audio": "/a.m4a", "duration": 90.0}}
tasks = [Task.objects.create(project=project, data=data).pk for _ in range({TASKS})]
print(json.dumps({{"tokens": tokens, "tasks": tasks}}))
"""
"""Makes people that may do all, as the machine's own account does, and a project for them."""

FOUND = """
from plugins.coding.models import Change, Work
from tasks.models import Annotation, Task

codes = Annotation.objects.values_list("completed_by__auth_token__key", "task", "pk", "result")
tasks = Task.objects.values_list("pk", "total_annotations", "is_labeled")
left = Change.objects.count(), Work.objects.filter(submitted=False).count()
print(json.dumps({"codes": list(codes), "tasks": list(tasks), "left": left}))
"""


@dataclass
class Said:
    """What was acknowledged, and every answer that was none."""

    codes: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)


def inside(program: str, environment: Mapping[str, str]) -> Any:
    """Run a program where Django is, and return what it says."""
    whole = f"import json, tests\nfrom plugins.host.start import set_up\nset_up()\n{program}"
    run = subprocess.run(
        [sys.executable, "-c", whole],
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout.splitlines()[-1])


def coder(url: str, token: str, tasks: list[int], said: Said) -> None:
    """Save and submit each task, saying each thing again until it is answered; press twice now and then."""
    chance = random.Random(token)  # noqa: S311 - the same each time
    with httpx.Client(base_url=url, headers={"Authorization": f"Token {token}"}, timeout=PATIENCE) as client:

        def until_answered(method: str, path: str, content: Any, headers: Mapping[str, str]) -> Any:
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                try:
                    answer = client.request(method, path, json=content, headers=dict(headers))
                except httpx.TransportError:
                    said.refused["no answer"] += 1
                else:
                    if answer.is_success:
                        return answer.json()
                    said.refused[f"{answer.status_code} {answer.headers.get(MARK, answer.text[:200])}"] += 1
                time.sleep(chance.random() / 5)
            raise AssertionError(f"{method} {path} was never answered")

        for task in chance.sample(tasks, len(tasks)):
            draft = until_answered("POST", f"/api/tasks/{task}/drafts", {"result": [turn("a")]}, {})
            client_id, log = str(uuid4()), f"/vib/coding/tasks/{task}"
            until_answered("POST", f"{log}/work", {"client": client_id, "start": []}, {})
            change = {"number": 1, "at": AT, "operations": [{"put": turn("a")}]}
            sent = {"client": client_id, "after": 0, "changes": [change]}
            with ThreadPoolExecutor(2) as both:
                kept = [both.submit(until_answered, "POST", f"{log}/changes", sent, {}) for _ in range(2)]
            assert [one.result() for one in kept] == [{"last": 1}] * 2
            content = {"result": [turn("a")], "lead_time": 2.0, "draft_id": draft["id"]}
            path = f"/api/tasks/{task}/annotations/"
            key = {"X-VIB-Submission": str(uuid4()), "X-VIB-Work-Last": "1"}
            with ThreadPoolExecutor(2) as presses:
                pressed = [
                    presses.submit(until_answered, "POST", path, content, key) for _ in range(chance.choice((1, 2)))
                ]
            numbers = {press.result()["id"] for press in pressed}
            assert len(numbers) == 1
            number, last = numbers.pop(), f"t{chance.randrange(10**6)}"
            until_answered(
                "PATCH", f"/api/annotations/{number}/", {"result": [turn(last)]}, {"X-VIB-Submission": str(uuid4())}
            )
            said.codes[token, task] = (number, last)


def submitted_together(data: Path, environment: Mapping[str, str], workers: int) -> None:
    """Let all of them submit, and compare what they were told with what is there."""
    made = inside(MADE, environment)
    for name in KILLS:
        (data / name).touch()
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class=gthread", f"--workers={workers}", "--threads=8"]
    command += ["--timeout=300", f"--bind=127.0.0.1:{port}", "--no-control-socket", "--log-level=error"]
    said = Said()
    with serving([*command, "plugins.wsgi:application"], environment, data / "server.log") as process:
        answer_of(f"http://127.0.0.1:{port}/health", process)
        with ThreadPoolExecutor(PEOPLE) as people:
            url = f"http://127.0.0.1:{port}"
            works = [people.submit(coder, url, token, made["tasks"], said) for token in made["tokens"]]
        for work in works:
            work.result()
    found = inside(FOUND, environment)
    there = {(token, task): (number, result[0]["id"]) for token, task, number, result in found["codes"]}
    print(f"\n{len(there)} submits; answers that were none: {dict(said.refused)}")
    assert len(found["codes"]) == PEOPLE * TASKS
    assert there == said.codes
    assert found["left"] == [0, 0]
    assert [(total, labeled) for _, total, labeled in found["tasks"]] == [(PEOPLE, True)] * TASKS
    # It was tried: it failed half-way, it was killed unanswered, and nothing else went wrong.
    assert not any((data / name).exists() for name in KILLS)
    assert set(said.refused) == {"500 half-way", "no answer"}


@pytest.mark.nightly
def test_twenty_people_on_sqlite_lose_nothing_and_double_nothing(prepared: Path) -> None:
    submitted_together(prepared, environment_for(prepared), workers=1)


@pytest.mark.nightly
def test_twenty_people_on_postgresql_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with postgresql(tmp_path) as where:
        environment = environment_for(data) | where
        run = subprocess.run(
            [sys.executable, "-m", "plugins.host.prepare"], env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr[-3000:]
        submitted_together(data, environment, workers=2)


def environment_for(data: Path) -> dict[str, str]:
    """Return the environment of a server that gets into trouble."""
    ours = {"DJANGO_SETTINGS_MODULE": "tests.plugins.coding.troubled_settings", "VIB_DATA": str(data)}
    return {**os.environ, **ours, "HOME": str(data), "TMPDIR": str(data)}


@contextmanager
def postgresql(folder: Path) -> Iterator[dict[str, str]]:
    """Run PostgreSQL, and yield what says where it is."""
    place, port = folder / "postgres", free_port()
    place.mkdir(mode=0o700)
    who: dict[str, Any] = {}
    if os.getuid() == 0:
        # PostgreSQL does not run as root.
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(place, "postgres", "postgres")
        for parent in (folder, *folder.parents):
            if parent.stat().st_mode & 0o001 == 0:
                parent.chmod(parent.stat().st_mode | 0o011)
    places = [os.environ["PATH"], *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    environment = {**os.environ, "PATH": ":".join(places)}
    options = ["--auth=trust", "--username=labelstudio", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = ["initdb", *options, str(place / "cluster")]
    subprocess.run(made, cwd=place, env=environment, check=True, capture_output=True, **who)
    settings = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={place}"]
    with (folder / "postgres.log").open("wb") as log:
        process = subprocess.Popen(
            ["postgres", "-D", str(place / "cluster"), *settings],
            cwd=place,
            env=environment,
            stdout=log,
            stderr=log,
            **who,
        )
    try:
        _create(port, process)
        yield {
            **{"DJANGO_DB": "default", "POSTGRE_HOST": "127.0.0.1", "POSTGRE_PORT": str(port)},
            **{"POSTGRE_USER": "labelstudio", "POSTGRE_PASSWORD": "unused", "POSTGRE_NAME": "labelstudio"},
        }
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            process.kill()
            process.wait()


def _create(port: int, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    from tests.waiting import until

    def create() -> bool:
        assert process.poll() is None, "PostgreSQL stopped"
        try:
            with psycopg.connect(
                f"host=127.0.0.1 port={port} user=labelstudio dbname=postgres", autocommit=True
            ) as one:
                one.execute("CREATE DATABASE labelstudio")
        except psycopg.OperationalError:
            return False
        return True

    until(create)
