"""What is wrong with something a user gave us, said so that they can mend it."""

from __future__ import annotations

from vib.language import Language, Text


class InputProblem(Exception):
    """Bad input: commands answer with exit code 2, services with a 4xx.

    Parameters
    ----------
    place : str
        Where: a file, with line, row or field when known.
    nl, en : str
        The reason and what to do about it, in both languages.

    Examples
    --------
    >>> str(InputProblem("family.yaml:3", nl="onbekende methode", en="unknown method"))
    'family.yaml:3: unknown method'
    """

    def __init__(self, place: str, *, nl: str, en: str) -> None:
        super().__init__(place)
        self.place = place
        self.reason = Text(nl=nl, en=en)

    def message(self, language: Language) -> str:
        """Return place and reason on one line."""
        reason = self.reason.to(language)
        return f"{self.place}: {reason}" if self.place else reason

    def at(self, place: str) -> InputProblem:
        """Return this problem as one of a larger whole, whose place comes first."""
        return InputProblem(place, nl=self.message("nl"), en=self.message("en"))

    def content(self) -> dict[str, str]:
        """Return it for programs: place, and the reason in both languages."""
        return {"place": self.place, "nl": self.reason.nl, "en": self.reason.en}

    def __str__(self) -> str:
        return self.message("en")
