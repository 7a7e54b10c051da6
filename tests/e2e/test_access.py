"""Who may see what, as it is on the screen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Response

from tests.conftest import Server, running_demo
from tests.e2e.conftest import Person
from tests.e2e.people import FIRST, PEOPLE, STEP
from tests.e2e.test_no_third_party import role_of_this_commit

PRACTICE = "Oefenset 1"
NOT_OURS = ("/static/", "/react-app/", "/label-studio-frontend/", "/dm/", "/vib/media/")
OWN_TIMES = frozenset({"created_ago", "last_activity"})
"""Fields that change by themselves as time passes."""

AGO = re.compile(r"[Zz]ojuist|((minder dan )?een minuut|een paar seconden|(ongeveer )?\d+ \w+) geleden")
UNSAVED = re.compile(r"^(#|ID |Nummer )[\w-]{5}( \*)?$", re.M)
"""What the browser calls codes that are not saved: each time another word."""

HISTORY = "#History-draggable .lsf-panel-tabs__tab"
COMPARE = "[data-testid=compare-all-toggle]"

CLOCK = re.compile(r"^\d\d(:\d\d)*$\n?", re.M)
"""What a player says of its own place, as soon as it has loaded: sooner or later."""


@pytest.fixture(scope="module")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server of its own, with more people than the demo has: here nobody coded anything before."""
    with running_demo(demo, tmp_path_factory.mktemp("access") / "data") as running:
        made = running.commands.python("from tests.e2e.people import main; main()")
        assert made.returncode == 0, made.stderr
        yield running


def of_the_plugin(server: Server, module: str, name: str) -> Any:
    """Return a constant of the plugin, or its elements; it can be read only where Django is."""
    code = f"import json; from plugins.access.{module} import {name} as it; print(json.dumps(it, default=list))"
    read = server.commands.python(code)
    assert read.returncode == 0, read.stderr
    return json.loads(read.stdout)


def login(server: Server, name: str) -> tuple[str, int]:
    """Return role and place of somebody in logins.json."""
    role = PEOPLE[name]
    accounts = json.loads((server.data / "logins.json").read_text(encoding="utf-8"))["accounts"]
    emails = [account["email"] for account in accounts if account["role"] == role]
    return role, emails.index(f"{name}@vib.example")


def come(browser: Browser, server: Server, name: str) -> Person:
    return Person(browser, server, *login(server, name))


def ask(server: Server, name: str, method: str, path: str, **options: Any) -> Any:
    """Ask something with somebody's token."""
    token = server.account(*login(server, name))["token"]
    return server.api(method, path, headers={"Authorization": f"Token {token}"}, **options)


def make_round(server: Server, name: str, raters: tuple[str, ...], *options: str) -> None:
    people = [word for rater in raters for word in ("--rater", f"{rater}@vib.example")]
    leader = ("--supervisor", "opleider@vib.example")
    server.vib("access", "round", name, "--practice", "oefenset-1", *people, *leader, "--all-clips", *options)


def number_of(name: str) -> int:
    return FIRST + list(PEOPLE).index(name) * STEP


def codes_of(server: Server, project: int, task: int, name: str) -> list[dict[str, Any]]:
    """Return what somebody submitted, as the machine's own account sees it."""
    stored = next(t for t in server.tasks(project) if t["id"] == task)
    return [code for code in stored["annotations"] if code["completed_by"] == number_of(name)]


def submit_by_token(server: Server, task: int, name: str) -> int:
    """Submit what the machine said of a task as somebody's codes."""
    path = f"/api/tasks/{task}/"
    result = server.api("GET", path).json()["predictions"][0]["result"]
    answer = ask(server, name, "POST", f"{path}annotations/", json={"result": result})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


@dataclass(frozen=True)
class Screen:
    """A page as it is shown, and all that the server said for it."""

    text: str
    page: str
    answers: Mapping[str, frozenset[str]]
    refused: tuple[str, ...]

    @property
    def everything(self) -> str:
        """All of it as one text."""
        return "\n".join([self.page, *(f"{asked}\n{said}" for asked, all_ in self.answers.items() for said in all_)])


