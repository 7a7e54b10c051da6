"""What is said of recordings that lie elsewhere than their clip."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.finding_moved import Renamed, Strayed
from vib.language import Text
from vib.problem import InputProblem


class Elsewhere(InputProblem):
    """Something that is about another family too, which not everybody is to read."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a place, with gaps for what it is about."""

    text: Text

    def of(self, place: str, **values: str) -> Elsewhere:
        """Return it with its gaps filled."""
        filled = self.text.filled(**values)
        return Elsewhere(place, nl=filled.nl, en=filled.en)


UNREADABLE = Said(
    Text(
        nl="is de opname van {clip}; niemand ziet die clip tot {folder}/family.yaml klopt, of de opname terug staat",
        en="is the recording of {clip}; nobody sees that clip until {folder}/family.yaml is right, or the recording is"
        " back",
    )
)
TWIN = Said(
    Text(
        nl="is de opname van {clip}, maar is ook al {twin}, met eigen codes; niemand ziet {clip} nog. Hoort de opname"
        " daar toch, zet haar dan terug",
        en="is the recording of {clip}, but is {twin} already, with codes of its own; nobody sees {clip} any more. If"
        " the recording belongs there after all, put it back",
    )
)
UNLISTED = Said(
    Text(
        nl="is de opname van {clip} en staat hier niet bij clips; niemand ziet die clip nog. Zet haar erbij en gebruik"
        " --apply, of zet de opname terug",
        en="is the recording of {clip} and is not among the clips here; nobody sees that clip any more. List it and"
        " use --apply, or put the recording back",
    )
)
ON_THE_WAY = Said(
    Text(
        nl="is op weg naar {family}; geef de map waar {family} in staat, dan komt het af",
        en="is on its way to {family}; name the folder that has {family}, and it is completed",
    )
)
AWAY = Said(
    Text(
        nl="niemand ziet deze clip, want de opname stond bij een ander gezin en staat nu nergens; zet haar terug, of in"
        " de map van het goede gezin",
        en="nobody sees this clip, as its recording lay with another family and is nowhere now; put it back, or into"
        " the folder of the right family",
    )
)


def would_follow(one: Strayed, becomes: str) -> Elsewhere:
    """Say that a recording moved, and what becomes of its clip."""
    (_, path), *_ = one.files
    return Elsewhere(
        str(path),
        nl=f"is de opname van {one.entry.id}; niemand ziet die clip nog. Met --apply gaat hij verder als {becomes},"
        " met zijn codes; hoort de opname hier niet, zet haar dan terug",
        en=f"is the recording of {one.entry.id}; nobody sees that clip any more. With --apply it goes on as {becomes},"
        " with its codes; if the recording does not belong here, put it back",
    )


def several(one: Strayed) -> Elsewhere:
    """Say that a recording lies at several places."""
    listed = ", ".join(str(path) for _, path in one.files)
    return Elsewhere(
        one.entry.id,
        nl=f"de opname staat niet meer bij dit gezin, maar op meer plaatsen: {listed}; niemand ziet de clip tot er één"
        " over is",
        en=f"its recording is no longer with this family but at several places: {listed}; nobody sees the clip until"
        " one is left",
    )


def would_rename(renamed: Renamed) -> Elsewhere:
    """Say that a family has another pseudonym, and what becomes of it."""
    number, before, after = len(renamed.clips), renamed.family, renamed.lying.family
    return Elsewhere(
        f"{renamed.lying.folder}/family.yaml: family",
        nl=f"hier stond {before}, nu {after}; niemand ziet de clips ({number}) nog en er is niets geregistreerd. Met"
        f" --apply gaat {before} verder als {after}, met clips, codes en wie het gezin heeft; is {after} een ander"
        f" gezin, zet dan {before} terug en maak er een map voor",
        en=f"this was {before} and is {after} now; nobody sees the clips ({number}) any more and nothing was"
        f" registered. With --apply {before} goes on as {after}, with clips, codes and who has the family; if {after}"
        f" is another family, put {before} back and make a folder for it",
    )
