"""The file of `vib access apply`: roles, families and rounds of many people at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from vib.language import Text
from vib.yaml_file import Checked, Place, read_yaml

if TYPE_CHECKING:
    from plugins.access.granting import By, Outcome


class PlannedRound(BaseModel):
    """A round as the file says it should be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=100)
    practice: str
    supervisors: tuple[str, ...] = ()
    raters: tuple[str, ...] = ()
    clips: Literal["all"] | tuple[str, ...] = ()
    predictions: Literal["shown", "hidden"] = "shown"
    until: date | None = None


class Plan(Checked):
    """What the file adds: roles and families by address, and rounds."""

    roles: Mapping[str, str] = {}
    families: Mapping[str, tuple[str, ...]] = {}
    rounds: tuple[PlannedRound, ...] = ()

    def faults(self) -> Iterator[tuple[Place, Text]]:
        """Yield a name that two rounds have."""
        names: set[str] = set()
        for number, planned in enumerate(self.rounds):
            if planned.name in names:
                yield ("rounds", number, "name"), Text(nl="deze naam is er twee keer", en="this name is there twice")
            names.add(planned.name)


def read_plan(path: Path) -> Plan:
    """Read a file of what is to be added."""
    return read_yaml(path, Plan)


def carry_out(by: By, plan: Plan) -> list[Outcome]:
    """Add what a plan has and is not there yet.

    Nothing is taken away: a role that is there stays, and so does whether a round shows predictions.

    Raises
    ------
    InputProblem
        Something in it cannot be done.
    """
    from plugins.access import granting, rounds
    from plugins.access.models import Round

    outcomes: list[Outcome] = []
    for email, role in plan.roles.items():
        outcomes += granting.give_role(by, email, role)
    for email, families in plan.families.items():
        outcomes += granting.grant(by, email, families)
    for planned in plan.rounds:
        there = Round.objects.filter(name=planned.name).exists()
        outcomes += rounds.make_round(
            by,
            planned.name,
            planned.practice,
            supervisors=planned.supervisors,
            raters=planned.raters,
            clips=None if planned.clips == "all" else planned.clips,
            predictions_shown=None if there else planned.predictions == "shown",
        )
        if planned.until is not None:
            outcomes += rounds.set_due(by, planned.name, planned.until)
    return outcomes
