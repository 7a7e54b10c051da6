"""Reading the documentation: its pages, their sections, tables and examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
READMES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "THIRD_PARTY.md")),
    *sorted(ROOT.glob("*/README.md")),
]
READMES += sorted(ROOT.glob("plugins/*/README.md"))
NAMES = {page: str(page.relative_to(ROOT)) for page in [*PAGES, *READMES]}
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: NAMES[page])
every_text = pytest.mark.parametrize("page", [*PAGES, *READMES], ids=lambda page: NAMES[page])


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str, level: int = 2) -> dict[str, str]:
    """Return what stands below each heading of a level, without what shows code."""
    found: dict[str, str] = {}
    heading, fenced = "", False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        marks, _, title = line.partition(" ")
        if not fenced and re.fullmatch("#+", marks) and len(marks) <= level:
            heading = title.strip() if len(marks) == level else ""
        elif heading:
            found[heading] = found.get(heading, "") + line + "\n"
    return found


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield language and content of each block of code."""
    for found in re.finditer(r"^( *)```(\w*)\n(.*?)^\1```$", text, flags=re.M | re.S):
        yield found[2], inspect.cleandoc("\n" + found[3])


def rows(text: str) -> dict[str, list[str]]:
    """Return the cells of each row of the tables in a text, by every name in its first cell."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found |= dict.fromkeys(re.findall(r"`([^`]+)`", cells[0]), cells)
    return found


def links(text: str) -> Iterator[str]:
    without_code = re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.M | re.S)
    yield from re.findall(r"\]\(([^)\s]+)\)", without_code)
