"""What a sync notes of consent, and says of it: withdrawn works at once, and an end is seen coming."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scripts.consenting import consents_of, not_agreed_to, note_consent, without_consent
from vib.consent import FamilyConsent
from vib.family import Family, family_from
from vib.library import LIBRARY, Entry, Library, consents
from vib.project_key import ProjectKey
from vib.settings import Settings, read_settings

DAY = date(2026, 12, 1)
TEXT = """\
format: vib-family/2
family: F-1
method: vib-pleegzorg
language: nl
members: [{id: kind, role: kind}, {id: pm, role: pleegmoeder}]
consent:
  - {person: kind, uses: [begeleiding, opleiding], from: 2026-02-20, until: 2031-02-20, by: voogd}
  - {person: pm, uses: [begeleiding, opleiding], from: 2026-02-20, until: 2027-03-31, by: zelf}
clips:
  - {file: a.mp4}
  - {file: b.mp4, uses: [begeleiding]}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return read_settings(tmp_path / "data")


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """Return a library with three clips of F-1; one of them got its name from a file that is called otherwise now."""
    opened = Library(settings.data / LIBRARY)
    try:
        for clip, source in (("a", "a.mp4"), ("before", "b.mp4"), ("c", "c.mp4")):
            opened.put(Entry(f"F-1/{clip}", "F-1", source, 1, 1, clip))
        yield opened
    finally:
        opened.close()


def family(*changes: tuple[str, str]) -> Family:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return family_from(text, place="family.yaml")


def note(library: Library, settings: Settings, *changes: tuple[str, str], day: date = DAY) -> list[str]:
    """Note what a family agreed to; return what is said of it."""
    return [one.en for one in note_consent(library, settings, family(*changes), day)]


def noted(settings: Settings) -> FamilyConsent:
    return consents(settings.data / LIBRARY)["F-1"]


def test_what_is_noted_is_what_the_server_reads(library: Library, settings: Settings) -> None:
    assert note(library, settings) == []
    found = noted(settings)
    assert found == library.consent("F-1")
    assert found.periods == family().consented().periods
    assert found.uses_of("F-1/a", DAY) == {"begeleiding", "opleiding"}
    assert found.uses_of("F-1/before", DAY) == {"begeleiding"}


def test_a_use_that_is_withdrawn_is_named_with_its_number_of_clips(library: Library, settings: Settings) -> None:
    note(library, settings)
    without = (
        "[begeleiding, opleiding], from: 2026-02-20, until: 2027",
        "[begeleiding], from: 2026-02-20, until: 2027",
    )
    assert note(library, settings, without) == ["training is no longer allowed: with 2 clips"]
    assert noted(settings).uses_of("F-1/a", DAY) == {"begeleiding"}
    assert note(library, settings, without) == []


def test_a_person_whose_consent_is_gone_ends_every_use(library: Library, settings: Settings) -> None:
    note(library, settings)
    gone = TEXT[TEXT.index("  - {person: pm") : TEXT.index("clips:")]
    said = note(library, settings, (gone, ""))
    assert said == ["guidance is no longer allowed: with 3 clips", "training is no longer allowed: with 2 clips"]
    assert not noted(settings).is_seen("F-1/a", DAY)


def test_a_clip_that_may_be_used_for_less_is_named(library: Library, settings: Settings) -> None:
    note(library, settings)
    said = note(library, settings, ("{file: a.mp4}", "{file: a.mp4, uses: [begeleiding]}"))
    assert said == ["training is no longer allowed: with 1 clip"]


def test_a_clip_that_is_listed_no_more_keeps_what_was_said_of_it(library: Library, settings: Settings) -> None:
    note(library, settings)
    note(library, settings, ("  - {file: b.mp4, uses: [begeleiding]}\n", ""))
    assert noted(settings).uses_of("F-1/before", DAY) == {"begeleiding"}


def test_an_end_is_said_eight_weeks_ahead(library: Library, settings: Settings) -> None:
    assert note(library, settings, day=date(2027, 2, 3)) == []
    ends = ["guidance: ends soon: until 31 March 2027", "training: ends soon: until 31 March 2027"]
    assert note(library, settings, day=date(2027, 2, 4)) == ends


