"""From the front door to the right clip in one click, and after a submit to what is left; never to an empty queue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import AFTER_SUBMIT, Person, submit_anyway
from tests.e2e.looking import SIZES, faults_of
from tests.node_tools import needs_node
from vib.language import LANGUAGES

PRACTICE = "Oefenset 1"
QUEUE_EMPTY = re.compile(r"/vib/coding/projects/\d+/done$")
SKIP = "[data-testid=bottombar-skip-button]"
UPDATE = "[data-testid=bottombar-update-button]"

pytestmark = [pytest.mark.nightly, needs_node]


@pytest.fixture
def practice(server: Server) -> Iterator[int]:
    """Return the project of the practice set, with the button to skip, and nothing submitted before or after."""
    project = server.projects()[PRACTICE]
    try:
        clear(server, project)
        skipping(server, project, True)
        yield project
    finally:
        skipping(server, project, False)
        clear(server, project)


def skipping(server: Server, project: int, offered: bool) -> None:
    """Offer the button, or not: `vib sync` makes projects without, an administrator may switch it on."""
    answer = server.api("PATCH", f"/api/projects/{project}/", json={"show_skip_button": offered})
    assert answer.status_code == 200, answer.text


def clear(server: Server, project: int) -> None:
    for task in server.tasks(project):
        for annotation in task["annotations"]:
            server.api("DELETE", f"/api/annotations/{annotation['id']}/")


def look(person: Person, name: str) -> None:
    """Keep pictures of the page that is open, in both languages, light and dark, on a laptop and a tablet."""
    here = person.page.url
    for language, theme, (width, height) in product(LANGUAGES, ("light", "dark"), SIZES[:2]):
        person.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        person.page.set_viewport_size({"width": width, "height": height})
        person.page.goto(f"{here}?lang={language}")
        person.screenshot(f"{name}-{language}-{width}x{height}-{theme}")
    person.page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    person.page.goto(here)


def opened_task(person: Person) -> int:
    """Return which clip is on the coding screen, once it is there."""
    person.settle()
    found: int = person.page.evaluate("Htx.annotationStore.store.task.id")
    return found


def test_a_trainee_goes_from_the_front_door_through_a_submit_to_the_next_clip(
    server: Server, browser: Browser, practice: int
) -> None:
    trainee = Person(browser, server, "trainee")
    page = trainee.page
    page.goto(f"{server.url}/vib/")
    trainee.screenshot("after-front-door-trainee")
    page.locator("#left .button.main").click()
    first = opened_task(trainee)
    trainee.select(0)
    page.keyboard.press("3")
    trainee.submit()

    assert page.locator("h1").inner_text() == "Ingeleverd."
    look(trainee, "after-submit")
    serious = [one for one in faults_of(page, "after a submit") if one.impact in ("serious", "critical")]
    assert not serious, "\n".join(map(str, serious))
    page.locator("main .button.main").click()
    second = opened_task(trainee)
    assert second != first
    [submitted] = [task for task in server.tasks(practice) if task["annotations"]]
    assert submitted["id"] == first

    # What was submitted is changed where it is.
    trainee.open_task(practice, first)
    trainee.select(0)
    page.keyboard.press("2")
    with page.expect_response(lambda one: "/api/annotations/" in one.url and one.request.method == "PATCH"):
        submit_anyway(page)
        page.locator(UPDATE).click()
    trainee.wait_until("document.querySelector('.vib-coding-state')?.dataset.kind === 'saved'")
    assert not AFTER_SUBMIT.search(page.url)


def test_a_skip_leads_to_the_next_clip_and_an_empty_queue_to_what_was_done(
    server: Server, browser: Browser, practice: int
) -> None:
    trainee = Person(browser, server, "trainee", 1)
    token = {"Authorization": f"Token {server.account('trainee', 1)['token']}"}
    first, second, *others = [task["id"] for task in server.tasks(practice)]
    for task in others:
        answer = server.api("POST", f"/api/tasks/{task}/annotations/", headers=token, json={"result": []})
        assert answer.status_code == 201, answer.text
    trainee.open_stream(practice)
    assert opened_task(trainee) == first
    trainee.page.locator(SKIP).click()
    trainee.wait_until(f"Htx.annotationStore.store.task?.id === {second}")
    for task in (first, second):
        server.api("POST", f"/api/tasks/{task}/annotations/", headers=token, json={"result": []})
    skipped = [one["id"] for task in server.tasks(practice) for one in task["annotations"] if one["was_cancelled"]]
    for annotation in skipped:
        server.api("DELETE", f"/api/annotations/{annotation}/")
    trainee.page.goto(f"{server.url}/projects/{practice}/data?labeling=1")
    trainee.page.wait_for_url(QUEUE_EMPTY)
    assert trainee.page.locator("h1").inner_text() == "Alles ingeleverd."
    assert "No More Tasks" not in trainee.page.inner_text("body")
    look(trainee, "after-queue")
