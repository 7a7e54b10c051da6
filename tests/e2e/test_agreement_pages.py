"""The supervisor's pages about agreement in a real browser, with the codes of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Server, running_demo
from tests.e2e.conftest import Person
from tests.e2e.lived_in import code

ROUND = "/vib/agreement/round/oefenronde/"

CONTROLS = "a[href], button, select, input:not([type=hidden]), video, summary, [tabindex='0']"

NAMES = f"""() => [...document.querySelectorAll("{CONTROLS}")].filter((element) => element.checkVisibility()
    && !["aria-label", "aria-labelledby"].some((name) => element.getAttribute(name)) && !element.textContent.trim()
    && ![...(element.labels || [])].some((label) => label.textContent.trim())).map((element) => element.outerHTML)"""
"""Controls without a name."""

SMALL = """() => [...document.querySelectorAll(
        "button:not(.what), select, input[type=number], .button, nav a, .clips > li > a")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.5)
    .map((element) => element.outerHTML)"""
"""Controls that are lower than a finger."""

NUMBER = f"""() => {{
    const all = [...document.querySelectorAll("{CONTROLS}")]
        .filter((element) => element.checkVisibility() && !(element.type === "radio" && !element.checked));
    all.forEach((element, number) => {{ element.dataset.stop = number; }});
    return all.length;
}}"""
"""Numbers what the tab key is to reach; of radio buttons that is the one chosen."""


@pytest.fixture(scope="module")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server of its own, on which the demo's raters submitted the clips of the practice round."""
    with running_demo(demo, tmp_path_factory.mktemp("agreement") / "data") as running:
        code(running, "Oefenset 1")
        yield running


class Watched:
    """A supervisor at their screen, and what went wrong on it."""

    def __init__(self, browser: Browser, server: Server, size: str = "1440x900") -> None:
        self.person = Person(browser, server, "supervisor", size=size)
        self.page: Page = self.person.page
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def go(self, path: str) -> None:
        """Open a page and wait until it is all there."""
        self.page.goto(f"{self.person.server.url}{path}")
        self.page.wait_for_load_state("networkidle")

    def video(self, what: str) -> Any:
        """Return something of the video."""
        return self.page.evaluate(f"document.querySelector('video').{what}")


@pytest.fixture(scope="module")
def watched(browser: Browser, server: Server) -> Watched:
    return Watched(browser, server)


@pytest.fixture(autouse=True)
def nothing_went_wrong(watched: Watched) -> Iterator[None]:
    """Check after each test that the page said no error, and asked no other host for anything."""
    yield
    assert watched.wrong == []
    assert watched.person.elsewhere == []


def open_clip(watched: Watched) -> None:
    watched.go(f"{ROUND}clip/F-0001/2026-03-01-maaltijd/?pair=anna,bram")
    watched.person.wait_until("document.querySelector('video').readyState >= 3")
    watched.page.evaluate(
        "() => { window.played = []; const video = document.querySelector('video');"
        "video.muted = true; video.addEventListener('playing', () => played.push(video.currentTime)); }"
    )


def test_a_supervisor_comes_from_the_start_page_to_what_to_look_at_and_in_one_click_to_a_moment_that_plays(
    watched: Watched,
) -> None:
    page = watched.page
    watched.go("/vib/")
    page.get_by_role("link", name="Overeenstemming").first.click()
    page.get_by_role("link", name="oefenronde", exact=True).click()
    page.get_by_role("heading", name="Bekijk eerst").wait_for()
    assert page.get_by_role("heading", name="Bekijk eerst").bounding_box()["y"] < 900  # type: ignore[index]
    page.locator(".matrix td a").first.click()
    page.wait_for_url(lambda url: "/clip/" in url and "pair=" in url)
    assert page.locator("button.moment").first.get_attribute("aria-current") == "true"
    assert page.locator("details.more[open] dl > div").count() >= 2
    watched.person.wait_until("!document.querySelector('video').paused")


def test_an_explanation_opens_where_the_figure_stands(watched: Watched) -> None:
    page = watched.page
    watched.go(ROUND)
    page.locator("table.figures th .what").first.click()
    assert page.locator("[popover]:popover-open dl").is_visible()
    page.keyboard.press("Escape")


