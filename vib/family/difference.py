"""What changed in ``family.yaml``, for a log: without free text, in which names may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vib.family.model import ClipEntry, Consent, Family, Member

FREE_TEXT = frozenset({"role", "situation", "by", "labels"})
"""Fields of which it is told that they changed, and not what they say."""


def differences(before: Family | None, after: Family) -> tuple[str, ...]:
    """Return what changed, a line each; of a new family all that it says.

    Examples
    --------
    >>> family = Family(family="F-1", method="a", language="nl", members=(Member(id="k", role="kind"),))
    >>> differences(family, family.model_copy(update={"method": "b"}))
    ('method: a -> b',)
    """
    return tuple(_differences(before, after))


def _differences(before: Family | None, after: Family) -> Iterator[str]:
    yield from _fields("", _plain(before), _plain(after))
    yield from _rows("member", _members(before), _members(after))
    yield from _consents(before.consent if before else (), after.consent)
    yield from _rows("clip", _clips(before), _clips(after))


def _plain(family: Family | None) -> dict[str, object]:
    return {} if family is None else family.model_dump(exclude={"format", "members", "consent", "clips"})


def _members(family: Family | None) -> dict[str, Member]:
    return {} if family is None else {member.id: member for member in family.members}


def _clips(family: Family | None) -> dict[str, ClipEntry]:
    return {} if family is None else {clip.file: clip for clip in family.clips or ()}


def _rows(
    kind: str,
    before: Mapping[str, Member] | Mapping[str, ClipEntry],
    after: Mapping[str, Member] | Mapping[str, ClipEntry],
) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield f"{kind} {name}: gone"
        elif name not in before:
            yield f"{kind} {name}: new"
        else:
            yield from _fields(f"{kind} {name} ", before[name].model_dump(), after[name].model_dump())


def _fields(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    for name, value in after.items():
        was = before.get(name)
        if was == value:
            continue
        yield f"{what}{name}: changed" if name in FREE_TEXT else f"{what}{name}: {_said(was)} -> {_said(value)}"


def _consents(before: tuple[Consent, ...], after: tuple[Consent, ...]) -> Iterator[str]:
    yield from (f"consent {_agreed(one)}: gone" for one in before if one not in after)
    yield from (f"consent {_agreed(one)}: new" for one in after if one not in before)


def _agreed(consent: Consent) -> str:
    return f"{consent.person} {'+'.join(consent.uses)} {consent.given}..{consent.until}"


def _said(value: object) -> str:
    if isinstance(value, tuple | list):
        return "+".join(map(str, value)) or "-"
    return "-" if value is None else str(value)
