"""Hooks of the access plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from vib.actor import Actor
    from vib.coding_round import CodingRound
    from vib.kept import Kept
    from vib.language import Text
    from vib.page import Page
    from vib.pluginhost import PluginHost
    from vib.round_change import RoundChange, RoundOffer


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the models of assignments and rounds."""
    return ["plugins.access"]


@hookimpl
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the role table before every view, and our rules into exports and filters."""
    return {
        "MIDDLEWARE": [*settings["MIDDLEWARE"], "plugins.access.middleware.AccessMiddleware"],
        "EXPORT_DATA_SERIALIZER": "plugins.access.serializers.ExportSerializer",
        "USER_SERIALIZER": "plugins.access.people.UserSerializer",
        "PREPROCESS_FIELD_NAME": "plugins.access.columns.preprocess_field_name",
    }


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the style sheet that hides what a role cannot use."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_commands(app: typer.Typer, host: PluginHost) -> None:
    """Add `vib access`."""
    from plugins.access.command import add

    add(app, host)


@hookimpl
def vib_round(name: str, data: Path | None) -> CodingRound:
    """Read a round of the database."""
    from plugins.access.console import start
    from plugins.host.start import database

    start(data)
    from plugins.access.rounds import coding_rounds, round_named

    with database():
        return coding_rounds([round_named(name)])[0]


@hookimpl
def vib_rounds(user: int) -> Sequence[CodingRound]:
    """Read the rounds that somebody is in."""
    from plugins.access.rounds import rounds_of

    return rounds_of(user)


@hookimpl
def vib_round_offer(user: int, name: str) -> RoundOffer | None:
    """Read who and what could join a round."""
    from plugins.access.changing import offer

    return offer(user, name)


@hookimpl
def vib_change_round(user: int, by: Actor, change: RoundChange) -> Sequence[Text]:
    """Change a round of a supervisor."""
    from plugins.access.changing import change_round

    return change_round(user, by, change)


@hookimpl
def vib_families(user: int) -> Sequence[str]:
    """Read which families somebody has."""
    from plugins.access.seeing import families

    return families(user)


@hookimpl
def vib_family_made(user: int, by: Actor, pseudonym: str) -> bool:
    """Give a family to who makes it."""
    from plugins.access.granting import acting, give_made

    with acting(by) as acts:
        give_made(acts, user, pseudonym)
    return True


@hookimpl
def vib_sees(user: int, model: str, number: int) -> bool:
    """Look with somebody's eyes."""
    from plugins.access.seeing import sees

    return sees(user, model, number)


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say which families and rounds somebody has, and that there are codes which they may no longer see."""
    from plugins.access.kept import kept_of

    return kept_of(user)
