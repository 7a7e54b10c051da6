"""`vib sync`: family folders -> clips and tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import Progress, TaskID

from scripts.consenting import without_consent
from scripts.console import LANGUAGE, AsJson, DataFolder, exit_code, notices, progress, say
from scripts.preparing import Prepared, Watch, prepare
from scripts.synced import Registered, Summary
from vib.codebook import Codebook
from vib.family import (
    PRACTICE,
    ClipEntry,
    Family,
    Practice,
    read_family,
    read_practice,
)
from vib.for_whom import with_labels, without_sensitive
from vib.interface import WHO
from vib.invocation import VIB
from vib.language import Language
from vib.library import LIBRARY, Library, only_one, opened
from vib.methods import asked_at, check_off, read_method, refuse_off
from vib.people import Choice, ages_of, members_offered, roles_offered
from vib.problem import InputProblem
from vib.project_key import ProjectKey
from vib.recordings import family_folders
from vib.settings import Settings, read_settings
from vib.terminal import print_json

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

    from scripts.registering import Projects


NAMED = 5
"""How many of the families with several projects are named."""


@dataclass(frozen=True)
class Asked:
    """What a sync is to do beside its work: try what was refused; follow what got another name."""

    retry: bool = False
    apply: bool = False


NOTHING_MORE = Asked()


@dataclass(frozen=True)
class Known:
    """A clip of a family of this run: its entry, and the family it belongs to."""

    family: Family
    entry: ClipEntry


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
                "Laat de clip van een opname met een nieuwe naam verdergaan onder die naam.",
                "Let the clip of a recording that got another name go on as that of the new name.",
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
    from scripts.registering import Projects

    summary = Summary()
    projects = Projects(client, library)
    settings.media_root.mkdir(parents=True, exist_ok=True)
    _sweep(settings.media_root)
    known: dict[str, Known] = {}
    seen: dict[str, Path] = {}
    for folder in family_folders(families):
        with summary.collecting():
            if isinstance(folder, InputProblem):
                raise folder
            family = read_family(folder)
            if seen.setdefault(family.family, folder) != folder:
                raise InputProblem(
                    f"{folder}/family.yaml: family",
                    nl=f"{family.family} is al het pseudoniem van {seen[family.family]}",
                    en=f"{family.family} is the pseudonym of {seen[family.family]} already",
                )
            prepared = _family(folder, family, settings, library, projects, summary, watch, asked)
            known |= {clip: Known(family, entry) for clip, entry in prepared.clips.items()}
    for path in sorted(families.glob(PRACTICE)):
        with summary.collecting():
            _practice(path, read_practice(path), settings, known, library, projects, summary)
    _tell_doubles(projects)
    return summary


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


def _family(
    folder: Path,
    family: Family,
    settings: Settings,
    library: Library,
    projects: Projects,
    summary: Summary,
    watch: Watch,
    asked: Asked,
) -> Prepared:
    from scripts.registering import Project

    codebook = _method(folder / "family.yaml", family.method, family.level, settings.methods_off)
    try:
        codebook = with_labels(codebook, family.labels)
    except InputProblem as problem:
        raise problem.at(str(folder / "family.yaml")) from problem
    if not family.uses_on(date.today()):
        raise without_consent(folder, family, date.today())
    prepared = prepare(folder, family, library, settings.media_root, watch, retry=asked.retry, apply=asked.apply)
    for found in prepared.problems:
        summary.note(found)
    summary.remarks.extend(prepared.remarks)
    project = Project(
        ProjectKey("family", family.family),
        family.family,
        codebook,
        family.language,
        level=family.level,
        version=family.version,
    )
    number = projects.ensure(project)
    entries = library.entries(family.family)
    ready = [entries[clip] for clip in prepared.clips]
    who = members_offered(codebook, family.members)
    facts = {clip: _facts(family, entry, who, family.language) for clip, entry in prepared.clips.items()}
    _tell_situations(folder, codebook, [entry.situation for entry in prepared.clips.values()])
    # Tasks first: an interface that reads what its tasks do not say is refused.
    added = projects.register(project, number, ready, facts)
    with summary.collecting():
        projects.update(project, number)
    summary.projects.append(Registered(number, project.title, len(ready), added, prepared.encoded))
    return prepared


def _practice(
    path: Path,
    practice: Practice,
    settings: Settings,
    known: dict[str, Known],
    library: Library,
    projects: Projects,
    summary: Summary,
) -> None:
    from scripts.registering import Project

    # Trainees are no team of these families.
    codebook = without_sensitive(_method(path, practice.method, practice.level, settings.methods_off))
    who = roles_offered(codebook, practice.language)
    ready, facts = [], {}
    for clip in practice.clips:
        found, entry = known.get(clip), library.entry(clip)
        if found is None or entry is None:
            summary.problems.append(
                InputProblem(
                    f"{path}: {clip}",
                    nl="er is geen bruikbare clip met deze naam in deze map",
                    en="there is no usable clip of this name in this folder",
                )
            )
        elif "opleiding" not in found.family.uses_of(found.entry, date.today()):
            summary.problems.append(
                InputProblem(
                    f"{path}: {clip}",
                    nl="voor gebruik in opleiding is geen toestemming gegeven",
                    en="no consent was given for use in training (opleiding)",
                )
            )
        else:
            ready.append(entry)
            facts[clip] = _facts(found.family, found.entry, who, practice.language)
    if not ready:
        return
    project = Project(
        ProjectKey("practice", practice.practice),
        practice.title.to(practice.language),
        codebook,
        practice.language,
        practice.raters,
        practice.level,
        practice.version,
    )
    number = projects.ensure(project)
    added = projects.register(project, number, ready, facts)
    with summary.collecting():
        projects.update(project, number)
    summary.projects.append(Registered(number, project.title, len(ready), added, 0))


def _facts(family: Family, entry: ClipEntry, who: Sequence[Choice], language: Language) -> dict[str, Any]:
    """Return what a task is to say of a clip and its family."""
    return {"situation": entry.situation, WHO: list(who), **ages_of(family.members, entry.recorded, language)}


def _tell_situations(folder: Path, codebook: Codebook, situations: Sequence[str]) -> None:
    """Say which situations are not those that the method knows; they are kept, as nothing is counted by them."""
    known = {text.casefold() for situation in codebook.situations for text in (situation.nl, situation.en)}
    others = sorted({name for name in situations if name and name.casefold() not in known})
    if known and others:
        listed = "; ".join(situation.to(LANGUAGE) for situation in codebook.situations)
        notices.print(
            say(
                f"{folder / 'family.yaml'}: situation {', '.join(others)} kent {codebook.method} niet; wel: {listed}",
                f"{folder / 'family.yaml'}: {codebook.method} does not know the situation {', '.join(others)}; "
                f"it knows: {listed}",
            ),
            highlight=False,
        )


def _method(path: Path, name: str, level: str | None, off: Collection[str]) -> Codebook:
    """Read the method that a file names, and see to it that it has the level."""
    try:
        refuse_off(name, off)
        codebook = read_method(name)
    except InputProblem as problem:
        raise problem.at(f"{path}: method") from problem
    try:
        asked_at(codebook, level)
    except InputProblem as problem:
        raise problem.at(f"{path}: level") from problem
    return codebook


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
