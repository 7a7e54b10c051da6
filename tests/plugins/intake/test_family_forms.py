"""A family is made, changed and consented to by form, as by file: by who may, recorded, without names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from plugins.intake.family_form import MOST_ROWS, rows_of
from tests.plugins.access.desk import Log
from tests.plugins.access.inside import Answer, World, inside
from vib.access_event import AccessEvent
from vib.changed_families import notes
from vib.family import BACKUP, FILE, family_from, read_family, stamp_of
from vib.hookspecs import hookimpl

INDEX = "/vib/intake/"
NEW = "F-NIEUW"

BY_FILE = """format: vib-family/2
family: F-NIEUW
method: bezoekregeling
language: nl
members:
  - {id: k1, role: pleegkind, born: 2021-09, home: pleeggezin}
  - {id: pm, role: pleegmoeder, home: pleeggezin}
  - {id: v, role: vader, home: ouders}
consent:
  - {person: k1, uses: [begeleiding], from: 2026-02-01, until: 2031-02-01, by: voogd}
  - {person: pm, uses: [begeleiding, opleiding], from: 2026-02-01, until: 2031-02-01, by: zelf}
  - {person: v, uses: [begeleiding], from: 2026-03-01, until: 2029-03-01, by: zelf}
  - {person: v, uses: [opleiding], from: 2026-03-01, until: 2027-03-01, by: zelf}
"""
MEMBERS = (
    {"id": "k1", "role": "pleegkind", "born": "2021-09", "home": "pleeggezin"},
    {"id": "pm", "role": "pleegmoeder", "home": "pleeggezin"},
    {"id": "v", "role": "vader", "home": "ouders"},
)
DAYS = {"given": "2026-02-01", "until": "2031-02-01"}
CLIPS_BY_FILE = """clips:
  - {file: a.mp4, join: [b.mp4], recorded: 2026-02, situation: buiten, sound: 2}
  - {file: c.mov, kind: review, discusses: [a], uses: [begeleiding]}
"""
CLIPS: tuple[dict[str, Any], ...] = (
    {"file": "a.mp4", "counts": "yes", "recorded": "2026-02", "situation": "buiten", "kind": "recording", "sound": "2"},
    {"file": "c.mov", "counts": "yes", "kind": "review", "discusses": ["a"], "uses": ["begeleiding"]},
    {"file": "d.mp4", "kind": "recording"},
)
CONSENT: tuple[dict[str, Any], ...] = (
    {"person": "k1", "uses": ["begeleiding"], **DAYS, "by": "voogd"},
    {"person": "pm", "uses": ["opleiding", "begeleiding"], **DAYS, "by": "zelf"},
    {"person": "v", "uses": ["begeleiding"], "given": "2026-03-01", "until": "2029-03-01", "by": "zelf"},
    {"person": "v", "uses": ["opleiding"], "given": "2026-03-01", "until": "2027-03-01", "by": "zelf"},
)


@contextmanager
def families() -> Iterator[Path]:
    """Give the folder of families, and take away what was made in it."""
    from django.conf import settings

    try:
        yield settings.VIB.families
    finally:
        shutil.rmtree(settings.VIB.families, ignore_errors=True)
        shutil.rmtree(settings.VIB.data / "intake", ignore_errors=True)


@contextmanager
def log() -> Iterator[Log]:
    from django.conf import settings

    kept = Log()
    settings.VIB_PLUGIN_HOST.add("log", kept)
    try:
        yield kept
    finally:
        settings.VIB_PLUGIN_HOST.remove("log")


def rows(name: str, lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the fields of a list, as a form sends them."""
    fields = {f"{name}-{n}-{field}": value for n, line in enumerate(lines) for field, value in line.items()}
    return fields | {f"{name}-count": len(lines)}


def post(world: World, who: str, address: str, fields: Mapping[str, Any], language: str = "en") -> Answer:
    kind = "application/x-www-form-urlencoded"
    return world.ask(who, "POST", f"{address}?lang={language}", urlencode(fields, doseq=True), kind=kind, by="session")


def make(world: World, who: str, language: str = "en", **other: Any) -> Answer:
    fields = {"family": NEW, "method": "bezoekregeling", "language": "nl", "do": "make"} | rows("members", MEMBERS)
    return post(world, who, INDEX, fields | other, language)


def agree(world: World, who: str, folder: Path, lines: Sequence[Mapping[str, Any]] = CONSENT, **other: Any) -> Answer:
    fields = {"stamp": stamp_of(folder), "do": "send"} | rows("consent", lines)
    return post(world, who, f"{INDEX}{folder.name}/consent/", fields | other)


