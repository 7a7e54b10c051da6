"""The guide beside the labelling page: opened by a key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person

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
