"""The command `vib agreement`."""

# Typer reads the options' help from the annotations, and these depend on the language that is
# known only when the command is added: so no postponed annotations in this module.

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vib.language import Language, Text, language_of
from vib.observation import RaterSet
from vib.pluginhost import PluginHost, by_name
from vib.problem import InputProblem
from vib.statistic import Statistic

from .report import Choice, Report, check_numbers, compare
from .texts import COMMAND


class Format(StrEnum):
    """How a report can be written."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


class Tongue(StrEnum):
    """The languages as Typer wants choices."""

    nl = "nl"
    en = "en"


def add_command(app: typer.Typer, host: PluginHost) -> None:
    """Add `agreement` to the `vib` command, with help in the language of the environment."""
    spoken = language_of(os.environ)
    says = {name: text.to(spoken) for name, text in COMMAND.items()}

    @app.command("agreement", help=says["help"])
    def agreement(
        file: Annotated[Path | None, typer.Argument(help=says["file"])] = None,
        project: Annotated[int | None, typer.Option(help=says["project"])] = None,
        tier: Annotated[str | None, typer.Option(help=says["tier"])] = None,
        code: Annotated[str | None, typer.Option(help=says["code"])] = None,
        measure: Annotated[list[str] | None, typer.Option(help=says["measure"])] = None,
        raters: Annotated[str | None, typer.Option(help=says["raters"])] = None,
        overlap: Annotated[float, typer.Option(help=says["overlap"])] = 0.6,
        tolerance: Annotated[float, typer.Option(help=says["tolerance"])] = 1.0,
        per_clip: Annotated[bool, typer.Option("--per-clip", help=says["per_clip"])] = False,
        form: Annotated[Format | None, typer.Option("--format", help=says["format"])] = None,
        as_json: Annotated[bool, typer.Option("--json", help=says["json"])] = False,
        output: Annotated[Path | None, typer.Option("--output", "-o", help=says["output"])] = None,
        language: Annotated[Tongue | None, typer.Option(help=says["language"])] = None,
        data: Annotated[Path | None, typer.Option(help=says["data"])] = None,
    ) -> None:
        if as_json and form not in (None, Format.json):
            raise InputProblem(
                "--json",
                nl=f"gaat niet samen met --format {form.value}",
                en=f"does not go with --format {form.value}",
            )
        choice = Choice(
            raters=_names(raters),
            tier=tier,
            code=code,
            measures=tuple(measure or ()),
            overlap=overlap,
            tolerance=tolerance,
            per_clip=per_clip,
        )
        check_numbers(choice)
        clips, labels = _read(host, file, project, data)
        report = compare(clips, _statistics(host), choice)
        wanted = Format.json if as_json else form or Format.table
        width = _screen_width() if output is None else None
        written = _write(report, wanted, language.value if language else spoken, labels, width)
        if output is None:
            typer.echo(written, nl=False)
        else:
            _save(output, written)


def _names(raters: str | None) -> tuple[str, ...] | None:
    if raters is None:
        return None
    return tuple(name for part in raters.split(",") if (name := part.strip()))


def _read(
    host: PluginHost, file: Path | None, project: int | None, data: Path | None
) -> tuple[Sequence[RaterSet], dict[str, Text]]:
    if file is not None and project is None:
        from vib.methods import method_names, read_method
        from vib.observations_file import read_observations

        clips = read_observations(file)
        return clips, {key: text for name in method_names() for key, text in read_method(name).labels().items()}
    if project is not None and file is None:
        answer = host.hook.vib_project(number=project, data=data)
        if answer is not None:
            clips, codebook = answer
            return clips, dict(codebook.labels())
        raise InputProblem("--project", nl="geen plugin kan een server bereiken", en="no plugin can reach a server")
    raise InputProblem(
        "vib agreement",
        nl="geef een bestand of --project met een nummer (een van beide)",
        en="give a file or --project with a number (one of the two)",
    )


def _statistics(host: PluginHost) -> list[Statistic]:
    return list(by_name(host.hook.vib_statistics()).values())


def _write(report: Report, wanted: Format, language: Language, labels: dict[str, Text], width: int | None) -> str:
    from . import formats

    if wanted is Format.json:
        return formats.to_json(report)
    if wanted is Format.csv:
        return formats.to_csv(report, language)
    if wanted is Format.table:
        return formats.to_table(report, language, labels, width)
    from .html import to_html

    return to_html(report, language, labels)


def _screen_width() -> int | None:
    """Return how wide the terminal is; None when the output goes elsewhere."""
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return None


def _save(path: Path, written: str) -> None:
    from vib.atomic import write_text

    if not path.parent.is_dir():
        raise InputProblem(str(path.parent), nl="deze map bestaat niet", en="there is no such folder")
    try:
        write_text(path, written, mode=0o600)
    except OSError as error:
        raise InputProblem(
            str(path), nl=f"niet te schrijven ({error.strerror})", en=f"cannot be written ({error.strerror})"
        ) from error
