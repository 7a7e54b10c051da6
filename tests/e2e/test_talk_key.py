"""Saying something from the coding screen: one key, a text, and on with coding."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Server
from tests.e2e.conftest import Person

pytestmark = pytest.mark.nightly


def test_a_key_puts_a_doubt_at_the_moment_and_the_supervisor_answers_it(server: Server, browser: Browser) -> None:
    anna, leader = Person(browser, server, "trainee", 0), Person(browser, server, "supervisor", 0)
    project = server.projects()["Oefenset 1"]
    anna.open_task(project, server.tasks(project)[0]["id"])
    anna.select(1)
    start, _, _ = anna.turns()[1]
    coded = anna.turns()
    anna.page.keyboard.press("!")
    dialog = anna.page.locator("dialog.vib-talk")
    expect(dialog).to_be_visible()
    # Label Studio's own keys do nothing meanwhile: what is typed is text.
    anna.page.keyboard.type("Is dit 1 ontvangst? s")
    anna.screenshot("talk-dialog")
    dialog.get_by_label("twijfel").check()
    anna.page.keyboard.press("Control+Enter")
    expect(dialog.get_by_role("status")).to_have_text("Geplaatst.")
    expect(dialog.get_by_role("listitem")).to_contain_text("Is dit 1 ontvangst? s")
    anna.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert anna.turns() == coded

    leader.page.goto(f"{server.url}/vib/")
    leader.page.locator("#_main a[href^='/vib/talk/']").first.click()
    expect(leader.page.locator(".talk-text")).to_have_text("Is dit 1 ontvangst? s")
    assert "twijfel" in leader.page.locator(".lead").inner_text()
    # The playhead was elsewhere: what is meant is the turn.
    assert f"#t={start:.1f}" in (leader.page.locator("video").get_attribute("src") or "")
    leader.page.fill("textarea", "Ja, kijk nog eens.")
    leader.page.get_by_role("button", name="Antwoorden").click()
    expect(leader.page.locator(".talk-text")).to_have_text(["Is dit 1 ontvangst? s", "Ja, kijk nog eens."])
    leader.screenshot("talk-thread")

    anna.page.goto(f"{server.url}/vib/")
    expect(anna.page.get_by_text("1 gesprek heeft iets nieuws voor je.")).to_be_visible()
    anna.screenshot("talk-panel")
    anna.page.locator("#_main a[href^='/vib/talk/']").first.click()
    expect(anna.page.locator(".talk-text").last).to_have_text("Ja, kijk nog eens.")
    # What was before somebody's eyes is no longer new.
    expect(anna.page.locator(".talk-seen")).to_be_hidden()
    anna.page.goto(f"{server.url}/vib/")
    expect(anna.page.get_by_text("heeft iets nieuws")).to_have_count(0)
