"""The documentation shows the role table that the server goes by."""

from __future__ import annotations

from plugins.access.report import PAGE, with_table


def test_the_page_about_access_shows_the_role_table_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "docs/how-to/access.md is stale; run: .venv/bin/python -m plugins.access.report"
