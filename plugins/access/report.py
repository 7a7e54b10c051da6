"""The role table as the documentation shows it.

``python -m plugins.access.report`` writes it into docs/how-to/access.md, between two comments.
"""

from __future__ import annotations

from pathlib import Path

from vib.atomic import write_text
from vib.roles import EXTENTS, RIGHTS, ROLES, TABLE, Role

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "access.md"
BEGIN = "<!-- role table: made by python -m plugins.access.report -->"
END = "<!-- end of role table -->"


def role_table() -> str:
    """Return the role table as Markdown."""
    lines = [
        "| | " + " | ".join(f"{ROLES[role].en} ({ROLES[role].nl})" for role in Role) + " |",
        "| --- " * (len(Role) + 1) + "|",
    ]
    for right, extents in TABLE.items():
        lines.append(f"| {RIGHTS[right].en} | " + " | ".join(EXTENTS[extents[role]].en for role in Role) + " |")
    return "\n".join(lines)


def with_table(page: str) -> str:
    """Return a page with the role table of today between its two comments.

    Raises
    ------
    ValueError
        The comments are not there.

    Examples
    --------
    >>> with_table(f"a {BEGIN} old {END} z").startswith("a <!-- role table")
    True
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{role_table()}\n\n{END}{after}"


if __name__ == "__main__":
    write_text(PAGE, with_table(PAGE.read_text(encoding="utf-8")))
