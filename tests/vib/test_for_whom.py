"""A codebook without what only the team sees, and with a family's own names."""

from __future__ import annotations

import pytest

from vib.codebook import Codebook
from vib.for_whom import codes_without, sensitive_in, with_labels, without_sensitive
from vib.interface import render_interface
from vib.methods import method_names, read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem


@pytest.mark.parametrize("method", method_names())
def test_a_codebook_without_what_is_sensitive_is_a_codebook_that_names_none_of_it(method: str) -> None:
    book = read_method(method)
    rest = without_sensitive(book)
    assert not sensitive_in(rest)
    again = Codebook.model_validate(rest.model_dump())
    assert again.codes.keys() == book.codes.keys() - sensitive_in(book)
    shown = render_interface(rest, "nl")
    assert not [name for name in sensitive_in(book) if f'"{name}"' in shown]


def test_a_family_names_the_codes_that_are_left_to_it_and_no_others() -> None:
    book = read_method("vht-gmcp")
    named = next(code.id for code in book.codes.values() if code.user_label)
    assert 'value="samen eten"' in render_interface(with_labels(book, {named: "samen eten"}), "nl")
    with pytest.raises(InputProblem, match="kind") as caught:
        with_labels(book, {"kind": "Jan"})
    assert named in caught.value.message("nl")


def test_what_raters_said_without_some_codes_has_all_the_rest() -> None:
    said = {"shows": "BZ.SECRET", "elements": ("BZ.OPEN", "BZ.SECRET"), "reception": "BC.REC.V"}
    seen = Timeline(9, [Observation("turn", "kind", 1, 2, said), Observation("moment", "BZ.SECRET", 3, 3)])
    clip = RaterSet("F-1/a", 9, {"anna": seen}, {"anna": {"BS.1": 4, "BZ.SECRET": 1}})
    rest = codes_without(clip, frozenset({"BZ.SECRET"}))
    left = {"elements": ("BZ.OPEN",), "reception": "BC.REC.V"}
    assert rest.timelines == {"anna": Timeline(9, [Observation("turn", "kind", 1, 2, left)])}
    assert rest.timelines["anna"].observations[0].attributes == left
    assert rest.ratings == {"anna": {"BS.1": 4}}
    assert codes_without(clip, frozenset()) == clip
