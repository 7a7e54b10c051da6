"""No page asks another host for anything, and the policy that forbids it breaks nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.host.inserting import called
from tests.conftest import ROOT, Server
from tests.e2e.conftest import Person
from tests.waiting import PATIENCE

PROJECT = ("", "settings/", "data/import", "data/export", "data", "data?task={task}", "data?labeling=1")
SETTINGS = ("general", "labeling", "annotation", "ml", "predictions", "storage", "webhooks", "danger-zone")
ACCOUNT = ("personal-info", "hotkeys", "email-preferences", "personal-access-token", "legacy-api-token")

PAGES = (
    *("", "projects/", "organization/", "organization/webhooks", "people/", "models/", "vib/"),
    *(f"projects/{{project}}/{page}" for page in PROJECT),
    *(f"projects/{{project}}/settings/{tab}" for tab in SETTINGS),
    "projects/upload-example/",
    *(f"user/account/{tab}" for tab in ACCOUNT),
    *("user/account/", "user/login/", "user/signup/", "api-auth/login/", "version/", "docs/", "docs/api/"),
    *("docs/api/schema/swagger-ui/", "docs/api/schema/redoc/", "admin/", "admin/login/", "admin/users/user/"),
    *("admin/password_change/", "nothing-here/", "vib/guide/vib-pleegzorg/", "vib/agreement/"),
    *("vib/turns/", "vib/turns/{project}/", "vib/account/", "vib/families/", "vib/kept/", "vib/talk/"),
    "vib/intake/",
)
"""Addresses of every page; `test_every_page_of_the_url_map_is_visited` says which are forgotten."""

NO_PAGES = (
    *("api", "docs/api/schema", "export", "static/", "data/", "dm/", "react-app/", "label-studio-frontend/"),
    *("sw.js", "sw-fallback.js", "favicon.ico", "health/", "metrics/", "trigger500/", "samples/", "swagger"),
    *("feature-flags/", "heidi-tips/", "__lsa/", "logout", "storage-data/", "presign", "resolve", "tasks/"),
    *("vib/media", "vib/guide/", "django-rq/", "admin/", "api-auth/logout", "file", "user/account/<"),
    *("projects/<int:pk>/settings/<", "projects/<int:project_id>/presign", "projects/<int:project_id>/resolve"),
    *("vib/rounds/", "vib/agreement/round", "vib/agreement/project", "vib/agreement/progress", "vib/turns/results"),
    *("vib/coding/", "vib/turns/<int:project>/state", "vib/account/language", "vib/kept/download"),
    *("vib/access/moved", "vib/access/renamed", "vib/access/sight"),
    *("vib/families/<", "vib/intake/<", "vib/kept/<", "vib/talk/<", "vib/talk/clips/"),
)
"""How addresses begin that answer to programs, with a file, or (below admin/) with one form more of one kind.

