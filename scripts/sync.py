"""`vib sync`: family folders -> clips and tasks."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, TaskID

from scripts.consenting import note_consent
from scripts.console import AsJson, DataFolder, exit_code, notices, progress, say
from scripts.family_syncing import NOTHING_MORE, Asked, Run, sync_family
from scripts.finding_moved import Lying
from scripts.practice_syncing import Known, sync_practice
from scripts.preparing import Watch
from scripts.synced import Summary
from vib.family import PRACTICE, Family, read_family, read_practice
from vib.following import folders, put_folder
from vib.invocation import VIB
from vib.library import LIBRARY, Library, only_one, opened
from vib.methods import check_off
from vib.problem import InputProblem
from vib.recordings import family_folders
from vib.settings import Settings, read_settings
from vib.terminal import print_json

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

    from scripts.registering import Projects


NAMED = 5
"""How many of the families with several projects are named."""


def sync(
    families: Annotated[
        Path,
        typer.Argument(
            help=say(
                "Map met gezinsmappen, of één gezinsmap (met family.yaml).",
                "Folder of family folders, or one family folder (with a family.yaml).",
            )
        ),
    ],
    data: DataFolder = None,
    segment: Annotated[
        bool,
        typer.Option(help=say("Laat nieuwe clips alvast in beurten knippen.", "Have new clips cut into turns.")),
    ] = True,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry",
            help=say(
                "Bekijk ook opnieuw wat eerder niet te gebruiken was.", "Look again at what could not be used before."
            ),
        ),
    ] = False,
    apply: Annotated[
        bool,
        typer.Option(
            "--apply",
            help=say(
                "Laat de clip van een opname met een nieuwe naam, of bij een ander gezin, daar verdergaan.",
                "Let the clip of a recording with another name, or of another family now, go on there.",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    from scripts.server import connect

    settings = read_settings(data)
    check_off(settings.methods_off)
    if not families.is_dir():
        raise InputProblem(str(families), nl="deze map bestaat niet", en="there is no such folder")
    with only_one(settings.data), progress() as display, opened(settings.data / LIBRARY) as library:
        client = connect(settings)
        summary = bring_in(families, client, library, settings, _Watch(display), Asked(retry, apply))
        if segment:
            from scripts.segment import segment_pending

            with summary.collecting():
                numbers = [project.number for project in summary.projects]
                summary.problems.extend(segment_pending(client, library, settings, numbers, display))
    if as_json:
        print_json(summary.content())
    else:
        summary.tell()
    if summary.problems:
        raise typer.Exit(exit_code(summary.problems))


sync.__doc__ = say(
    """Zet de opnamen van gezinnen klaar om te coderen.

    Leest family.yaml van elke gezinsmap, maakt van elke opname een clip die overal
    hetzelfde afspeelt, en maakt er een taak van in het project van het gezin. De
    opnamen zelf worden nooit veranderd. Opnieuw uitvoeren is altijd veilig: alleen
    wat er nog niet is komt erbij.

    Klaar: 0. Is er iets met een bestand mis, dan staat dat er met de reden bij, de
    rest gaat door, en het resultaat is 2. Ontbreekt aan een clip iets dat je verwacht,
    zoals geluid of de laatste seconden, dan staat dat er ook. Draait wat clips knipt niet, dan is het 1;
    de clips staan klaar, en in de wachtrij voor als het draait.
    """,
    """Get the recordings of families ready for coding.

    Reads the family.yaml of each family folder, makes a clip of each recording that
    plays alike everywhere, and a task of it in the family's project. The recordings
    themselves are never changed. Running it again is always safe: only what is not
    there yet is added.

    Exit code 0 when all is well. When something is wrong with a file, it is listed
    with the reason, the others go on, and the exit code is 2. What a clip lacks that you
    may expect, such as sound or its last seconds, is listed too. When what cuts clips
    does not run, it is 1; the clips are ready, and in the queue for when it runs.
    """,
)


def bring_in(
    families: Path,
    client: LabelStudio,
    library: Library,
    settings: Settings,
    watch: Watch,
    asked: Asked = NOTHING_MORE,
) -> Summary:
    """Make clips and tasks of the recordings of families; nothing is cut into turns.

    Parameters
    ----------
    families : Path
        A folder of family folders, or one of these.

    Raises
    ------
    InputProblem
        There is no family, or the server does not answer.
    """
    from scripts.moving import follow
    from scripts.registering import Projects

    run = Run(settings, library, Projects(client, library), Summary(), watch, asked)
    summary = run.summary
    settings.media_root.mkdir(parents=True, exist_ok=True)
    _sweep(settings.media_root)
    found, lying = _read(families, run)
    followed = follow(run, found, lying)
    ready = {name: there for name, there in found.items() if name not in followed.waiting}
    # Of all families before the work on the first, which may take hours: what somebody withdrew holds at once.
    for pseudonym, (_, family) in ready.items():
        with summary.collecting():
            said = note_consent(library, settings, family, date.today())
            summary.consent += [(pseudonym, one) for one in said]
    known: dict[str, Known] = {}
    for pseudonym, (folder, family) in ready.items():
        with summary.collecting():
            put_folder(library, pseudonym, folder)
            prepared = sync_family(run, folder, family, followed.aside(folder))
            known |= {clip: Known(family, entry) for clip, entry in prepared.clips.items()}
    for path in sorted(families.glob(PRACTICE)):
        with summary.collecting():
            sync_practice(run, path, read_practice(path), known)
    _tell_doubles(run.projects)
    return summary


def _read(families: Path, run: Run) -> tuple[dict[str, tuple[Path, Family]], list[Lying]]:
    """Read the families of a folder; return those that can be registered by pseudonym, and every folder of one."""
    read: dict[str, list[tuple[Path, Family]]] = defaultdict(list)
    there: list[Path] = []
    for folder in family_folders(families):
        with run.summary.collecting():
            if isinstance(folder, InputProblem):
                raise folder
            there.append(folder)
            family = read_family(folder)
            read[family.family].append((folder, family))
    lay = folders(run.library)
    found = {}
    for pseudonym, several in read.items():
        # Of two with one pseudonym it is that of the folder where the family lay before.
        found[pseudonym] = next((one for one in several if one[0].resolve() == lay.get(pseudonym)), several[0])
        for folder, _ in several:
            if folder != found[pseudonym][0]:
                run.summary.note(_taken(folder, pseudonym, found[pseudonym][0]))
    whose = {folder: pseudonym for pseudonym, (folder, _) in found.items()}
    return found, [Lying(folder, whose.get(folder)) for folder in there]


def _taken(folder: Path, pseudonym: str, other: Path) -> InputProblem:
    return InputProblem(
        f"{folder}/family.yaml: family",
        nl=f"{pseudonym} is al het pseudoniem van {other}",
        en=f"{pseudonym} is the pseudonym of {other} already",
    )


def _tell_doubles(projects: Projects) -> None:
    """Say of what there is more than one project, as it was made by syncs beyond a hundred projects."""
    if doubles := projects.doubles():
        named = ", ".join(key.name for key in doubles[:NAMED]) + (", ..." if len(doubles) > NAMED else "")
        notices.print(
            say(
                f"Van {len(doubles)} gezinnen of oefensets is er meer dan één project ({named}): {VIB} repair laat zien"
                " welke, en in welke gecodeerd is.",
                f"Of {len(doubles)} families or practice sets there is more than one project ({named}): {VIB} repair"
                " shows which, and in which there are codes.",
            ),
            highlight=False,
        )


def _sweep(media_root: Path) -> None:
    """Remove what a run that was killed left half made."""
    for part in media_root.glob("*/.*.part*"):
        part.unlink(missing_ok=True)


class _Watch:
    """Shows one bar a clip while it is made."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self._bars: dict[str, TaskID] = {}

    def __call__(self, clip: str, done: float, total: float) -> None:
        if clip not in self._bars:
            for bar in self._bars.values():
                self._display.remove_task(bar)
            self._bars = {clip: self._display.add_task(clip, total=total)}
        self._display.update(self._bars[clip], completed=done)
