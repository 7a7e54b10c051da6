"""What the editor of a real Label Studio gets with a clip after the model has changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import Server
from tests.plugins.proposals.inside_proposals import turns
from tests.waiting import until
from vib.project_key import ProjectDescription, ProjectKey


@pytest.mark.waits
def test_the_editor_gets_the_newest_turns_only_and_codes_begun_with_older_ones_can_be_saved(server: Server) -> None:
    def ask(method: str, path: str, **body: Any) -> Any:
        answer = server.api(method, path, role="administrator", json=body or None)
        assert answer.is_success, answer.text
        return answer.json()

    demo = server.projects()["F-0001"]
    interface = server.api("GET", f"/api/projects/{demo}/").json()["label_config"]
    described = str(ProjectDescription(ProjectKey("practice", "ander-model"), "vib-pleegzorg"))
    made = {"title": "Een ander model", "description": described, "label_config": interface}
    project = ask("POST", "/api/projects/", **made)["id"]
    task = ask("POST", "/api/tasks/", project=project, data=server.tasks(demo)[0]["data"])["id"]
    secret = (server.data / "ml.secret").read_text(encoding="utf-8").strip()
    numbers = []
    for version, end in (("model-1", 2.0), ("model-2", 3.0), ("model-3", 4.0)):
        pushed = {
            "task": task,
            "project": project,
            "model_version": version,
            "result": turns(("kind", 1.0, end)),
            "score": 0.8,
        }
        headers = {"Authorization": f"Bearer {secret}"}
        assert httpx.post(f"{server.url}/vib/turns/results", json=pushed, headers=headers, timeout=60).is_success
        # From the list of tasks, as the tabs of the editor, one is left.
        (shown,) = ask("GET", f"/api/tasks/{task}/?project={project}")["predictions"]
        assert (shown["model_version"], shown["result"][0]["value"]["end"]) == (version, end)
        numbers.append(shown["id"])
    # In the label stream too.
    (shown,) = ask("GET", f"/api/projects/{project}/next/?model_version=model-3")["predictions"]
    assert shown["id"] == numbers[2]
    kept = ask("GET", f"/api/predictions/?task={task}")
    assert sorted(one["id"] for one in kept) == sorted(numbers)
    # The screen that was open when the model changed names the turns that it began with.
    code = {"result": turns(("kind", 1.0, 2.5)), "parent_prediction": numbers[0], "lead_time": 12.5}
    submitted = ask("POST", f"/api/tasks/{task}/annotations/", **code)
    assert (submitted["parent_prediction"], submitted["lead_time"]) == (numbers[0], 12.5)
    # The backend hears of them, also that they are gone; meanwhile and afterwards nothing waits for it.
    source = f"annotation:{submitted['id']}"
    until_told(server, source, kept=1)
    assert server.api("DELETE", f"/api/annotations/{submitted['id']}/").is_success
    until_told(server, source, kept=0)
    assert server.api("DELETE", f"/api/projects/{project}/").is_success


def until_told(server: Server, source: str, kept: int) -> None:
    """Wait until the backend keeps so many corrections from a source, and the outbox is empty."""
    corrections = server.data / "learning" / "corrections.sqlite3"
    until(lambda: count(corrections, "correction WHERE source = ?", source) == kept)
    until(lambda: count(server.data / "outbox.sqlite3", "message") == 0)


def count(file: Path, rows: str, *values: str) -> int:
    """Count rows of a database that a server uses; one that is not there has none."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        found: int = database.execute(f"SELECT count(*) FROM {rows}", values).fetchone()[0]  # noqa: S608 - of the test
    return found
