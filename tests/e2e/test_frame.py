"""Label Studio's own pages within the shell, as each role meets them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT, Server
from tests.e2e.conftest import Person
from tests.e2e.test_no_third_party import ROLES, project_of, role_of_this_commit

STYLE = ROOT / "plugins" / "host" / "static" / "vib" / "frame_coding.css"
NOT_FOR_CODING = re.findall(r"^(.+) \{ display: none !important; \}$", STYLE.read_text(encoding="utf-8"), re.M)

HEADERS = """() => [...document.querySelectorAll(".vib-header")].filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect()).map(({ top, height }) => [top, height < 60])"""
"""Where our headers are, and whether each is of one line: what is below it has that much less room."""
LONGER = "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
SHOWN = """(selectors) => selectors.filter(
    (one) => [...document.querySelectorAll(one)].some((found) => found.checkVisibility()))"""
THERE = "(selectors) => selectors.filter((one) => document.querySelector(one))"
ITS_COLOURS = "document.documentElement.dataset.colorScheme"
OUR_PAPER = "getComputedStyle(document.querySelector('.vib-header')).backgroundColor"
THEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")


@pytest.mark.parametrize("size", ["1440x900", "1024x768"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.nightly
def test_each_page_of_label_studio_is_within_the_shell_whoever_looks(
    role: str, size: str, server: Server, browser: Browser
) -> None:
    look(role, size, server, browser)


def test_a_page_of_label_studio_is_within_the_shell(server: Server, browser: Browser) -> None:
    look(role_of_this_commit(), "1024x768", server, browser)


def look(role: str, size: str, server: Server, browser: Browser) -> None:
    """Sign in by the form, and look at the list of projects, the list of clips and a clip, in light and in dark."""
    person = Person(browser, server, role, size=size, by_form=True)
    page = person.page
    assert urlsplit(page.url).path == "/vib/"
    ours = {theme: in_theme(person, theme, OUR_PAPER) for theme in THEMES}
    assert ours["light"] != ours["dark"]
    with project_of(server, role) as project:
        task = server.tasks(project)[0]["id"]
        for path in ("projects/", f"projects/{project}/data", f"projects/{project}/data?task={task}"):
            person.asking.go(f"{server.url}/{path}")
            assert page.evaluate(HEADERS) == [[0, True]], path
            assert page.evaluate("document.documentElement.lang") == "nl", path
            assert not page.evaluate(LONGER), path
            if role != "administrator":
                assert page.evaluate(SHOWN, NOT_FOR_CODING) == [], path
            for theme in THEMES:
                assert in_theme(person, theme, OUR_PAPER) == ours[theme], path
                assert page.evaluate(ITS_COLOURS) == theme, path
            person.screenshot(f"frame-{role}-{path.partition('/')[2].replace('/', '-')}-{size}")


def in_theme(person: Person, theme: Literal["light", "dark"], asked: str) -> Any:
    """Return what a page says of itself on a device that asks for light or dark."""
    person.page.emulate_media(color_scheme=theme)
    person.rest()
    return person.page.evaluate(asked)


@pytest.mark.nightly
def test_what_is_hidden_from_who_codes_is_still_on_label_studios_pages(server: Server, browser: Browser) -> None:
    supervisor, administrator = (Person(browser, server, role) for role in ("supervisor", "administrator"))
    project = server.projects()[ROLES["supervisor"] or ""]
    supervisor.open_task(project, server.tasks(project)[0]["id"])
    supervisor.select(0)
    supervisor.rest()
    found = set(supervisor.page.evaluate(THERE, NOT_FOR_CODING))
    supervisor.asking.go(f"{server.url}/user/account/personal-info")
    found.update(supervisor.page.evaluate(THERE, NOT_FOR_CODING))
    # An administrator has no project yet.
    administrator.asking.go(f"{server.url}/projects/")
    found.update(administrator.page.evaluate(THERE, NOT_FOR_CODING))
    gone = {one for one in NOT_FOR_CODING if not one.startswith("a[href*=")} - found
    assert not gone, f"Label Studio's pages no longer have {sorted(gone)}: mend {STYLE.name}"