class Watching:
    """Keeps what the server says to a browser."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.asking = person.asking
        self.url = person.server.url
        self.heard: list[Response] = []
        self.page.on("response", lambda response: self.heard.append(response))

    def go(self, path: str) -> None:
        """Open a page, with nothing heard before."""
        self.heard.clear()
        self.asking.go(f"{self.url}{path}")

    def screen(self) -> Screen:
        """Return what is shown now, and what was said since the page was opened."""
        self.asking.rest()
        answers: dict[str, frozenset[str]] = {}
        refused = []
        for response in list(self.heard):
            path = response.url.removeprefix(self.url)
            if not response.url.startswith(self.url) or path.startswith(NOT_OURS):
                continue
            asked = f"{response.request.method} {path}"
            if response.status >= 400:
                refused.append(f"{response.status} {asked}")
            if "json" in response.headers.get("content-type", ""):
                answers[asked] = answers.get(asked, frozenset()) | {_without_time(response)}
        text = CLOCK.sub("", UNSAVED.sub("(unsaved)", AGO.sub("(ago)", self.page.inner_text("body"))))
        return Screen(text, self.page.content(), answers, tuple(refused))


def _without_time(response: Response) -> str:
    # Label Studio asks a backend how it is, and notes when, at each look at it: the viewer's own.
    times = OWN_TIMES | {"updated_at"} if "/api/ml?" in response.url else OWN_TIMES

    def leave(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: leave(one) for name, one in value.items() if name not in times}
        return [leave(one) for one in value] if isinstance(value, list) else value

    with suppress(Error):
        return json.dumps(leave(response.json()), sort_keys=True)
    return ""


def come_before(person: Person, project: int, task: int) -> None:
    """Open what is another page the first time: a list without a tab yet, the panel of the history."""
    person.page.goto(f"{person.server.url}/projects/{project}/data")
    person.page.get_by_text("Ingeleverde coderingen:").wait_for()
    person.open_task(project, task)
    open_hidden(person, HISTORY)


def open_hidden(person: Person, selector: str) -> None:
    """Press what is on the page, and hidden from who codes."""
    person.page.locator(selector).first.dispatch_event("click")


def tour(person: Person, project: int, task: int) -> dict[str, Screen]:
    """Look at every page where one could see something of another rater."""
    page, seen = person.page, {}
    watching = Watching(person)

    def look(name: str) -> None:
        seen[name] = watching.screen()

    for name, path in {
        "projects": "/projects/",
        "start": "/vib/",
        "account": "/user/account/personal-info",
    }.items():
        watching.go(path)
        look(name)

    for menu in ("Kolommen", "Volgorde"):
        watching.go(f"/projects/{project}/data")
        page.get_by_text("Ingeleverde coderingen:").wait_for()
        if "list" not in seen:
            look("list")
        page.get_by_role("button", name=menu).first.click()
        page.get_by_text("Gemaakt op", exact=True).wait_for()
        look(menu)

    watching.heard.clear()
    person.open_stream(project)
    look("stream")
    watching.heard.clear()
    person.open_task(project, task)
    look("task")
    open_hidden(person, HISTORY)
    look("history")
    open_hidden(person, COMPARE)
    person.wait_until("Htx.annotationStore.viewingAll")
    look("compare")
    open_hidden(person, COMPARE)
    person.wait_until("!Htx.annotationStore.viewingAll")
    return seen


def assert_no_sign(seen: Mapping[str, Screen], name: str, *numbers: int) -> None:
    """Check that nothing shown or said has somebody's name, address, number or the numbers of their codes."""
    sign = re.compile("|".join([name, *(rf"(?<!\d){number}(?!\d)" for number in (number_of(name), *numbers))]), re.I)
    for where, screen in seen.items():
        found = sign.search(screen.everything)
        assert found is None, f"{where}: {screen.everything[max(0, found.start() - 200) : found.end() + 100]}"


def assert_same(before: Mapping[str, Screen], after: Mapping[str, Screen]) -> None:
    """Check that what is shown and said has not changed at all."""
    for where in before:
        assert after[where].text == before[where].text, where
        for asked, said in before[where].answers.items():
            assert after[where].answers.get(asked, said) == said, (where, asked)
        assert after[where].refused == before[where].refused == (), where


