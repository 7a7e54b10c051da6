"""Each role in a real browser: sign in, land on the front door, do the main thing, sign out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.conftest import Server
from tests.e2e.conftest import Person
from tests.e2e.test_no_third_party import ROLES, role_of_this_commit
from tests.waiting import PATIENCE

CLIP = re.compile(r"/projects/\d+/data\?task=\d+")
MAIN_THING: dict[str, Sequence[re.Pattern[str]]] = {
    "trainee": (CLIP,),
    "counsellor": (CLIP,),
    "supervisor": (re.compile(r"/vib/rounds/[^/]+/"),),
    "administrator": (re.compile(r"/admin/"),),
}
"""Where each role comes by clicking, from the front door on: to a clip to code, a round, the accounts."""


def link_to(where: re.Pattern[str], links: Locator) -> Locator:
    """Return the first link that leads somewhere."""
    for link in links.all():
        if where.search(link.get_attribute("href") or ""):
            return link
    raise AssertionError(f"none leads to {where.pattern}: {[one.get_attribute('href') for one in links.all()]}")


def journey(person: Person, role: str) -> Iterator[str]:
    """Go from the front door to what a role came for and back, and sign out; yield a name for each screen."""
    page = person.page
    page.goto(person.server.url)
    assert page.url == f"{person.server.url}/vib/"
    yield "front door"
    for where in MAIN_THING[role]:
        link_to(where, page.locator("main a")).click()
        page.wait_for_url(where)
        if where is CLIP:
            person.wait_until("window.Htx?.annotationStore?.selected")
        person.asking.rest()
        yield where.pattern
    page.goto(f"{person.server.url}/projects/")
    person.asking.rest()
    yield "projects"
    page.locator(".vib-brand").click()
    page.wait_for_url(f"{person.server.url}/vib/")
    page.locator(".vib-menu summary").click()
    yield "menu"
    page.locator(".vib-out").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    yield "signed out"
    page.goto(f"{person.server.url}/vib/")
    expect(page.locator("input[name=password]")).to_be_visible()


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[pytest.mark.nightly] * (role != role_of_this_commit())) for role in ROLES]
)
def test_two_clicks_after_signing_in_a_role_does_what_it_came_for_and_signing_out_ends_it(
    role: str, server: Server, browser: Browser
) -> None:
    expect.set_options(timeout=PATIENCE * 1000)
    person = Person(browser, server, role, by_form=True)
    assert person.page.url == f"{server.url}/vib/"
    assert len(MAIN_THING[role]) <= 2
    assert len(list(journey(person, role))) >= 5
