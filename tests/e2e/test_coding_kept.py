"""Nothing that somebody coded is lost or there twice, whatever fails meanwhile."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from tests.conftest import Server, running_demo, start_up, stop_up
from tests.e2e.coder import Coded, Coder, browser_to_kill, kill, seeded
from tests.processes import descendants
from tests.waiting import until

PRACTICE = "Oefenset 1"
SUBMIT = re.compile(r"/api/tasks/\d+/annotations")
FAULTS = ("", "abort", "502", "429", "offline", "signed out")
TRAVEL = """async (steps) => {
    const button = (name) => document.querySelector(`[data-act=${name}]`);
    const { mulberry, edits, screen } = window.coder;
    const first = screen();
    const begun = mulberry(steps);
    let made = 0;
    while (made < steps) {
        const before = screen();
        edits([["make", "move", "rate", "code"][Math.floor(begun() * 4)], begun(), begun()]);
        await Promise.resolve();
        if (screen() !== before) made += 1;
    }
    const last = screen();
    for (let step = 0; step < steps; step += 1) button("undo").click();
    const undone = screen();
    for (let step = 0; step < steps; step += 1) button("redo").click();
    const redone = screen();
    for (let step = 0; step < steps; step += 1) button("undo").click();
    return [undone === first, redone === last, last !== first];
}"""


@pytest.fixture(scope="module")
def coder(server: Server, browser: Browser) -> Iterator[Coder]:
    """Return a trainee who has a clip open."""
    project = server.projects()[PRACTICE]
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    try:
        yield Coder(server, context, project, server.tasks(project)[-1]["id"])
    finally:
        context.close()


def test_a_clip_that_label_studio_draws_without_its_turns_begins_from_them_all_the_same(
    server: Server, browser: Browser
) -> None:
    project = server.projects()["F-0002"]
    task = server.tasks(project)[-1]
    drawn_without: list[str] = []

    def leave_out(route: Route) -> None:
        answer = route.fetch()
        drawn_without.append(route.request.url)
        route.fulfill(response=answer, json={**answer.json(), "predictions": []})

    with browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL") as context:
        context.route(re.compile(r"/api/tasks/\d+\?project="), leave_out)
        coder = Coder(server, context, project, task["id"], "counsellor")
        assert drawn_without
        turns = [(one["id"], one["from_name"], one["value"]) for one in task["predictions"][-1]["result"]]
        assert [one[:2] for one in coder.screen()] == sorted(one[:2] for one in turns)
        assert coder.page.locator("[data-act=undo]").is_disabled()
        assert coder.page.locator("[data-act=reset]").is_disabled()


def signed_out(coder: Coder) -> None:
    coder.context.clear_cookies(name="sessionid")


def edits_under(coder: Coder, chance: Random, fault: str) -> Coded:
    """Edit while something fails, look at the screen for two seconds, have it work again, and return what was seen."""
    if fault == "signed out":
        signed_out(coder)
    coder.context.set_offline(fault == "offline")
    coder.fault = fault if fault in ("abort", "502", "429") else None
    for _ in range(chance.randint(2, 5)):
        coder.edit(chance)
    coder.look_on()
    # Now: what was on the screen for two seconds. Label Studio may draw the clip anew once it is online again.
    shown = coder.screen()
    coder.context.set_offline(False)
    coder.fault = None
    if fault == "signed out":
        coder.wait_until_saved()
        # Where nothing was changed nothing asked to sign in.
        coder.sign_in()
    return shown


def test_edits_survive_lost_requests_an_ended_session_and_a_reload(coder: Coder) -> None:
    chance = seeded(20)
    shown = edits_under(coder, chance, "signed out")
    coder.ready()
    coder.shows(shown)
    coder.fault = "abort"
    coder.edit(chance)
    coder.edit(chance)
    shown = coder.screen()
    coder.look_on()
    coder.fault = None
    coder.page.reload()
    coder.ready()
    assert coder.screen() == shown
    assert len({one[:2] for one in shown}) == len(shown)


@pytest.mark.parametrize("steps", [15, pytest.param(200, marks=pytest.mark.nightly)])
def test_undo_and_redo_of_random_edits_lead_back_and_forth(coder: Coder, steps: int) -> None:
    coder.prepare_to_travel()
    assert coder.page.evaluate(TRAVEL, steps) == [True, True, True]
    coder.wait_until_saved()


@pytest.mark.nightly
def test_a_second_window_is_told_takes_over_and_gives_back(coder: Coder) -> None:
    chance = seeded(21)
    first = coder.page
    coder.edit(chance)
    coder.wait_until_saved()
    shown = coder.screen()
    coder.page = second = coder.context.new_page()
    coder.open()
    assert coder.screen() == shown
    while coder.screen() == shown:
        coder.edit(chance)
    coder.wait_until_saved()
    shown = coder.screen()
    second.close()
    coder.page = first
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(lambda: first.locator("dialog button[value=take]").count())
    coder.ready()
    assert coder.screen() == shown


def test_what_takes_codes_away_asks_first_says_what_goes_and_is_undone(coder: Coder) -> None:
    page = coder.page
    coded = coder.code_a_turn("g", "w")
    page.keyboard.press("Backspace")
    assert "handelingsinitiatief" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    assert coder.screen() == coded
    page.keyboard.press("2")
    assert "initiatief gemist" in page.locator(".vib-coding-notice").inner_text()
    assert coder.screen() != coded
    page.click(".vib-coding-notice button:not(.vib-coding-close)")
    assert coder.screen() == coded
    page.click("[data-act=reset]")
    page.click("dialog button[value=reset]")
    assert coder.screen() != coded
    page.keyboard.press("Control+z")
    assert coder.screen() == coded
    page.keyboard.press("Control+Backspace")
    page.click("dialog button[value=delete]")
    assert [one for one in coder.screen() if one[1] == "turn"] == []
    if coder.screen() == []:
        page.keyboard.press("Control+Enter")
        assert "Zonder beurten" in page.locator("dialog").inner_text()
        page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    assert coder.screen() == coded


@pytest.mark.nightly
def test_a_submit_whose_answer_is_lost_counts_once(coder: Coder) -> None:
    coder.code_a_turn("s")
    coder.mend()
    shown = coder.screen()
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    coder.context.route(SUBMIT, lose)
    coder.submit()
    coder.context.unroute(SUBMIT)
    assert lost == [201]
    assert coder.stored() == [shown]
    assert coder.kept_in_browser() == 0
    coder.clear()


class Place:
    """A server of its own, which can be killed and comes back."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def kill(self) -> None:
        """Kill all of its processes at once, and start it again on what it left."""
        old = self.server
        for number in [old.process.pid, *descendants(old.process.pid)]:
            os.kill(number, signal.SIGKILL)
        old.process.wait()
        ports = (urlsplit(old.url).port, urlsplit(old.ml_url).port)
        self.server = start_up(old.data, port=ports[0], ml_port=ports[1])