def code_of(person: Person) -> None:
    """Change something of the suggested turns that is nobody else's: make the first one somebody unknown."""
    person.select(0)
    person.page.keyboard.press("3")
    person.wait_until("Htx.annotationStore.selected.regions.some(r => r.labels?.[0] === 'onbekend')")


def raters_on_screen(person: Person) -> list[str]:
    """Return of whom there are codes on a task page."""
    found: list[str] = person.page.evaluate(
        "Htx.annotationStore.annotations.filter(a => a.pk).map(a => a.user?.email ?? '').sort()"
    )
    return found


def test_a_trainee_sees_no_sign_of_what_another_submitted_on_the_list_and_at_the_clip(
    server: Server, browser: Browser
) -> None:
    project = server.projects()[PRACTICE]
    task = server.tasks(project)[0]["id"]
    make_round(server, "blind", ("wilhelmina", "ferdinand"))
    number = submit_by_token(server, task, "wilhelmina")
    try:
        person = come(browser, server, "ferdinand")
        watching = Watching(person)
        watching.go(f"/projects/{project}/data")
        person.page.get_by_text("Ingeleverde coderingen: 0").wait_for()
        seen = {"list": watching.screen()}
        watching.heard.clear()
        person.open_task(project, task)
        seen["task"] = watching.screen()
        assert_no_sign(seen, "wilhelmina", number)
    finally:
        server.api("DELETE", f"/api/annotations/{number}/")


@pytest.mark.nightly
def test_two_trainees_code_the_same_clip_and_neither_sees_a_sign_of_the_other_but_their_supervisor_sees_both(
    server: Server, browser: Browser
) -> None:
    project = server.projects()[PRACTICE]
    task = server.tasks(project)[0]["id"]
    make_round(server, "blind", ("wilhelmina", "ferdinand"))
    first, second = come(browser, server, "wilhelmina"), come(browser, server, "ferdinand")
    come_before(second, project, task)
    before = tour(second, project, task)

    first.open_stream(project)
    code_of(first)
    first.submit()
    (submitted,) = codes_of(server, project, task, "wilhelmina")

    after = tour(second, project, task)
    assert_no_sign(after, "wilhelmina", submitted["id"])
    assert_same(before, after)
    assert "Ingeleverde coderingen: 0" in after["list"].text
    suggested = [region["value"]["labels"] for region in server.tasks(project)[0]["predictions"][0]["result"]]
    second.open_stream(project)
    assert second.page.evaluate("Htx.annotationStore.store.task.id") == task
    assert [[label] for _, _, label in second.turns()] == suggested

    come_before(first, project, task)
    before = tour(first, project, task)
    second.open_stream(project)
    code_of(second)
    second.submit()
    (other,) = codes_of(server, project, task, "ferdinand")
    after = tour(first, project, task)
    assert_no_sign(after, "ferdinand", other["id"])
    assert_same(before, after)
    assert "Ingeleverde coderingen: 1" in after["list"].text

    supervisor = Person(browser, server, "supervisor")
    supervisor.open_task(project, task)
    assert raters_on_screen(supervisor) == ["ferdinand@vib.example", "wilhelmina@vib.example"]
    shown = supervisor.page.inner_text("body")
    assert "Wilhelmina" in shown
    assert "Ferdinand" in shown


def cards(person: Person) -> str:
    """Return what the project list says."""
    watching = Watching(person)
    watching.go("/projects/")
    person.page.locator(".lsf-projects-page__list, .lsf-empty-projects-page").first.wait_for()
    return person.page.locator(".lsf-projects-page").inner_text()


def test_a_counsellor_sees_only_their_families_in_the_project_list(server: Server, browser: Browser) -> None:
    counsellor = Person(browser, server, "counsellor")
    shown = cards(counsellor)
    assert "F-0001" in shown
    assert "F-0002" in shown
    assert PRACTICE not in shown
    answer = counsellor.page.goto(f"{server.url}/projects/{server.projects()[PRACTICE]}/data")
    assert answer is not None
    assert answer.status == 404
    assert "Deze pagina is er niet" in counsellor.page.inner_text("main")