def test_what_is_settled_is_marked_and_can_be_left_out_and_opened_again(watched: Watched) -> None:
    open_clip(watched)
    page = watched.page
    before = page.locator("button.moment").count()
    page.locator("button.moment").first.click()
    page.get_by_label("Wat is er afgesproken?").first.fill("Wie knikt, ontvangt.")
    page.locator("details.more[open]").get_by_role("button", name="Afgesproken").click()
    page.wait_for_url(lambda url: url.endswith("#_moments"))
    settled = page.locator("li.settled")
    assert settled.count() == 1
    page.locator("[data-settled]").click()
    assert not settled.is_visible()
    assert page.locator(".many").inner_text() == str(before - 1)
    page.locator("[data-settled]").click()
    settled.locator("summary").click()
    assert "Wie knikt, ontvangt." in settled.inner_text()
    settled.get_by_role("button", name="Toch niet afgesproken").click()
    page.wait_for_url(lambda url: url.endswith("#_moments"))
    assert page.locator("li.settled").count() == 0


@pytest.mark.waits
def test_one_click_plays_a_moment_two_seconds_before_it_and_stops_at_its_end(watched: Watched) -> None:
    open_clip(watched)
    moment = watched.page.locator("button.moment").nth(1)
    start, end = (float(moment.get_attribute(f"data-{name}") or "nan") for name in ("start", "end"))
    moment.click()
    watched.person.wait_until("played.length > 0")
    assert abs(watched.page.evaluate("played[0]") - max(0.0, start - 2)) < 0.3
    assert not watched.video("paused")
    assert moment.get_attribute("aria-current") == "true"
    watched.person.wait_until("document.querySelector('video').paused")
    assert abs(watched.video("currentTime") - end) < 0.5


@pytest.mark.waits
def test_everything_can_be_done_with_the_keyboard(watched: Watched) -> None:
    open_clip(watched)
    page = watched.page
    moments = page.locator("button.moment")
    page.keyboard.press("j")
    watched.person.wait_until("!document.querySelector('video').paused")
    assert moments.nth(0).get_attribute("aria-current") == "true"
    page.keyboard.press("Space")
    watched.person.wait_until("document.querySelector('video').paused")
    page.keyboard.press("Space")
    watched.person.wait_until("!document.querySelector('video').paused")
    page.keyboard.press("j")
    assert moments.nth(1).get_attribute("aria-current") == "true"
    page.keyboard.press("k")
    assert moments.nth(0).get_attribute("aria-current") == "true"
    moments.nth(2).focus()
    page.keyboard.press("Enter")
    assert moments.nth(2).get_attribute("aria-current") == "true"
    assert page.locator("[aria-current=true].moment").count() == 1


def test_a_kind_of_difference_can_be_left_out(watched: Watched) -> None:
    open_clip(watched)
    page = watched.page
    before = page.locator("button.moment:visible").count()
    kind = page.locator(".kinds button[data-kind]").first
    left_out = int(kind.locator("b").inner_text())
    kind.click()
    assert page.locator("button.moment:visible").count() == before - left_out
    assert page.locator(".many").inner_text() == str(before - left_out)


def test_the_tab_key_reaches_every_control_and_each_has_a_name(watched: Watched) -> None:
    for path in (f"{ROUND}?pair=anna,bram", f"{ROUND}clip/F-0001/2026-03-01-maaltijd/?pair=anna,bram"):
        watched.go(path)
        page = watched.page
        assert page.evaluate(NAMES) == []
        wanted = page.evaluate(NUMBER)
        reached = set()
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.dataset.stop ?? null"))
        assert {str(number) for number in range(wanted)} - reached == set()


@pytest.mark.parametrize("size", [pytest.param("1440x900", marks=pytest.mark.nightly), "1024x768"])
@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.nightly)])
def test_pages_fit_the_screen_and_fingers(browser: Browser, server: Server, size: str, language: str) -> None:
    watched = Watched(browser, server, size)
    for name, path in (
        ("list", "/vib/agreement/"),
        ("round", ROUND),
        ("pair", f"{ROUND}?pair=anna,bram"),
        ("clip", f"{ROUND}clip/F-0001/2026-03-01-maaltijd/"),
    ):
        watched.go(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert watched.page.evaluate(SMALL) == [], name
        watched.person.screenshot(f"agreement-{name}-{language}-{size}")
    assert watched.wrong == []