Those of agreement need codes of two raters: `test_agreement_pages` visits them. The pages of a family, of a remark
and of a kind of what is kept `test_pages_looked_at` visits, which follows the links.
"""

ROUTES = """
import json, django; django.setup()
from django.urls import get_resolver
def walk(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^").removesuffix("$")
        yield from walk(pattern.url_patterns, route) if hasattr(pattern, "url_patterns") else [route]
print("ROUTES" + json.dumps(sorted(set(walk(get_resolver().url_patterns)))))
"""


ROLES = {"administrator": None, "supervisor": "Oefenset 1", "counsellor": "F-0001", "trainee": "Oefenset 1"}
"""Which project each role sees; an administrator has none but what they make."""


@contextmanager
def project_of(server: Server, role: str) -> Iterator[int]:
    """Give a project that a role sees; for administrators one that they made."""
    title = ROLES[role]
    if title is not None:
        yield server.projects()[title]
        return
    config = '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="a"/></Choices></View>'
    made = server.api("POST", "/api/projects/", role, json={"title": "eigen", "label_config": config})
    project = made.raise_for_status().json()["id"]
    server.api("POST", f"/api/projects/{project}/import", role, json=[{"t": "tekst"}]).raise_for_status()
    try:
        yield project
    finally:
        server.api("DELETE", f"/api/projects/{project}/").raise_for_status()


def visit(person: Person, project: int, said: list[str], pages: Sequence[str] = PAGES) -> dict[str, list[str]]:
    """Open pages; return what each asked of other hosts and what the policy stopped."""
    task = person.server.tasks(project)[0]["id"]
    found: dict[str, list[str]] = {}
    for page in pages:
        said.clear()
        person.elsewhere.clear()
        person.asking.go(f"{person.server.url}/{page.format(project=project, task=task)}")
        if wrong := [*person.elsewhere, *said]:
            found[page] = wrong
    return found


def listen(person: Person) -> list[str]:
    """Keep what the console says of the policy."""
    said: list[str] = []
    person.page.on("console", lambda m: said.append(m.text) if "Content Security Policy" in m.text else None)
    return said


THIRDS = 3


def number_of_this_commit() -> int:
    """Return a number that each commit has its own of, on every machine the same."""
    said = ""
    with suppress(OSError):
        asked = ["git", "rev-parse", "HEAD"]
        said = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, check=False).stdout
    return int(said[:8] or "0", 16)


def role_of_this_commit() -> str:
    """Return the role whose pages the quick set walks."""
    return list(ROLES)[number_of_this_commit() % len(ROLES)]


def test_no_page_of_a_third_asks_another_host_for_anything_and_the_policy_stops_nothing(
    server: Server, browser: Browser
) -> None:
    """Walk as one role through a third of the pages: with each commit others."""
    role, pages = role_of_this_commit(), PAGES[number_of_this_commit() // len(ROLES) % THIRDS :: THIRDS]
    person = Person(browser, server, role)
    assert person.elsewhere == []
    with project_of(server, role) as project:
        assert visit(person, project, listen(person), pages) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES)
def test_no_page_asks_another_host_for_anything_and_the_policy_stops_nothing(
    role: str, server: Server, browser: Browser
) -> None:
    person = Person(browser, server, role)
    assert person.elsewhere == []
    with project_of(server, role) as project:
        assert visit(person, project, listen(person)) == {}


@pytest.mark.nightly
def test_no_page_would_ask_another_host_even_if_it_could(server: Server, browser: Browser) -> None:
    person = Person(browser, server, "administrator", bypass_csp=True)
    with project_of(server, "administrator") as project:
        assert visit(person, project, []) == {}
    person.page.goto(f"{server.url}/projects/")
    person.page.locator(called("Create new project")).first.click()
    person.page.get_by_text("Labeling Setup").click()
    for group in person.page.locator("[class*=templates-list__group]").all():
        group.click()
    person.wait_until("[...document.images].every((image) => image.complete)")
    person.rest()
    assert person.elsewhere == []


@pytest.mark.parametrize(("address", "status"), [("user/login/", 200), ("user/signup/", 403)])
def test_pages_before_the_login_ask_nobody_else_either(
    address: str, status: int, server: Server, browser: Browser
) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{server.url}/{address}")
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert answer.status == status
    assert [url for url in asked if not url.startswith(server.url)] == []


def test_every_page_of_the_url_map_is_visited(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "plugins.settings", "VIB_DATA": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", ROUTES], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    routes = json.loads(run.stdout.partition("ROUTES")[2])
    visited = {page.partition("?")[0].replace("{project}", "<int:pk>").rstrip("/") for page in PAGES}
    visited |= {page.replace("<int:pk>", "<int:project>") for page in visited if page.startswith("vib/")}
    pages = [r for route in routes if not (r := route.replace("\\", "")).startswith(NO_PAGES) and r[-4:] != ".css"]
    assert [route for route in pages if route.rstrip("/") not in visited] == []
