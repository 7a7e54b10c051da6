"""The guide beside the labelling page: opened by a key, with moments of the demo to watch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person
from tests.waiting import until

pytestmark = pytest.mark.nightly


def test_a_key_opens_the_guide_in_another_tab_at_the_code_that_was_chosen_last(
    server: Server, browser: Browser
) -> None:
    anna = Person(browser, server, "trainee", 0)
    anna.open_stream(server.projects()["Oefenset 1"])
    anna.select(next(number for number, (_, _, code) in enumerate(anna.turns()) if code == "kind"))
    anna.page.keyboard.press("s")
    with anna.page.context.expect_page() as opened:
        anna.page.keyboard.press("?")
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/vib/guide/vib-pleegzorg/BC.REC.V/")
    assert opened.value.locator("h1").inner_text() == "Verbaal ontvangen"


def test_a_moment_of_the_demo_plays_from_where_the_code_is_and_begins_again_at_its_end(
    server: Server, browser: Browser
) -> None:
    counsellor = Person(browser, server, "counsellor", 0)
    counsellor.page.goto(f"{server.url}/vib/guide/vib-pleegzorg/BC.REC.V/")
    counsellor.screenshot("guide-code-1440x900")
    video = counsellor.page.locator("video").first
    begin, end = (float(video.get_attribute(name) or "nan") for name in ("data-from", "data-until"))
    until(lambda: bool(video.evaluate("video => video.readyState >= 1")))
    video.evaluate("video => { video.muted = true; return video.play(); }")
    until(lambda: begin < float(video.evaluate("video => video.currentTime")) < end)
    video.evaluate("(video, at) => { video.currentTime = at; }", end - 0.3)
    until(lambda: begin <= float(video.evaluate("video => video.currentTime")) < end - 0.4)
