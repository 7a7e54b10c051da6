"""The demo's references in every method: they break no rule, and what they are to show is in them."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.conftest import running_up
from vib.codebook import EVIDENCE, Codebook
from vib.family import read_family, read_practice
from vib.made_with import MadeWith
from vib.methods import method_names, read_method
from vib.observation import RaterSet, Timeline, as_codes
from vib.observations_file import read_observations
from vib.rules import violations

DEMO = Path(__file__).resolve().parents[2] / "demo"
METHODS = DEMO / "methods"
CLIPS = sorted(f"{path.parent.name}/{path.stem}" for path in (METHODS / "families").glob("*/*.mp4"))
LEAST, LEAST_CLIPS = 8, 4
MADE_FOR = ("bezoekregeling", "micro", "pcit", "vib-groep", "vib-professional")
"""The methods in which the trainees have a round: each clip is in one."""

TITLE = 50
"""Letters that the title of a project may have."""
RECEPTIONS = [f"BC.REC.{name}" for name in ("NV", "V", "VNV", "ATTUNED_NO", "MISSED", "OVERRIDE", "REJECT")]
INITIATIVES = [f"BC.INI.C.{name}" for name in ("CONTACT", "ACTION", "NEED", "HIDDEN")]
EFFECTS = [f"BC.EFF.{name}" for name in ("CONTINUE", "SETTLED", "REPEAT", "OWNWAY", "STOP")]

every_method = pytest.mark.parametrize("method", method_names())


@cache
def references(method: str) -> tuple[RaterSet, ...]:
    """Read the references in a method."""
    return read_observations(METHODS / "references" / f"{method}.json")


@cache
def months(clip: str) -> int | None:
    """Give the age of the youngest child in a clip, in months."""
    home, name = clip.split("/")
    family = read_family(METHODS / "families" / home)
    ages = [whole_months(name) - whole_months(member.born) for member in family.members if member.born is not None]
    return min(ages, default=None)


def whole_months(day: str) -> int:
    """Give the months until a month or a day, written as ``2022-05``."""
    return 12 * int(day[:4]) + int(day[5:7])


def given(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Give each tier with a code that was given on it."""
    for one in timeline:
        yield one.tier, one.code
        for tier, value in one.attributes.items():
            yield from ((tier, code) for code in as_codes(value))


def asked(book: Codebook) -> set[tuple[str, str]]:
    """Give each tier with a code that can be given; not the moments behind ratings, which need ratings."""
    return {(tier.id, code.id) for tier in book.tiers if tier.id != EVIDENCE for code in tier.codes}


@every_method
def test_a_method_has_references_that_break_none_of_its_rules(method: str) -> None:
    book = read_method(method)
    for clip in references(method):
        found = violations(clip.timelines["referentie"], clip.ratings["referentie"], book, months(clip.clip))
        assert [(clip.clip, one.start, one.tier, one.words.en) for one in found] == []


@every_method
def test_the_references_say_that_they_were_made_with_the_codebook_that_is_installed(method: str) -> None:
    now = MadeWith(method=method, version=read_method(method).version)
    assert [dict(clip.made_with) for clip in references(method)] == [{"referentie": now}] * len(references(method))


@every_method
def test_the_references_show_every_question_of_a_method_and_half_of_its_codes(method: str) -> None:
    seen = {one for clip in references(method) for one in given(clip.timelines["referentie"])}
    wanted = asked(read_method(method))
    assert {tier for tier, _ in wanted} - {tier for tier, _ in seen} == set()
    assert 2 * len(seen & wanted) >= len(wanted)


@pytest.mark.parametrize("code", [*RECEPTIONS, *INITIATIVES, *EFFECTS])
def test_what_vib_is_about_occurs_eight_times_in_four_clips(code: str) -> None:
    found: dict[str, int] = defaultdict(int)
    for clip in (*read_observations(DEMO / "observations.json"), *references("vib-pleegzorg")):
        found[clip.clip] += sum(code == one for _, one in given(clip.timelines["referentie"]))
    assert sum(found.values()) >= LEAST
    assert sum(count > 0 for count in found.values()) >= LEAST_CLIPS


@every_method
def test_a_practice_set_holds_the_clips_that_a_method_has_references_of(method: str) -> None:
    practice = read_practice(METHODS / "families" / f"{method}.practice.yaml")
    assert (practice.practice, practice.method) == (f"oefenset-{method}", method)
    assert len(practice.title.nl) <= TITLE
    assert set(practice.clips) == {clip.clip for clip in references(method)} <= set(CLIPS)


def test_no_clip_is_in_two_rounds_of_a_trainee() -> None:
    given_out = yaml.safe_load((METHODS / "access.yaml").read_text(encoding="utf-8"))["rounds"]
    practices = [read_practice(path) for path in (METHODS / "families").glob("*.practice.yaml")]
    clips = {practice.practice: practice.clips for practice in practices}
    assert sorted(clip for one in given_out for clip in clips[one["practice"]]) == CLIPS


def test_a_family_file_names_the_clips_that_are_there() -> None:
    for path in (METHODS / "families").glob("*/family.yaml"):
        family = read_family(path.parent)
        assert [clip.file for clip in family.clips or ()] == sorted(clip.name for clip in path.parent.glob("*.mp4"))
        assert all(clip.file.startswith(str(clip.recorded)) for clip in family.clips or ())
        assert family.method in method_names()


@pytest.mark.parametrize("clip", CLIPS)
def test_what_is_said_in_a_clip_lies_where_the_exact_turns_are(clip: str) -> None:
    exact = json.loads((METHODS / "turns" / f"{clip}.json").read_text(encoding="utf-8"))
    coded = {
        (one.start, one.end)
        for method in ("vib-pleegzorg", "vib-professional")
        for found in references(method)
        if found.clip == clip
        for one in found.timelines["referentie"]
        if one.tier == "turn"
    }
    assert {(turn["start"], turn["end"]) for turn in exact["turns"]} <= coded
    assert (METHODS / "families" / f"{clip}.mp4").stat().st_size < 3_000_000


@pytest.mark.nightly
def test_with_all_methods_every_practice_set_is_there_with_turns_and_a_round(demo: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(demo, tmp_path / "data"))
    with running_up(data, "--all-methods") as server:
        projects = server.projects()
        rounds = {line["round"] for line in json.loads(server.vib("access", "list", "--json").stdout)["rounds"]}
        for method in method_names():
            practice = read_practice(METHODS / "families" / f"{method}.practice.yaml")
            tasks = server.tasks(projects[practice.title.nl])
            assert {task["data"]["clip"] for task in tasks} == set(practice.clips)
        assert {clip.split("/")[0] for clip in CLIPS} <= set(projects)
        assert {f"oefenronde-{method}" for method in MADE_FOR} <= rounds
