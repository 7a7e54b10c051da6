"""What arrives by browser becomes clip and task, once, whatever is killed; and what cannot be used leaves nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PATIENCE, ROOT, Server
from tests.node_tools import NODE, needs_node, node_tools
from tests.processes import children
from tests.scripts.conftest import endless, record
from tests.waiting import until
from vib.changed_families import leave_note, notes
from vib.family import read_family, write_family
from vib.library import content_hash

MakeFamily = Callable[..., Path]
COUNSELLOR = "begeleider"


@pytest.fixture
def family(server: Server, make_family: MakeFamily) -> Iterator[Path]:
    """Return the folder of a family in the place where those of the browser lie, with a clip, of a counsellor."""
    made = make_family()
    folder = server.data / "families" / made.name
    shutil.copytree(made, folder)
    # Of its own: a recording that another family had before would be taken for that one.
    record(folder / "opname-000.mp4", seconds=1, tone=300 + sum(made.name.encode()))
    server.vib("sync", folder, "--no-segment")
    server.vib("access", "grant", f"{COUNSELLOR}@vib.example", folder.name)
    try:
        yield folder
    finally:
        server.vib("access", "revoke", f"{COUNSELLOR}@vib.example", folder.name)
        shutil.rmtree(folder)


def begin(server: Server, family: Path, name: str, length: int) -> str:
    said = f"filename {b64encode(name.encode()).decode()}"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": said}
    begun = server.api("POST", f"/vib/intake/{family.name}/sending/", "counsellor", headers=headers)
    assert begun.status_code == 201, begun.text
    return begun.headers["Location"]


def send(server: Server, family: Path, file: Path, name: str = "") -> str:
    """Send a file as one piece; return its address."""
    content = file.read_bytes()
    address = begin(server, family, name or file.name, len(content))
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    assert server.api("PATCH", address, "counsellor", headers=headers, content=content).status_code == 204
    return address


def told(server: Server, address: str) -> dict[str, Any]:
    said: dict[str, Any] = server.api("GET", f"{address}?lang=en", "counsellor").json()
    return said


def came_of(server: Server, address: str) -> dict[str, Any]:
    """Wait until it is known what came of a recording."""
    return until(lambda: said if (said := told(server, address))["stage"] in ("ready", "same", "refused") else None)


def clips(server: Server, family: Path) -> list[str]:
    return sorted(task["data"]["clip"] for task in server.tasks(server.projects()[family.name]))


@pytest.mark.waits
def test_it_becomes_a_clip_and_a_task_once_and_what_cannot_be_used_leaves_nothing(
    server: Server, family: Path, tmp_path: Path
) -> None:
    film = record(tmp_path / "IMG 0012.mp4", seconds=3, tone=901)
    packed = tmp_path / "packed.mp4"
    packed.write_bytes(b"PK\x03\x04" + bytes(10_000))
    day = endless(tmp_path / "day.mp4", hours=20)
    first, again, bad, long = (send(server, family, one) for one in (film, film, packed, day))
    said = came_of(server, first)
    assert said["stage"] == "ready", said
    assert said["seconds"] == pytest.approx(3, abs=0.1)
    task = said["coding"].partition("task=")[2]
    assert server.api("GET", f"/api/tasks/{task}/", "counsellor").json()["data"]["clip"] == f"{family.name}/IMG 0012"
    assert came_of(server, again)["stage"] == "same"
    refused = came_of(server, bad)
    assert (refused["stage"], "not a readable video" in refused["reason"]) == ("refused", True)
    assert "longer than 4 hours" in came_of(server, long)["reason"]
    assert clips(server, family) == [f"{family.name}/IMG 0012", f"{family.name}/opname-000"]
    until(lambda: sorted(path.name for path in family.glob("*.mp4")) == ["IMG 0012.mp4", "opname-000.mp4"])
    assert content_hash(family / "IMG 0012.mp4") == content_hash(film)
    synced = server.vib("sync", family, "--json", "--no-segment")
    assert json.loads(synced.stdout)["projects"][0]["added"] == []
    assert server.api("DELETE", first, "counsellor", headers={"Tus-Resumable": "1.0.0"}).status_code == 204


@pytest.mark.waits
@pytest.mark.nightly
def test_in_a_family_that_lists_its_clips_it_is_listed_and_what_cannot_be_used_is_not(
    server: Server, family: Path, tmp_path: Path
) -> None:
    listed = f"clips: [{{file: opname-000.mp4}}]\n{(family / 'family.yaml').read_text(encoding='utf-8')}"
    (family / "family.yaml").write_text(listed, encoding="utf-8")
    packed = tmp_path / "packed.mp4"
    packed.write_bytes(bytes(10_000))
    good, bad = (send(server, family, one) for one in (record(tmp_path / "a.mp4", tone=920), packed))
    assert [came_of(server, one)["stage"] for one in (good, bad)] == ["ready", "refused"]
    until(lambda: [clip.file for clip in read_family(family).clips or ()] == ["opname-000.mp4", "a.mp4"])
    assert server.vib("sync", family, "--json", "--no-segment").returncode == 0


@pytest.mark.waits
@pytest.mark.nightly
def test_what_is_changed_by_form_is_in_the_tasks_without_anybody_syncing(server: Server, family: Path) -> None:
    before = read_family(family)
    member = before.members[0].model_copy(update={"role": "pleegkind", "born": "2021-09"})
    write_family(family, before.model_copy(update={"members": (member, *before.members[1:])}))
    leave_note(server.data / "intake", family.name)
    project = server.projects()[family.name]
    until(lambda: "pleegkind" in str(server.tasks(project)[0]["data"]["who"]) or None)
    until(lambda: not notes(server.data / "intake") or None)


@needs_node
@pytest.mark.waits
def test_a_public_client_sends_breaks_off_and_goes_on(server: Server, family: Path, tmp_path: Path) -> None:
    film = record(tmp_path / "client.mp4", seconds=8, tone=902)
    assert film.stat().st_size > 200_000
    program = ROOT / "tests" / "plugins" / "intake" / "node" / "client.mjs"
    endpoint = f"{server.url}/vib/intake/{family.name}/sending/"
    command = [NODE or "", program, node_tools(), endpoint, server.account("counsellor")["token"], film]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert run.returncode == 0, run.stdout + run.stderr
    assert came_of(server, run.stdout.strip().removeprefix(server.url))["stage"] == "ready"
    assert content_hash(family / film.name) == content_hash(film)


def worker(server: Server) -> list[int]:
    """Return the process of a running `scripts/up` that brings in what was sent."""
    found = []
    for one in children(server.process.pid):
        try:
            found += [one] if b"scripts.intake" in Path(f"/proc/{one}/cmdline").read_bytes() else []
        except FileNotFoundError:
            continue
    return found


@pytest.mark.nightly
@pytest.mark.waits
def test_a_worker_that_is_killed_again_and_again_brings_all_of_it_in_once(
    server: Server, family: Path, tmp_path: Path
) -> None:
    films = [record(tmp_path / f"film-{number}.mp4", seconds=20, rate="30", tone=910 + number) for number in range(4)]
    addresses = [send(server, family, film) for film in films]
    for stage in ("placed", "making", "making", "ready"):
        until(lambda stage=stage: any(told(server, one)["stage"] == stage for one in addresses) or None)
        for process in until(lambda: worker(server) or None):
            os.kill(process, signal.SIGKILL)
    assert {came_of(server, address)["stage"] for address in addresses} == {"ready"}
    assert clips(server, family) == sorted(f"{family.name}/{name}" for name in ("opname-000", *(f.stem for f in films)))
    assert len(list(family.glob("*.mp4"))) == 5
