"""What is said where a figure stands: of each statistic, in both languages, of all that it is made of."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.measures.components import COMPONENTS
from plugins.agreement.view.building import view_of
from plugins.agreement.view.html import page
from tests.plugins.agreement.two_raters import ANNA, BRAM, example
from vib.language import LANGUAGES, Language, Text
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.statistic import Estimate, Explanation, Question, Statistic

CARLA = "carla"

NAME = re.compile(r"(?:^|; |\. |: )([\w\[\],]+): ")
"""A component with what it is behind it."""

OF_ONE_RATER = re.compile(r"(?<=\w)_(first|second)$")
OF_ONE_CODE = re.compile(r"\[.*\]$")

EXPLAINED = pytest.mark.parametrize("statistic", STATISTICS, ids=lambda statistic: statistic.name)


def explanation(statistic: Statistic) -> Explanation:
    assert statistic.explained is not None, statistic.name
    return statistic.explained


def named(parts: str) -> list[str]:
    return NAME.findall(parts)


def texts(statistic: Statistic) -> dict[str, Text]:
    said = explanation(statistic)
    return {"formula": said.formula, "parts": said.parts, "good": said.good, "blind": said.blind}


@EXPLAINED
def test_every_statistic_is_explained_in_both_languages(statistic: Statistic) -> None:
    for name, text in texts(statistic).items():
        for language in LANGUAGES:
            said = text.to(language)
            assert len(said) >= 30, (name, language)
            assert said.endswith((".", "?")), (name, language)
            assert "  " not in said, (name, language)
        assert text.nl != text.en, name


@EXPLAINED
def test_what_counts_as_good_is_said_with_its_source_or_said_not_to_exist(statistic: Statistic) -> None:
    good = explanation(statistic).good
    assert re.search(r"doi 10\.|ISBN ", good.en) or "no limit that the field uses" in good.en
    assert re.findall(r"10\.\d{4,}/\S+", good.nl) == re.findall(r"10\.\d{4,}/\S+", good.en)
    assert "habit" in good.en or "convention" in good.en or "no limit" in good.en


@EXPLAINED
def test_both_languages_name_the_same_parts(statistic: Statistic) -> None:
    parts = explanation(statistic).parts
    assert named(parts.en) == named(parts.nl)
    assert set(named(parts.en)) <= set(COMPONENTS)


@EXPLAINED
def test_everything_that_a_figure_is_made_of_is_named(statistic: Statistic, asked: list[Question]) -> None:
    said = {OF_ONE_CODE.sub("", name) for name in named(explanation(statistic).parts.en)}
    made_of = {OF_ONE_CODE.sub("", name) for question in asked for name in components(statistic, question)}
    assert made_of
    assert {name for name in made_of if name not in said and OF_ONE_RATER.sub("", name) not in said} == set()


def components(statistic: Statistic, question: Question) -> set[str]:
    """Return the names of what a figure is made of, none where the statistic says nothing of it."""
    of_many = statistic.raters == "many" or len(question.raters) == 2
    of_ratings = statistic.basis == "unit" or (statistic.basis == "rating") == (question.rating is not None)
    if not (of_many and of_ratings):
        return set()
    try:
        return set(statistic.calculate(question).components)
    except InputProblem:
        return set()


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    """Questions that between them are made of nearly every component there is."""
    book = read_method("vib-pleegzorg")
    clips = [example(book, seed) for seed in range(2)]
    of_three = [with_a_third(clip) for clip in clips]
    tier, rating = book.timeline_tiers[0], book.ratings[0].id
    found = []
    for raters, there in (((ANNA, BRAM), clips), ((ANNA, BRAM, CARLA), of_three)):
        plain = Question(there, raters, tier.id, reference=ANNA)
        found += [
            plain,
            replace(plain, code=tier.codes[0].id),
            replace(plain, tolerance=0.5),
            replace(plain, tier="", rating=rating),
            replace(plain, clips=[with_a_short_overlap(clip, tier.id) for clip in there]),
        ]
    return found


def with_a_third(clip: RaterSet) -> RaterSet:
    """Return a clip with a third rater, who left one rating out."""
    third = dict(clip.ratings[BRAM])
    return replace(
        clip, timelines={**clip.timelines, CARLA: clip.timelines[ANNA]}, ratings={**clip.ratings, CARLA: third}
    )


def with_a_short_overlap(clip: RaterSet, tier: str) -> RaterSet:
    """Return a clip in which one unit of each rater ends a millisecond after the next one starts."""
    first, second = Observation(tier, "kind", 1.0, 3.001), Observation(tier, "volwassene", 3.0, 5.0)
    return replace(clip, timelines={rater: Timeline(clip.duration, [first, second]) for rater in clip.timelines})


def half(question: Question) -> Estimate:
    return Estimate("half", 0.5, 2, len(question.raters))


PLAIN = Statistic("half", Text(nl="De helft <i>", en="A half <i>"), "event", "Own & definition", half, usual=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_what_each_of_its_figures_is(language: Language) -> None:
    choice = Choice(tier="turn", measures=("event_kappa", "krippendorff_alpha", "half"), bootstrap=0)
    report = compare([example(read_method("vib-pleegzorg"))], [*STATISTICS, PLAIN], choice)
    shown = unescape(page(view_of(report, {}), language))
    for statistic in report.statistics:
        assert statistic.source in shown
        assert statistic.label.to(language) in shown
        for text in texts(statistic).values() if statistic.explained else ():
            assert text.to(language) in shown
    assert {statistic.name for statistic in report.statistics} >= {"half", "event_kappa", "krippendorff_alpha"}


def test_a_statistic_of_a_plugin_without_explanation_shows_name_and_source() -> None:
    choice = Choice(tier="turn", measures=("half",), bootstrap=0)
    report = compare([example(read_method("vib-pleegzorg"))], [*STATISTICS, PLAIN], choice)
    shown = page(view_of(report, {}), "nl")
    about = shown.partition('id="about-half"')[2].partition("</article>")[0]
    assert "De helft &lt;i&gt;" in about
    assert "half" in about
    assert "Own &amp; definition" in about
    assert "<dl>" not in about
