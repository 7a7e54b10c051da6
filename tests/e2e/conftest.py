"""A real browser."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, Response, ViewportSize, sync_playwright

from tests.conftest import CACHE, Server
from tests.waiting import PATIENCE, until

CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SCREENSHOTS = CACHE / "screenshots"
IDLE = 0.5
"""Seconds without a question after which Playwright calls a page idle."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return headless Chromium."""
    path = shutil.which("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        try:
            yield running
        finally:
            running.close()


@pytest.fixture(autouse=True)
def screens_are_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close after a test what it opened: a page that stays open goes on asking and playing."""
    if "browser" not in request.fixturenames:
        yield
        return
    browser: Browser = request.getfixturevalue("browser")
    before = set(browser.contexts)
    yield
    for context in set(browser.contexts) - before:
        context.close()


AFTER_SUBMIT = re.compile(r"/vib/coding/tasks/\d+/done$")
"""The page to which a submit leads."""

STILL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const look = () => JSON.stringify([...document.querySelectorAll("canvas, video, .lsf-main-view *")].map((element) =>
        [element.width, element.height, ...Object.values(element.getBoundingClientRect().toJSON())]));
    for (let seen = look(), same = 0; same < 20; ) {
        await frame();
        const now = look();
        same = now === seen ? same + 1 : 0;
        seen = now;
    }
}"""
"""Waits until nothing on the page moved during twenty frames."""


@cache
def signed_in(url: str, email: str, password: str) -> str:
    """Return the session of somebody who logs in once, for all their screens."""
    with httpx.Client(base_url=url, timeout=120) as browser:
        browser.get("/user/login/")
        form = {"email": email, "password": password, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        answer = browser.post("/user/login/", data=form)
        assert answer.status_code == 302, answer.text
        return browser.cookies["sessionid"]


class Asking:
    """What a page asks for and has not been answered yet; a player that streams is never done, and left out."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.open: set[Request] = set()
        self.last = time.monotonic()
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)

    def _asked(self, request: Request) -> None:
        self.last = time.monotonic()
        if request.resource_type != "media":
            self.open.add(request)

    def _answered(self, request: Request) -> None:
        self.last = time.monotonic()
        self.open.discard(request)

    def rest(self) -> None:
        """Wait until all is answered, and the page asks nothing more for as long as Playwright calls idle."""
        until(lambda: self.page.evaluate("1") and not self.open and time.monotonic() - self.last > IDLE)

    def go(self, address: str) -> Response | None:
        """Open a page, and wait until it asks nothing more; what the page before asked for is given up."""
        self.open.clear()
        answer = self.page.goto(address)
        self.rest()
        return answer


def submit_anyway(page: Page) -> None:
    """Answer the question before a submit, where one comes, that it was meant."""
    page.evaluate(
        """() => new MutationObserver((_, seen) => {
            const button = document.querySelector("dialog button[value=submit]");
            if (button) { seen.disconnect(); button.click(); }
        }).observe(document.body, { childList: true })"""
    )


class Person:
    """Somebody with an account, at a screen of their own."""

    def __init__(
        self,
        browser: Browser,
        server: Server,
        role: str,
        number: int = 0,
        *,
        size: str = "1440x900",
        bypass_csp: bool = False,
        by_form: bool = False,
        scripts: bool = True,
    ) -> None:
        width, height = map(int, size.split("x"))
        self.server = server
        self.elsewhere: list[str] = []
        viewport = ViewportSize(width=width, height=height)
        context = browser.new_context(
            viewport=viewport, locale="nl-NL", bypass_csp=bypass_csp, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.asking = Asking(self.page)
        account = server.account(role, number)
        if by_form:
            self._log_in(account)
        else:
            session = signed_in(server.url, account["email"], account["password"])
            context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])

    def _log_in(self, account: dict[str, str]) -> None:
        self.page.goto(f"{self.server.url}/user/login/")
        self.page.fill("input[name=email]", account["email"])
        self.page.fill("input[name=password]", account["password"])
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/user/login" not in url)

    def _note(self, url: str) -> None:
        if url.startswith("http") and urlsplit(url).netloc != urlsplit(self.server.url).netloc:
            self.elsewhere.append(url)

    def open_stream(self, project: int) -> None:
        """Open the next clip to code in a project."""
        self.page.goto(f"{self.server.url}/projects/{project}/data?labeling=1")
        self.settle()

    def open_task(self, project: int, task: int) -> None:
        """Open one clip from the list of a project."""
        self.page.goto(f"{self.server.url}/projects/{project}/data?task={task}")
        self.settle()

    def settle(self) -> None:
        """Wait until the turns are there and the waveform has been drawn."""
        ready = "window.Htx?.annotationStore?.selected?.regions?.length > 0"
        self.wait_until(ready)
        self.wait_until("Htx.annotationStore.selected.names.get('audio')._ws?.loaded")
        self.wait_until("document.querySelector('video')?.readyState >= 2")
        self.rest()

    def rest(self) -> None:
        """Wait until nothing on the page moves any more."""
        self.page.evaluate(STILL)

    def wait_until(self, condition: str) -> None:
        """Wait for a JavaScript condition; Playwright's own way needs eval, which our policy forbids."""
        until(lambda: self.page.evaluate(f"Boolean({condition})") or None)

    def turns(self) -> list[tuple[float, float, str]]:
        """Return start, end and code of every turn on the screen, in order."""
        found = self.page.evaluate(
            "Htx.annotationStore.selected.serializeAnnotation().filter(r => r.type === 'labels')"
            ".map(r => [r.value.start, r.value.end, r.value.labels[0]])"
        )
        return sorted((start, end, code) for start, end, code in found)

    def select(self, number: int) -> None:
        """Choose the n-th turn by clicking it on the waveform."""
        start, end, _ = self.turns()[number]
        x, y = self._on_waveform((start + end) / 2)
        self.page.mouse.click(x, y)
        self.wait_until("Htx.annotationStore.selected.selectedRegions.length === 1")

    def drag_on_waveform(self, start: float, end: float) -> None:
        """Drag with the mouse from one moment to another, in seconds."""
        self.page.mouse.move(*self._on_waveform(start))
        self.page.mouse.down()
        self.page.mouse.move(*self._on_waveform(end), steps=12)
        self.page.mouse.up()

    def _on_waveform(self, second: float) -> tuple[float, float]:
        box = self.page.locator("canvas").last.bounding_box()
        duration = self.page.evaluate("document.querySelector('video').duration")
        assert box is not None
        return box["x"] + second / duration * box["width"], box["y"] + box["height"] * 0.6

    def submit(self) -> None:
        """Submit the codes and wait until the server has them, and the page that says so is there."""
        with self.page.expect_response(lambda r: "/annotations" in r.url and r.request.method == "POST"):
            submit_anyway(self.page)
            self.page.locator("[data-testid=bottombar-submit-button]").click()
        self.page.wait_for_url(AFTER_SUBMIT)

    def screenshot(self, name: str) -> Path:
        """Keep a picture of the screen to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path
