"""The command `vib agreement`."""

# Typer reads the options' help from the annotations, and these depend on the language that is
# known only when the command is added: so no postponed annotations in this module.

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vib.language import Language, Text, in_language, language_of
from vib.observation import RaterSet
from vib.pluginhost import PluginHost, by_name
from vib.problem import InputProblem
from vib.spreadsheet import tidy
from vib.statistic import Statistic
from vib.terminal import screen_width
from vib.unreadable import cannot_be_written

from .comparing.beside import Beside
from .comparing.beside import beside as put_beside
from .comparing.choosing import Choice, check_numbers
from .comparing.report import Progress, Report, compare
from .comparing.together import Codebooks, codebooks_of, with_calculated
from .view.texts import COMMAND


class Format(StrEnum):
    """How a report can be written."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"
    pdf = "pdf"


class LevelName(StrEnum):
    """The levels of measurement as Typer wants choices."""

    nominal = "nominal"
    ordinal = "ordinal"
    interval = "interval"
    ratio = "ratio"


class Tongue(StrEnum):
    """The languages as Typer wants choices."""

    nl = "nl"
    en = "en"


def add_command(app: typer.Typer, host: PluginHost) -> None:
    """Add `agreement` to the `vib` command, with help in the language of the environment."""
    spoken = language_of(os.environ)
    says = in_language(COMMAND, spoken)

    @app.command("agreement", help=says["help"])
    def agreement(
        file: Annotated[Path | None, typer.Argument(help=says["file"])] = None,
        beside: Annotated[Path | None, typer.Option(help=says["beside"])] = None,
        project: Annotated[int | None, typer.Option(help=says["project"])] = None,
        round_: Annotated[str | None, typer.Option("--round", help=says["round"])] = None,
        tier: Annotated[str | None, typer.Option(help=says["tier"])] = None,
        code: Annotated[str | None, typer.Option(help=says["code"])] = None,
        measure: Annotated[list[str] | None, typer.Option(help=says["measure"])] = None,
        raters: Annotated[str | None, typer.Option(help=says["raters"])] = None,
        reference: Annotated[str | None, typer.Option(help=says["reference"])] = None,
        level: Annotated[LevelName | None, typer.Option(help=says["level"])] = None,
        weights: Annotated[str | None, typer.Option(help=says["weights"])] = None,
        order: Annotated[str | None, typer.Option(help=says["order"])] = None,
        overlap: Annotated[float, typer.Option(help=says["overlap"])] = 0.6,
        tolerance: Annotated[float | None, typer.Option(help=says["tolerance"])] = None,
        per_clip: Annotated[bool, typer.Option("--per-clip", help=says["per_clip"])] = False,
        bootstrap: Annotated[int, typer.Option(help=says["bootstrap"])] = 2_000,
        seed: Annotated[int, typer.Option(help=says["seed"])] = 0,
        pass_mark: Annotated[float | None, typer.Option(help=says["pass_mark"])] = None,
        form: Annotated[Format | None, typer.Option("--format", help=says["format"])] = None,
        as_json: Annotated[bool, typer.Option("--json", help=says["json"])] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=says["output"])] = None,
        calculated: Annotated[bool, typer.Option("--calculated", help=says["calculated"])] = False,
        interface: Annotated[str | None, typer.Option(help=says["interface"])] = None,
        fps: Annotated[float | None, typer.Option(help=says["fps"])] = None,
        language: Annotated[Tongue | None, typer.Option(help=says["language"])] = None,
        data: Annotated[Path | None, typer.Option(help=says["data"])] = None,
    ) -> None:
        if as_json and form not in (None, Format.json):
            raise InputProblem(
                "--json",
                nl=f"gaat niet samen met --format {form.value}",
                en=f"does not go with --format {form.value}",
            )
        if form is Format.pdf and (output is None or beside is not None):
            raise InputProblem(
                "--format pdf",
                nl="schrijft één verslag naar een bestand: geef --output, en geen --beside",
                en="writes one report to a file: give --output, and no --beside",
            )
        choice = Choice(
            raters=_names(raters),
            tier=tier,
            code=code,
            measures=tuple(measure or ()),
            overlap=overlap,
            tolerance=tolerance,
            per_clip=per_clip,
            level=level.value if level else None,
            weights=weights,
            reference=reference,
            bootstrap=bootstrap,
            seed=seed,
            pass_mark=pass_mark,
            order=_names(order),
        )
        check_numbers(choice)
        wanted = Format.json if as_json else form or Format.table
        clips, labels, codebooks = _read(host, _Source(file, project, round_, interface, fps, data))
        earlier, earlier_labels, earlier_books = _from_path(beside, interface, fps) if beside else ((), {}, {})
        codebooks, labels = {**earlier_books, **codebooks}, {**earlier_labels, **labels}
        if calculated:
            clips, earlier = (with_calculated(each, codebooks) if each else each for each in (clips, earlier))
        statistics, tongue = _statistics(host), language.value if language else spoken
        width = screen_width() if output is None else None
        with _progress(says["calculating"]) as progress:
            if beside is None:
                report = compare(clips, statistics, choice, progress, codebooks)
            else:
                found = put_beside(earlier, clips, statistics, choice, progress, codebooks)
        if beside is None:
            written = _write(report, wanted, tongue, labels, width)
        else:
            written = _write_beside(found, wanted, tongue, labels, width).encode()
        if output is None:
            typer.echo(written.decode(), nl=False)
        else:
            _save(output, written)


def _names(raters: str | None) -> tuple[str, ...] | None:
    if raters is None:
        return None
    return tuple(name for part in raters.split(",") if (name := tidy(part)))


@dataclass(frozen=True)
class _Source:
    """Where the codes come from: one of the first three."""

    file: Path | None
    project: int | None
    round: str | None
    interface: str | None
    fps: float | None
    data: Path | None


_Read = tuple[Sequence[RaterSet], dict[str, Text], Codebooks]


def _read(host: PluginHost, source: _Source) -> _Read:
    """Return the clips, what tiers and codes are called, and the codebooks with which they were coded."""
    if sum(given is not None for given in (source.file, source.project, source.round)) != 1:
        raise InputProblem(
            "vib agreement",
            nl="geef een bestand, --project of --round (een van de drie)",
            en="give a file, --project or --round (one of the three)",
        )
    if source.file is not None:
        return _from_path(source.file, source.interface, source.fps)
    number, of_round = source.project, None
    if source.round is not None:
        of_round = host.hook.vib_round(name=source.round, data=source.data)
        if of_round is None:
            raise InputProblem("--round", nl="geen plugin kent rondes", en="no plugin knows rounds")
        number = of_round.project
    answer = host.hook.vib_project(number=number, data=source.data)
    if answer is None:
        raise InputProblem("--project", nl="geen plugin kan een server bereiken", en="no plugin can reach a server")
    clips, codebook = answer
    clips = clips if of_round is None else of_round.of(clips)
    return clips, dict(codebook.labels()), {**codebooks_of(clips), codebook.method: codebook}


def _from_path(path: Path, interface: str | None, fps: float | None) -> _Read:
    """Read a file or a folder; what is left out of a folder is said on standard error."""
    from vib.methods import method_names, read_method

    from .reading.files import read_clips
    from .reading.folder import read_folder

    if path.is_dir():
        folder = read_folder(path, interface, fps)
        clips = folder.clips
        for problem in folder.left_out:
            typer.echo(problem.message(language_of(os.environ)), err=True)
    else:
        clips = read_clips(path, interface, fps)
    books = codebooks_of(clips)
    named = books.values() or [read_method(name) for name in method_names()]
    return clips, {key: text for book in named for key, text in book.labels().items()}, books


@contextmanager
def _progress(what: str) -> Iterator[Progress | None]:
    """Show on a terminal how far the work is."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _statistics(host: PluginHost) -> list[Statistic]:
    return list(by_name(host.hook.vib_statistics()).values())


