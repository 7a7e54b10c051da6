"""Codebooks: what is wrong with one is said with file, line and field, before anybody codes with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from vib_strategies import BOOK, calm, changed_book

from vib.codebook import FOLDER, Codebook, read_codebook
from vib.codebook.upgrading import as_second_format
from vib.methods import method_names
from vib.problem import InputProblem
from vib.yaml_file import as_yaml

PRINTABLE = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\u0085\ufeff")
"""What YAML and XML can hold."""

SMALL = """\
format: vib-codebook/1
method: small
version: 1.0.0
title: {nl: Klein, en: Small}
about: {nl: Over, en: About}
owner: nobody
tiers:
  - id: look
    label: {nl: blik, en: look}
    question: {nl: Wat?, en: What?}
    codes:
      - id: at
        label: {nl: naar, en: at}
        actor: kind
        kind: event
        definition: {nl: kijkt, en: looks}
        example: {nl: vb, en: ex}
        source: [own design]
        certainty: high
"""

Content = dict[str, Any]


def read(tmp_path: Path, text: str) -> Codebook:
    path = tmp_path / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return read_codebook(path)


@pytest.mark.parametrize("method", method_names())
def test_every_installed_codebook_can_be_read(method: str) -> None:
    assert read_codebook(FOLDER / method / "codebook.yaml").method == method


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("owner: nobody\n", "owner: nobody\ncolour: red\n", ":7: colour"),
        ("codebook/1", "codebook/3", ":1: format"),
        ("1.0.0", "one", ":3: version"),
        ("title: {nl: Klein, en: Small}", "title: {nl: Klein}", ":4: title.en"),
        ("title: {nl: Klein, en: Small}", "title: {nl: Klein, en: Small, de: Klein}", ":4: title.de"),
        ("id: look", "id: look at", r":8: tiers\[0\].id"),
        ("id: at", "id: a,b", r":12: tiers\[0\].codes\[0\].id"),
        ("actor: kind", "actor: hond", r":14: tiers\[0\].codes\[0\].actor"),
        ("kind: event", "kind: no", r":15: tiers\[0\].codes\[0\].kind"),
        ("certainty: high", "certanty: high", r":19: tiers\[0\].codes\[0\].certanty: is not known here"),
        ("certainty: high", "certainty: sure", r":19: tiers\[0\].codes\[0\].certainty"),
        ("source: [own design]", "source: []", r":18: tiers\[0\].codes\[0\].source"),
        ("        example: {nl: vb, en: ex}\n", "", r":12: tiers\[0\].codes\[0\].example"),
        ("certainty: high", "certainty: high\n        hotkey: Q", r":20: tiers\[0\].codes\[0\].hotkey"),
        ("certainty: high", "certainty: high\n        colour: red", r":20: tiers\[0\].codes\[0\].colour"),
        ("owner: nobody", "owner: !!python/object/apply:os.system [ls]", ":6: not valid YAML"),
        ("owner: nobody", "owner: &a nobody\nnot: *a", "aliases"),
    ],
)
def test_a_mistake_is_named_with_line_and_field(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert SMALL.count(old) == 1
    assert read(tmp_path, SMALL).method == "small"
    with pytest.raises(InputProblem, match=named) as caught:
        read(tmp_path, SMALL.replace(old, new))
    assert caught.value.place.startswith(str(tmp_path / "codebook.yaml"))


def test_an_id_that_is_used_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="used twice: look"):
        read(tmp_path, SMALL.replace("id: at", "id: look"))


def _tier(content: Content, name: str) -> Content:
    found: Content = next(tier for tier in content["tiers"] if tier["id"] == name)
    return found


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda c: c["ratings"][0].update(id="kind"), "used twice: kind"),
        (lambda c: _tier(c, "elements")["groups"][0].update(id="BC.1.NAME"), "used twice: BC.1.NAME"),
        (lambda c: _tier(c, "elements")["codes"][0].update(group="gone"), "tier elements names .*: gone"),
        (lambda c: _tier(c, "elements")["groups"][0].update(within="gone"), "tier elements names .*: gone"),
        (lambda c: _tier(c, "effect")["describes"].update(tier="gone"), "tier effect names .*: kind"),
        (lambda c: _tier(c, "effect")["describes"].update(tier="reception"), "tier effect names .*: kind"),
        (lambda c: _tier(c, "effect")["describes"].update(codes=["gone"]), "tier effect names .*: gone"),
        (lambda c: _tier(c, "effect")["describes"].update(codes=[]), "describes.codes"),
        (lambda c: c.update(tiers=[]), "tiers"),
    ],
)
def test_what_is_named_must_be_there_and_once(change: Callable[[Content], object], named: str) -> None:
    with pytest.raises(ValidationError, match=f"(?s){named}"):
        changed_book(change)


def _circle(content: Content) -> None:
    groups = {group["id"]: group for group in _tier(content, "elements")["groups"]}
    groups["cluster-1"]["within"] = "attentive"


def _own_parent(content: Content) -> None:
    _tier(content, "elements")["groups"][0]["within"] = _tier(content, "elements")["groups"][0]["id"]


@pytest.mark.parametrize("change", [_circle, _own_parent])
def test_groups_that_lie_within_each_other_are_refused(change: Callable[[Content], None]) -> None:
    """Their codes would never be offered, and the path to one of them would never end."""
    with pytest.raises(ValidationError):
        changed_book(change)


def test_a_scale_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError):
        changed_book(lambda c: c["ratings"][0].update(lowest=5, highest=1))


@pytest.mark.parametrize("name", ["audio", "video"])
def test_an_id_that_the_interface_uses_for_its_media_is_refused(name: str) -> None:
    """Two things of one name in an interface: Label Studio refuses it, or codes the wrong one."""
    with pytest.raises(ValidationError):
        changed_book(lambda c: c["ratings"][0].update(id=name))


def test_one_key_chooses_one_code_of_a_tier() -> None:
    with pytest.raises(ValidationError):
        changed_book(lambda c: _tier(c, "reception")["codes"][0].update(hotkey="s"))


def test_a_codebook_knows_its_tiers_and_labels() -> None:
    assert [t.id for t in BOOK.timeline_tiers] == ["turn", "pick"]
    assert {t.id for t in (*BOOK.timeline_tiers, *BOOK.describing_tiers)} == {t.id for t in BOOK.tiers}
    labels = BOOK.labels()
    for tier in BOOK.tiers:
        assert labels[tier.id] == tier.label
        assert all(labels[code.id] == code.label for code in tier.codes)
        assert all(labels[group.id] == group.label for group in tier.groups)
    assert all(labels[rating.id] == rating.label for rating in BOOK.ratings)
    with pytest.raises(KeyError):
        BOOK.tier("gone")
    with pytest.raises(ValidationError):
        BOOK.owner = "somebody else"  # type: ignore[misc]


@calm
@given(st.data())
def test_the_first_format_upgraded_and_written_is_the_same_codebook(data: st.DataObject) -> None:
    """Whatever words a codebook has: colons, quotes, the names of fields themselves."""
    words = st.one_of(
        st.sampled_from(["from_month", "format: vib-codebook/1", "a: b # c"]), st.text(PRINTABLE, min_size=1)
    )

    def text() -> Content:
        return {"nl": data.draw(words), "en": data.draw(words)}

    sourced = {"source": ["own design"], "certainty": "low", "actor": "kind", "definition": text(), "example": text()}
    codes = [{"id": f"c{n}", "label": text(), "kind": "event", **sourced} for n in range(data.draw(st.integers(1, 3)))]
    months = st.integers(0, 300)
    ratings = [
        {"id": f"r{n}", "label": text(), **sourced, "from_month": data.draw(months)}
        for n in range(data.draw(st.integers(0, 2)))
    ]
    content = {
        "format": "vib-codebook/1",
        "method": "small",
        "version": "1.0.0",
        "title": text(),
        "about": text(),
        "owner": data.draw(words),
        "tiers": [{"id": "t", "label": text(), "question": text(), "codes": codes}],
        "ratings": ratings,
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        indent = data.draw(st.sampled_from([None, 2]))
        flow = json.dumps(content, indent=indent, ensure_ascii=False)
        written = as_yaml(content) if data.draw(st.booleans()) else flow
        path.write_text(written, encoding="utf-8")
        first = read_codebook(path)
        path.write_text(as_second_format(written), encoding="utf-8")
        assert "vib-codebook/2" in path.read_text(encoding="utf-8")
        assert read_codebook(path) == first


@pytest.mark.parametrize("method", method_names())
def test_at_a_level_nothing_is_there_that_is_not_asked_whatever_was_looked_up_before(method: str) -> None:
    book = read_codebook(FOLDER / method / "codebook.yaml")
    assert set(book.codes) >= {code.id for tier in book.timeline_tiers for code in tier.codes}
    for level in book.levels:
        asked = book.at(level)
        assert {tier.id for tier in (*asked.timeline_tiers, *asked.describing_tiers)} >= set(level.tiers)
        assert set(asked.codes) == {code.id for tier in asked.tiers for code in tier.codes}
        assert level.advanced or not any(code.advanced for code in asked.codes.values())
        assert bool(asked.ratings) is (level.ratings and bool(book.ratings))
        for tier in asked.tiers:
            there = {code.id for code in tier.codes}
            assert {step.code for step in tier.decision_order} <= there
            assert set(tier.group_of) == there | {group.id for group in tier.groups}
