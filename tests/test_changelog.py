"""The changelog has its form, and a part for each version."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

from tests.conftest import ROOT
from tests.docs.pages import links

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def versions() -> list[tuple[str, str | None]]:
    """Return number and date of each part, newest first."""
    found = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", TEXT, flags=re.M)
    return [(number, date or None) for number, date in found]


def test_what_is_not_released_comes_first_and_the_version_of_the_package_is_there() -> None:
    (first, _), *released = versions()
    assert first == "Unreleased"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] in dict(released)
    assert all(date for _, date in released)


def test_versions_are_in_order_newest_first() -> None:
    numbers = [tuple(map(int, number.split("."))) for number, _ in versions()[1:]]
    dates = [date or "" for _, date in versions()[1:]]
    assert all(newer > older for newer, older in pairwise(numbers))
    assert all(newer >= older for newer, older in pairwise(dates))


def test_each_part_is_sorted_by_what_kind_of_change_it_is() -> None:
    assert len(re.findall("^## ", TEXT, flags=re.M)) == len(versions())
    assert set(re.findall(r"^### (.+)$", TEXT, flags=re.M)) <= KINDS


def test_its_links_lead_to_something() -> None:
    assert [link for link in links(TEXT) if not (ROOT / link.partition("#")[0]).exists()] == []


def test_the_first_page_and_the_documentation_lead_to_it_and_to_how_to_contribute() -> None:
    for page in ("README.md", "docs/index.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert {"CHANGELOG.md", "CONTRIBUTING.md", "THIRD_PARTY.md"} <= {
            link.rpartition("/")[2] for link in links(text)
        }
