"""What the front door says of families: consent that ends, the newest clips, and recordings that could not be used."""

from __future__ import annotations

from datetime import date
from typing import Any

from users.models import User

from plugins.host.accounts import role_of
from plugins.host.consented import consent_of
from plugins.host.page_registry import REGISTRY
from plugins.host.pages import fragment
from vib.consent_state import to_be_said
from vib.language import Language
from vib.panel import Panel
from vib.roles import Role

from . import texts
from .reading import Family, clips_of, families_of, newest_first, refused_of
from .shown import clip_line, consent_line, line_of, refusals

MOST_FAMILIES = 5
MOST_CLIPS = 3
"""Of a family, the newest; its page has the others."""

MOST_REFUSED = 5

MOST_CONSENTS = 10
"""Families whose consent is told; the page of each has its own."""

RENEW = "vib_intake:consent"
"""Route of whatever plugin records consent."""


def panels_of(user: int, language: Language) -> list[Panel]:
    """Return the parts for an account; nothing for who has no family."""
    families = families_of(user)
    if not families:
        return []
    role = role_of(User.objects.get(pk=user))
    lines = [line_of(family, role, language) for family in families]
    return [*_consent(lines, role, language), _families(lines, user, role, language), *_refused(lines, language)]


def _consent(lines: list[dict[str, Any]], role: Role | None, language: Language) -> list[Panel]:
    """Say whose consent ends soon, or is over."""
    today = date.today()
    noted = [(line, consent) for line in lines if (consent := consent_of(line["family"].name)) is not None]
    found = [(line, uses) for line, consent in noted if (uses := to_be_said(consent, today))]
    if not found:
        return []
    said = {
        "families": [
            {
                "line": line,
                "uses": [consent_line(one, language) for one in uses],
                "renew": REGISTRY.way(RENEW, role, family=line["family"].name),
            }
            for line, uses in found[:MOST_CONSENTS]
        ],
        "more": len(found) > MOST_CONSENTS,
    }
    content = fragment("vib_families/consents.html", texts.WORDS, said, language)
    return [Panel("consent", texts.CONSENT_PANEL.to(language), content, order=9, wide=True)]


def _families(lines: list[dict[str, Any]], user: int, role: Role | None, language: Language) -> Panel:
    shown: list[Family] = [line["family"] for line in lines[:MOST_FAMILIES]]
    tasks = [task for family in shown if family.project for task in newest_first(family)[:MOST_CLIPS]]
    clips = [clip_line(clip, language) for clip in clips_of(tasks, user, role)]
    said = {
        "families": [
            line
            | {"clips": [clip for clip in clips if clip["clip"].project == family.project]}
            | {"more": texts.ALL_CLIPS.to(language).format(family.clips) if family.clips > MOST_CLIPS else ""}
            for line, family in zip(lines, shown, strict=False)
        ],
        "more": len(lines) > MOST_FAMILIES,
    }
    content = fragment("vib_families/panel.html", texts.WORDS, said, language)
    return Panel("families", texts.PANEL.to(language), content, order=25, wide=True)


def _refused(lines: list[dict[str, Any]], language: Language) -> list[Panel]:
    addresses = {line["family"].name: line["address"] for line in lines}
    found = refused_of(addresses.keys())
    if not found:
        return []
    said = {
        "refused": [line | {"address": addresses[line["family"]]} for line in refusals(found[:MOST_REFUSED], language)],
        "more": len(found) > MOST_REFUSED,
    }
    content = fragment("vib_families/refused.html", texts.WORDS, said, language)
    return [Panel("refused", texts.WORDS["refused"].to(language), content, order=80, wide=True)]
