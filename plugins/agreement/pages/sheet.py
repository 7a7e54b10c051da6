"""The paper of a PDF: its font, its foot, and the colours of its heat map."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import final

from fpdf import FPDF

from .charts import SCALE

FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Where the package fonts-dejavu-core puts its fonts; without it, a core font of PDF is used."""

INK, QUIET, LINE, GOOD = (40, 35, 29), (102, 93, 82), (229, 221, 208), (31, 107, 77)
MARGIN = 16.0


@final
class Sheet(FPDF):
    """Pages with a number at the foot, in a font that has the letters where there is one."""

    def __init__(self, title: str, page_word: str) -> None:
        super().__init__(format="A4")
        self.unicode = (FONTS / "DejaVuSans.ttf").is_file()
        self.family = "body" if self.unicode else "helvetica"
        if self.unicode:
            self.add_font("body", "", FONTS / "DejaVuSans.ttf")
            self.add_font("body", "B", FONTS / "DejaVuSans-Bold.ttf")
        self.heading, self.page_word = title, page_word
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, 18)
        self.set_title(title)
        self.set_creator("VIB Studio")
        self.add_page()

    def said(self, text: str) -> str:
        """Return a text without what the font or the paper cannot have."""
        plain = "".join(sign if sign.isprintable() or sign in "\n\u00a0" else "\ufffd" for sign in text)
        return plain if self.unicode else _core(plain)

    def footer(self) -> None:
        """Write the title and the page's number."""
        self.set_y(-13)
        self.set_font(self.family, size=8)
        self.set_text_color(*QUIET)
        self.cell(0, 5, self.said(self.heading)[:90])
        self.set_x(MARGIN)
        self.cell(0, 5, f"{self.page_word} {self.page_no()} / {{nb}}", align="R")


def _core(text: str) -> str:
    """Return a text with the letters of a core font of PDF only."""
    for sign, instead in (
        ("–", "-"),
        ("—", "-"),
        ("…", "..."),
        ("✓", "+"),
        ("≥", ">="),
        ("’", "'"),
        ("“", '"'),
        ("”", '"'),
    ):
        text = text.replace(sign, instead)
    return text.encode("latin-1", "replace").decode("latin-1")


def colour_of(value: float) -> tuple[int, int, int]:
    """Return the colour of a value in the heat map.

    Examples
    --------
    >>> colour_of(-0.2), colour_of(1.0)
    ((244, 234, 213), (28, 95, 124))
    """
    value = min(1.0, max(0.0, value))
    stops = [(at, [int(colour[n : n + 2], 16) for n in (1, 3, 5)]) for at, colour in SCALE]
    (low, first), (high, second) = next(pair for pair in pairwise(stops) if value <= pair[1][0])
    share_of = (value - low) / (high - low)
    red, green, blue = (round(a + (b - a) * share_of) for a, b in zip(first, second, strict=True))
    return red, green, blue
