"""No English is left on Label Studio's own pages for who reads Dutch, and what people and methods say stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person
from tests.waiting import until

SHOWN = Path(__file__).with_name("words_shown.js")
PROJECTS = {"trainee": "Oefenset 1", "counsellor": "F-0001", "supervisor": "Oefenset 1"}

NO_WORDS = re.compile(
    r"ID|JSON|JSON-MIN|CSV|TSV|CONLL2003|COCO|Pascal VOC XML|YOLO|YOLOv8 OBB|DocLang \(\.dclx\)|doclang|"
    r"ctrl|alt|shift|enter|escape|backspace|delete|tab|(turn|vib)[\d-]+|turns-[\d.]+|"
    r"Amazon S3|Google Cloud Storage|Azure Blob Storage|Redis Storage"
)
"""Keys as they stand on a keyboard, numbers of turns and codings, names of formats and makers."""


def names_in(value: Any) -> Iterator[str]:
    """Yield every text in a value that came as JSON."""
    if isinstance(value, str):
        yield " ".join(value.split())
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names_in(inner)


def written(server: Server, project: int) -> set[str]:
    """Return what people wrote that is on the pages of a project: of it, its clips, its method, and of themselves."""
    about = server.api("GET", f"/api/projects/{project}/").json()
    found = set(names_in([server.api("GET", "/api/projects/?page_size=100").json(), server.tasks(project)]))
    for part in ElementTree.fromstring(about["label_config"]).iter():  # noqa: S314 - our own
        found |= {" ".join(said.split()) for said in part.attrib.values()}
    people = [person[name] for person in server.api("GET", "/api/users/").json() for name in ("first_name", "email")]
    names = [name.partition("@")[0] for name in people if name]
    return found | {said for name in [*people, *names] for said in (name, name.upper(), name[:2].upper())}


class Reader:
    """Somebody who reads Dutch, and notes what is shown that is neither Dutch of Label Studio's nor of people."""

    def __init__(self, person: Person, known: set[str]) -> None:
        self.person, self.page = person, person.page
        self.known = known
        self.left: dict[str, str] = {}
        self.read = 0
        self.page.add_init_script(path=SHOWN)

    def note(self) -> None:
        """Note what the page showed until now."""
        self.person.rest()
        found = self.page.evaluate("wordsShown()")
        assert found is not None, f"{self.page.url} has no catalogue"
        self.read += found["known"]
        for said, where in found["left"]:
            if said not in self.known and not NO_WORDS.fullmatch(said) and not self._is_of_people(said):
                self.left[said] = f"{self.page.url}: {where}"

    def _is_of_people(self, said: str) -> bool:
        """Tell whether a text is some of what people wrote: a list of codes, or the beginning of much."""
        parts = [part for part in re.split(r"[/,]\s*", said) if part]
        return all(part in self.known for part in parts) or said.startswith(("[{", '{"', "/vib/media/"))

    def open(self, path: str) -> None:
        self.person.asking.go(f"{self.person.server.url}{path}")
        self.note()

    def press(self, *selectors: str) -> None:
        """Press one after the other, and put away what came up."""
        for selector in selectors:
            self.page.locator(selector).first.click()
            self.note()
        self.page.keyboard.press("Escape")

    def hover(self, selector: str) -> None:
        """Point at everything of a kind, so that it says what it is for."""
        for element in self.page.locator(selector).all():
            if element.is_visible() and element.is_enabled():
                element.hover(force=True)
        self.note()


def called(name: str) -> str:
    """Return the selector of what Label Studio calls by a name and says in Dutch."""
    return f'[data-english="{name}"]'


def read_lists(reader: Reader, project: int) -> None:
    """Read the lists of projects and clips, with their menus."""
    reader.open("/projects/")
    reader.open(f"/projects/{project}/data")
    reader.press("button:has-text('Kolommen')")
    reader.press("button:has-text('Volgorde')")
    reader.press(called("Toggle open"))
    reader.press(called("Tab options"))
    reader.press(called("Switch to grid view"), called("Grid settings"))
    reader.press(called("Switch to list view"))
    reader.press(".lsf-menu-header button:visible")
    reader.press("button:has-text('Filters')", ".lsf-filters__actions button", ".lsf-filterLine button")
    reader.hover("button")


