"""family.yaml and practice sets: consent is never stretched, and a mistake has its line."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vib_strategies import calm

from vib.consent import Period
from vib.family import ClipEntry, clip_name, read_family, read_practice
from vib.problem import InputProblem

DAY = date(2026, 3, 1)

FAMILY = """\
family: F-0001
method: vib-pleegzorg
language: nl
members:
  - {id: kind, role: kind, born: 2022-05}
  - {id: pm, role: pleegmoeder}
consent: {given: 2026-02-20, until: 2031-02-20, uses: [begeleiding, opleiding]}
clips:
  - {file: a.mp4, situation: maaltijd}
  - {file: b.mp4, uses: [begeleiding]}
"""

PRACTICE = """\
practice: oefenset
title: {nl: Oefenen, en: Practice}
method: vib-pleegzorg
language: nl
raters: 2
clips: [F-0001/a]
"""


def family(folder: Path, text: str = FAMILY) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "family.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_family_has_members_consent_and_clips_with_their_uses(tmp_path: Path) -> None:
    read = read_family(family(tmp_path))
    assert [(m.id, m.role, m.born) for m in read.members] == [
        ("kind", "kind", "2022-05"),
        ("pm", "pleegmoeder", None),
    ]
    assert read.periods("opleiding") == (Period(date(2026, 2, 20), date(2031, 2, 20)),)
    assert read.clips is not None
    assert [read.uses_of(clip, DAY) for clip in read.clips] == [{"begeleiding", "opleiding"}, {"begeleiding"}]
    assert read.uses_of(ClipEntry(file="c.mp4", uses=()), DAY) == set()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("F-0001", "'F 1'", ":1: family: "),
        ("F-0001", "../F-1", ":1: family: "),
        ("F-0001", "0001", ":1: family: "),
        ("language: nl", "language: de", ":3: language: "),
        ("language: nl", "language: no", ":3: language: "),
        ("2022-05", "2022-13", r":5: members\[0\].born: "),
        ("2022-05", "2022-05-14", r":5: members\[0\].born: "),
        ("2022-05", "2022", r":5: members\[0\].born: "),
        ("role: pleegmoeder", "role: ''", r":6: members\[1\].role: "),
        ("role: pleegmoeder", "role: pleegmoeder, name: Anna", r":6: members\[1\].name: "),
        ("until: 2031-02-20", "until: 2026-02-19", ":7: consent.until: .*before 'given'"),
        ("until: 2031-02-20, ", "", ":7: consent.until: "),
        ("until: 2031-02-20", "until: altijd", ":7: consent.until: "),
        ("[begeleiding, opleiding]", "[]", ":7: consent.uses: "),
        ("[begeleiding, opleiding]", "[begeleiding, reclame]", r":7: consent.uses\[1\]: "),
        ("uses: [begeleiding]", "uses: [begeleiding, onderzoek]", r"clips\[1\].uses: .*onderzoek"),
        ("a.mp4", "x/a.mp4", r":9: clips\[0\].file: "),
        ("a.mp4", "../a.mp4", r":9: clips\[0\].file: "),
        ("a.mp4", "..", r":9: clips\[0\].file: "),
        ("a.mp4", "'.'", r":9: clips\[0\].file: "),
        ("a.mp4", "'x\\a.mp4'", r":9: clips\[0\].file: "),
        ("a.mp4", '"a\\nb.mp4"', r":9: clips\[0\].file: "),
        ("a.mp4", "''", r":9: clips\[0\].file: "),
        ("method: vib-pleegzorg\n", "", ":1: method: "),
        ("nl\n", "nl\nnotes: x\n", ":4: notes: "),
        ("[begeleiding, opleiding]", "&u [begeleiding]", None),
        ("F-0001", "!!python/name:os.system x", ":1: not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_line_and_field(tmp_path: Path, old: str, new: str, named: str | None) -> None:
    assert FAMILY.count(old) == 1
    folder = family(tmp_path, FAMILY.replace(old, new))
    if named is None:
        assert read_family(folder).uses_on(DAY) == {"begeleiding"}
        return
    with pytest.raises(InputProblem, match=named) as caught:
        read_family(folder)
    assert caught.value.place.startswith(str(folder / "family.yaml"))


def test_a_mistake_is_explained_in_the_language_of_who_made_it(tmp_path: Path) -> None:
    folder = family(tmp_path, FAMILY.replace("2022-05", "2022-13"))
    with pytest.raises(InputProblem) as caught:
        read_family(folder)
    place = f"{folder / 'family.yaml'}:5: members[0].born: '2022-13'"
    assert caught.value.message("nl") == f"{place} is geen maand zoals 2022-05"
    assert caught.value.message("en") == f"{place} is not a month such as 2022-05"


def test_a_use_beyond_the_consent_is_named_with_the_line_of_its_clip(tmp_path: Path) -> None:
    folder = family(tmp_path, FAMILY.replace("uses: [begeleiding]}", "uses: [onderzoek]}"))
    with pytest.raises(InputProblem, match=r"family\.yaml:10"):
        read_family(folder)


@pytest.mark.parametrize(
    ("old", "new"), [("until: 2031", "until: 2021"), ("uses: [begeleiding]}", "uses: [onderzoek]}")]
)
def test_what_our_own_rules_say_is_said_in_dutch_too(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read_family(family(tmp_path, FAMILY.replace(old, new)))
    assert caught.value.reason.nl != caught.value.reason.en


def test_two_members_with_one_pseudonym_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="kind"):
        read_family(family(tmp_path, FAMILY.replace("{id: pm,", "{id: kind,")))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("raters: 2", "raters: 0", ":5: raters: "),
        ("raters: 2", "raters: 51", ":5: raters: "),
        ("[F-0001/a]", "[]", ":6: clips: "),
        ("[F-0001/a]", "[a]", r":6: clips\[0\]: "),
        ("[F-0001/a]", "[F-0001/a/b]", r":6: clips\[0\]: "),
        ("oefenset", "de oefenset", ":1: practice: "),
        ("en: Practice", "fr: Exercice", ":2: title.en: "),
    ],
)
def test_a_mistake_in_a_practice_set_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = tmp_path / "x.practice.yaml"
    path.write_text(PRACTICE, encoding="utf-8")
    assert read_practice(path).clips == ("F-0001/a",)
    path.write_text(PRACTICE.replace(old, new), encoding="utf-8")
    with pytest.raises(InputProblem, match=named):
        read_practice(path)


@calm
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_clip_name_can_name_a_file(file: str) -> None:
    name = clip_name(file)
    assert name
    assert not {"/", "\\", "\n"} & set(name)
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert name == unicodedata.normalize("NFC", name)


def test_a_clip_name_does_not_depend_on_how_its_accents_are_written() -> None:
    assert clip_name("één.mp4") == clip_name(unicodedata.normalize("NFD", "één") + ".mov") == "één"
