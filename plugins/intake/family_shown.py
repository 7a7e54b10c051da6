"""What the forms about a family show: rows with their fields, and what can be chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from plugins.host.page_registry import REGISTRY
from vib.consent import USE_NAMES, USES
from vib.consent_state import SEEN, states_of
from vib.family import FILE, Family, clip_name
from vib.language import LANGUAGE_NAMES, Language
from vib.methods import offered_methods, read_method
from vib.problem import InputProblem
from vib.roles import Role

from . import family_texts as texts
from .family_form import Row

USUAL = "vib-pleegzorg"
"""The method that is chosen until somebody chooses another."""


def families_offered(user: int, role: Role | None) -> list[dict[str, str]]:
    """Return the families of somebody that lie where the browser changes them, with the ways to their forms."""
    held = settings.VIB_PLUGIN_HOST.hook.vib_families(user=user)
    return [
        {
            "name": name,
            "send": REGISTRY.way("vib_intake:send", role, family=name),
            "members": reverse("vib_intake:members", args=[name]),
            "consent": reverse("vib_intake:consent", args=[name]),
        }
        for name in sorted({name for names in held for name in names})
        if (settings.VIB.families / name / FILE).is_file()
    ]


def members_page(
    sent: Mapping[str, Any], family: Family | None, rows: Sequence[Row], language: Language, off: Collection[str]
) -> dict[str, Any]:
    """Return what the form about members shows."""
    was = _choice(family.method, family.level) if family else USUAL
    chosen = str(sent.get("method", "")) or was
    return {
        "rows": [dict(row) for row in rows],
        "known": {member.id for member in family.members} if family else frozenset(),
        "methods": methods_offered(off, language, was if family else ""),
        "chosen": chosen,
        "languages": LANGUAGE_NAMES.items(),
        "spoken": str(sent.get("language", "")) or (family.language if family else language),
        "homes": [(home, said.to(language)) for home, said in texts.HOMES.items()],
        "roles": [role.to(language) for role in texts.ROLES],
    }


def methods_offered(off: Collection[str], language: Language, was: str) -> list[dict[str, str]]:
    """Return what a family can be coded with: each method, and each of its levels; what it has stays among them."""
    found = []
    for name in offered_methods(off):
        book = read_method(name)
        title = book.title.to(language)
        found.append({"value": name, "title": title})
        for level in book.levels:
            said = f"{title}, {texts.WORDS['level'].to(language)} {level.label.to(language)}"
            found.append({"value": _choice(name, level.id), "title": said})
    if was and was not in {one["value"] for one in found}:
        found.append({"value": was, "title": was})
    return sorted(found, key=lambda one: one["title"].casefold())


def consent_page(sent: Any, family: Family, rows: Sequence[Row], language: Language) -> dict[str, Any]:
    """Return what the form about consent shows: the rows of each member together."""
    roles = {member.id: member.role for member in family.members}
    consents = [
        {
            **row,
            "number": number,
            "key": str(number),
            "role": roles.get(row["person"], ""),
            "first": number == 0 or rows[number - 1]["person"] != row["person"],
            "last": number == len(rows) - 1 or rows[number + 1]["person"] != row["person"],
        }
        for number, row in enumerate(rows)
    ]
    given = family.consented()
    return {
        "consents": consents,
        "uses": [
            {"use": use, "name": USE_NAMES[use].to(language), "means": texts.MEANS[use].to(language)} for use in USES
        ],
        "all": {
            "uses": sent.getlist("all-uses") if sent else ["begeleiding"],
            "given": sent.get("all-given", "") if sent else str(date.today()),
            "until": sent.get("all-until", ""),
            "by": sent.get("all-by", ""),
        },
        "givers": [one.to(language) for one in texts.GIVERS],
        "states": [
            {"said": one.sentence.to(language), "good": one.state in SEEN} for one in states_of(given, date.today())
        ],
    }


def recordings_page(family: Family, rows: Sequence[Row], language: Language) -> dict[str, Any]:
    """Return what the form about recordings shows."""
    names = [clip_name(row["file"]) for row in rows]
    return {
        "clips": [
            {**row, "number": number, "name": name, "others": [other for other in names if other != name]}
            for number, (row, name) in enumerate(zip(rows, names, strict=True))
        ],
        "kinds": [(kind, said.to(language)) for kind, said in texts.KINDS.items()],
        "uses": [{"use": use, "name": USE_NAMES[use].to(language)} for use in USES],
        "situations": _situations(family, language),
    }


def _situations(family: Family, language: Language) -> list[str]:
    """Return the situations that the family's method names; none where there is no such method here."""
    try:
        return [one.to(language) for one in read_method(family.method).situations]
    except InputProblem:
        return []


def _choice(method: str, level: str | None) -> str:
    return f"{method}/{level}" if level else method
