"""Hooks of the talk plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.conversation import Conversation
from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from vib.kept import Kept
    from vib.language import Language
    from vib.page import Page
    from vib.panel import Panel


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the models of remarks and replies."""
    return ["plugins.talk"]


@hookimpl
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the script on the labelling page."""
    return {"MIDDLEWARE": [*settings["MIDDLEWARE"], "plugins.talk.screen.Script"]}


@hookimpl
def vib_conversations() -> Sequence[Conversation]:
    """Have every query of them narrowed to what the viewer may see."""
    return [Conversation("vib_talk.Remark", ("vib_talk.Reply", "vib_talk.Look"))]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the conversations, and what the script of the labelling page asks."""
    from .addresses import PAGES

    return PAGES


@hookimpl
def vib_panels(user: int, language: Language) -> Sequence[Panel]:
    """Say what somebody has not seen yet, and which doubts are open."""
    from .panel import panels

    return panels(user, language)


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say what somebody wrote, and what they have seen."""
    from .kept import kept_of

    return kept_of(user)
