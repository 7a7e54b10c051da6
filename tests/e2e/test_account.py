"""Somebody chooses language, colours and time zone once, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Server
from tests.e2e.conftest import Person

LOOKS = """() => [document.documentElement.lang, document.documentElement.dataset.colorScheme ?? "",
    getComputedStyle(document.querySelector(".vib-header")).backgroundColor]"""
LIGHT, DARK = "rgb(255, 253, 249)", "rgb(31, 28, 25)"


@contextmanager
def put_back(screen: Page, url: str) -> Iterator[None]:
    """Leave the account as one that never chose, for who comes next."""
    try:
        yield
    finally:
        form: dict[str, str | float | bool] = {"language": "", "theme": "", "time_zone": "Europe/Amsterdam"}
        assert screen.request.post(f"{url}/vib/account/", form=form).ok


@pytest.mark.nightly
def test_what_somebody_chose_holds_on_label_studios_pages_too_and_on_another_device(
    server: Server, browser: Browser
) -> None:
    person = Person(browser, server, "trainee")
    screen = person.page
    with put_back(screen, server.url):
        screen.goto(f"{server.url}/vib/")
        assert screen.evaluate(LOOKS) == ["nl", "", LIGHT]
        screen.locator(".vib-menu summary").click()
        screen.get_by_role("link", name="Voorkeuren").click()
        screen.get_by_label("English").check()
        screen.get_by_label("Donker").check()
        screen.get_by_label("Tijdzone").select_option("Asia/Tokyo")
        screen.get_by_role("button", name="Bewaren").click()
        screen.get_by_role("status").get_by_text("Kept.").wait_for()
        assert screen.evaluate(LOOKS) == ["en", "", DARK]

        person.asking.go(f"{server.url}/projects/?page=1")
        assert screen.evaluate(LOOKS) == ["en", "dark", DARK]
        screen.get_by_role("button", name="Nederlands").click()
        screen.locator('html[lang="nl"]').wait_for(state="attached")
        assert screen.url == f"{server.url}/projects/?page=1"

        elsewhere = Person(browser, server, "trainee").page
        elsewhere.goto(f"{server.url}/vib/account/")
        assert elsewhere.evaluate(LOOKS) == ["nl", "", DARK]
        assert elsewhere.get_by_label("Tijdzone").input_value() == "Asia/Tokyo"
    assert person.elsewhere == []
