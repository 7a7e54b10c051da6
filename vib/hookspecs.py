"""Every hook there is. Plugins implement them, the host calls them; there is no other way in.

A plugin is a folder of ``plugins/`` with a ``plugin.py``, or an installed distribution
with an entry point in the group ``vib``. Built-in plugins use only these hooks. What a plugin
raises in a hook, or gives back that does not fit, is noted by the host, and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import pluggy

from vib.problem import InputProblem

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from vib.access_event import AccessEvent
    from vib.actor import Actor
    from vib.codebook import Codebook
    from vib.coding_round import CodingRound
    from vib.conversation import Conversation
    from vib.exporting import ExportFormat
    from vib.hard_code import HardCodes
    from vib.health import Health
    from vib.job import Job
    from vib.kept import Kept
    from vib.language import Language, Text
    from vib.observation import RaterSet
    from vib.page import Page
    from vib.panel import Panel
    from vib.round_change import RoundChange, RoundOffer
    from vib.segmenting import Segmenter
    from vib.statistic import Statistic

PROJECT = "vib"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

ANSWERS_WITH: Mapping[str, tuple[type[Exception], ...]] = {
    "vib_project": (InputProblem, OSError),
    "vib_read_clips": (InputProblem, OSError),
    "vib_round": (InputProblem, OSError),
    "vib_change_round": (InputProblem, OSError),
    "vib_family_made": (InputProblem, OSError),
}
"""Errors that are an answer to who asked: what is wrong is the question, or a server that does not answer."""

REFUSING = frozenset({"vib_access_event"})
"""Hooks in which an error refuses what was asked, besides that it is noted like any other."""


class Plugins(Protocol):
    """The plugins of one process, as a hook is given them: a `vib.pluginhost.PluginHost`."""

    @property
    def hook(self) -> pluggy.HookRelay:
        """Calls a hook of every plugin, by the hook's name."""


@hookspec
def vib_commands(app: typer.Typer, host: Plugins) -> None:
    """Add subcommands to the `vib` command.

    Who may implement it: any plugin. When: once, each time the `vib` command starts,
    before it reads its arguments. With: the Typer application, on which to call
    ``app.command(...)``, and the plugin host, through which a command calls other hooks.
    Returns nothing. Import what is slow inside the command itself.
    """


@hookspec(firstresult=True)
def vib_project(number: int, data: Path | None) -> tuple[Sequence[RaterSet], Codebook] | None:
    """Read what the raters of a project submitted.

    Who may implement it: whatever can reach an annotation server; built in, `scripts.server`.
    When: a command is asked for a project. With: the project's number and the data folder
    that was asked for, or None. Returns one `RaterSet` a clip and the project's codebook, or
    None to leave it to another plugin; the first answer counts. Raises `InputProblem` when
    there is no such project or no server.
    """


@hookspec(firstresult=True)
def vib_read_clips(file: Path, method: str | None) -> Sequence[RaterSet] | None:
    """Read what raters coded from a file.

    Who may implement it: whatever can read a form of codes; built in, `plugins.agreement`.
    When: a command is given a file with codes. With: the file, and the name of the method
    with which was coded, or None where that is to be found out. Returns one `RaterSet` a
    clip, or None to leave it to another plugin; the first answer counts. Raises
    `InputProblem` when the file cannot be read, or holds no codes.
    """


@hookspec(firstresult=True)
def vib_round(name: str, data: Path | None) -> CodingRound | None:
    """Read who coded what in a round of blind coding.

    Who may implement it: whatever hands out clips; built in, `plugins.access`. When: a
    command is asked for a round. With: the round's name and the data folder that was asked
    for, or None. Returns the round, or None to leave it to another plugin; the first answer
    counts. Raises `InputProblem` when there is no such round.
    """


@hookspec
def vib_rounds(user: int) -> Sequence[CodingRound]:
    """Name the rounds of blind coding that somebody leads, or codes in.

    Who may implement it: whatever hands out clips; built in, `plugins.access`. When: inside
    the server, as a page about rounds is made. With: the number of an account. Returns its
    rounds, each with the account's `part` in it; who is in them is named as by `short_names`
    over all accounts. To a rater, a round that was not opened names nobody else.
    """


@hookspec(firstresult=True)
def vib_round_offer(user: int, name: str) -> RoundOffer | None:
    """Say what could be added to a round.

    Who may implement it: whatever hands out clips; built in, `plugins.access`. When: inside
    the server, as the page of a round is made for who leads it. With: the number of that
    account, and the round's name. Returns which raters and clips, or None to leave it to
    another plugin; the first answer counts. None where the account does not lead the round.
    """


@hookspec(firstresult=True)
def vib_change_round(user: int, by: Actor, change: RoundChange) -> Sequence[Text] | None:
    """Change a round for who leads it.

    Who may implement it: whatever hands out clips; built in, `plugins.access`. When: inside
    the server, as a supervisor asks for it. With: the number of their account, who they are
    for the log, and the change. Returns what was done, nothing where it was so already, or
    None to leave it to another plugin; the first answer counts. All of it is done and
    recorded, or nothing is. Raises `InputProblem` when the account does not lead the round,
    or the change cannot be.
    """


@hookspec
def vib_families(user: int) -> Sequence[str]:
    """Name the families that somebody has.

    Who may implement it: whatever gives families to people; built in, `plugins.access`. When:
    inside the server, as a page about families is made. With: the number of an account. Returns
    their pseudonyms, in order: also of those that have no clips yet, and so no project.
    """


