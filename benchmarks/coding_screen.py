"""What the script of the coding screen costs on a clip with many turns, beside Label Studio without it.

Usage::

    python benchmarks/coding_screen.py --url URL --data DIR [--regions N] [--rounds N] [--json FILE]

The server that `scripts/up` runs on the data folder is used, with its demo families. A task with as many turns
is made in one of their projects, for each of the two, and removed after it; nothing is submitted. In each round the
same is done twice in real Chromium, with the script and with its files held back: open the clip, select and code
turns with keys, move edges, draw turns and delete them. Tasks of over 50 ms on the main thread are counted as the
browser reports them (PerformanceObserver, ``longtask``).
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

PATIENCE = 120.0
SCRIPTS = "**/vib/static/*/vib_coding/**"
ACTIONS = 8
"""Of each kind in a round."""

OBSERVE = """() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) longTasks.push([entry.startTime, entry.duration]);
    }).observe({ type: "longtask", buffered: true });
}"""
LOADED = "Boolean(window.Htx?.annotationStore?.selected?.names?.get('audio')?._ws?.loaded)"
SAVED = "document.querySelector('.vib-coding-state')?.dataset.kind === 'saved'"
TURNS = "const annotation = Htx.annotationStore.selected; const turns = [...annotation.areas.values()];"
SELECT = f"(at) => {{ {TURNS} annotation.unselectAll(); annotation.selectArea(turns[at]); }}"
MOVE = f"(at) => {{ {TURNS} turns[at].setProperty('end', turns[at].end + 0.01); }}"
DRAW = f"""(at) => {{
    {TURNS}
    const [turn, sound] = [annotation.names.get("turn"), annotation.names.get("audio")];
    const place = {{ start: at / 10, end: at / 10 + 0.05, channel: 0 }};
    annotation.createResult(place, {{ labels: ["kind"] }}, turn, sound, true);
}}"""
DELETE = f"(at) => {{ {TURNS} turns[turns.length - 1].deleteRegion(); }}"
SETTLED = """() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve, 120))))"""


@dataclass(frozen=True)
class Doing:
    """What the main thread did during one kind of action, all rounds together."""

    action: str
    script: bool
    long_tasks: int
    milliseconds: float
    longest: float


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--url", required=True, help="where the server is")
    parser.add_argument("--data", required=True, type=Path, help="its data folder")
    parser.add_argument("--regions", type=int, default=500, help="how many turns the clip has (500)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all of it is done (3)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    asked = parser.parse_args()
    accounts = json.loads((asked.data / "logins.json").read_text(encoding="utf-8"))["accounts"]
    of_role = {account["role"]: account for account in accounts}
    service = {"Authorization": f"Token {of_role['service']['token']}"}
    found: dict[tuple[str, bool], list[list[float]]] = defaultdict(list)
    with (
        httpx.Client(base_url=asked.url, headers=service, timeout=PATIENCE) as api,
        sync_playwright() as playwright,
    ):
        session = signed_in(asked.url, of_role["counsellor"])
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for number in range(asked.rounds):
            for script in (True, False) if number % 2 else (False, True):
                with clip_with(api, asked.regions) as (project, task):
                    done = one_round(browser, asked.url, session, project, task, script)
                for action, tasks in done.items():
                    found[action, script].append(tasks)
        browser.close()
    rows = [summed(action, script, rounds) for (action, script), rounds in found.items()]
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=2), encoding="utf-8")


@contextmanager
def clip_with(api: httpx.Client, regions: int) -> Iterator[tuple[int, int]]:
    """Make a task with as many turns in the project of a demo family, and remove it at the end."""
    projects = api.get("/api/projects/?page_size=100").json()["results"]
    project = next(one["id"] for one in projects if one["title"] == "F-0001")
    first = api.get("/api/tasks", params={"project": project, "fields": "all"}).json()["tasks"][0]
    task = api.post("/api/tasks", json={"project": project, "data": first["data"]}).raise_for_status().json()["id"]
    try:
        length = float(first["data"]["duration"]) - 1
        labels = ("kind", "volwassene")
        result = [
            {
                "id": f"turn{number:05}",
                "from_name": "turn",
                "to_name": "audio",
                "type": "labels",
                "value": {
                    "start": round(number * length / regions, 3),
                    "end": round((number + 0.8) * length / regions, 3),
                    "channel": 0,
                    "labels": [labels[number % 2]],
                },
            }
            for number in range(regions)
        ]
        content = {"task": task, "result": result, "model_version": "many turns"}
        api.post("/api/predictions/", json=content).raise_for_status()
        yield project, task
    finally:
        api.delete(f"/api/tasks/{task}/")


def signed_in(url: str, account: dict[str, str]) -> str:
    """Return the session of an account."""
    with httpx.Client(base_url=url, timeout=PATIENCE) as browser:
        browser.get("/user/login/")
        form = {key: account[key] for key in ("email", "password")}
        browser.post("/user/login/", data={**form, "csrfmiddlewaretoken": browser.cookies["csrftoken"]})
        return browser.cookies["sessionid"]


def one_round(
    browser: Browser, url: str, session: str, project: int, task: int, script: bool
) -> dict[str, list[float]]:
    """Do everything once, and return the long tasks in milliseconds by what was done."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        if not script:
            context.route(SCRIPTS, lambda route: route.abort())
        page = context.new_page()
        page.add_init_script(f"({OBSERVE})()")
        page.goto(f"{url}/projects/{project}/data?task={task}")
        wait_for(page, LOADED)
        if script:
            wait_for(page, SAVED)
        page.evaluate(SETTLED)
        found = {"open": taken(page)}
        for action, do in actions(page).items():
            for at in range(ACTIONS):
                do(2 * at + 1)
                page.evaluate(SETTLED)
            found[action] = taken(page)
        return found
    finally:
        context.close()


