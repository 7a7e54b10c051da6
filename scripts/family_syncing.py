"""One family folder -> clips, a project and its tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.consenting import NOT_TO_BE_SEEN, without_consent
from scripts.console import LANGUAGE, notices, say
from scripts.preparing import Aside, Prepared, Watch, prepare
from scripts.synced import Registered, Summary
from vib.codebook import Codebook
from vib.consent import NOTHING
from vib.family import ClipEntry, Family
from vib.for_whom import with_labels
from vib.interface import WHO
from vib.language import Language
from vib.library import Library
from vib.methods import asked_at, read_method, refuse_off
from vib.people import Choice, ages_of, members_offered
from vib.problem import InputProblem
from vib.project_key import ProjectKey
from vib.recordings import left_out
from vib.settings import Settings

if TYPE_CHECKING:
    from scripts.registering import Project, Projects


@dataclass(frozen=True)
class Asked:
    """What a sync is to do beside its work: try what was refused; follow what got another name."""

    retry: bool = False
    apply: bool = False


NOTHING_MORE = Asked()


@dataclass(frozen=True)
class Run:
    """A sync that goes on: what it works with, and where it notes what came of it."""

    settings: Settings
    library: Library
    projects: Projects
    summary: Summary
    watch: Watch
    asked: Asked


def project_of(run: Run, folder: Path, family: Family) -> Project:
    """Return the project of a family as it should be.

    Raises
    ------
    InputProblem
        Nothing of it can be registered.
    """
    from scripts.registering import Project

    codebook = method_of(folder / "family.yaml", family.method, family.level, run.settings.methods_off)
    with placed(str(folder / "family.yaml")):
        codebook = with_labels(codebook, family.labels)
    if not family.uses_on(today := date.today()):
        raise without_consent(folder, family, today)
    return Project(
        ProjectKey("family", family.family),
        family.family,
        codebook,
        family.language,
        level=family.level,
        version=family.version,
    )


def sync_family(run: Run, folder: Path, family: Family, aside: Aside) -> Prepared:
    """Make the clips of a family, and tasks of them in its project as far as the noted consent goes.

    Raises
    ------
    InputProblem
        Nothing of it can be registered.
    """
    project = project_of(run, folder, family)
    number = run.projects.ensure(project)
    with placed(f"{folder / 'family.yaml'}: method"):
        run.projects.refuse_other_method(project, number)
    prepared = prepare(
        folder,
        family,
        run.library,
        run.settings.media_root,
        run.watch,
        retry=run.asked.retry,
        apply=run.asked.apply,
        aside=aside,
    )
    for found in prepared.problems:
        run.summary.note(found)
    run.summary.remarks.extend(prepared.remarks)
    entries = run.library.entries(family.family)
    consent, today = run.library.consent(family.family) or NOTHING, date.today()
    ready = [entries[clip] for clip in prepared.clips if consent.is_seen(clip, today)]
    unseen = [entries[clip].source for clip in prepared.clips if not consent.is_seen(clip, today)]
    run.summary.left_out += left_out(folder, unseen, NOT_TO_BE_SEEN)
    who = members_offered(project.codebook, family.members)
    facts = {clip: facts_of(family, entry, who, family.language) for clip, entry in prepared.clips.items()}
    _tell_situations(folder, project.codebook, [entry.situation for entry in prepared.clips.values()])
    # Tasks first: an interface that reads what its tasks do not say is refused.
    added = run.projects.register(project, number, ready, facts)
    with run.summary.collecting():
        run.projects.update(project, number)
    run.summary.projects.append(Registered(number, project.title, len(ready), added, prepared.encoded))
    return prepared


def facts_of(family: Family, entry: ClipEntry, who: Sequence[Choice], language: Language) -> dict[str, Any]:
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


def method_of(path: Path, name: str, level: str | None, off: Collection[str]) -> Codebook:
    """Read the method that a file names, and see to it that it has the level."""
    with placed(f"{path}: method"):
        refuse_off(name, off)
        codebook = read_method(name)
    with placed(f"{path}: level"):
        asked_at(codebook, level)
    return codebook


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Say of what is wrong where it is."""
    try:
        yield
    except InputProblem as problem:
        raise problem.at(place) from problem
