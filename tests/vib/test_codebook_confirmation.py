"""What was confirmed says so, as long as the text is what somebody read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_codebook import SMALL
from vib_strategies import BOOK, changed_book

from vib.codebook import Codebook, Level, read_codebook
from vib.codebook.confirmation import (
    Confirmations,
    digest_of,
    entries_of,
    lapsed,
    text_of,
    with_confirmations,
)
from vib.codebook.entry import Confirmed
from vib.codebook.reading import read_confirmations
from vib.guide import render_guide
from vib.language import Text
from vib.problem import InputProblem
from vib.yaml_file import as_yaml

UNCONFIRMED = [(name, entry) for name, entry in entries_of(BOOK) if entry.confirm_by is not None]
NAME, ENTRY = UNCONFIRMED[0]
assert ENTRY.confirm_by is not None
DONE = Confirmed(
    by="Anna Bakker", party=ENTRY.confirm_by, date="2026-11-30", language="nl", digest=digest_of(ENTRY, "nl")
)
SAID = Confirmations().adding([(NAME, DONE)])


def entry(book: Codebook, name: str) -> Any:
    return dict(entries_of(book))[name]


def test_what_was_confirmed_needs_nobody_any_more_and_says_by_whom() -> None:
    book = with_confirmations(BOOK, SAID)
    assert (entry(book, NAME).confirm_by, entry(book, NAME).confirmed) == (None, DONE)
    assert entry(BOOK, NAME).confirmed is None
    others = [(name, one) for name, one in entries_of(book) if name != NAME]
    assert others == [(name, one) for name, one in entries_of(BOOK) if name != NAME]
    assert lapsed(book, SAID) == {}
    written = [render_guide(one, "nl") for one in (BOOK, book)]
    line = "bevestigd door Anna Bakker (AIT) op 2026-11-30"
    assert [text.count(line) for text in written] == [0, 1]
    assert written[1].count("te bevestigen door") == written[0].count("te bevestigen door") - 1


@pytest.mark.parametrize("field", ["label", "definition", "example"])
def test_a_text_that_changed_is_confirmed_no_more(field: str) -> None:
    def change(content: dict[str, Any]) -> None:
        code = next(code for tier in content["tiers"] for code in tier["codes"] if code["id"] == NAME)
        code[field]["nl"] += "!"

    book = with_confirmations(changed_book(change), SAID)
    assert entry(book, NAME).confirmed is None
    assert lapsed(book, SAID) == {NAME: DONE}


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code["label"].update(en="other"),
        lambda code: code.update(hotkey=None),
        lambda code: code.update(colour="#000000"),
        lambda code: code.update(polarity="nee"),
    ],
)
def test_what_they_did_not_read_may_change(change: Callable[[dict[str, Any]], object]) -> None:
    book = changed_book(
        lambda content: change(next(c for tier in content["tiers"] for c in tier["codes"] if c["id"] == NAME))
    )
    assert entry(with_confirmations(book, SAID), NAME).confirmed == DONE


def test_who_confirms_for_others_confirms_nothing() -> None:
    other = Confirmations().adding([(NAME, DONE.model_copy(update={"party": "somebody else"}))])
    assert entry(with_confirmations(BOOK, other), NAME).confirmed is None


def test_of_one_text_the_last_confirmation_holds_and_earlier_texts_stay_known() -> None:
    again = DONE.model_copy(update={"by": "Piet", "date": "2026-12-01"})
    earlier = DONE.model_copy(update={"digest": "0" * 64})
    said = Confirmations().adding([(NAME, earlier), (NAME, DONE)]).adding([(NAME, again)])
    assert said.confirmed == {NAME: (earlier, again)}
    assert entry(with_confirmations(BOOK, said), NAME).confirmed == again


def test_what_somebody_reads_has_the_numbers_and_points_too() -> None:
    rating = BOOK.ratings[0].model_copy(update={"anchors": {1: Text(nl="nooit", en="never")}})
    assert text_of(rating, "nl")["numbers"] == f"{rating.lowest}-{rating.highest}; 1: nooit"
    code = next(iter(BOOK.codes.values())).model_copy(update={"params": {"window_s": 3.0}})
    assert text_of(code, "en")["numbers"] == "window_s: 3"
    assert digest_of(code, "nl") != digest_of(code.model_copy(update={"params": {"window_s": 4.0}}), "nl")


def test_confirmations_are_read_from_beside_the_methods(tmp_path: Path) -> None:
    path = tmp_path / "small" / "codebook.yaml"
    path.parent.mkdir()
    path.write_text(SMALL.replace("certainty: high", "certainty: low\n        confirm_by: AIT"), encoding="utf-8")
    code = read_codebook(path).codes["at"]
    assert (code.confirm_by, code.confirmed) == ("AIT", None)
    done = DONE.model_copy(update={"party": "AIT", "digest": digest_of(code, "nl")})
    kept = tmp_path / "confirmed.yaml"
    kept.write_text(as_yaml(Confirmations().adding([("at", done)]).model_dump(mode="json")), encoding="utf-8")
    assert read_codebook(path).codes["at"].confirmed == done
    kept.write_text(kept.read_text(encoding="utf-8").replace("2026-11-30", "gisteren"), encoding="utf-8")
    with pytest.raises(InputProblem, match=r"confirmed.yaml:\d+: confirmed.at\[0\].date: 'gisteren' is not a day"):
        read_codebook(path)
    assert read_confirmations(tmp_path / "gone.yaml") == Confirmations()


def test_nobody_confirms_an_entry_in_a_codebook_itself(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(SMALL + "        confirmed: {by: me}\n", encoding="utf-8")
    with pytest.raises(InputProblem, match="confirmed: is not known here"):
        read_codebook(path)


def test_what_is_asked_at_a_level_remembers_nothing_of_the_whole() -> None:
    level = Level(id="start", label=Text(nl="start", en="start"), tiers=("turn",))
    assert (len(BOOK.codes), len(BOOK.timeline_tiers), len(BOOK.describing_tiers)) > (3, 1, 0)
    part = BOOK.at(level)
    assert {*part.codes} == {code.id for code in BOOK.tier("turn").codes}
    assert part.describing_tiers == ()