def actions(page: Page) -> dict[str, Callable[[int], Any]]:
    """Return what is done, by name; each is given the number of a turn of a child."""
    keys = "qweasdfghjzx"

    def code(at: int) -> None:
        page.keyboard.press(keys[at // 2 % len(keys)])

    return {
        "select": lambda at: page.evaluate(SELECT, (at - 1) % 4),
        "code": code,
        "move an edge": lambda at: page.evaluate(MOVE, at),
        "draw a turn": lambda at: page.evaluate(DRAW, at),
        "delete a turn": lambda at: page.evaluate(DELETE, at),
    }


def wait_for(page: Page, condition: str) -> None:
    """Wait until something is true on a page; its policy forbids Playwright's own way.

    Raises
    ------
    TimeoutError
        It did not become true.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(condition)
        time.sleep(0.05)


def taken(page: Page) -> list[float]:
    """Return the long tasks since the last time."""
    found: list[float] = page.evaluate("() => longTasks.splice(0).map(([, duration]) => duration)")
    return found


def summed(action: str, script: bool, rounds: list[list[float]]) -> Doing:
    """Return the middle of all rounds."""
    return Doing(
        action,
        script,
        round(statistics.median(len(tasks) for tasks in rounds)),
        statistics.median(sum(tasks) for tasks in rounds),
        statistics.median(max(tasks, default=0.0) for tasks in rounds),
    )


def show(rows: list[Doing]) -> None:
    """Print plain Label Studio and ours beside each other."""
    print(f"{'':16}{'long tasks':>22}{'ms in them':>22}{'longest, ms':>22}")
    print(f"{'':16}{'plain':>11}{'ours':>11}{'plain':>11}{'ours':>11}{'plain':>11}{'ours':>11}")
    by_kind = {(row.action, row.script): row for row in rows}
    for action in dict.fromkeys(row.action for row in rows):
        plain, ours = by_kind[action, False], by_kind[action, True]
        print(
            f"{action:16}{plain.long_tasks:11}{ours.long_tasks:11}{plain.milliseconds:11.0f}{ours.milliseconds:11.0f}"
            f"{plain.longest:11.0f}{ours.longest:11.0f}"
        )


if __name__ == "__main__":
    main()
