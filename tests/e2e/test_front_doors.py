"""From the front door to the right clip, in a real browser."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person


@pytest.mark.nightly
def test_a_counsellor_is_one_click_from_coding_the_newest_clip_of_a_family(server: Server, browser: Browser) -> None:
    newest = max(task["id"] for title in ("F-0001", "F-0002") for task in server.tasks(server.projects()[title]))
    person = Person(browser, server, "counsellor")
    person.page.goto(f"{server.url}/vib/")
    person.page.locator("#families tbody a[href*='data?task=']").first.click()
    person.settle()
    assert parse_qs(urlsplit(person.page.url).query)["task"] == [str(newest)]
    assert person.turns()


@pytest.mark.nightly
def test_an_administrator_sees_that_every_part_of_a_server_that_runs_works(server: Server, browser: Browser) -> None:
    person = Person(browser, server, "administrator")
    person.page.goto(f"{server.url}/vib/?lang=en")
    said = person.page.locator("#installation tbody tr").all_inner_texts()
    assert len(said) >= 7
    assert [line for line in said if "works" not in line.split("\t")[1]] == []
