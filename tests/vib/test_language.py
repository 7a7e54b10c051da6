"""Two languages through one mechanism, and problems that are told in both."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from vib.language import LANGUAGES, Language, Text, language_of
from vib.problem import InputProblem


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_BE"}, "nl"),
        ({"LANG": "NL"}, "nl"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "en_US"}, "en"),
        ({"LC_MESSAGES": "en_US", "LC_ALL": "nl_NL"}, "nl"),
        ({"LC_ALL": "C", "VIB_LANGUAGE": "nl"}, "nl"),
        ({"LC_ALL": "nl_NL", "VIB_LANGUAGE": "en"}, "en"),
        ({"VIB_LANGUAGE": "", "LC_ALL": "", "LANG": "nl"}, "nl"),
    ],
)
def test_the_language_is_what_the_environment_asks_for(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) == language


def test_a_text_has_every_language_and_no_other() -> None:
    text = Text(nl="beurt", en="turn")
    assert [text.to(language) for language in LANGUAGES] == ["beurt", "turn"]
    assert str(text) == "turn"
    assert {text, Text(nl="beurt", en="turn")} == {text}
    for wrong in ({"nl": "beurt"}, {"nl": "beurt", "en": None}, {"nl": "b", "en": "t", "de": "z"}):
        with pytest.raises(ValidationError):
            Text.model_validate(wrong)
    with pytest.raises(ValidationError):
        text.nl = "anders"  # type: ignore[misc]


def test_a_problem_names_its_place_and_reason_in_both_languages() -> None:
    problem = InputProblem("a.yaml:3", nl="fout", en="wrong")
    assert (problem.message("nl"), problem.message("en")) == ("a.yaml:3: fout", "a.yaml:3: wrong")
    assert str(problem) == "a.yaml:3: wrong"
    assert InputProblem("", nl="fout", en="wrong").message("nl") == "fout"
