"""Submit asks about broken rules first: what blocks is to be mended, and what stands out may be submitted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.coder import Coder
from tests.e2e.conftest import SCREENSHOTS
from tests.waiting import until

PRACTICE = "Oefenset 1"

PLACE = """() => [
    Htx.annotationStore.selected.selectedRegions.map(({ start, labels }) => [start, labels[0]]),
    Htx.annotationStore.selected.names.get("audio")._ws.currentTime,
]"""


@pytest.fixture
def coder(server: Server, browser: Browser) -> Iterator[Coder]:
    """Return a trainee who has a clip open."""
    project = server.projects()[PRACTICE]
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    try:
        yield Coder(server, context, project, server.tasks(project)[-1]["id"])
    finally:
        context.close()


@pytest.mark.nightly
def test_what_blocks_leads_to_its_turn_and_what_stands_out_can_be_submitted(coder: Coder) -> None:
    page = coder.page
    coder.code_a_turn("q")
    (start, _), *_ = page.evaluate(PLACE)[0]
    page.evaluate("Htx.annotationStore.selected.unselectAll()")
    coder.press_submit()
    dialog = page.locator("dialog")
    dialog.wait_for()
    assert "Dit moet nog anders" in dialog.inner_text()
    assert "Dit initiatief heeft nog geen ontvangst of vervolg." in dialog.inner_text()
    assert dialog.locator("button[value=submit]").count() == 0
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "submit-blocked-nl-1440x900.png")
    dialog.locator(".vib-coding-blocks .vib-coding-place").first.click()
    until(lambda: page.evaluate(PLACE)[0] == [[start, "kind"]])
    assert page.evaluate(PLACE)[1] == pytest.approx(start, abs=0.1)
    page.keyboard.press("s")
    page.keyboard.press("z")
    coder.wait_until_saved()
    coder.press_submit()
    dialog.wait_for()
    assert "Klopt dit?" in dialog.inner_text()
    assert "nog geen ontvangst" not in dialog.inner_text()
    page.keyboard.press("Escape")
    assert coder.stored() == []
    shown = coder.screen()
    coder.submit()
    assert coder.stored() == [shown]
    coder.clear()
