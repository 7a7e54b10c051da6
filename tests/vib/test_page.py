"""A page says for whom it is, or is none."""

from __future__ import annotations

from typing import Any

import pytest

from vib.language import Text
from vib.page import Menu, Page
from vib.roles import Right

TITLE = Text(nl="Nabespreking", en="Review")
FITS: dict[str, Any] = {"address": "review/", "view": "review.views:index", "name": "index", "rights": (Right.SEE,)}


def page(**fields: Any) -> Page:
    return Page(**{**FITS, **fields})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"rights": ()}, "say in rights who may open it"),
        ({"machine": True}, "and not both"),
        ({"rights": ("fly",)}, "rights"),
        ({"address": "/review/"}, "does not begin with /"),
        ({"view": "review.views.index"}, "module:function"),
        ({"name": "Index"}, "a name has small letters"),
        ({"methods": ()}, "methods are of"),
        ({"methods": ("TRACE",)}, "methods are of"),
        ({"menu": Menu.MAIN}, "in a menu are pages with a title"),
        ({"menu": Menu.MAIN, "title": TITLE, "address": "review/<int:task>/"}, "without parameters"),
        ({"menu": Menu.MAIN, "title": TITLE, "methods": ("POST",)}, "in a menu are pages"),
    ],
)
def test_what_does_not_fit_together_is_no_page(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        page(**fields)


def test_a_page_without_a_word_about_rights_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="rights"):
        Page(**{name: value for name, value in FITS.items() if name != "rights"})


def test_what_a_machine_asks_has_no_rights() -> None:
    assert page(machine=True, rights=(), methods=("POST",)).asked == {"POST review/"}


def test_words_come_before_parameters_and_whole_paths_last() -> None:
    addresses = ["<path:rest>", "<str:method>/", "guide/<str:method>/", "guide/_why/", "guide/", ""]
    found = sorted((page(address=address) for address in addresses), key=lambda one: one.specificity)
    assert [one.address for one in found] == [
        "",
        "guide/",
        "guide/_why/",
        "guide/<str:method>/",
        "<str:method>/",
        "<path:rest>",
    ]
