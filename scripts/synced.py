"""What a sync did, project by project, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.table import Table

from scripts.console import LANGUAGE, complain, notices, out, say
from vib.language import Text
from vib.problem import InputProblem
from vib.recordings import LeftOut
from vib.unreadable import cannot_be_read


@dataclass(frozen=True)
class Registered:
    """What a sync did for one project; `encoded` counts the clips that had to be converted."""

    number: int
    title: str
    clips: int
    added: list[str]
    encoded: int


@dataclass
class Summary:
    """What a sync did, project by project, what it could not do or left out, and what is to be said.

    `remarks` are about clips by id, `consent` is about families: whose ends, or goes less far than before.
    """

    projects: list[Registered] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[tuple[str, Text]] = field(default_factory=list)
    consent: list[tuple[str, Text]] = field(default_factory=list)

    def note(self, problem: InputProblem) -> None:
        """Note a problem, or that something is left out."""
        if isinstance(problem, LeftOut):
            self.left_out.append(problem)
        else:
            self.problems.append(problem)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Let a problem with one family or practice set not stop the others."""
        try:
            yield
        except InputProblem as problem:
            self.note(problem)
        except OSError as error:
            self.note(cannot_be_read(str(error.filename or ""), error))

    def content(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "projects": [asdict(project) for project in self.projects],
            "problems": [problem.content() for problem in self.problems],
            "left_out": [problem.content() for problem in self.left_out],
            "remarks": [{"clip": clip, "remark": remark.model_dump()} for clip, remark in self.remarks],
            "consent": [{"family": family, "remark": remark.model_dump()} for family, remark in self.consent],
        }

    def tell(self) -> None:
        """Print the projects, and on standard error one line for each problem and what is left out."""
        table = Table(box=None, pad_edge=False)
        for name in (
            say("project", "project"),
            say("titel", "title"),
            say("clips", "clips"),
            say("nieuw", "new"),
        ):
            table.add_column(name, justify="left" if name in ("titel", "title") else "right")
        for project in self.projects:
            table.add_row(str(project.number), project.title, str(project.clips), str(len(project.added)))
        out.print(table)
        for clip, remark in (*self.remarks, *self.consent):
            notices.print(f"{clip}: {remark.to(LANGUAGE)}", highlight=False, markup=False)
        for problem in (*self.left_out, *self.problems):
            complain(problem)
        if self.problems:
            count = len(self.problems)
            notices.print(
                say(f"{count} niet gelukt; de rest staat klaar.", f"{count} could not be done; the rest is ready.")
            )
