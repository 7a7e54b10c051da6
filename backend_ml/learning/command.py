"""The commands of learning: `train`, `heads`, `use` and `forget`, as parts of `vib segment`."""

# Typer reads the options' help from the annotations, and these depend on the language of the
# environment: so no postponed annotations in this module. What calculates is imported by the
# commands that need it, as `vib` reads this module for every command.

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from backend_ml.learning.texts import COMMAND, SHIPPED
from vib.language import Language, language_of
from vib.observations_file import read_observations
from vib.problem import InputProblem
from vib.settings import read_settings

if TYPE_CHECKING:
    from backend_ml.learning.learner import Learner
    from backend_ml.learning.refitting import Outcome
    from backend_ml.learning.versions import HeadVersion


def learning_app() -> typer.Typer:
    """Return the commands, with help in the language of the environment."""
    spoken = language_of(os.environ)
    says = {name: text.to(spoken) for name, text in COMMAND.items()}
    app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    out, notices = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
    data_option = typer.Option("--data", help=says["data"])
    json_option = typer.Option("--json", help=says["json"])
    family_option = typer.Option("--family", help=says["family"])

    @app.command("train", help=says["train"])
    def train(
        observations: Annotated[list[Path] | None, typer.Option(help=says["observations"])] = None,
        family: Annotated[str | None, family_option] = None,
        data: Annotated[Path | None, data_option] = None,
        as_json: Annotated[bool, json_option] = False,
    ) -> None:
        from backend_ml.learning.corrections import take_observations

        learner = _learner(data)
        for file in observations or ():
            _, missing = take_observations(read_observations(file), read_settings(data).media_root, learner.corrections)
            for clip in missing:
                notices.print(says["no_media"].format(clip=clip), markup=False)
        with notices.status(says["learning"]):
            outcome = learner.train(family)
        if as_json:
            _print_json(_content(outcome))
            return
        for line in _lines(outcome, says, spoken):
            out.print(line, markup=False, highlight=False)

    @app.command("heads", help=says["heads"])
    def heads(
        family: Annotated[str | None, family_option] = None,
        data: Annotated[Path | None, data_option] = None,
        as_json: Annotated[bool, json_option] = False,
    ) -> None:
        learner = _learner(data)
        whose = learner.pseudonym(family)
        versions = [kept for kept in learner.heads.versions() if kept.family in (None, whose)]
        _, in_use = learner.head_for(family)
        if as_json:
            _print_json({"in_use": in_use, "versions": [_version(kept) for kept in versions]})
        elif not versions:
            out.print(says["none"].format(version=in_use), markup=False, highlight=False)
        else:
            out.print(_table(versions, in_use, says))
            out.print(says["using"].format(version=in_use), markup=False, highlight=False)

    @app.command("use", help=says["use"])
    def use(
        version: Annotated[str, typer.Argument(help=says["version"])],
        family: Annotated[str | None, family_option] = None,
        data: Annotated[Path | None, data_option] = None,
    ) -> None:
        learner = _learner(data)
        learner.use(version, family)
        out.print(says["using"].format(version=learner.head_for(family)[1]), markup=False, highlight=False)

    @app.command("forget", help=says["forget"])
    def forget(
        family: Annotated[str | None, typer.Option(help=says["forget_family"])] = None,
        clip: Annotated[Path | None, typer.Option(help=says["clip"])] = None,
        data: Annotated[Path | None, data_option] = None,
    ) -> None:
        if (family is None) == (clip is None):
            raise InputProblem("", nl="geef --family of --clip", en="give --family or --clip")
        corrections, versions = _learner(data).forget(family=family, clip=_key(clip))
        said = says["forgotten"].format(corrections=corrections, versions=versions)
        out.print(said, markup=False, highlight=False)

    return app


def _learner(data: Path | None) -> "Learner":
    from backend_ml.learning.learner import Learner
    from backend_ml.learning.settings import LearningSettings

    if data is None:
        return Learner(LearningSettings())
    folder = read_settings(data).data
    return Learner(LearningSettings(learning=folder / "learning", evidence=folder / "evidence"))


def _key(clip: Path | None) -> str | None:
    if clip is None:
        return None
    from backend_ml.cache import sha256_of

    try:
        return sha256_of(clip)
    except OSError as error:
        raise InputProblem(
            str(clip), nl=f"niet te lezen ({error.strerror})", en=f"cannot be read ({error.strerror})"
        ) from error


def _lines(outcome: "Outcome", says: dict[str, str], spoken: Language) -> list[str]:
    counts = {"turns": outcome.turns, "speakers": outcome.speakers, "families": outcome.families}
    lines = [says["learnt_from"].format(**counts)]
    if outcome.unheard:
        lines.append(says["unheard"].format(clips=outcome.unheard))
    if outcome.figures is not None:
        lines.append(says["figures"].format(**outcome.figures.model_dump()))
    if outcome.accepted is not None:
        parent = outcome.accepted.parent or SHIPPED
        lines.append(says["accepted"].format(version=outcome.accepted.version, parent=parent))
    elif outcome.because is not None:
        lines.append(says["kept"].format(because=outcome.because.to(spoken)))
    return lines


def _table(versions: "list[HeadVersion]", in_use: str, says: dict[str, str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("version", "made", "for"):
        table.add_column(says[f"column_{name}"])
    for name in ("turns", "families", "before", "after", "gain"):
        table.add_column(says[f"column_{name}"], justify="right")
    table.add_column(says["column_in_use"])
    for kept in versions:
        figures = kept.figures
        table.add_row(
            *(kept.version, kept.made[:16].replace("T", " ")),
            says["everybody"] if kept.family is None else says["one_family"],
            *(str(kept.turns), str(len(kept.families))),
            *(f"{figures.before:.1%}", f"{figures.after:.1%}", f"{figures.low:+.1%} .. {figures.high:+.1%}"),
            says["yes"] if kept.version == in_use else "",
        )
    return table


def _content(outcome: "Outcome") -> dict[str, Any]:
    return {
        "turns": outcome.turns,
        "families": outcome.families,
        "speakers": outcome.speakers,
        "unheard": outcome.unheard,
        "figures": None if outcome.figures is None else outcome.figures.model_dump(),
        "accepted": None if outcome.accepted is None else outcome.accepted.version,
        "because": None if outcome.because is None else outcome.because.model_dump(),
    }


def _version(kept: "HeadVersion") -> dict[str, Any]:
    return {
        "version": kept.version,
        "parent": kept.parent or SHIPPED,
        "made": kept.made,
        "for": "everybody" if kept.family is None else "family",
        "turns": kept.turns,
        "families": len(kept.families),
        "speakers": kept.speakers,
        "figures": kept.figures.model_dump(),
    }


def _print_json(content: Any) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
