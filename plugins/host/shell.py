"""What is around every page: where one can go, who one is, in which language and colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import final

from django.http import HttpRequest
from django.urls import reverse

from plugins.host.accounts import called, role_of
from plugins.host.language import language_of
from plugins.host.page_registry import REGISTRY, Registered
from plugins.host.preferences import theme_of
from vib.language import LANGUAGE_NAMES, LANGUAGES, Language, Text, in_language
from vib.page import Menu
from vib.roles import ROLES, Role

WORDS: Mapping[str, Text] = {
    "skip": Text(nl="Naar de inhoud", en="Skip to content"),
    "main_menu": Text(nl="Hoofdmenu", en="Main menu"),
    "account": Text(nl="Je account", en="Your account"),
    "manage": Text(nl="Beheer", en="Administration"),
    "languages": Text(nl="Taal", en="Language"),
    "sign_out": Text(nl="Afmelden", en="Sign out"),
}

KEEPS_LANGUAGE = "vib_account:language"
"""The page to which the header sends a language that is chosen there."""


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu."""

    title: str
    address: str
    current: bool


@final
class Shell:
    """The shell of one page, for who asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.language: Language = language_of(request)
        self.words = in_language(WORDS, self.language)
        self.signed_in = request.user.is_authenticated
        self.email = getattr(request.user, "email", "")
        self.theme = theme_of(request.user) or ""

    @cached_property
    def role(self) -> Role | None:
        """The role of who looks."""
        user = self._request.user
        return role_of(user) if user.is_authenticated and user.pk else None

    @property
    def role_name(self) -> str:
        """The role, as a person says it."""
        return ROLES[self.role].to(self.language) if self.role else ""

    @property
    def name(self) -> str:
        """What somebody is called."""
        return called(self._request.user) if self.signed_in else ""

    @cached_property
    def main(self) -> list[Entry]:
        """The main menu."""
        return self._entries(Menu.MAIN)

    @cached_property
    def account(self) -> list[Entry]:
        """The menu of one's own account."""
        return self._entries(Menu.ACCOUNT)

    @cached_property
    def manage(self) -> list[Entry]:
        """The menu of who manages the server."""
        return self._entries(Menu.MANAGE)

    @property
    def keeps_language(self) -> str:
        """Where a language that somebody chooses is kept with the account; nothing where it is only asked for."""
        return REGISTRY.way(KEEPS_LANGUAGE, self.role) if self.signed_in else ""

    @property
    def languages(self) -> list[tuple[Language, str, str]]:
        """Each language with its name and the address of this page in it."""
        found = []
        for name in LANGUAGES:
            asked = self._request.GET.copy()
            asked["lang"] = name
            found.append((name, LANGUAGE_NAMES[name], f"?{asked.urlencode()}"))
        return found

    @property
    def keep_language(self) -> str:
        """What addresses end with where the language was asked for in the address."""
        return f"?lang={self.language}" if self._request.GET.get("lang") == self.language else ""

    def _entries(self, menu: Menu) -> list[Entry]:
        found = [(one, reverse(one.view_name)) for one in REGISTRY.menu(menu, self.role)] if self.signed_in else []
        within = [address for _, address in found if self._request.path.startswith(address)]
        current = max(within, key=len, default="")
        return [self._entry(one, address, address == current) for one, address in found]

    def _entry(self, one: Registered, address: str, current: bool) -> Entry:
        title = one.page.title.to(self.language) if one.page.title else one.page.name
        return Entry(title, f"{address}{self.keep_language}", current)