@pytest.mark.parametrize("page", ["data", "data?labeling=1", "data?task={task}", "settings"])
def test_a_trainee_who_opens_the_address_of_a_family_is_refused(page: str, server: Server, browser: Browser) -> None:
    family = server.projects()["F-0001"]
    task = server.tasks(family)[0]["id"]
    trainee = Person(browser, server, "trainee")
    answer = trainee.page.goto(f"{server.url}/projects/{family}/{page.format(task=task)}")
    assert answer is not None
    assert answer.status in (403, 404)
    assert "F-0001" not in trainee.page.content()
    trainee.page.get_by_role("link", name="Naar de startpagina").click()
    trainee.page.wait_for_url("**/vib/")


def test_a_family_comes_and_goes_at_once_on_an_open_page_and_with_a_token(server: Server, browser: Browser) -> None:
    family = server.projects()["F-0002"]
    address = f"/api/projects/{family}/"
    counsellor = come(browser, server, "cornelius")
    assert "F-0002" not in cards(counsellor)
    assert "Aan jou is nog niets toegewezen" in counsellor.page.evaluate(
        "getComputedStyle(document.querySelector('.lsf-empty-projects-page'), '::after').content"
    )
    assert ask(server, "cornelius", "GET", address).status_code == 404

    server.vib("access", "grant", "cornelius@vib.example", "F-0002")
    assert ask(server, "cornelius", "GET", address).status_code == 200
    assert "F-0002" in cards(counsellor)
    counsellor.page.goto(f"{server.url}/projects/{family}/data")
    counsellor.page.get_by_text("voorlezen").first.wait_for()

    server.vib("access", "revoke", "cornelius@vib.example", "F-0002")
    with counsellor.page.expect_response(lambda r: "/api/tasks" in r.url) as answered:
        counsellor.page.get_by_role("button", name="Opnieuw ophalen").click()
    assert answered.value.status == 404
    assert ask(server, "cornelius", "GET", address).status_code == 404
    again = counsellor.page.reload()
    assert again is not None
    assert again.status == 404
    assert "voorlezen" not in counsellor.page.content()


def test_a_round_that_hides_predictions_shows_a_trainee_no_turns(server: Server, browser: Browser) -> None:
    project = server.projects()[PRACTICE]
    task = server.tasks(project)[0]["id"]
    make_round(server, "bare", ("clementine",), "--hide-predictions")
    trainee = come(browser, server, "clementine")
    watching = Watching(trainee)
    for path in (f"/projects/{project}/data?labeling=1", f"/projects/{project}/data?task={task}"):
        watching.go(path)
        trainee.wait_until("window.Htx?.annotationStore?.selected?.names?.get('audio')?._ws?.loaded")
        assert trainee.page.evaluate("Htx.annotationStore.selected.regions.length") == 0
        assert trainee.page.evaluate("Htx.annotationStore.predictions.length") == 0
        assert "turns-0" not in watching.screen().everything
    watching.go(f"/projects/{project}/data")
    trainee.page.get_by_text("Voorstellen: 0").wait_for()


def test_opening_a_round_shows_raters_each_others_codes_and_they_cannot_change_their_own(
    server: Server, browser: Browser
) -> None:
    project = server.projects()[PRACTICE]
    task = server.tasks(project)[0]["id"]
    make_round(server, "to-open", ("godelieve", "leopold"))
    own, _ = (submit_by_token(server, task, name) for name in ("godelieve", "leopold"))
    rater = come(browser, server, "godelieve")
    rater.open_task(project, task)
    assert raters_on_screen(rater) == ["godelieve@vib.example"]

    server.vib("access", "open", "to-open")
    rater.open_task(project, task)
    assert raters_on_screen(rater) == ["godelieve@vib.example", "leopold@vib.example"]
    before = codes_of(server, project, task, "godelieve")
    mine = f"Htx.annotationStore.annotations.find(a => a.pk == {own})"
    rater.page.evaluate(f"Htx.annotationStore.selectAnnotation({mine}.id)")
    rater.wait_until(f"Htx.annotationStore.selected.pk == {own} && Htx.annotationStore.selected.regions.length")
    rater.wait_until("Htx.annotationStore.selected.isReadOnly()")
    assert "niet meer van jou" in rater.page.locator(".vib-coding-state").inner_text()
    assert ask(server, "godelieve", "PATCH", f"/api/annotations/{own}/", json={"result": []}).status_code == 403
    assert codes_of(server, project, task, "godelieve") == before


