"""What axe-core, a tablet, 200 %, dark and paper say of every page of ours to which links lead, for each role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person
from tests.e2e.lived_in import lived_in
from tests.e2e.looking import faults_of, links, registered, walk
from tests.e2e.test_no_third_party import ROLES, role_of_this_commit
from tests.node_tools import needs_node
from vib.language import LANGUAGES

BESIDE = (("", "/user/login/"), ("", "/user/signup/"), ("trainee", "/people/"), ("trainee", "/vib/nothing-here/"))
"""The pages for strangers, and those that say that something is not there, or not for somebody."""

FAILING = ("serious", "critical")

MAIN = """() => {
    const main = document.querySelector("main");
    return [document.documentElement.lang, main.innerText.trim().length, document.querySelectorAll("main").length,
        document.querySelectorAll("h1").length];
}"""
PAPER = """() => [...document.querySelectorAll("body, main, .card, .vib-header")]
    .filter((one) => one.checkVisibility()).map((one) => [one.className, getComputedStyle(one).backgroundColor])"""
"""What is printed, and on what."""

FOR_SCRIPTS = (
    *("access/style.css", "coding/", "turns/<int:project>/state", "talk/clips/<int:task>/remarks"),
    "agreement/progress/<str:token>",
)
"""How addresses begin that scripts ask."""

WHITE = ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


@pytest.fixture(scope="module")
def worked_on(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with lived_in(demo, tmp_path_factory.mktemp("looked-at") / "data") as server:
        yield server


@needs_node
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[pytest.mark.nightly] * (role != role_of_this_commit())) for role in ROLES]
)
def test_nothing_serious_is_wrong_with_a_page_that_links_lead_to(role: str, server: Server, browser: Browser) -> None:
    screen = Person(browser, server, role).page
    found = [fault for path in walk(screen, server.url) for fault in faults_of(screen, path)]
    assert not [fault for fault in found if fault.impact in FAILING], "\n".join(map(str, found))


@needs_node
@pytest.mark.parametrize(("role", "path"), BESIDE)
def test_nothing_serious_is_wrong_with_a_page_that_no_link_leads_to(
    role: str, path: str, server: Server, browser: Browser
) -> None:
    screen = Person(browser, server, role).page if role else browser.new_page()
    screen.goto(f"{server.url}{path}")
    found = faults_of(screen, path)
    assert not [fault for fault in found if fault.impact in FAILING], "\n".join(map(str, found))


@needs_node
@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES)
def test_nothing_at_all_is_wrong_with_a_page_when_people_have_been_at_work(
    role: str, worked_on: Server, browser: Browser
) -> None:
    screen = Person(browser, worked_on, role).page
    found = [fault for path in walk(screen, worked_on.url) for fault in faults_of(screen, path)]
    assert not found, "\n".join(map(str, found))


@pytest.mark.nightly
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["1440x900", "1024x768"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_is_one_heading_with_something_below_it_in_the_language_asked_for(
    role: str, language: str, size: str, theme: str, worked_on: Server, browser: Browser
) -> None:
    person = Person(browser, worked_on, role, size=size)
    person.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    wrong = []
    for path in walk(person.page, worked_on.url, f"lang={language}"):
        person.rest()
        person.screenshot(f"{role}{path.replace('/', '-')}{language}-{size}-{theme}")
        said, length, mains, headings = person.page.evaluate(MAIN)
        if (said, mains, headings) != (language, 1, 1) or length < 40:
            wrong.append((path, said, length, mains, headings))
    assert wrong == []
    assert person.elsewhere == []


@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES)
def test_each_page_can_be_read_without_a_script_and_on_paper_from_a_dark_screen(
    role: str, worked_on: Server, browser: Browser
) -> None:
    person = Person(browser, worked_on, role, scripts=False)
    for path in walk(person.page, worked_on.url):
        person.page.emulate_media(media="screen", color_scheme="dark")
        assert len(person.page.inner_text("main").strip()) >= 40, path
        person.page.emulate_media(media="print", color_scheme="dark")
        assert not person.page.locator(".vib-header").is_visible(), path
        printed = person.page.evaluate(PAPER)
        assert [one for one in printed if one[1] not in WHITE] == [], path


@pytest.mark.nightly
def test_links_lead_somebody_from_the_front_door_to_every_page(worked_on: Server, browser: Browser) -> None:
    reached: set[str] = set()
    for role in ROLES:
        screen = Person(browser, worked_on, role).page
        for _ in walk(screen, worked_on.url):
            reached |= {route for _, route in links(screen, worked_on.url)}
    missing = [route for _, route in registered() if route not in reached and not route.startswith(FOR_SCRIPTS)]
    assert not missing, f"no link leads to {missing}"