def read_screen(reader: Reader, project: int) -> None:
    """Read the coding screen, with its menus and settings, a turn that is chosen, and what a submit says that fails."""
    person, page = reader.person, reader.page
    person.open_task(project, person.server.tasks(project)[0]["id"])
    reader.note()
    for menu in ("Video settings", "Audio settings"):
        reader.press(called(menu))
    reader.press(".lsf-view-controls button >> nth=0")
    reader.press(".lsf-view-controls button >> nth=1")
    person.select(0)
    reader.note()
    reader.hover("button")
    page.evaluate("Htx.toggleSettings()")
    reader.note()
    for tab in page.locator(".ant-tabs-tab").all():
        tab.click()
        reader.note()
    page.evaluate("Htx.toggleSettings()")


def read_account(reader: Reader) -> None:
    """Read what somebody sees of their own account."""
    for page in ("personal-info", "hotkeys"):
        reader.open(f"/user/account/{page}")


def read_export(reader: Reader, project: int) -> None:
    """Read where codes are taken along."""
    reader.open(f"/projects/{project}/data/export")


def reader_of(role: str, server: Server, browser: Browser) -> tuple[Reader, int]:
    project = server.projects()[PROJECTS[role]]
    return Reader(Person(browser, server, role), written(server, project)), project


def test_no_english_is_left_on_the_lists_and_the_coding_screen_of_a_trainee(server: Server, browser: Browser) -> None:
    reader, project = reader_of("trainee", server, browser)
    reader.open(f"/projects/{project}/data")
    reader.person.open_task(project, server.tasks(project)[0]["id"])
    reader.note()
    assert reader.left == {}
    assert reader.read > 60


@pytest.mark.nightly
@pytest.mark.parametrize("read", [read_lists, read_screen])
@pytest.mark.parametrize("role", PROJECTS)
def test_no_english_is_left_on_what_a_role_can_open(
    role: str, read: Callable[[Reader, int], None], server: Server, browser: Browser
) -> None:
    reader, project = reader_of(role, server, browser)
    read(reader, project)
    assert reader.left == {}
    assert reader.read > 60


@pytest.mark.nightly
def test_no_english_is_left_on_an_account_and_where_codes_are_taken_along(server: Server, browser: Browser) -> None:
    reader, project = reader_of("counsellor", server, browser)
    read_account(reader)
    read_export(reader, project)
    assert reader.left == {}


LIKE_ITS_WORDS = """<View><Header value="Settings"/><Text name="text" value="$clip"/>
<Choices name="Play" toName="text"><Choice value="Next"/><Choice value="Submit"/><Choice value="Undo"/></Choices>
<Labels name="Stop" toName="text"><Label value="Delete"/><Label value="Hide"/></Labels></View>"""


def test_what_people_and_methods_say_stays_also_where_it_reads_like_a_word_of_label_studio(
    server: Server, browser: Browser
) -> None:
    asked = {"title": "Filters", "description": "Loading...", "label_config": LIKE_ITS_WORDS}
    project = server.api("POST", "/api/projects/", "administrator", json=asked).json()["id"]
    try:
        told = server.api("POST", f"/api/projects/{project}/import", "administrator", json=[{"clip": "Cancel"}])
        assert told.status_code == 201, told.text
        somebody = Person(browser, server, "administrator")
        page = somebody.page
        somebody.asking.go(f"{server.url}/projects/")
        assert page.locator(".lsf-project-card__title-text", has_text="Filters").count() == 1
        assert page.locator(".lsf-project-card__description", has_text="Loading...").count() == 1
        somebody.asking.go(f"{server.url}/projects/{project}/data")
        assert page.locator(".lsf-table-row", has_text="Cancel").count() == 1
        assert page.locator(".lsf-breadcrumbs", has_text="Filters").count() == 1
        page.goto(f"{server.url}/projects/{project}/data?task={server.tasks(project)[0]['id']}")
        somebody.wait_until("window.Htx?.annotationStore?.selected?.names?.get('text')?._value")
        somebody.rest()
        said = until(lambda: page.locator(".lsf-main-view__annotation").inner_text())
        assert {"Settings", "Cancel", "Next", "Submit", "Undo", "Delete", "Hide"} <= set(
            re.findall("[A-Z][a-z]+", said)
        )
        assert "Inleveren" in page.locator("[data-testid=bottombar-submit-button]").inner_text()
    finally:
        server.api("DELETE", f"/api/projects/{project}/").raise_for_status()
