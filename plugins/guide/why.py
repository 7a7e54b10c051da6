"""The pages that say why: texts of our own, with facts from the field's documents, each part with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vib.language import Text
from vib.yaml_file import read_yaml

FOLDER = Path(__file__).parent / "why"
"""The pages, in the order of the numbers that their names begin with."""

SourceName = Literal["foster", "nji", "leaflet", "flemish", "complex", "own"]

SOURCES: Mapping[SourceName, Text] = {
    "foster": Text(
        nl="AIT, handleiding ‘VIB in de pleegzorg’: woord vooraf, inleiding en paragraaf 1.1",
        en="AIT, manual ‘VIB in de pleegzorg’: foreword, introduction and section 1.1",
    ),
    "nji": Text(
        nl="NJi, factsheet over aanvullende hulp voor pleegkinderen, naar Zoon (2014) en de Richtlijn Pleegzorg (2014)",
        en="NJi, factsheet on extra help for foster children, after Zoon (2014) and the Richtlijn Pleegzorg (2014)",
    ),
    "leaflet": Text(
        nl="AIT, folder over video-analyse bij video-hometraining en video-interactiebegeleiding",
        en="AIT, leaflet on video analysis in video-hometraining and VIB",
    ),
    "flemish": Text(
        nl="Vlaamse tekst over gehechtheid in de pleegzorg, met een bijlage over VIPP-FC en Basic Trust",
        en="Flemish text on attachment in foster care, with an annex on VIPP-FC and Basic Trust",
    ),
    "complex": Text(
        nl="AIT, handleiding ‘Video-hometraining in gezinnen met meervoudige en complexe problemen’ (SWP, 2020): "
        "voorwoord, inleiding en hoofdstuk 1",
        en="AIT, manual ‘Video-hometraining in gezinnen met meervoudige en complexe problemen’ (SWP, 2020): foreword, "
        "introduction and chapter 1",
    ),
    "own": Text(nl="eigen keuze van de makers van dit programma", en="choice of the makers of this program"),
}
"""What each source is; the texts are in our own words."""


class Shape(BaseModel):
    """A part of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Shape):
    """A heading with paragraphs, and where these come from."""

    heading: Text
    says: Annotated[tuple[Text, ...], Field(min_length=1)]
    sources: Annotated[tuple[SourceName, ...], Field(min_length=1)]


class Why(Shape):
    """One page."""

    title: Text
    lead: Text
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]


@cache
def why_pages() -> Mapping[str, Why]:
    """Return the pages by name, in order.

    Raises
    ------
    InputProblem
        A page cannot be read.
    """
    return {path.stem.partition("-")[2]: read_yaml(path, Why) for path in sorted(FOLDER.glob("*.yaml"))}
