"""The keys that codes cannot have are those that the running labelling screen takes itself."""

from __future__ import annotations

import string

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Server
from tests.e2e.conftest import Person
from tests.waiting import until
from vib.codebook.keys import TAKEN

SCREEN = """<View>
  <Video name="video" value="$video" sync="clip" height="200"/>
  <Labels name="turn" toName="audio"><Label value="kind" hotkey="alt+9"/></Labels>
  <Audio name="audio" value="$audio" sync="clip"/>
</View>"""
"""A screen on which no letter or digit is a code's."""

SELECT = """() => {
    const annotation = Htx.annotationStore.selected;
    annotation.unselectAll();
    annotation.selectArea(annotation.regions[0]);
}"""


def is_taken(page: Page, key: str) -> bool:
    """Press a key while a turn is chosen, and tell whether the screen keeps the browser from doing anything with it."""
    page.evaluate(SELECT)
    page.keyboard.press(key)
    return bool(page.evaluate("window.pressed.defaultPrevented"))


@pytest.mark.nightly
def test_each_letter_and_digit_is_free_or_known_to_be_taken(server: Server, browser: Browser) -> None:
    there = server.tasks(server.projects()["Oefenset 1"])[0]["data"]
    asked = {"title": "toetsen", "label_config": SCREEN}
    project = server.api("POST", "/api/projects/", "administrator", json=asked).json()
    try:
        turn = {"start": 1.0, "end": 3.0, "channel": 0, "labels": ["kind"]}
        result = {"id": "a", "from_name": "turn", "to_name": "audio", "type": "labels", "value": turn}
        task = {"data": there, "predictions": [{"model_version": "keys", "result": [result]}]}
        address = f"/api/projects/{project['id']}/import?return_task_ids=1"
        said = server.api("POST", address, "administrator", json=[task])
        assert said.status_code == 201, said.text
        somebody = Person(browser, server, "administrator")
        page = somebody.page
        page.goto(f"{server.url}/projects/{project['id']}/data?task={said.json()['task_ids'][0]}")
        somebody.wait_until("window.Htx?.annotationStore?.selected?.regions?.length > 0")
        page.evaluate("addEventListener('keydown', (event) => { window.pressed = event; }, true)")
        until(lambda: is_taken(page, "Escape"))
        assert {key for key in string.ascii_lowercase + string.digits if is_taken(page, key)} == TAKEN
        assert is_taken(page, "Alt+9"), "the key of a label would be seen to be taken"
    finally:
        server.api("DELETE", f"/api/projects/{project['id']}/").raise_for_status()
