"""A family's folder: ``family.yaml`` says who is in it, what was consented to, and which clips there are.

A practice set (``*.practice.yaml``) hands clips of families out to trainees.
"""

from vib.consent import Use
from vib.family.changing import ChangedMeanwhile, add_clips, change_family, stamp_of
from vib.family.clips import clip_name, family_of
from vib.family.difference import differences
from vib.family.model import FORMAT, ClipEntry, Consent, Day, Family, FileName, Home, Member, Month, Pseudonym, Recorded
from vib.family.practice import PRACTICE, Practice, read_practice
from vib.family.reading import BACKUP, FILE, family_from, read_family
from vib.family.upgrading import upgraded
from vib.family.writing import family_text, write_family

__all__ = [
    "BACKUP",
    "FILE",
    "FORMAT",
    "PRACTICE",
    "ChangedMeanwhile",
    "ClipEntry",
    "Consent",
    "Day",
    "Family",
    "FileName",
    "Home",
    "Member",
    "Month",
    "Practice",
    "Pseudonym",
    "Recorded",
    "Use",
    "add_clips",
    "change_family",
    "clip_name",
    "differences",
    "family_from",
    "family_of",
    "family_text",
    "read_family",
    "read_practice",
    "stamp_of",
    "upgraded",
    "write_family",
]
