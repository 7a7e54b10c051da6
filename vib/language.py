"""Dutch and English through one mechanism: a `Text` holds both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["nl", "en"]

LANGUAGES: tuple[Language, ...] = ("nl", "en")

LANGUAGE_NAMES: Mapping[Language, str] = {"nl": "Nederlands", "en": "English"}
"""What each is called by who speaks it."""


class Text(BaseModel):
    """One message, label or definition in every language of the product.

    Examples
    --------
    >>> Text(nl="beurt", en="turn").to("nl")
    'beurt'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    nl: str
    en: str

    def to(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.nl if language == "nl" else self.en

    def filled(self, *values: object, **named: object) -> Text:
        """Return the text with its places filled, in each language with the same, or with a text's words in it.

        Examples
        --------
        >>> Text(nl="{n} gezinnen", en="{n} families").filled(n=2).en
        '2 families'
        """

        def said(language: Language) -> str:
            in_it = [value.to(language) if isinstance(value, Text) else value for value in values]
            by_name = {name: value.to(language) if isinstance(value, Text) else value for name, value in named.items()}
            return self.to(language).format(*in_it, **by_name)

        return Text(nl=said("nl"), en=said("en"))

    def __str__(self) -> str:
        return self.en


def in_language(words: Mapping[str, Text], language: Language) -> dict[str, str]:
    """Return texts in one language, by name: as a template or the help of a command wants them.

    Examples
    --------
    >>> in_language({"turn": Text(nl="beurt", en="turn")}, "nl")
    {'turn': 'beurt'}
    """
    return {name: text.to(language) for name, text in words.items()}


def language_of(environment: Mapping[str, str]) -> Language:
    """Choose the language that an environment asks for.

    `VIB_LANGUAGE` wins over `LC_ALL`, `LC_MESSAGES` and `LANG`; without a Dutch
    locale the answer is English.

    Parameters
    ----------
    environment : Mapping[str, str]
        Environment variables, for example ``os.environ``.

    Examples
    --------
    >>> language_of({"LANG": "nl_NL.UTF-8"})
    'nl'
    >>> language_of({"LANG": "nl_NL.UTF-8", "VIB_LANGUAGE": "en"})
    'en'
    """
    for name in ("VIB_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "nl" if value.lower().startswith("nl") else "en"
    return "en"
