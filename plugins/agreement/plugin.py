"""What the plugin adds: the command `vib agreement`, its statistics, and pages about both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.conversation import Conversation
from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from vib.hard_code import HardCodes
    from vib.kept import Kept
    from vib.observation import RaterSet
    from vib.page import Page
    from vib.pluginhost import PluginHost
    from vib.statistic import Statistic


@hookimpl
def vib_commands(app: typer.Typer, host: PluginHost) -> None:
    """Add `vib agreement`."""
    from .command import add_command

    add_command(app, host)


@hookimpl
def vib_read_clips(file: Path, method: str | None) -> Sequence[RaterSet]:
    """Read any file that `vib agreement` reads."""
    from .reading.files import is_label_studio, read_clips

    return read_clips(file, method if method is not None and is_label_studio(file) else None)


@hookimpl
def vib_statistics() -> Sequence[Statistic]:
    """Offer every coefficient of the catalogue."""
    from .measures.catalogue import STATISTICS

    return STATISTICS


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load the pages, with the model of what was settled."""
    return ["plugins.agreement.pages"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the pages under ``/vib/agreement/``; queries leave out what is not theirs who looks."""
    from .pages.addresses import PAGES

    return PAGES


@hookimpl
def vib_conversations() -> Sequence[Conversation]:
    """Have every query of what was settled narrowed to what the viewer may see."""
    return [Conversation("vib_agreement.Settling")]


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say which moments somebody settled."""
    from .pages.kept import kept_of

    return kept_of(user)


@hookimpl
def vib_hard_codes(user: int, method: str) -> Sequence[HardCodes]:
    """Compare what the raters of a supervisor's rounds coded."""
    from .pages.hardest import hardest

    return hardest(user, method)
