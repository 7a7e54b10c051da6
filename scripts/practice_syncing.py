"""One practice set -> a project with clips of families that may be used in training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.family_syncing import Run, facts_of, method_of, placed
from scripts.synced import Registered
from vib.consent import TO_LEARN
from vib.family import ClipEntry, Family, Practice, family_of
from vib.for_whom import without_sensitive
from vib.people import roles_offered
from vib.problem import InputProblem
from vib.project_key import ProjectKey


@dataclass(frozen=True)
class Known:
    """A clip of a family of this run: its entry, and the family it belongs to."""

    family: Family
    entry: ClipEntry


def sync_practice(run: Run, path: Path, practice: Practice, known: Mapping[str, Known]) -> None:
    """Make tasks of the clips of a practice set, as far as they may be used in training.

    Raises
    ------
    InputProblem
        Nothing of it can be registered.
    """
    from scripts.registering import Project

    # Trainees are no team of these families.
    codebook = without_sensitive(method_of(path, practice.method, practice.level, run.settings.methods_off))
    who = roles_offered(codebook, practice.language)
    ready, facts = [], {}
    for clip in practice.clips:
        found, entry, consent = known.get(clip), run.library.entry(clip), run.library.consent(family_of(clip))
        if entry is not None and consent is not None and not consent.allows(TO_LEARN, clip, date.today()):
            run.summary.problems.append(
                InputProblem(
                    f"{path}: {clip}",
                    nl="voor gebruik in opleiding is geen toestemming gegeven, of die is voorbij",
                    en="no consent was given for use in training (opleiding), or it is over",
                )
            )
        elif found is None or entry is None:
            run.summary.problems.append(
                InputProblem(
                    f"{path}: {clip}",
                    nl="er is geen bruikbare clip met deze naam in deze map",
                    en="there is no usable clip of this name in this folder",
                )
            )
        else:
            ready.append(entry)
            facts[clip] = facts_of(found.family, found.entry, who, practice.language)
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
    number = run.projects.ensure(project)
    with placed(f"{path}: method"):
        run.projects.refuse_other_method(project, number)
    added = run.projects.register(project, number, ready, facts)
    with run.summary.collecting():
        run.projects.update(project, number)
    run.summary.projects.append(Registered(number, project.title, len(ready), added, 0))
