"""What a server tells of everybody's codes, and to whom: the same of a release and of what comes after it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

Ask = Callable[[str, str], Any]
"""Return what the server says to somebody, by email, of a path; None when they may not see it."""

TASKS = "/api/tasks?project={}&fields=all&page_size=1000"
CODES = ("id", "result", "was_cancelled", "ground_truth", "lead_time", "created_at")
TURNS = ("id", "result", "model_version", "score")


def projects_of(ask: Ask, email: str) -> dict[str, dict[str, Any]]:
    """Return the projects that somebody sees, by title."""
    said = ask(email, "/api/projects/?page_size=100")
    assert len(said["results"]) == said["count"], "there is a second page"
    return {project["title"]: project for project in said["results"]}


def everything(ask: Ask, service: str) -> dict[str, Any]:
    """Return every project and task with its codes and turns, region by region, as the machine's account has them."""
    return {
        title: {
            "id": project["id"],
            "description": project["description"],
            "label_config": _digest(project["label_config"]),
            "tasks": {
                task["data"]["clip"]: {
                    "id": task["id"],
                    "data": task["data"],
                    "codes": [
                        {"by": code["completed_by"], **{name: code[name] for name in CODES}}
                        for code in _by_id(task["annotations"])
                    ],
                    "turns": [{name: turns[name] for name in TURNS} for turns in _by_id(task["predictions"])],
                }
                for task in ask(service, TASKS.format(project["id"]))["tasks"]
            },
        }
        for title, project in sorted(projects_of(ask, service).items())
    }


def seen(ask: Ask, email: str, numbers: list[int]) -> dict[str, Any]:
    """Return what somebody sees of tasks: whose codes, which turns, and their own drafts; None where nothing."""
    return {
        "projects": sorted(projects_of(ask, email)),
        "tasks": {str(number): _task(ask(email, f"/api/tasks/{number}/")) for number in numbers},
    }


def _task(task: dict[str, Any] | None) -> dict[str, Any] | None:
    if task is None:
        return None
    return {
        "codes": {str(code["id"]): _digest(code["result"]) for code in _by_id(task["annotations"])},
        "drafts": [{"id": draft["id"], "result": draft["result"]} for draft in _by_id(task["drafts"])],
        "turns": [turns["id"] for turns in _by_id(task["predictions"])],
    }


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: int(row["id"]))


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
