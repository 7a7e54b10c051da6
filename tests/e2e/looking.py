"""Looks at the pages below /vib/ as somebody who follows the links: what is there, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Error
from playwright.sync_api import Page as Screen

from tests.node_tools import node_tools
from vib.chosen import load_plugins
from vib.page import Page
from vib.settings import Settings

FRONT_DOOR = "/vib/"
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
KINDS = {"int": r"\d+", "path": r".+"}

SIZES = ((1440, 900), (1024, 768), (720, 450))
"""A laptop, a tablet, and the laptop at 200 %."""

AXE = """async () => {
    for (const part of document.querySelectorAll("PARTS")) part.open = true;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
    return found.violations.map(({ id, impact, help, nodes }) =>
        [id, impact, help, nodes.length, nodes.slice(0, 3).map((node) => node.html.slice(0, 200)
            + " | " + node.failureSummary.split("\\n").slice(1).join(" ").slice(0, 240))]);
}"""
ALL = AXE.replace("PARTS", "main details")
CONTRAST = AXE.replace("PARTS", "details").replace("runOnly: tags", 'runOnly: ["color-contrast"]')

LINKS = """() => [...document.querySelectorAll("a[href]")].map((link) => link.href)
    .concat([...document.forms].filter((form) => form.method === "get").map((form) => form.action))"""
WIDER = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = (one) => one.getBoundingClientRect().right > width + 1;
    return [...document.querySelectorAll("body *")].filter(wide).slice(-3).map((one) => one.outerHTML.slice(0, 160));
}"""


@dataclass(frozen=True)
class Fault:
    """Something that is wrong on a page."""

    page: str
    what: str
    impact: Literal["minor", "moderate", "serious", "critical"]
    where: Sequence[str]

    def __str__(self) -> str:
        return f"{self.page}: {self.what} ({self.impact})\n    " + "\n    ".join(self.where)


@cache
def registered() -> Sequence[tuple[re.Pattern[str], str]]:
    """Return what the address of each page of a plugin looks like that can be opened, words before parameters."""
    answers = load_plugins(Settings()).answers("vib_pages")
    pages: list[Page] = [page for _, found in answers for page in found or () if "GET" in page.methods]
    return [(_pattern(page), page.address) for page in sorted(pages, key=lambda page: page.specificity)]


def _pattern(page: Page) -> re.Pattern[str]:
    parts = PARAMETER.split(f"/{page.path}")
    return re.compile(
        "".join(re.escape(part) if at % 2 == 0 else KINDS.get(part, "[^/]+") for at, part in enumerate(parts))
    )


def route_of(path: str) -> str | None:
    """Return the route of a path as it is registered; None where it is no page of ours."""
    return next((route for pattern, route in registered() if pattern.fullmatch(path)), None)


def walk(screen: Screen, url: str, query: str = "") -> Iterator[str]:
    """Open one page of each route to which links lead from the front door; yield its path while it is open.

    Parameters
    ----------
    query : str
        What each address is asked with, such as ``lang=en``.
    """
    coming, seen = [FRONT_DOOR], {route_of(FRONT_DOOR)}
    while coming:
        path = coming.pop(0)
        if not _opened(screen, f"{url}{path}?{query}"):
            continue
        yield path
        for path, route in links(screen, url):
            if route not in seen:
                seen.add(route)
                coming.append(path)


def links(screen: Screen, url: str) -> list[tuple[str, str]]:
    """Return where one can go from the page that is open, below /vib/: paths and their routes."""
    paths = [urlsplit(link).path for link in screen.evaluate(LINKS) if link.startswith(url)]
    return [(path, route) for path in paths if (route := route_of(path)) is not None]


def _opened(screen: Screen, address: str) -> bool:
    """Open an address; tell whether it is a page, and no download or answer to a script."""
    try:
        answer = screen.goto(address, wait_until="load")
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    assert answer is not None
    assert answer.status == 200, f"{address}: {answer.status}"
    return answer.headers["content-type"].startswith("text/html")


def faults_of(screen: Screen, path: str) -> list[Fault]:
    """Return what is wrong with the page that is open, in light and in dark and at each size."""
    screen.emulate_media(color_scheme="light")
    found = _axe(screen, path, ALL)
    screen.emulate_media(color_scheme="dark")
    found += _axe(screen, f"{path} in dark", CONTRAST)
    screen.emulate_media(color_scheme="light")
    for width, height in SIZES:
        screen.set_viewport_size({"width": width, "height": height})
        if wide := screen.evaluate(WIDER):
            found.append(Fault(f"{path} at {width}x{height}", "scrolls sideways", "serious", wide))
    screen.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    return found


def _axe(screen: Screen, path: str, script: str) -> list[Fault]:
    if not screen.evaluate("Boolean(window.axe)"):
        screen.evaluate(_axe_core())
    return [
        Fault(path, f"{rule}: {said}, {number} times", impact, where)
        for rule, impact, said, number, where in screen.evaluate(script)
    ]


@cache
def _axe_core() -> str:
    return (node_tools() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