@hookspec(firstresult=True)
def vib_family_made(user: int, by: Actor, pseudonym: str) -> bool | None:
    """Give a family that somebody makes to who makes it.

    Who may implement it: whatever gives families to people; built in, `plugins.access`. When:
    inside the server, before the family is written down, in the transaction of the request. With:
    the number of their account, who they are for the log, and the family's pseudonym. Returns
    True when it is theirs, or None to leave it to another plugin; the first answer counts. Raises
    `InputProblem` when the pseudonym is another family's already, or the account makes no families.
    """


@hookspec
def vib_hard_codes(user: int, method: str) -> Sequence[HardCodes]:
    """Say which codes are hardest for the raters of the rounds that somebody leads.

    Who may implement it: whatever calculates agreement; built in, `plugins.agreement`. When:
    inside the server, as a page about it is made. With: the number of an account, and the
    name of a method. Returns the codes of each round with that method, without saying who
    gave which; none where the account leads no such round. Who shows them has it recorded.
    """


@hookspec(firstresult=True)
def vib_jobs(project: int) -> Sequence[Job] | None:
    """Say how far the clips of a project are that are being cut into turns.

    Who may implement it: whatever can reach what cuts them; built in, `plugins.proposals`. When:
    inside the server, as a page about clips is made, so be quick. With: the number of the
    project, which who looks may see. Returns a `Job` for each task that was asked for, or None
    where that cannot be known now; the first answer counts.
    """


@hookspec
def vib_statistics() -> Sequence[Statistic]:
    """Offer statistics of agreement.

    Who may implement it: any plugin. When: each time agreement is calculated or the
    statistics are listed. Returns the statistics; one whose name another plugin offers
    is left out. What a statistic raises is the reason in its own row.
    """


@hookspec
def vib_export_formats() -> Sequence[ExportFormat]:
    """Offer formats for `vib export`.

    Who may implement it: any plugin. When: each time an export starts. Returns the
    formats; one whose name another plugin offers is left out.
    """


@hookspec
def vib_segmenters() -> Mapping[str, type[Segmenter]]:
    """Offer ways to cut a clip into turns.

    Who may implement it: any plugin. When: once, as the ML backend or `vib segment`
    starts. Returns segmenter classes by the name that `VIB_SEGMENTER` chooses; a class is
    made once a process, without arguments, and may load a model then. It may be a
    `vib.segmenting.FamilySegmenter` too.
    """


@hookspec
def vib_django_apps() -> Sequence[str]:
    """Name Django applications to load into Label Studio.

    Who may implement it: a plugin with models, templates, static files or middleware.
    When: while the server reads its settings, before Django is ready: do not import
    Django models here. Returns dotted names for ``INSTALLED_APPS``.
    """


@hookspec
def vib_pages() -> Sequence[Page]:
    """Say which pages a plugin has, and what those ask.

    Who may implement it: a plugin with pages. When: once, as the server starts; do not import
    Django models here. Returns a `Page` for each address: from it come the route, who may open
    it, the menus, the way to it on the front door, the documentation of rights, and what the
    walk over all pages expects. Every view requires a logged-in user. What another plugin has
    already, and a view that cannot be imported, is left out.
    """


@hookspec
def vib_panels(user: int, language: Language) -> Sequence[Panel]:
    """Say on the front door what somebody has to do, is waiting for or should know.

    Who may implement it: a plugin that knows such a thing. When: each time the front door is
    made, inside the request, so be quick: at most a few queries, whatever there is. With: the
    number of the account that looks, and its language. Returns the parts for this account;
    none where there is nothing to say.
    """


@hookspec
def vib_conversations() -> Sequence[Conversation]:
    """Name the models in which people say something to each other about a task.

    Who may implement it: a plugin with such models. When: once, as the server starts, when
    Django has its models. Returns a `Conversation` for each: the access rules then narrow every
    query of its models to what the viewer may see, so that nothing crosses a blind round. Models
    with `plugins.host.narrowed.NarrowedManager` are closed to everybody where that failed.
    """


@hookspec(firstresult=True)
def vib_sees(user: int, model: str, number: int) -> bool | None:
    """Say whether somebody may see a row.

    Who may implement it: whatever decides who may see what; built in, `plugins.access`. When:
    inside the server, before somebody who is not looking now is told that there is something.
    With: the number of an account, the label of a model (``application.Model``) and the number
    of a row. Returns whether its queries would find it, or None to leave it to another plugin;
    where nobody answers it is not seen.
    """


@hookspec
def vib_health() -> Sequence[Health]:
    """Say how parts of the installation are.

    Who may implement it: a plugin with something that can stop working. When: each time the front
    door is made for an administrator, inside the request, so be quick: what does not answer within a
    second is said not to answer. Returns a `Health` for each part; without names of people, families
    and clips.
    """


@hookspec
def vib_kept(user: int) -> Sequence[Kept]:
    """Say what a plugin keeps of somebody, for who wants to see it and take it along.

    Who may implement it: every plugin that keeps something of an account. When: inside the
    server, as that account asks what is kept of it; its queries are narrowed to what the
    account may see. With: the number of the account. Returns a `Kept` for each kind, also where
    there is nothing of it now; nothing of anybody else is in it. Its records are asked for
    later. A name that another plugin gave is left out.
    """


@hookspec
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change Django's or Label Studio's settings.

    Who may implement it: a plugin with middleware, or one that replaces a class which Label
    Studio names in a setting. When: while the server reads its settings, after
    `vib_django_apps`; plugins by name, each given what the one before made of it. With:
    every setting so far. Returns those that are to be different. Do not import Django
    models here. A setting that needs the database is none.
    """


@hookspec
def vib_access_event(event: AccessEvent) -> None:
    """Take note that somebody did something, or was refused.

    Who may implement it: whatever keeps or watches a log. When: as it happens, inside the
    request or command, so be quick. With: what happened. Returns nothing; an error raised
    here refuses the request, so that nothing happens unrecorded.
    """
