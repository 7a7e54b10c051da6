"""family.yaml is written so that reading it gives the same, and the first format becomes the second unharmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vib_strategies import calm

from vib.consent import USES
from vib.family import (
    FORMAT,
    ClipEntry,
    Consent,
    Family,
    Member,
    clip_name,
    family_from,
    family_text,
    read_family,
    upgraded,
    write_family,
)
from vib.problem import InputProblem
from vib.yaml_file import as_yaml, in_one_line, plain_yaml

FIRST = """\
# Known to the team as F-0001.
family: F-0001
method: vib-pleegzorg  # since March
language: nl
members:
  - {id: kind, role: kind, born: 2022-05}
  - {id: pm, role: pleegmoeder}
consent: {given: 2026-02-20, until: 2031-02-20, uses: [begeleiding, opleiding]}  # on paper
clips:
  - {file: a.mp4, situation: maaltijd}   # the first
  - {file: b.mp4, uses: [begeleiding]}
"""
BLOCK = """\
consent:  # on paper
  given: 2026-02-20
  # for five years
  until: 2031-02-20
  uses:
    - begeleiding
    - opleiding  # not research

"""
pseudonyms = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
files = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=40
).filter(lambda name: name not in (".", ".."))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
uses = st.lists(st.sampled_from(USES), unique=True, min_size=1).map(tuple)


@st.composite
def consents(draw: st.DrawFn, members: list[str]) -> Consent:
    first, last = sorted((draw(days), draw(days)))
    person = draw(st.sampled_from(members))
    return Consent(person=person, uses=draw(uses), given=first, until=last, by=draw(words))


@st.composite
def families(draw: st.DrawFn) -> Family:
    ids = draw(st.lists(pseudonyms, min_size=1, max_size=3, unique=True))
    homes = st.sampled_from(["pleeggezin", "ouders", None])
    born = st.sampled_from(["2022-05", "1999-12", None])
    members = [Member(id=one, role=draw(words), born=draw(born), home=draw(homes)) for one in ids]
    named = draw(st.lists(files, unique=True, max_size=4))
    recorded = st.one_of(st.none(), days.map(str), days.map(lambda day: f"{day:%Y-%m}"))
    clips = [
        ClipEntry(
            file=file,
            recorded=draw(recorded),
            situation=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=100)),
            kind="review",
            discusses=tuple(clip_name(other) for other in draw(st.lists(st.sampled_from(named), max_size=2))),
            sound=draw(st.none() | st.integers(1, 100)),
            uses=draw(st.none() | uses | st.just(())),
        )
        for file in named
    ]
    return Family(
        family=draw(pseudonyms),
        method=draw(words),
        version=draw(st.sampled_from([None, "0.1.0"])),
        language=draw(st.sampled_from(["nl", "en"])),
        members=tuple(members),
        consent=tuple(draw(st.lists(consents(ids), max_size=3))),
        clips=draw(st.sampled_from([None, tuple(clips)])),
        labels=draw(st.dictionaries(st.sampled_from(["A", "NO", "X.1"]), words)),
    )


@settings(calm, max_examples=12)
@given(families())
def test_a_family_that_is_written_is_read_the_same(family: Family) -> None:
    text = family_text(family)
    assert text.startswith(f"format: {FORMAT}\n")
    assert family_from(text, place="family.yaml") == family


def test_a_family_is_written_with_a_line_for_each_member_consent_and_clip() -> None:
    family = Family(
        family="F-1",
        method="vib-pleegzorg",
        language="nl",
        members=(Member(id="kind", role="kind", born="2022-05", home="pleeggezin"),),
        consent=(
            Consent(person="kind", uses=("begeleiding",), given=date(2026, 2, 20), until=date(2027, 2, 20), by="voogd"),
        ),
        clips=(ClipEntry(file="a.mp4", join=("b.mp4",), sound=2),),
    )
    assert family_text(family) == (
        "format: vib-family/2\nfamily: F-1\nmethod: vib-pleegzorg\nlanguage: nl\nmembers:\n"
        "  - {id: kind, role: kind, born: 2022-05, home: pleeggezin}\n"
        "consent:\n  - {person: kind, uses: [begeleiding], from: 2026-02-20, until: 2027-02-20, by: voogd}\n"
        "clips:\n  - {file: a.mp4, join: [b.mp4], sound: 2}\n"
    )


def test_the_first_format_becomes_the_second_with_its_comments_and_its_layout() -> None:
    text = upgraded(FIRST)
    agreed = "uses: [begeleiding, opleiding], from: 2026-02-20, until: 2031-02-20, by: gezin}"
    assert text == FIRST.replace("# Known", f"format: {FORMAT}\n# Known").replace(
        "consent: {given: 2026-02-20, until: 2031-02-20, uses: [begeleiding, opleiding]}",
        f"consent:\n  - {{person: kind, {agreed}\n  - {{person: pm, {agreed}",
    )
    assert family_from(text, place="") == family_from(FIRST, place="")
    assert upgraded(text) == text


def test_comments_within_a_consent_are_kept() -> None:
    flow = next(line for line in FIRST.splitlines(keepends=True) if line.startswith("consent"))
    text = FIRST.replace(flow, BLOCK)
    new = upgraded(text)
    assert family_from(new, place="") == family_from(text, place="")
    for comment in ("# on paper", "# for five years", "# not research", "# the first", "# since March"):
        assert comment in new


@pytest.mark.parametrize(
    "text",
    [
        "{family: F-1, method: m, language: en, members: [{id: a, role: b}],"
        " consent: {given: 2026-01-01, until: 2027-01-01, uses: [onderzoek]}}",
        f"---\n{FIRST}",
        FIRST.replace("consent:", "'consent':"),
        FIRST.replace("\n", "\r\n"),
    ],
)
def test_what_is_written_in_another_way_says_the_same_in_the_second_format(text: str) -> None:
    new = upgraded(text)
    assert f"format: {FORMAT}" in new
    assert family_from(new, place="") == family_from(text, place="")


def test_a_consent_list_without_the_format_is_told_what_belongs_on_the_first_line() -> None:
    text = upgraded(FIRST).replace(f"format: {FORMAT}\n", "")
    with pytest.raises(InputProblem, match=r"^family\.yaml:1: .*put format: vib-family/2 on the first line"):
        family_from(text, place="family.yaml")


SECOND = upgraded(FIRST)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("vib-family/2", "vib-family/3", ":1: format: "),
        ("person: pm", "person: pv", r":11: consent\[1\]\.person: pv is not in members"),
        (
            "until: 2031-02-20, by: gezin}  #",
            "until: 2026-02-19, by: x}  #",
            r":11: consent\[1\]\.until: is before 'from'",
        ),
        (", by: gezin}  #", "}  #", r":11: consent\[1\]\.by: is missing"),
        (
            "person: kind, uses: [begeleiding, opleiding], from: 2026-02-20,",
            "person: kind, uses: [begeleiding],",
            r"from: is",
        ),
        ("role: kind, born", "role: kind, home: oma, born", r":7: members\[0\]\.home: "),
        ("situation: maaltijd", "kind: film", r":13: clips\[0\]\.kind: "),
        ("situation: maaltijd", "discusses: [b]", r":13: clips\[0\]\.discusses: belongs to kind: review"),
        ("situation: maaltijd", "kind: review, discusses: [b, c]", r":13: clips\[0\]\.discusses\[1\]: c is not among"),
        ("situation: maaltijd", "sound: 0", r":13: clips\[0\]\.sound: "),
        ("situation: maaltijd", "join: [b.mp4]", r":13: clips\[0\]\.join\[0\]: b.mp4 is of a clip already"),
        ("situation: maaltijd", "join: [c.mp4, c.mp4]", r":13: clips\[0\]\.join\[1\]: c.mp4 is of a clip already"),
    ],
)
def test_a_mistake_in_the_second_format_is_named_with_line_and_field(old: str, new: str, named: str) -> None:
    assert SECOND.count(old) == 1
    with pytest.raises(InputProblem, match=named) as caught:
        family_from(SECOND.replace(old, new), place="family.yaml")
    assert caught.value.reason.nl != caught.value.reason.en


def test_a_use_is_in_force_where_every_member_agrees_and_ends_with_the_first_of_them(tmp_path: Path) -> None:
    text = SECOND.replace("until: 2031-02-20, by: gezin}  #", "until: 2027-02-20, by: zelf}  #")
    family = family_from(text, place="")
    assert family.uses_on(date(2027, 2, 20)) == {"begeleiding", "opleiding"}
    assert family.uses_on(date(2027, 2, 21)) == set()
    assert family.ends("opleiding") == date(2027, 2, 21)
    assert family.ends("onderzoek") is None


def test_consent_of_one_of_two_members_is_none() -> None:
    lines = [line for line in SECOND.splitlines(keepends=True) if "person: pm" not in line]
    family = family_from("".join(lines), place="")
    assert family.uses_on(date(2026, 3, 1)) == set()
    assert family.ends("begeleiding") is None


def test_a_clip_is_never_used_beyond_what_is_in_force() -> None:
    family = family_from(SECOND.replace("uses: [begeleiding]}\n", "uses: [begeleiding, onderzoek]}\n"), place="")
    assert family.clips is not None
    assert family.uses_of(family.clips[1], date(2026, 3, 1)) == {"begeleiding"}


def test_what_a_family_yaml_said_before_is_kept_beside_it(tmp_path: Path) -> None:
    (tmp_path / "family.yaml").write_text(FIRST, encoding="utf-8")
    (tmp_path / "family.yaml").chmod(0o640)
    family = read_family(tmp_path)
    write_family(tmp_path, family)
    assert read_family(tmp_path) == family
    assert (tmp_path / "family.yaml.bak").read_text(encoding="utf-8") == FIRST
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("family.yaml", "family.yaml.bak")} == {0o640}


def test_a_family_that_does_not_fit_together_is_not_written(tmp_path: Path) -> None:
    family = family_from(FIRST, place="")
    with pytest.raises(InputProblem, match=r"consent\[0\]\.person"):
        write_family(tmp_path, family.model_copy(update={"members": family.members[1:]}))
    assert list(tmp_path.iterdir()) == []


def test_a_new_family_yaml_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_family(tmp_path / "new", family_from(FIRST, place=""))
    assert (tmp_path / "new/family.yaml").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "new/family.yaml.bak").exists()


@pytest.mark.parametrize("text", ["\x85", "a\u2028b", " \u2029 c", "d\ne", "\n"])
def test_a_text_with_any_break_in_it_is_written_and_read_the_same(text: str) -> None:
    assert plain_yaml(in_one_line({"by": text}), place="x") == {"by": text}
    assert plain_yaml(as_yaml({"by": text}), place="x") == {"by": text}
