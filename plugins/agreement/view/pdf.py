"""A view as PDF: the same page as the file, printed by WeasyPrint, which may fetch nothing."""

from __future__ import annotations

from typing import Any, NoReturn, final

from vib.language import Language
from vib.problem import InputProblem

from . import texts
from .html import page
from .model import View


@final
class NoPango(InputProblem):
    """The library that lays out the text of a PDF is missing on this machine; everything else works without it."""

    def __init__(self) -> None:
        super().__init__("PDF", nl=texts.NO_PANGO.nl, en=texts.NO_PANGO.en)


def to_pdf(view: View, language: Language) -> bytes:
    """Return the report on paper.

    Raises
    ------
    NoPango
        With what to install.
    """
    return bytes(_weasyprint().HTML(string=page(view, language, medium="paper"), url_fetcher=_refuse).write_pdf())


def _refuse(url: str, *args: object, **named: object) -> NoReturn:
    """Fetch nothing: all that is printed is in the page."""
    raise ValueError(f"{url}: nothing is fetched for a PDF")


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise NoPango from error
    return weasyprint