@inside
def test_a_family_made_by_form_is_the_family_made_by_file(world: World) -> None:
    with families() as folder:
        made = make(world, "begeleider")
        assert (made.status, made.headers["Location"]) == (302, f"{INDEX}{NEW}/consent/")
        agreed = agree(world, "begeleider", folder / NEW)
        assert (agreed.status, agreed.headers["Location"]) == (302, f"{INDEX}{NEW}/")
        assert read_family(folder / NEW) == family_from(BY_FILE, place=FILE)
        assert (folder / NEW).stat().st_mode & 0o777 == 0o700


@inside
def test_what_a_file_says_the_form_shows_and_keeps_as_it_is(world: World) -> None:
    with families() as folder:
        make(world, "begeleider")
        text = BY_FILE + "clips:\n  - {file: a.mp4, recorded: 2026-02, sound: 2}\nlabels: {}\n"
        (folder / NEW / FILE).write_text(text, encoding="utf-8")
        before = read_family(folder / NEW)
        shown = world.ask("begeleider", "GET", f"{INDEX}{NEW}/members/?lang=nl", by="session").text
        assert 'value="2021-09"' in shown
        assert '<option value="ouders" selected>' in shown
        fields = {"stamp": stamp_of(folder / NEW), "method": "bezoekregeling", "language": "nl", "do": "keep"}
        assert post(world, "begeleider", f"{INDEX}{NEW}/members/", fields | rows("members", MEMBERS)).status == 302
        assert agree(world, "begeleider", folder / NEW, do="keep").status == 302
        assert read_family(folder / NEW) == before
        assert (folder / NEW / FILE).read_text(encoding="utf-8") == text


def say_of(world: World, folder: Path, lines: Sequence[Mapping[str, Any]]) -> Answer:
    fields = {"stamp": stamp_of(folder), "do": "keep"} | rows("clips", lines)
    return post(world, "begeleider", f"{INDEX}{folder.name}/recordings/", fields)


@inside
def test_what_is_said_of_recordings_by_form_is_what_a_file_says(world: World) -> None:
    with families() as folder:
        make(world, "begeleider")
        agree(world, "begeleider", folder / NEW)
        for name in ("a.mp4", "b.mp4", "c.mov", "d.mp4", "verslag.docx"):
            (folder / NEW / name).touch()
        plain = [{"file": name, "counts": "yes", "kind": "recording"} for name in ("a.mp4", "b.mp4", "c.mov", "d.mp4")]
        assert say_of(world, folder / NEW, plain).status == 302
        # Where nothing is said of any, whatever comes counts too.
        assert read_family(folder / NEW).clips is None
        (folder / NEW / FILE).write_text(BY_FILE + "clips:\n  - {file: a.mp4, join: [b.mp4]}\n", encoding="utf-8")
        assert say_of(world, folder / NEW, CLIPS).status == 302
        assert read_family(folder / NEW) == family_from(BY_FILE + CLIPS_BY_FILE, place=FILE)
        shown = world.ask("begeleider", "GET", f"{INDEX}{NEW}/recordings/?lang=nl", by="session").text
        assert [name for name in ("a.mp4", "c.mov", "d.mp4") if f'-file" value="{name}"' not in shown] == []
        assert "verslag" not in shown
        assert "Eén clip met b.mp4" in shown
        assert '<option value="buiten">' in shown
        wrong = [{**CLIPS[0], "recorded": "vorig jaar", "sound": "twee"}, *CLIPS[1:]]
        answer = say_of(world, folder / NEW, wrong)
        assert answer.status == 400
        assert [one for one in ("is not a day or month", "is not a whole number") if one not in answer.text] == []


@inside
def test_who_makes_a_family_has_it_and_nobody_else_opens_its_forms(world: World) -> None:
    with families() as folder:
        assert make(world, "anna").status == 302
        assert agree(world, "anna", folder / NEW).status == 302
        for page in ("members", "consent"):
            address = f"{INDEX}{NEW}/{page}/"
            answers = {
                who: world.ask(who, "GET", address, by="session").status for who in ("anna", "bram", "begeleider")
            }
            assert answers == {"anna": 200, "bram": 404, "begeleider": 404}
            assert post(world, "begeleider", address, {}).status == 404
        for who in ("opleider", "beheer", "nieuw"):
            assert world.ask(who, "GET", INDEX, by="session").status == 403
            assert make(world, who, family="F-ANDERS").status == 403
        assert [path.name for path in folder.iterdir()] == [NEW]


