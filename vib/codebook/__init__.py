"""Codebooks: what a method looks for. A method is data: one folder of ``label_configs/``.

A codebook has tiers of codes, and ratings of the whole clip. A tier either lies on the
timeline (who acts, from when to when) or *describes* the codes of such a tier (how the
initiative in this turn was received).
"""

from vib.codebook.book import EVIDENCE, RESERVED, Change, Codebook, Derived, Level
from vib.codebook.entry import (
    TO_CONFIRM,
    Certainty,
    Code,
    CodeKind,
    Group,
    Polarity,
    Rating,
    Sourced,
    Words,
)
from vib.codebook.reading import FOLDER, installed_modules, read_codebook
from vib.codebook.rule import Rule
from vib.codebook.tier import Tier
from vib.identifiers import Id, Version

__all__ = [
    "EVIDENCE",
    "FOLDER",
    "RESERVED",
    "TO_CONFIRM",
    "Certainty",
    "Change",
    "Code",
    "CodeKind",
    "Codebook",
    "Derived",
    "Group",
    "Id",
    "Level",
    "Polarity",
    "Rating",
    "Rule",
    "Sourced",
    "Tier",
    "Version",
    "Words",
    "installed_modules",
    "read_codebook",
]
