"""The command `vib audit`: verify, show and export."""

# Typer reads the options' help from the annotations, and these depend on the language that is
# known only when the command is added: so no postponed annotations in this module.

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from vib import actor
from vib.language import Language, Text, in_language, language_of
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.settings import read_settings
from vib.terminal import screen_width
from vib.unreadable import cannot_be_read, cannot_be_written

from . import texts
from .log import Log
from .selecting import Reading, Wanted, since, to_table, write_csv, write_jsonl
from .verifying import Verdict, verify


class Format(StrEnum):
    """How lines can be exported."""

    csv = "csv"
    jsonl = "jsonl"


def add_command(app: typer.Typer, host: PluginHost) -> None:
    """Add `audit` to the `vib` command, with help in the language of the environment."""
    spoken = language_of(os.environ)
    says = in_language(texts.COMMAND, spoken)
    audit = typer.Typer(name="audit", help=says["help"], no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(audit)

    @audit.command("verify", help=says["verify"])
    def _verify(
        expect: Annotated[str | None, typer.Option(help=says["expect"])] = None,
        data: Annotated[Path | None, typer.Option(help=says["data"])] = None,
    ) -> None:
        kept = None if expect is None else _hash(expect)
        log = Log(read_settings(data).data)
        try:
            with _progress(log.snapshot().size, spoken) as advance:
                verdict = verify(log, kept, advance)
        except OSError as error:
            raise cannot_be_read(log.folder, error) from error
        typer.echo(_said(verdict, spoken), nl=False)
        if verdict.findings:
            raise typer.Exit(1)

    @audit.command("show", help=says["show"])
    def _show(
        family: Annotated[str | None, typer.Option(help=says["family"])] = None,
        who: Annotated[str | None, typer.Option(help=says["who"])] = None,
        refused: Annotated[bool, typer.Option("--refused", help=says["refused"])] = False,
        first: Annotated[str | None, typer.Option("--since", help=says["since"])] = None,
        limit: Annotated[int, typer.Option(min=1, help=says["limit"])] = 20,
        data: Annotated[Path | None, typer.Option(help=says["data"])] = None,
    ) -> None:
        log = Log(read_settings(data).data)
        wanted = Wanted(family, who, refused, None if first is None else since(first))
        size = log.snapshot().size
        _record(host, log, "audit show", wanted)
        with _progress(size, spoken) as advance:
            reading = Reading(wanted, advance)
            found = [line for _, line in islice(reading.lines(log.newest_first(size)), limit)]
        if found:
            typer.echo(to_table(found[::-1], spoken, screen_width()), nl=False)
        else:
            typer.echo(texts.NOTHING.to(spoken))
        _tell_skipped(reading, spoken)

    @audit.command("export", help=says["export"])
    def _export(
        family: Annotated[str | None, typer.Option(help=says["family"])] = None,
        who: Annotated[str | None, typer.Option(help=says["who"])] = None,
        refused: Annotated[bool, typer.Option("--refused", help=says["refused"])] = False,
        first: Annotated[str | None, typer.Option("--since", help=says["since"])] = None,
        form: Annotated[Format, typer.Option("--format", help=says["format"])] = Format.csv,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=says["output"])] = None,
        data: Annotated[Path | None, typer.Option(help=says["data"])] = None,
    ) -> None:
        log = Log(read_settings(data).data)
        wanted = Wanted(family, who, refused, None if first is None else since(first))
        if output is not None and not output.parent.is_dir():
            raise InputProblem(str(output.parent), nl=texts.NO_FOLDER.nl, en=texts.NO_FOLDER.en)
        size = log.snapshot().size
        _record(host, log, f"audit export {form.value}", wanted)
        with _progress(size, spoken, hidden=output is None) as advance:
            reading = Reading(wanted, advance)
            _write(reading, log.oldest_first(size), form, output)
        _tell_skipped(reading, spoken)


def _write(reading: Reading, raws: Iterator[bytes], form: Format, output: Path | None) -> None:
    from vib.atomic import replacing

    write = write_csv if form is Format.csv else write_jsonl
    if output is None:
        write(reading.lines(raws), sys.stdout)
        return
    try:
        with replacing(output) as temporary, temporary.open("w", encoding="utf-8", newline="") as to:
            write(reading.lines(raws), to)
    except OSError as error:
        raise cannot_be_written(output, error) from error


def _record(host: PluginHost, log: Log, what: str, wanted: Wanted) -> None:
    """Tell every plugin that somebody at the console looks into the log, before they do."""
    # A hook has no argument for the data folder; whoever implements it reads the settings.
    os.environ["VIB_DATA"] = str(log.data)
    families = () if wanted.family is None else (wanted.family,)
    host.hook.vib_access_event(event=actor.command().event(what, families=families, which=str(wanted)))


def _hash(text: str) -> str:
    kept = text.strip().lower()
    if not re.fullmatch("[0-9a-f]{64}", kept):
        raise InputProblem("--expect", nl=texts.NO_HASH.nl, en=texts.NO_HASH.en)
    return kept


def _said(verdict: Verdict, spoken: Language) -> str:
    lines = []
    if verdict.findings:
        lines = [texts.TAMPERED.to(spoken), *(f"- {finding.to(spoken)}" for finding in verdict.findings)]
    else:
        lines = [texts.WHOLE.to(spoken).format(count=verdict.last.number)]
    for text, count in ((texts.TORN, verdict.torn), (texts.UNFINISHED, verdict.unfinished)):
        lines += [text.to(spoken).format(count=count)] if count else []
    if not verdict.findings:
        lines += [f"{texts.LAST.to(spoken).format(number=verdict.last.number)}", verdict.last.hash]
        lines += [texts.KEEP.to(spoken)]
    return "\n".join(lines) + "\n"


def _tell_skipped(reading: Reading, spoken: Language) -> None:
    if reading.unreadable:
        text: Text = texts.SKIPPED
        typer.echo(text.to(spoken).format(count=reading.unreadable), err=True)


@contextmanager
def _progress(size: int, spoken: Language, *, hidden: bool = False) -> Iterator[Callable[[int], None]]:
    """Show on standard error how far the reading is; yield what to tell the bytes that were read."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    console = Console(stderr=True)
    display = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
    display.disable = hidden or not console.is_terminal
    task = display.add_task(texts.READING.to(spoken), total=size)
    told = 0

    def advance(read: int) -> None:
        nonlocal told
        told += read
        if told >= 2**20:
            display.advance(task, told)
            told = 0

    with display:
        yield advance