@inside
def test_a_pseudonym_that_is_taken_leaves_everything_as_it_was(world: World) -> None:
    with families() as folder:
        assert make(world, "begeleider").status == 302
        text = (folder / NEW / FILE).read_bytes()
        for taken in (NEW, "f-nieuw", "F-ANDER", "f-ander"):
            refused = make(world, "anna", family=taken)
            assert refused.status == 400
            assert "in use already" in refused.text
        assert (folder / NEW / FILE).read_bytes() == text
        assert [path.name for path in folder.iterdir()] == [NEW]
        assert world.ask("anna", "GET", f"{INDEX}{NEW}/members/", by="session").status == 404


class NoFamilies:
    """A log that takes everything but what is done with families."""

    @hookimpl
    def vib_access_event(self, event: AccessEvent) -> None:
        if event.what.startswith("family"):
            raise OSError("the log is full")


@inside
def test_what_cannot_be_recorded_is_not_done(world: World) -> None:
    from django.conf import settings

    with families() as folder:
        settings.VIB_PLUGIN_HOST.add("no families", NoFamilies())
        try:
            refused = make(world, "anna")
        finally:
            settings.VIB_PLUGIN_HOST.remove("no families")
        assert refused.status == 400
        assert "nothing was changed" in refused.text
        assert list(folder.glob("*")) == []
        assert world.ask("anna", "GET", f"{INDEX}{NEW}/members/", by="session").status == 404
        assert make(world, "anna").status == 302


@inside
def test_every_change_is_recorded_by_whom_of_what_and_without_free_text(world: World) -> None:
    with families() as folder, log() as kept:
        make(world, "begeleider")
        agree(world, "begeleider", folder / NEW)
        kept.events.clear()
        agree(world, "begeleider", folder / NEW, [*CONSENT[:1], *CONSENT[2:]])
        [change] = [event for event in kept.events if event.what == "family changed"]
        assert (change.who, change.families) == ("begeleider@vib.example", (NEW,))
        assert change.which == "consent pm begeleiding+opleiding 2026-02-01..2031-02-01: gone"
        kept.events.clear()
        fields = {"stamp": stamp_of(folder / NEW), "method": "bezoekregeling", "language": "nl", "do": "keep"}
        members = [{**MEMBERS[0], "role": "kind", "born": "2021-10"}, *MEMBERS[1:]]
        post(world, "begeleider", f"{INDEX}{NEW}/members/", fields | rows("members", members))
        said = [event.which for event in kept.events if event.what == "family changed"]
        assert said == ["member k1 role: changed", "member k1 born: 2021-09 -> 2021-10"]
        # The worker of the intake lets the tasks follow.
        assert set(notes(folder.parent / "intake")) == {NEW}


@inside
def test_each_field_that_is_wrong_says_so_in_the_language_of_who_reads_and_what_was_typed_stays(world: World) -> None:
    with families() as folder:
        wrong = ({"id": "k 1", "role": "kind", "born": "2021-13"}, {"id": "", "role": "zus"})
        for language, said in (
            ("nl", ("is geen pseudoniem", "is geen maand zoals 2022-05", "vul dit in")),
            ("en", ("is not a pseudonym", "is not a month such as 2022-05", "fill this in")),
        ):
            answer = make(world, "begeleider", language, **rows("members", wrong))
            assert answer.status == 400
            assert [one for one in said if one not in answer.text] == []
            assert 'value="2021-13"' in answer.text
        assert not (folder / NEW).exists()
        make(world, "begeleider")
        late = [{**CONSENT[0], "until": "2020-01-01"}, {**CONSENT[1], "by": ""}, {**CONSENT[2], "given": "morgen"}]
        answer = agree(world, "begeleider", folder / NEW, late)
        assert answer.status == 400
        for said in ("fill this in", "is not a day such as"):
            assert said in answer.text
        assert "is before" in agree(world, "begeleider", folder / NEW, late[:1]).text
        assert read_family(folder / NEW).consent == ()


@inside
def test_what_looks_like_a_name_is_pointed_out_until_somebody_says_it_is_none(world: World) -> None:
    with families() as folder:
        named = [{"id": "k1", "role": "zusje van Sanne"}]
        answer = make(world, "begeleider", "nl", **rows("members", named))
        assert answer.status == 400
        assert "lijkt op namen: Sanne" in answer.text
        assert not (folder / NEW).exists()
        assert make(world, "begeleider", "nl", **rows("members", named), **{"no-names": "1"}).status == 302
        # What was there before is not asked again.
        assert agree(world, "begeleider", folder / NEW, [CONSENT[0]]).status == 302
        assert "Jansen" in agree(world, "begeleider", folder / NEW, [{**CONSENT[0], "by": "voogd Jansen"}]).text


