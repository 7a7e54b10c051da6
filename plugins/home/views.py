"""The front door: what each plugin has to say to who looks, and below it the ways to the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from projects.models import Project

from plugins.home import texts
from plugins.host.page_registry import REGISTRY
from plugins.host.pages import page
from plugins.host.shell import Shell
from vib.failures import kept
from vib.language import Language
from vib.page import Menu
from vib.panel import Panel
from vib.roles import Role


@final
@dataclass(frozen=True, slots=True)
class Card:
    """The way to one page."""

    title: str
    about: str
    address: str


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Greet, say what there is to do, and show the ways."""
    shell = Shell(request)
    manages = bool(getattr(request.user, "is_superuser", False))
    panels = panels_for(int(request.user.pk or 0), shell.language)
    # Only what somebody may see is there.
    busy = bool(panels) or Project.objects.exists()
    context = {
        "first_name": getattr(request.user, "first_name", ""),
        "panels": panels,
        "nothing_yet": texts.NOTHING_YET[shell.role].to(shell.language) if shell.role and not busy else "",
        "cards": list(_cards(shell.role, shell.language)),
        "manages": manages,
        "plugins": settings.VIB_PLUGIN_HOST.found_with(kept(settings.VIB.failed)) if manages else (),
    }
    return page(request, "vib_home/start.html", texts.WORDS, context)


def panels_for(user: int, language: Language) -> list[Panel]:
    """Return what the plugins have to say to an account, what comes first first."""
    answers = settings.VIB_PLUGIN_HOST.answers("vib_panels", user=user, language=language)
    found: list[Panel] = [panel for _, panels in answers for panel in panels or ()]
    return sorted(found, key=lambda panel: panel.order)


def _cards(role: Role | None, language: Language) -> Iterator[Card]:
    for one in (*REGISTRY.menu(Menu.MAIN, role), *REGISTRY.menu(Menu.MANAGE, role)):
        if one.page.about is not None and one.page.title is not None:
            yield Card(one.page.title.to(language), one.page.about.to(language), reverse(one.view_name))
