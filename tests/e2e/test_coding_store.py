"""Each call on Label Studio's store that our script makes does what the script counts on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Server
from tests.e2e.conftest import Person

HERE = Path(__file__).parent
READY = (HERE / "coding_store_ready.js").read_text(encoding="utf-8")
CALLS = (HERE / "coding_store_calls.js").read_text(encoding="utf-8")
AGAIN = """async () => {
    open.annotation.unselectAll();
    open.apply(coding.between(open.coding(), start));
    await rest();
}"""


@pytest.fixture(scope="module")
def page(server: Server, browser: Browser) -> Iterator[Page]:
    """Return a page with a clip to code, on which our module can be called; nothing of it is submitted."""
    project = server.projects()["F-0002"]
    counsellor = Person(browser, server, "counsellor")
    counsellor.open_stream(project)
    scripts = counsellor.page.locator("script[src*='/vib_coding/main.js']").get_attribute("src") or ""
    counsellor.page.evaluate(READY, scripts.removesuffix("/main.js"))
    yield counsellor.page
    counsellor.page.context.close()


@pytest.mark.parametrize("call", re.findall(r'^  "(.+?)": ', CALLS, re.M))
def test_the_store_of_label_studio(page: Page, call: str) -> None:
    page.evaluate(AGAIN)
    assert page.evaluate(f"(name) => ({CALLS})[name]()", call) is True
