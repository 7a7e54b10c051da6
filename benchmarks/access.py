"""What the access layer costs: the same requests to our server and to plain Label Studio.

Usage::

    python benchmarks/access.py [--data DIR] [--families N ...] [--repetitions N] [--json]

Two servers run on one database, each gunicorn with one worker: ours with every plugin, and Label
Studio by itself. One counsellor has all families, so that both answer with the same projects and
tasks. They are asked in turn. Without ``--data`` a temporary data folder is made ready first,
which takes a minute; with it, one that is ready and that no server is running on is copied.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

import httpx
from reporting import Row, Spread, show
from workplace import free_port

from scripts import children
from scripts.serve import server_environment
from vib.settings import ROOT, Settings

FAMILIES = (10, 1_000)
TASKS = 5
"""Tasks a family, each with a prediction of turns and the codes of one rater."""

MOST_RATIO, MOST_SECONDS = 1.15, 0.005
"""The goal: at most so many times plain Label Studio, or so many seconds more."""

SEED = """
import json, sys
import django
django.setup()
from django.contrib.auth.models import Group
from organizations.models import Organization
from projects.models import Project
from rest_framework.authtoken.models import Token
from tasks.models import Annotation, Prediction, Task
from users.models import User
from plugins.access.models import Family, FamilyGrant, VibProject
from vib.interface import render_interface
from vib.methods import read_method

families, tasks = int(sys.argv[1]), int(sys.argv[2])
organization = Organization.objects.get()
made, _ = User.objects.get_or_create(email="bench@vib.example", username="bench", active_organization=organization)
organization.add_user(made)
made.groups.set([Group.objects.get_or_create(name="counsellor")[0]])
config = render_interface(read_method("vib-pleegzorg"), "nl")
region = {"id": "r", "from_name": "turn", "to_name": "audio", "type": "labels"}
turns = [{**region, "id": f"r{n}", "value": {"start": n, "end": n + 0.9, "labels": ["kind"]}} for n in range(50)]
for number in range(Family.objects.count(), families):
    key = f"B-{number:04d}"
    project = Project.objects.create(
        title=key, label_config=config, organization=organization, created_by=made,
        description=f"VIB Studio, family:{key}, method: vib-pleegzorg", show_collab_predictions=False,
    )
    FamilyGrant.objects.create(user=made, family=Family.objects.get(pk=key))
    rows = [Task(project=project, data={"clip": f"{key}/{n}", "family": key}) for n in range(tasks)]
    for task in Task.objects.bulk_create(rows):
        Prediction.objects.bulk_create([Prediction(task=task, project=project, result=turns, model_version="t")])
        if task.data["clip"].endswith("/0"):
            Annotation.objects.create(task=task, project=project, completed_by=made, result=turns)
print(json.dumps([Token.objects.get_or_create(user=made)[0].key, project.pk if families else 0]))
"""


@contextmanager
def server(data: Path, plain: bool) -> Iterator[httpx.Client]:
    """Run one of the two servers on a data folder."""
    port = free_port()
    environment = server_environment(Settings(data=data, port=port))
    application = "plugins.wsgi:application"
    if plain:
        import label_studio

        environment["PYTHONPATH"] = os.path.dirname(label_studio.__file__)
        environment["DJANGO_SETTINGS_MODULE"] = "core.settings.label_studio"
        environment |= {"LABEL_STUDIO_BASE_DATA_DIR": str(data / "label-studio"), "COLLECT_ANALYTICS": "False"}
        environment |= {"LATEST_VERSION_CHECK": "False", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": ""}
        environment |= {"FEATURE_FLAGS_OFFLINE": "True", "LOG_LEVEL": "WARNING"}
        application = "core.wsgi:application"
    command = ["-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--workers=1", "--timeout=300", "--no-control-socket"]
    process = children.start(
        [sys.executable, *command, "--log-level=error", application],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            end = time.monotonic() + 180
            while True:
                try:
                    client.get("/health").raise_for_status()
                    break
                except httpx.HTTPError:
                    if process.poll() is not None or time.monotonic() > end:
                        raise
                    time.sleep(0.2)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=60)


def measure(data: Path, families: int, repetitions: int) -> list[Row]:
    """Ask both servers the same, in turn."""
    environment = server_environment(Settings(data=data))
    seed = [sys.executable, "-c", SEED, str(families), str(TASKS)]
    made = subprocess.run(seed, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    token, project = json.loads(made.stdout.strip().splitlines()[-1])
    addresses = {
        "GET /api/projects": "/api/projects/",
        "task list": f"/api/tasks/?project={project}&fields=all&page_size=30",
        "next task": f"/api/projects/{project}/next/",
    }
    rows = []
    with ExitStack() as running:
        clients = {name: running.enter_context(server(data, name == "plain")) for name in ("plain", "ours")}
        for client in clients.values():
            client.headers["Authorization"] = f"Token {token}"
        for what, address in addresses.items():
            sizes = {name: len(_ask(client, address)[1]) for name, client in clients.items()}
            times: dict[str, list[float]] = {name: [] for name in clients}
            for _ in range(repetitions):
                for name, client in clients.items():
                    times[name].append(_ask(client, address)[0])
            rows.append(_row(f"{what}, {families} families", times, sizes))
    return rows


def _ask(client: httpx.Client, address: str) -> tuple[float, bytes]:
    began = time.perf_counter()
    answer = client.get(address).raise_for_status()
    return time.perf_counter() - began, answer.content


def _row(name: str, times: dict[str, list[float]], sizes: dict[str, int]) -> Row:
    spreads = {who: Spread.of(seconds) for who, seconds in times.items()}
    ratios = [ours / plain for ours, plain in zip(times["ours"], times["plain"], strict=True)]
    more = spreads["ours"].median - spreads["plain"].median
    met = more < MOST_SECONDS or spreads["ours"].median < MOST_RATIO * spreads["plain"].median
    figures = {"ms more": more * 1000, **{f"{who}: kB": size / 1000 for who, size in sizes.items()}}
    return Row("access", name, spreads, Spread.of(ratios), "< 1.15 or < 5 ms more", met, figures)


def measure_all(data: Path, sizes: Sequence[int], repetitions: int) -> list[Row]:
    """Measure with a growing number of families in one database."""
    return [row for families in sorted(sizes) for row in measure(data, families, repetitions)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="data folder that is ready and not in use; else one is made")
    parser.add_argument("--families", type=int, nargs="+", default=FAMILIES, help="how many (10 1000)")
    parser.add_argument("--repetitions", type=int, default=40, help="of each request (40)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vib-bench-") as name:
        data = Path(name) / "data"
        if given.data:
            shutil.copytree(given.data, data)
        for folder in (data, data / "home", data / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        environment = server_environment(Settings(data=data))
        prepare = [sys.executable, "-m", "plugins.host.prepare", "--demo"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True)
        rows = measure_all(data, given.families, given.repetitions)
    if given.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


if __name__ == "__main__":
    main()
