"""Somebody who codes in a browser of their own, with all that can go wrong while they do."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Route

from tests.conftest import Server
from tests.e2e.conftest import AFTER_SUBMIT, CHROMIUM, signed_in, submit_anyway
from tests.waiting import PATIENCE, until

KEPT_AFTER = 2.0
"""Seconds on the screen after which nothing may be lost."""

LOG = re.compile(r"/vib/coding/tasks/|/api/tasks/\d+/drafts|/api/drafts/")
STATE = "document.querySelector('.vib-coding-state')?.dataset.kind"
WHY_NOT = f"""() => JSON.stringify({{
    address: location.href,
    page: document.readyState,
    task: Boolean(window.Htx?.annotationStore?.selected),
    sound: window.Htx?.annotationStore?.selected?.names?.get("audio")?._ws?.loaded,
    line: {STATE},
    asked: document.querySelector('dialog')?.innerText,
    text: document.body?.innerText.slice(0, 500),
}})"""
"""What a page shows that does not become ready."""
READY = f"window.Htx?.annotationStore?.selected?.names?.get('audio')?._ws?.loaded && {STATE}"
KEYS = "qweasdfghjzxc"

EDITS = """([kind, one, two]) => {
    const annotation = Htx.annotationStore.selected;
    const there = [...annotation.areas.values()].filter((area) => area.type === "audioregion");
    const turn = there[Math.floor(one * there.length)];
    const start = Math.round(one * 70 * 100) / 100;
    if (kind === "select" && turn) { annotation.unselectAll(); annotation.selectArea(turn); }
    else if (kind === "move" && turn) turn.setProperty("end", Math.round((turn.start + 0.2 + two) * 1000) / 1000);
    else if (kind === "code" && turn) {
        const control = annotation.names.get("elements");
        const said = turn.results.find((result) => result.from_name === control);
        const value = [["meaning", two < 0.5 ? "BC.ATTR.POS" : "BC.ATTR.NEG"]];
        if (said) said.setValue(value);
        else turn.addResult({ from_name: control, to_name: turn.object, type: "taxonomy", value: { taxonomy: value } });
    }
    else if (kind === "rate") {
        const points = annotation.names.get(`BS.${1 + Math.floor(one * 5)}`).children;
        points[Math.floor(two * points.length)].toggleSelected();
    }
    else if (kind === "make") {
        const labels = [["kind", "volwassene", "onbekend"][Math.floor(two * 3)]];
        const names = annotation.names;
        const [turns, sound] = [names.get("turn"), names.get("audio")];
        annotation.createResult({ start, end: start + 0.5 + two, channel: 0 }, { labels }, turns, sound, true);
        sound.needsUpdate();
    }
}"""

SCREEN = """() => Htx.annotationStore.selected.serializeAnnotation()
    .map(({ id, from_name, value }) => [id, from_name, value])"""

Coded = list[tuple[str, str, str]]


def seeded(seed: int) -> Random:
    """Return chance that falls the same each time."""
    return Random(seed)  # noqa: S311 - no secret


def in_order(results: list[Any]) -> Coded:
    """Return results so that two codings that say the same are equal."""
    return sorted((one[0], one[1], json.dumps(one[2], sort_keys=True)) for one in results)


class Coder:
    """Somebody with an account who codes one clip, whatever happens."""

    def __init__(self, server: Server, context: BrowserContext, project: int, task: int, role: str = "trainee") -> None:
        self.server, self.project, self.task = server, project, task
        self.account = server.account(role)
        self.fault: str | None = None
        self.begin(context)

    def begin(self, context: BrowserContext) -> None:
        """Sit down at a browser, and open the clip."""
        self.context = context
        context.set_default_timeout(PATIENCE * 1000)
        self.sign_in()
        context.route(LOG, self._answer)
        self.failed: list[str] = []
        context.on("requestfailed", lambda request: self.failed.append(f"{request.url} {request.failure}"))
        context.on("weberror", lambda error: self.failed.append(str(error.error)))
        self.page = context.new_page()
        self.open()

    def sign_in(self) -> None:
        """Be signed in as somebody who came in by the sign-in page."""
        session = signed_in(self.server.url, self.account["email"], self.account["password"])
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.server.url}])

    def _answer(self, route: Route) -> None:
        if self.fault == "abort":
            route.abort()
        elif self.fault and self.fault.isdecimal():
            route.fulfill(status=int(self.fault), content_type="application/json", body="{}")
        else:
            route.continue_()

    def open(self) -> None:
        """Open the clip, and take it over where another window has it."""
        self.page.goto(f"{self.server.url}/projects/{self.project}/data?task={self.task}")
        self.ready()

    def ready(self) -> None:
        """Wait until the clip is there, and what was kept is on the screen."""
        self._wait(lambda: self.page.evaluate(f"Boolean({READY})"))

        def settled() -> bool:
            self._take_over()
            return bool(self.page.evaluate(f"{STATE} === 'saved'"))

        self._wait(settled)

    def shows(self, wanted: Coded) -> None:
        """Wait until this is on the screen: Label Studio may still draw the clip anew for who signed in."""
        self._wait(lambda: self.screen() == wanted)

    def _wait(self, true: Callable[[], Any]) -> None:
        """Wait until something is true, or say what the page shows instead."""
        try:
            until(true)
        except AssertionError as error:
            raise AssertionError(f"{self.page.evaluate(WHY_NOT)} {self.failed[-20:]}") from error

    def _take_over(self) -> None:
        """Take the clip over where it is asked, because it is open in another window."""
        if self.page.locator("dialog button[value=take]").count():
            self.page.click("dialog button[value=take]")

    def screen(self) -> Coded:
        """Return what is on the screen."""
        return in_order(self.page.evaluate(SCREEN))

    def edit(self, chance: Random) -> str:
        """Do something that coders do, and return what."""
        kind = chance.choices(
            ("code", "label", "move", "make", "delete", "undo", "redo", "rate"), (8, 2, 4, 3, 2, 4, 2, 1)
        )[0]
        one, two = chance.random(), chance.random()
        if kind in ("move", "make", "rate"):
            self.page.evaluate(EDITS, [kind, one, two])
        elif kind in ("undo", "redo"):
            self.page.keyboard.press("Control+z" if kind == "undo" else "Control+y")
        else:
            self.page.evaluate(EDITS, ["select", one, two])
            self._frame()
            key = {"code": chance.choice(KEYS), "label": chance.choice("123"), "delete": "Backspace"}[kind]
            self.page.keyboard.press(key)
            if self.page.locator("dialog button[value=delete]").count():
                self.page.keyboard.press("Enter")
        return kind

    def wait_until_saved(self) -> None:
        """Wait until the line says that all is on the server, and sign in where that is asked."""

        def saved() -> bool:
            if self.page.locator("dialog input[name=password]").count():
                self.page.fill("dialog input[name=password]", self.account["password"])
                self.page.click("dialog button[type=submit]")
                self._wait(lambda: not self.page.locator("dialog input[name=password]").count())
            if len(self.context.pages) > 1:
                self._take_over()
            return bool(self.page.evaluate(f"{STATE} === 'saved'"))

        self._wait(saved)

    def look_on(self) -> None:
        """Leave the screen as it is for as long as after which nothing may be lost."""
        shown = time.monotonic()
        until(lambda: time.monotonic() - shown > KEPT_AFTER)

    def code_a_turn(self, *keys: str) -> Coded:
        """Give the first turn of a child these codes, and return what is on the screen then."""
        self.page.evaluate(
            """() => {
                const annotation = Htx.annotationStore.selected;
                const kind = [...annotation.areas.values()].find((area) => area.labels?.[0] === "kind");
                annotation.unselectAll();
                annotation.selectArea(kind);
            }"""
        )
        self._frame()
        for key in keys:
            self.page.keyboard.press(key)
        return self.screen()

    def _frame(self) -> None:
        self.page.evaluate("() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve)))")

    def prepare_to_travel(self) -> None:
        """Put where the page finds it what it needs to edit by itself."""
        self.page.evaluate(
            f"""() => {{
                const mulberry = (seed) => () => {{
                    seed = (seed + 0x6d2b79f5) | 0;
                    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
                    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
                    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
                }};
                const screen = () => JSON.stringify(({SCREEN})().map((one) => JSON.stringify(one)).sort());
                window.coder = {{ mulberry, screen, edits: {EDITS} }};
            }}"""
        )

    def kept_in_browser(self) -> int:
        """Return how many works and submits the browser still keeps."""
        found: int = self.page.evaluate(
            """() => new Promise((resolve, reject) => {
                const opening = indexedDB.open("vib-coding");
                opening.onerror = () => reject(opening.error);
                opening.onsuccess = async () => {
                    const counts = ["works", "submissions"].map((name) => new Promise((told) => {
                        const asked = opening.result.transaction(name).objectStore(name).count();
                        asked.onsuccess = () => told(asked.result);
                    }));
                    const [works, submissions] = await Promise.all(counts);
                    opening.result.close();
                    resolve(works + submissions);
                };
            })"""
        )
        return found

    def submit(self) -> None:
        """Submit, and wait until the server has it; of what was new, until the page that says so is there."""
        new = self.page.locator("[data-testid=bottombar-update-button]").count() == 0
        stored = re.compile(rf"/api/tasks/{self.task}/annotations|/api/annotations/\d+")
        with self.page.expect_response(lambda one: bool(stored.search(one.url)) and one.status in (200, 201)):
            submit_anyway(self.page)
            self.press_submit()
        if new:
            self.page.wait_for_url(AFTER_SUBMIT)

    def press_submit(self) -> None:
        """Press Label Studio's button, whatever is asked then."""
        self.page.locator("[data-testid=bottombar-submit-button], [data-testid=bottombar-update-button]").click()

    def mend(self) -> None:
        """Take away what edits by chance may leave so that it breaks a rule that blocks: initiatives and ratings."""
        self.page.evaluate(
            """() => {
                for (const area of [...Htx.annotationStore.selected.areas.values()]) {
                    if (area.classification) area.deleteRegion();
                    else for (const result of [...area.results]) {
                        if (result.from_name.name === "initiative") area.removeResult(result);
                    }
                }
            }"""
        )
        self.wait_until_saved()

    def stored(self) -> list[Coded]:
        """Return what the server has from this coder, an item for each annotation."""
        task = next(task for task in self.server.tasks(self.project) if task["id"] == self.task)
        who = self.server.api("GET", "/api/users/").json()
        number = next(user["id"] for user in who if user["email"] == self.account["email"])
        return [
            in_order([(one["id"], one["from_name"], one["value"]) for one in annotation["result"]])
            for annotation in task["annotations"]
            if annotation["completed_by"] == number
        ]

    def clear(self) -> None:
        """Take away what was submitted, so that the clip can be coded anew."""
        task = next(task for task in self.server.tasks(self.project) if task["id"] == self.task)
        for annotation in task["annotations"]:
            self.server.api("DELETE", f"/api/annotations/{annotation['id']}/")


@contextmanager
def browser_to_kill(kind: BrowserType, folder: Path) -> Iterator[tuple[BrowserContext, subprocess.Popen[bytes]]]:
    """Start Chromium with a profile that stays, as a process that can be killed as the system does it."""
    folder.mkdir(exist_ok=True)
    port = folder / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    program = shutil.which("chromium") or kind.executable_path
    options = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--window-size=1440,900"]
    process = subprocess.Popen(
        [program, *CHROMIUM, *options, "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        number = until(lambda: port.exists() and port.read_text().split("\n")[0])
        browser = kind.connect_over_cdp(f"http://127.0.0.1:{number}")
        yield browser.contexts[0], process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a browser with all its processes, at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
