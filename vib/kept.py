"""What is kept of somebody: one kind of it, as one plugin says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, Self, final

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from vib.language import Text
from vib.page import NAME

Record = Mapping[str, Any]
"""One thing that is kept: texts, numbers, moments and what is made of these, by the name of each."""

CLIP = "clip"
"""What a record calls the clip that it is about, so that the log can say of which families it is."""

NOT_BY_ITSELF = Text(
    nl="Tot de beheerder het weghaalt; vanzelf verdwijnt het niet.",
    en="Until the administrator takes it away; it does not go by itself.",
)
"""How long most of it is kept."""

ABOUT = frozenset({"heading", "about", "how_long"})
"""Which texts of a kind are not those of its columns."""


@final
@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of what a plugin keeps of an account, with nothing in it of anybody else.

    Parameters
    ----------
    name : str
        Of its page and its file: small letters, digits, hyphens.
    heading : Text
        What it is called.
    about : Text
        What it is, and why it is kept.
    how_long : Text
        Until when.
    columns : Mapping of str to Text
        Which fields of a record its page shows, in order, each with its heading; the file has all.
    records : callable
        Gives the records from a place to before another, or to the end where that is None; newest first. It is
        called when somebody looks.
    count : int or None
        How many records there are; None where counting takes too long.
    words : Mapping of str to Text
        What its page calls values that are not words yet; files have them as they are.
    order : int
        Its place among the others: the lowest first.

    Raises
    ------
    pydantic.ValidationError
        The name is none, or there is nothing to show.
    """

    name: str
    heading: Text
    about: Text
    how_long: Text
    columns: Mapping[str, Text]
    records: Callable[[int, int | None], Iterable[Record]]
    count: int | None = None
    words: Mapping[str, Text] = field(default_factory=dict)
    order: int = 50

    @classmethod
    def of_texts(
        cls,
        name: str,
        texts: Mapping[str, Text],
        records: Callable[[int, int | None], Iterable[Record]],
        count: int | None = None,
        *,
        words: Mapping[str, Text] | None = None,
        order: int = 50,
    ) -> Self:
        """Make one of its texts: ``heading``, ``about``, ``how_long``, and of each column by the name of the field.

        Without ``how_long`` it is kept until somebody takes it away.
        """
        columns = {field: text for field, text in texts.items() if field not in ABOUT}
        how_long = texts.get("how_long", NOT_BY_ITSELF)
        return cls(name, texts["heading"], texts["about"], how_long, columns, records, count, words or {}, order)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name}: a name has small letters, digits and hyphens")
        if not self.columns:
            raise ValueError(f"{self.name}: say in columns which fields its page shows")
        return self