def test_a_counsellor_sees_the_codes_of_a_colleague_only_after_submitting_their_own(
    server: Server, browser: Browser
) -> None:
    project = server.projects()["F-0001"]
    task = server.tasks(project)[0]["id"]
    for name in ("cornelius", "rosamunde"):
        server.vib("access", "grant", f"{name}@vib.example", "F-0001")
    theirs = submit_by_token(server, task, "cornelius")
    counsellor = come(browser, server, "rosamunde")
    assert_no_sign(tour(counsellor, project, task), "cornelius", theirs)
    counsellor.open_task(project, task)
    assert raters_on_screen(counsellor) == []

    counsellor.open_stream(project)
    code_of(counsellor)
    counsellor.submit()
    counsellor.open_task(project, task)
    assert raters_on_screen(counsellor) == ["cornelius@vib.example", "rosamunde@vib.example"]
    assert "Cornelius" in counsellor.page.inner_text("body")


HOME = {"administrator": None, "supervisor": PRACTICE, "counsellor": "F-0001", "trainee": PRACTICE}
"""The project that each role works in."""


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[pytest.mark.nightly] * (role != role_of_this_commit())) for role in HOME]
)
def test_nothing_is_refused_on_the_pages_that_a_role_uses(role: str, server: Server, browser: Browser) -> None:
    person = Person(browser, server, role)
    watching = Watching(person)
    paths = ["/", "/projects/", "/vib/", "/vib/guide/vib-pleegzorg/", "/user/account/personal-info"]
    rules = person.page.request.get(f"{server.url}{of_the_plugin(server, 'hiding', 'ADDRESS')}").text()
    hidden = re.findall(r"^(.+) \{ display: none !important; \}$", rules, re.M)
    assert hidden
    title = HOME[role]
    if title is not None:
        project = server.projects()[title]
        task = server.tasks(project)[0]["id"]
        paths += [f"/projects/{project}/data{query}" for query in ("", "?labeling=1", f"?task={task}")]
    for path in paths:
        watching.go(path)
        screen = watching.screen()
        assert screen.refused == (), path
        assert "Er ging iets mis" not in screen.text, path
        for selector in hidden:
            assert not any(found.is_visible() for found in person.page.locator(selector).all()), (path, selector)


def test_what_the_list_offers_to_sort_and_filter_by_is_not_refused(server: Server, browser: Browser) -> None:
    project = server.projects()[PRACTICE]
    trainee = Person(browser, server, "trainee", 1)
    watching = Watching(trainee)
    watching.go(f"/projects/{project}/data")
    trainee.page.get_by_text("Ingeleverde coderingen:").wait_for()
    told = json.loads(next(iter(watching.screen().answers[f"GET /api/dm/columns?project={project}"])))
    filters = set(of_the_plugin(server, "columns", "FILTERS"))
    for name in ("orderable", "filterable"):
        offered = {
            column["id"] for column in told["columns"] if column.get("parent") != "data" and column.get(name, True)
        }
        assert offered - {"data"} <= filters, f"{name}: once it is chosen, the list stays empty and no clip is offered"


def test_every_button_that_is_hidden_is_still_on_label_studios_pages(server: Server, browser: Browser) -> None:
    wanted, there = set(of_the_plugin(server, "hiding", "LEADS_TO")), set[str]()

    def look(person: Person, *paths: str) -> None:
        for path in paths:
            person.asking.go(f"{server.url}{path}")
            if path == "/organization":
                person.page.locator(".main-menu-trigger").click()
                person.page.locator('a[href="/version"]').wait_for(state="attached")
            there.update(selector for selector in wanted if person.page.locator(selector).count())

    practice = server.projects()[PRACTICE]
    look(
        Person(browser, server, "supervisor"), "/projects/", f"/projects/{practice}/data", "/user/account/personal-info"
    )
    administrator = Person(browser, server, "administrator")
    look(administrator, "/organization")
    made = server.api("POST", "/api/projects/", "administrator", json={"title": "Leeg"})
    assert made.status_code == 201, made.text
    look(administrator, f"/projects/{made.json()['id']}/data")
    gone = wanted - there
    assert not gone, f"Label Studio's pages no longer have {sorted(gone)}: mend LEADS_TO in plugins/access/hiding.py"