@pytest.fixture
def place(demo: Path, tmp_path: Path) -> Iterator[Place]:
    """Run a server that a test may kill."""
    with running_demo(demo, tmp_path / "data") as first:
        found = Place(first)
        try:
            yield found
        finally:
            if found.server is not first:
                stop_up(found.server)


def sequence(place: Place, browser: Browser, folder: Path, seed: int, *, killing: bool) -> None:
    """Edit at random while things fail at random between edits; then submit."""
    chance = seeded(seed)
    server = place.server
    project = server.projects()[PRACTICE]
    task = chance.choice(server.tasks(project))["id"]
    with ExitStack() as stack:
        context, process = stack.enter_context(browser_to_kill(browser.browser_type, folder))
        coder = Coder(server, context, project, task)
        for _ in range(5):
            shown = edits_under(coder, chance, chance.choice(FAULTS))
            event = chance.choice(("reload", "browser killed", "second window", "server killed", "nothing"))
            if event == "reload":
                coder.page.reload()
            elif event == "browser killed":
                kill(process)
                context, process = stack.enter_context(browser_to_kill(browser.browser_type, folder))
                coder.begin(context)
            elif event == "second window":
                coder.page = context.new_page()
                coder.open()
            elif event == "server killed" and killing:
                place.kill()
                coder.server = place.server
            coder.ready()
            coder.shows(shown)
        coder.wait_until_saved()
        coder.mend()
        shown = coder.screen()
        coder.submit()
        assert coder.stored() == [shown]
        assert coder.kept_in_browser() == 0
        coder.clear()


@pytest.mark.nightly(alone=True)
@pytest.mark.parametrize("seed", range(40))
def test_random_edits_with_everything_that_fails_between_them(
    server: Server, browser: Browser, tmp_path: Path, seed: int
) -> None:
    sequence(Place(server), browser, tmp_path / "profile", seed, killing=False)


@pytest.mark.nightly(alone=True)
@pytest.mark.parametrize("seed", range(40, 50))
def test_random_edits_with_a_server_that_is_killed_too(
    place: Place, browser: Browser, tmp_path: Path, seed: int
) -> None:
    sequence(place, browser, tmp_path / "profile", seed, killing=True)