@inside
def test_what_somebody_else_changed_meanwhile_is_not_written_over(world: World) -> None:
    with families() as folder:
        make(world, "begeleider")
        stamp = stamp_of(folder / NEW)
        agree(world, "begeleider", folder / NEW)
        answer = agree(world, "begeleider", folder / NEW, CONSENT[:1], stamp=stamp)
        assert answer.status == 400
        assert "somebody else changed this family meanwhile" in answer.text
        assert len(read_family(folder / NEW).consent) == len(CONSENT)
        assert (folder / NEW / BACKUP).exists()


@inside
def test_rows_are_added_taken_out_and_filled_for_everybody_before_anything_is_kept(world: World) -> None:
    with families() as folder:
        more = make(world, "begeleider", do="more")
        assert (more.status, more.text.count('<fieldset class="card person"')) == (200, 4)
        fewer = make(world, "begeleider", do="remove-1")
        assert (
            fewer.text.count('<fieldset class="card person"'),
            "pleegmoeder" in fewer.text.split("<datalist")[0],
        ) == (
            2,
            False,
        )
        assert not (folder / NEW).exists()
        make(world, "begeleider")
        same = {"all-uses": ["begeleiding", "opleiding"], "all-given": "2026-01-01", "all-until": "2030-01-01"}
        empty = [{"person": one["id"]} for one in MEMBERS]
        filled = agree(world, "begeleider", folder / NEW, empty, do="all", **same, **{"all-by": "voogd"})
        assert (filled.status, filled.text.count('value="2030-01-01"')) == (200, 4)
        added = agree(world, "begeleider", folder / NEW, empty, do="more-k1")
        assert added.text.count('value="k1"') == 2
        assert read_family(folder / NEW).consent == ()


@inside
def test_what_is_withdrawn_by_form_holds_at_once_where_a_sync_noted_it_before(world: World) -> None:
    from django.conf import settings

    from plugins.host.consented import consent_of
    from vib.library import LIBRARY, opened

    def noted() -> set[str]:
        consent = consent_of(NEW)
        return set() if consent is None else set(consent.periods)

    with families() as folder:
        make(world, "begeleider")
        agree(world, "begeleider", folder / NEW)
        assert noted() == set()
        try:
            with opened(settings.VIB.data / LIBRARY) as library:
                library.put_consent(NEW, read_family(folder / NEW).consented())
            assert noted() == {"begeleiding"}
            agree(world, "begeleider", folder / NEW, [*CONSENT[:2], {**CONSENT[2], "uses": []}])
            assert noted() == set()
            agree(world, "begeleider", folder / NEW)
            assert noted() == {"begeleiding"}
        finally:
            for file in settings.VIB.data.glob(f"{LIBRARY}*"):
                file.unlink()


@inside
def test_who_leaves_a_family_takes_their_consent_along(world: World) -> None:
    with families() as folder:
        make(world, "begeleider")
        agree(world, "begeleider", folder / NEW)
        fields = {"stamp": stamp_of(folder / NEW), "method": "bezoekregeling", "language": "nl", "do": "keep"}
        post(world, "begeleider", f"{INDEX}{NEW}/members/", fields | rows("members", MEMBERS[:2]))
        assert {one.person for one in read_family(folder / NEW).consent} == {"k1", "pm"}


@inside
def test_a_family_of_another_folder_says_who_changes_it(world: World) -> None:
    answer = world.ask("begeleider", "GET", f"{INDEX}F-EIGEN/consent/?lang=en", by="session")
    assert answer.status == 404
    assert "the administrator gets it ready" in answer.text


@inside
def test_a_trainee_is_told_that_the_family_is_for_practice_and_what_that_needs(world: World) -> None:
    with families():
        assert "alleen jij ziet en codeert het" in world.ask("anna", "GET", f"{INDEX}?lang=nl", by="session").text
        make(world, "anna")
        page = world.ask("anna", "GET", f"{INDEX}{NEW}/consent/?lang=nl", by="session").text
        assert "is toestemming voor opleiding nodig" in page
        assert "Cursisten en hun opleiders bekijken" in page


class Fields(dict[str, Any]):
    """What a form sent."""

    def getlist(self, name: str) -> list[Any]:
        return [self[name]] if name in self else []


@pytest.mark.parametrize("sent", ["", "-1", "x", "9" * 30, "1e9"])
def test_a_number_of_rows_that_is_none_gives_no_rows(sent: str) -> None:
    assert rows_of(Fields({"members-count": sent, "members-0-id": "k1"}), "members", ("id",)) == []


def test_of_more_rows_than_a_family_has_the_rest_is_not_looked_at() -> None:
    assert len(rows_of(Fields({"members-count": "99999"}), "members", ("id",))) == MOST_ROWS
