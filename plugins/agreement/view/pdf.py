"""A view as PDF: the same page as the file, printed by WeasyPrint, which may fetch nothing."""

from __future__ import annotations

from typing import Any, NoReturn

from vib.language import Language
from vib.problem import InputProblem

from .html import page
from .model import View


def to_pdf(view: View, language: Language) -> bytes:
    """Return the report on paper.

    Raises
    ------
    InputProblem
        A library that lays out text is missing on this machine; everything else works without it.
    """
    return bytes(_weasyprint().HTML(string=page(view, language, medium="paper"), url_fetcher=_refuse).write_pdf())


def _refuse(url: str, *args: object, **named: object) -> NoReturn:
    """Fetch nothing: all that is printed is in the page."""
    raise ValueError(f"{url}: nothing is fetched for a PDF")


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise InputProblem(
            "PDF",
            nl="op deze computer ontbreekt Pango, dat de tekst opmaakt; installeer het (Debian en Ubuntu: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango)",
            en="Pango, which lays out the text, is missing on this computer; install it (Debian and Ubuntu: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango)",
        ) from error
    return weasyprint
