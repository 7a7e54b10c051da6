"""Clips -> projects and tasks of Label Studio: one project a family, one a practice set."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.server import answering, refusal_of, tasks_of
from vib.codebook import Codebook
from vib.interface import AGE, WHO, render_interface
from vib.language import Language, Text
from vib.library import Entry, Library
from vib.made_with import MadeWith
from vib.methods import asked_at
from vib.people import merged
from vib.problem import InputProblem
from vib.project_key import ProjectDescription, ProjectKey, key_of

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

Facts = Mapping[str, Any]
"""What a task says of its clip and family beside its media: what goes on, who there is, how old the children are."""

CODINGS = ("annotations", "drafts")
"""What of an exported task is coding by people, submitted or not."""

BATCH = 500
"""Tasks in one import."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it should be in Label Studio.

    Parameters
    ----------
    raters : int
        How many are to code each clip.
    level : str or None
        Id of the level at which coders are asked.
    version : str or None
        The version of the codebook with which coders go on; None for that of `codebook`.

    Raises
    ------
    InputProblem
        The codebook has no such level.
    """

    key: ProjectKey
    title: str
    codebook: Codebook
    language: Language
    raters: int = 1
    level: str | None = None
    version: str | None = None

    @property
    def description(self) -> ProjectDescription:
        """What its project in Label Studio says of itself."""
        return ProjectDescription(self.key, self.codebook.method, self.codebook.version, self.level)

    @property
    def stays(self) -> bool:
        """Whether coders go on with another version than the one that is installed."""
        return self.version not in (None, self.codebook.version)


class Projects:
    """The projects of one server.

    Parameters
    ----------
    client : LabelStudio
    library : Library
    """

    def __init__(self, client: LabelStudio, library: Library) -> None:
        self.client = client
        self.library = library
        self._interfaces: dict[tuple[int, str | None, Language], tuple[Codebook, str]] = {}
        with answering("projects"):
            self._existing = _all_projects(client)
        self._numbers: dict[ProjectKey, list[int]] = defaultdict(list)
        for number, found in self._existing.items():
            if (key := key_of(found.description)) is not None:
                self._numbers[key].append(number)

    def doubles(self) -> list[ProjectKey]:
        """Return for what there is more than one project."""
        return [key for key, numbers in self._numbers.items() if len(numbers) > 1]

    def of(self, key: ProjectKey) -> Sequence[int]:
        """Return the numbers of the projects that say they are for this, the oldest first."""
        return self._numbers.get(key, ())

    def ensure(self, project: Project) -> int:
        """Return the number of a project, which is made when it is not there.

        Raises
        ------
        InputProblem
            It is not there, and is to have another version than the one that is installed.
        """
        number = self.library.project(project.key)
        adopted = False
        if number is None or not self._is_for(number, project.key):
            number = next(iter(self.of(project.key)), None)
            adopted = number is not None
        if number is None:
            number, adopted = self._make(project)
        self.library.put_project(project.key, number)
        if adopted:
            # It may hold tasks that this library does not know, when the library was lost.
            self.library.begin_import(project.key)
        return number

    def _is_for(self, number: int, key: ProjectKey) -> bool:
        """Tell whether a project is there and not for something else, as in a database that was put back."""
        return number in self._existing and key_of(self._existing[number].description) in (key, None)

    def look_again(self, number: int) -> None:
        """Look at a project again that was changed by others than this."""
        found = self.client.projects.get(number)
        self._existing[number] = found
        if (key := key_of(found.description)) is not None and number not in self._numbers[key]:
            self._numbers[key].append(number)

    def refuse_other_method(self, project: Project, number: int) -> None:
        """See to it that a project in which people coded keeps its method.

        Raises
        ------
        InputProblem
            It is to have another one; says how much was coded.
        """
        described = ProjectDescription.parse(self._existing[number].description)
        if described is None or described.method == project.codebook.method:
            return
        tasks = tasks_of(self.client, number)
        results = [one.get("result") or () for task in tasks for kind in CODINGS for one in task.get(kind) or ()]
        if results:
            raise _coded(described.method, project.codebook.method, len(results), sum(map(len, results)))

    def update(self, project: Project, number: int) -> None:
        """Give a project the interface of its codebook as it is now, at its level.

        Raises
        ------
        InputProblem
            Codes that are in use would be lost; it keeps the interface that it has, and the version. Or it is to
            stay with a version that it does not have.
        """
        from label_studio_sdk.core.api_error import ApiError

        there = self._existing[number]
        described = ProjectDescription.parse(there.description)
        if project.stays:
            made_with = None if described is None else described.made_with
            if made_with is None or (made_with.version, made_with.level) != (project.version, project.level):
                raise _other_version(project, made_with)
            return
        changed: dict[str, Any] = {}
        config = self._interface(project)
        if (there.label_config or "").strip() != config.strip():
            changed["label_config"] = config
        if described is not None and described != project.description:
            changed["description"] = str(project.description)
        if not changed:
            return
        with answering(project.title):
            try:
                self.client.projects.update(number, **changed)
            except ApiError as error:
                reason = refusal_of(error.body)
                if reason is None:
                    raise
                raise _kept(project, number, described, reason) from error
        if described is not None and described.method != project.codebook.method:
            # Turns are regions of an interface: they are made again for the new one.
            self.library.forget_turns(number)

    def _make(self, project: Project) -> tuple[int, bool]:
        """Make a project; return its number, and whether the server had one with tasks already and gave that."""
        if project.stays:
            raise _other_version(project, None)
        with answering(project.title):
            made = self.client.projects.create(
                title=project.title,
                description=str(project.description),
                label_config=self._interface(project),
                maximum_annotations=project.raters,
                show_collab_predictions=True,
                show_skip_button=False,
            )
        assert made.id is not None
        self._existing[made.id] = made
        self._numbers[project.key].append(made.id)
        return made.id, bool(made.task_number)

    def _interface(self, project: Project) -> str:
        # Kept with its codebook, as it is known by where that lies in memory.
        key = (id(project.codebook), project.level, project.language)
        if key not in self._interfaces:
            rendered = render_interface(asked_at(project.codebook, project.level), project.language)
            self._interfaces[key] = project.codebook, rendered
        return self._interfaces[key][1]

    def register(self, project: Project, number: int, clips: Sequence[Entry], facts: Mapping[str, Facts]) -> list[str]:
        """Make a task of every clip that is none yet, and return the ids of those; tell the others what changed.

        Parameters
        ----------
        facts : Mapping[str, Facts]
            What the task of a clip is to say of it and its family, by clip id.
        """
        if self.library.importing(project.key):
            found = [(t["data"].get("clip", ""), t["id"]) for t in tasks_of(self.client, number)]
            wanted = {clip.id for clip in clips}
            self.library.put_tasks(project.key, [row for row in found if row[0] in wanted])
        there = self.library.registered(project.key)
        missing = [clip for clip in clips if clip.id not in there]
        self._tell(project, [clip.id for clip in clips if clip.id in there], facts)
        for first in range(0, len(missing), BATCH):
            batch = missing[first : first + BATCH]
            self.library.begin_import(project.key)
            request: list[Any] = [{"data": task_data(clip, facts.get(clip.id, {}))} for clip in batch]
            with answering(project.title):
                # The SDK's types leave out the numbers that are asked for.
                answer: Any = self.client.projects.import_tasks(number, request=request, return_task_ids=True)
            ids = answer.task_ids or []
            self.library.put_tasks(project.key, zip([clip.id for clip in batch], ids, strict=True))
            for clip, task in zip(batch, ids, strict=True):
                self.library.put_facts(task, _written(facts.get(clip.id, {})))
        return [clip.id for clip in missing]

    def _tell(self, project: Project, clips: Sequence[str], facts: Mapping[str, Facts]) -> None:
        """Give tasks what they are to say of their clip and family, where they say something else."""
        told = self.library.facts(project.key)
        for clip in clips:
            task, said = told[clip]
            wanted = facts.get(clip, {})
            if said == _written(wanted):
                continue
            with answering(project.title):
                found: Any = self.client.tasks.get(str(task))
                data = merged(found.data, wanted)
                if data != found.data:
                    self.client.tasks.update(str(task), data=data)
            self.library.put_facts(task, _written(wanted))


PAGE = 100
"""Projects in one request; Label Studio gives no more, whatever is asked for."""

FIELDS = "id,title,description,label_config"


def _coded(before: str, after: str, codings: int, codes: int) -> InputProblem:
    """Return that a method is in use, how much was coded with it, and what can be done."""
    return InputProblem(
        "",
        nl=f"er is al gecodeerd met {before} ({codings} coderingen, {codes} codes), en die codes zijn er in {after}"
        f" niet; zet {before} terug. Om met {after} te beginnen: maak een gezin met een ander pseudoniem en zet daar"
        " nieuwe opnamen in",
        en=f"there is coding with {before} already ({codings} codings, {codes} codes), and {after} has no such codes;"
        f" put {before} back. To begin with {after}: make a family by another pseudonym, and put new recordings there",
    )


def _kept(project: Project, number: int, described: ProjectDescription | None, reason: Text) -> InputProblem:
    """Return that a project stays as it is, why, and what can be done."""
    made_with = None if described is None else described.made_with
    now, book = made_with and made_with.version, project.codebook
    stay = Text(nl="", en="")
    if now is not None and now != book.version:
        stay = Text(
            nl=f"; om met {now} verder te coderen, zet version: {now} bij method",
            en=f"; to go on coding with {now}, put version: {now} beside method",
        )
    return InputProblem(
        f"{project.title} (project {number})",
        nl=f"houdt zijn codeerscherm, want dat van {project.description.made_with} {reason.nl}{stay.nl}",
        en=f"keeps its labelling interface, as that of {project.description.made_with} {reason.en}{stay.en}",
    )


def _other_version(project: Project, made_with: MadeWith | None) -> InputProblem:
    """Return that a project cannot go on with the version that it is to have."""
    wanted = str(MadeWith(method=project.codebook.method, version=project.version or "", level=project.level))
    there = project.codebook.version
    return InputProblem(
        project.title,
        nl=f"moet bij {wanted} blijven, maar is van {made_with or 'geen versie'}; geïnstalleerd is {there}",
        en=f"is to stay with {wanted}, but is of {made_with or 'no version'}; {there} is installed",
    )


def media_of(clip: str) -> dict[str, str]:
    """Return where the media of a clip are, as its tasks say it."""
    address = f"/vib/media/{quote(clip)}"
    return {"video": f"{address}.mp4", "audio": f"{address}.m4a"}


def task_data(clip: Entry, facts: Facts) -> dict[str, Any]:
    """Return the data of a clip's task: where its media are, its duration in seconds, its frame rate, and `facts`."""
    return {
        "clip": clip.id,
        "family": clip.family,
        **media_of(clip.id),
        "duration": round(clip.duration, 3),
        "fps": FRAMES_PER_SECOND,
        "situation": "",
        WHO: [],
        AGE: "",
        **facts,
    }


def _written(facts: Facts) -> str:
    return json.dumps(facts, sort_keys=True, ensure_ascii=False)


def _all_projects(client: LabelStudio) -> dict[int, Any]:
    """Return every project by number, the oldest first: pages are asked for until all that are counted are there."""
    found: dict[int, Any] = {}
    for page in count(1):
        answer: Any = client.projects.list(page=page, page_size=PAGE, ordering="id", include=FIELDS)
        found |= {project.id: project for project in answer.items or []}
        # A page after the last is an error in the server's log. Of pages there may be less than was asked for.
        if len(found) >= answer.response.count or not answer.items:
            return found
    raise AssertionError("pages are counted without end")