def _write(report: Report, wanted: Format, language: Language, labels: dict[str, Text], width: int | None) -> bytes:
    from .view.building import view_of

    view = view_of(report, labels, with_clips=wanted in (Format.html, Format.pdf))
    if wanted is Format.pdf:
        from .view.pdf import to_pdf

        return to_pdf(view, language)
    if wanted is Format.json:
        from .view.json import to_json

        return to_json(view).encode()
    if wanted is Format.csv:
        from .view.csv import to_csv

        return to_csv(view, language).encode()
    if wanted is Format.table:
        from .view.table import to_table

        return to_table(view, language, width).encode()
    from .view.html import page

    return page(view, language).encode()


def _write_beside(found: Beside, wanted: Format, language: Language, labels: dict[str, Text], width: int | None) -> str:
    from .view import side_by_side

    if wanted is Format.json:
        return side_by_side.to_json(found)
    if wanted is Format.csv:
        return side_by_side.to_csv(found, language)
    if wanted is Format.html:
        return side_by_side.to_html(found, language, labels)
    return side_by_side.to_table(found, language, labels, width)


def _save(path: Path, written: bytes) -> None:
    from vib.atomic import write_bytes

    if not path.parent.is_dir():
        raise InputProblem(str(path.parent), nl="deze map bestaat niet", en="there is no such folder")
    try:
        write_bytes(path, written, mode=0o600)
    except OSError as error:
        raise cannot_be_written(path, error) from error
