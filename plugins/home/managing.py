"""What the front door says to an administrator: who there is, and how the installation is."""

from __future__ import annotations

from django.conf import settings
from users.models import User

from plugins.host.accounts import people, role_of
from plugins.host.pages import fragment
from vib.health import Health
from vib.language import Language
from vib.panel import Panel
from vib.roles import ROLES, May, Right, may

from . import texts

BADGES = {"good": "good", "attention": "", "wrong": "halt"}
"""Of the shell, by condition."""


def panels_of(user: int, language: Language) -> list[Panel]:
    """Return the parts for an account; none for who does not manage the installation."""
    if may(role_of(User.objects.get(pk=user)), Right.MANAGE) is not May.YES:
        return []
    return [_people(language), _installation(language)]


def health() -> list[Health]:
    """Return how every part is that a plugin tells of, by their order."""
    answers = settings.VIB_PLUGIN_HOST.answers("vib_health")
    found: list[Health] = [part for _, parts in answers for part in parts or ()]
    return sorted(found, key=lambda part: part.order)


def _people(language: Language) -> Panel:
    counted = [
        f"{(ROLES[role] if role else texts.NO_ROLE).to(language)}: {count}"
        for role, count in people().items()
        if role or count
    ]
    content = fragment("vib_home/people.html", texts.WORDS, {"counted": counted}, language)
    return Panel("people", texts.PEOPLE.to(language), content, order=60, wide=True)


def _installation(language: Language) -> Panel:
    parts = health()
    working = sum(part.condition != "wrong" for part in parts)
    summary = texts.ALL_WELL if working == len(parts) else texts.SOME_WELL
    said = {
        "summary": summary.to(language).format(working, len(parts)),
        "parts": [
            {
                "name": part.name.to(language),
                "condition": texts.CONDITIONS[part.condition].to(language),
                "badge": BADGES[part.condition],
                "said": part.said.to(language),
                "address": part.address,
            }
            for part in parts
        ],
    }
    content = fragment("vib_home/installation.html", texts.WORDS, said, language)
    return Panel("installation", texts.INSTALLATION.to(language), content, order=70, wide=True)
