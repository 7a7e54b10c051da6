"""A family as the text of its ``family.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vib.atomic import write_bytes, write_text
from vib.family.model import ClipEntry, Consent, Family, Member
from vib.family.reading import BACKUP, FILE, family_from
from vib.yaml_file import as_yaml, in_one_line

OURS = 0o600
"""Permissions of a file that was not there: it tells of a family."""


def family_text(family: Family) -> str:
    """Return the YAML of a family, in the second format: a line for each member, consent and clip."""
    content = family.model_dump(mode="json", exclude={"members", "consent", "clips"}, exclude_none=True)
    labels = content.pop("labels")
    lines = [as_yaml({name: value}) for name, value in content.items()]
    lines += _listed("members", [_member(member) for member in family.members])
    lines += _listed("consent", [consent_content(consent) for consent in family.consent])
    if family.clips is not None:
        lines += _listed("clips", [_clip(clip) for clip in family.clips])
    if labels:
        lines.append(as_yaml({"labels": labels}))
    return "".join(lines)


def write_family(folder: Path, family: Family) -> None:
    """Write the ``family.yaml`` of a folder, in the second format.

    Whoever reads it sees the old text or the new. What was there before is kept beside it as ``family.yaml.bak``.

    Raises
    ------
    InputProblem
        What the family says does not fit together; nothing is written.
    OSError
        It cannot be written.
    """
    path = folder / FILE
    text = family_text(family)
    family_from(text, place=str(path))
    write_family_text(folder, text)


def write_family_text(folder: Path, text: str) -> None:
    """Write the text of a ``family.yaml``, and keep the one that was there before."""
    path = folder / FILE
    mode = OURS
    if path.exists():
        mode = path.stat().st_mode & 0o777
        write_bytes(folder / BACKUP, path.read_bytes(), mode=mode)
    write_text(path, text, mode=mode)


def consent_content(consent: Consent) -> dict[str, Any]:
    """Return a consent as the file has it."""
    content = consent.model_dump(mode="json")
    return {"person": content["person"], "uses": content["uses"], "from": content["given"], **_rest(content)}


def _rest(content: dict[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in ("until", "by")}


def _member(member: Member) -> dict[str, Any]:
    return member.model_dump(mode="json", exclude_none=True)


def _clip(clip: ClipEntry) -> dict[str, Any]:
    content = clip.model_dump(mode="json", exclude_defaults=True)
    return {"file": clip.file, **content}


def _listed(name: str, items: list[dict[str, Any]]) -> Iterator[str]:
    yield f"{name}:\n" if items else f"{name}: []\n"
    for item in items:
        yield f"  - {in_one_line(item)}\n"
