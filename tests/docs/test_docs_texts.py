"""The texts themselves: links lead somewhere, examples run, and no other host or machine is named."""

from __future__ import annotations

import ast
import doctest
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from tests.docs.pages import (
    DOCS,
    NAMES,
    PAGES,
    ROOT,
    blocks,
    every_page,
    every_text,
    links,
    read,
    sections,
)
from vib import codebook, family, observations_file
from vib.pluginhost import PluginHost

OWN_HOSTS = ("127.0.0.1", "localhost")
"""Hosts of an installation; `*.example` and `*.example.org` are nobody's."""
SOURCE_HOSTS = ("doi.org",)
OUTSIDE = ("/work/", "/home/", "/root/", "/Users/")
"""How paths begin that are on the machine of whoever wrote the page."""


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_text
def test_every_relative_link_leads_to_something_in_the_repository(page: Path) -> None:
    for link in links(page.read_text(encoding="utf-8")):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if parts.fragment and target.suffix == ".md":
            assert parts.fragment in anchors(target), link


def test_every_page_can_be_reached_from_the_index() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / urlsplit(link).path).resolve() for link in links(index.read_text(encoding="utf-8"))}
    assert set(PAGES) - {index} - linked == set()


def test_every_page_is_of_one_of_the_four_kinds() -> None:
    above = {page.name for page in PAGES if page.parent == DOCS}
    assert above == {"index.md", "architecture.md"}
    kinds = {"tutorial", "how-to", "reference", "explanation"}
    assert {str(page.parent.relative_to(DOCS)) for page in PAGES if page.name not in above} == kinds


@every_text
def test_no_text_names_a_foreign_host_or_a_path_of_somebodys_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    hosts = {(urlsplit(url).hostname or "") for url in re.findall(r"https?://[^\s<>)\"'`,]+", text)}
    known = {host for host in hosts if host in (*OWN_HOSTS, *SOURCE_HOSTS)}
    known |= {host for host in hosts if host.endswith((".example", ".example.org", "{hostname}"))}
    known |= {host for host in hosts if host and "." not in host}
    assert hosts - known - {""} == set()
    assert [path for path in OUTSIDE if re.search(rf"(?<![\w.]){re.escape(path)}", text)] == []


def parts_left_out(code: str) -> bool:
    """Tell whether an example says that it is not complete."""
    return re.search(r"(?<!\.)\.\.\.(?!\.)|…", code) is not None


@every_text
def test_every_complete_example_parses(page: Path) -> None:
    for language, code in blocks(page.read_text(encoding="utf-8")):
        if parts_left_out(code):
            continue
        if language == "python":
            ast.parse(code)
        elif language == "json":
            json.loads(code)
        elif language in ("yaml", "yml"):
            yaml.safe_load(code)


@every_page
def test_every_example_of_a_format_is_right(page: Path, tmp_path: Path) -> None:
    for number, (language, code) in enumerate(blocks(page.read_text(encoding="utf-8"))):
        path = tmp_path / str(number) / "family.yaml"
        path.parent.mkdir()
        path.write_text(code, encoding="utf-8")
        if language == "json" and "vib-observations/1" in code and not parts_left_out(code):
            assert observations_file.read_observations(path)
        elif language == "yaml" and code.startswith("format: vib-codebook/"):
            codebook.read_codebook(path)
        elif language == "yaml" and code.startswith("family:"):
            family.read_family(path.parent)
        elif language == "yaml" and code.startswith("practice:"):
            family.read_practice(path)


@every_page
def test_every_python_example_runs(page: Path) -> None:
    for language, code in blocks(page.read_text(encoding="utf-8")):
        # What needs a server is run on one, by tests/test_strangers_plugin.py.
        if language == "python" and not parts_left_out(code) and "from plugins.host" not in code:
            exec(compile(code, NAMES[page], "exec"), {"__name__": "example"})  # noqa: S102 - our own pages


@every_page
def test_every_python_session_gives_what_it_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for number, (language, code) in enumerate(blocks(page.read_text(encoding="utf-8"))):
        if language == "pycon":
            session = doctest.DocTestParser().get_doctest(code, {}, f"{NAMES[page]}, block {number}", str(page), 0)
            assert doctest.DocTestRunner().run(session).failed == 0


def test_the_commands_of_the_guide_to_plugins_show_the_plugins_there_are() -> None:
    there = {info.name for info in PluginHost().found if info.origin == "folder"}
    shown = next(code for _, code in blocks(sections(read("reference/commands.md"))["`vib plugins`"]))
    assert {line.split()[0] for line in shown.splitlines()[2:]} == there
