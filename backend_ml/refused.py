"""A request that is not carried out, with the HTTP status that says so."""

from __future__ import annotations

from vib.problem import InputProblem


class Refused(InputProblem):
    """Answered with `status` and the reason in both languages."""

    def __init__(self, status: int, place: str, *, nl: str, en: str) -> None:
        super().__init__(place, nl=nl, en=en)
        self.status = status


def error_body(problem: InputProblem) -> dict[str, dict[str, str]]:
    """Return the JSON of an error: the reasons alone, as places may name files."""
    return {"error": reasons(problem)}


def reasons(problem: InputProblem) -> dict[str, str]:
    """Return the reason by language."""
    return {"nl": problem.reason.nl, "en": problem.reason.en}