def test_what_changed_is_in_the_audit_log_once(library: Library, settings: Settings) -> None:
    for _ in range(2):
        note(library, settings)
    note(library, settings, ("until: 2027-03-31", "until: 2027-01-31"))
    lines = map(json.loads, (settings.data / "audit/log.jsonl").read_text(encoding="utf-8").splitlines())
    assert [line["which"] for line in lines if line.get("what") == "sync consent"] == [
        "begeleiding: - -> 2026-02-20..2027-03-31",
        "opleiding: - -> 2026-02-20..2027-03-31",
        "clip F-1/before: all -> begeleiding",
        "begeleiding: 2026-02-20..2027-03-31 -> 2026-02-20..2027-01-31",
        "opleiding: 2026-02-20..2027-03-31 -> 2026-02-20..2027-01-31",
    ]


@pytest.mark.parametrize(
    ("old", "new", "day", "why"),
    [
        ("", "", date(2027, 4, 1), "the consent ended on 2027-03-31"),
        ("", "", date(2026, 1, 1), "the consent begins on 2026-02-20"),
        ("person: pm, uses", "person: kind, uses", DAY, "there is no consent of pm"),
        (
            "[begeleiding, opleiding], from: 2026-02-20, until: 2027",
            "[onderzoek], from: 2026-02-20, until: 2027",
            DAY,
            "there is no use to which everybody agrees on one day",
        ),
    ],
)
def test_why_nothing_may_be_used_is_said(old: str, new: str, day: date, why: str) -> None:
    found = without_consent(Path("F-1"), family((old, new)), day)
    assert found.message("en") == f"F-1/family.yaml: {why}; nothing was registered"
    assert found.reason.nl != found.reason.en


def test_of_what_goes_out_it_is_said_with_which_clips_there_is_no_consent(library: Library, settings: Settings) -> None:
    note(library, settings)
    agreed = consents_of(settings)
    said = [one.en for one in not_agreed_to(["F-1/a", "F-1/c", "F-2/a"], agreed, DAY)]
    assert said == ["No consent (any more) for research with 2 of the clips: F-1/a, F-1/c"]
    over = [one.nl for one in not_agreed_to(["F-1/a"], agreed, date(2027, 4, 1))]
    assert over[0] == "Geen toestemming (meer) voor begeleiding bij 1 van de clips: F-1/a"


def test_a_clip_whose_consent_is_over_is_not_cut_into_turns(library: Library, settings: Settings) -> None:
    key = ProjectKey("family", "F-1")
    library.put_project(key, 7)
    library.put_tasks(key, [("F-1/a", 1), ("F-1/c", 2)])
    assert library.without_turns(7) == [("F-1/a", 1), ("F-1/c", 2)]
    lasting = [("2027-03-31", "2099-03-31"), ("2031-02-20", "2099-02-20")]
    note(library, settings, ("{file: a.mp4}", "{file: a.mp4, uses: [onderzoek]}"), *lasting)
    assert library.without_turns(7) == [("F-1/c", 2)]


def test_training_does_not_go_on_where_guidance_is_over_and_never_needed_it_otherwise() -> None:
    ended = family(
        (
            "uses: [begeleiding, opleiding], from: 2026-02-20, until: 2027",
            "uses: [begeleiding], from: 2026-02-20, until: 2026",
        )
    )
    more = ended.consent[1].model_copy(update={"uses": ("opleiding",), "until": date(2030, 1, 1)})
    both = ended.model_copy(update={"consent": (*ended.consent, more)}).consented()
    assert both.uses_on(date(2027, 4, 1)) == {"opleiding"}
    assert not both.allows("training", "F-1/a", date(2027, 4, 1))
    only = FamilyConsent({"opleiding": both.periods["opleiding"]})
    assert only.allows("training", "F-1/a", date(2027, 4, 1))
    assert not only.allows("guidance", "F-1/a", date(2027, 4, 1))
