"""The page on which somebody chooses, and what keeps a language that is chosen in the header."""

from __future__ import annotations

from collections.abc import Container, Mapping
from itertools import groupby
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from plugins.host.language import language_of
from plugins.host.pages import page
from plugins.host.preferences import Theme, keep, preferences_of, zone_of, zones
from vib.language import LANGUAGE_NAMES, LANGUAGES
from vib.problem import InputProblem

from . import texts

CHOICES: Mapping[str, Container[str]] = {"language": ("", *LANGUAGES), "theme": ("", *Theme)}
"""What can be chosen, beside the time zone; what is empty is left to the browser and the device."""


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show what somebody chose; on POST, keep what they choose now."""
    if request.method != "POST":
        return _shown(request)
    try:
        keep(request.user, **_chosen(request.POST, {**CHOICES, "time_zone": zones()}))
    except InputProblem as problem:
        return _shown(request, problem)
    messages.success(request, texts.KEPT.to(language_of(request)))
    return HttpResponseRedirect(f"{request.path}#_done")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep a language, and lead back to where it was chosen."""
    try:
        keep(request.user, **_chosen(request.POST, {"language": LANGUAGES}))
    except InputProblem as problem:
        return _shown(request, problem)
    return HttpResponseRedirect(_back(request))


def _chosen(asked: Mapping[str, str], choices: Mapping[str, Container[str]]) -> dict[str, str]:
    """Return what a form chooses.

    Raises
    ------
    InputProblem
        It is none of the choices.
    """
    chosen = {name: asked.get(name, "") for name in choices}
    for name, value in chosen.items():
        if value not in choices[name]:
            raise InputProblem(value or name, nl=texts.NO_CHOICE.nl, en=texts.NO_CHOICE.en)
    return chosen


def _back(request: HttpRequest) -> str:
    """Return the page from which a form was sent, without the language that its address asks for."""
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()):
        return "/vib/"
    parts = urlsplit(came)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
    # Two slashes would begin the name of another host.
    path = "/" + parts.path.lstrip("/\\")
    return parts._replace(scheme="", netloc="", path=path, query=urlencode(query)).geturl()


def _shown(request: HttpRequest, problem: InputProblem | None = None) -> HttpResponse:
    spoken, kept = language_of(request), preferences_of(request.user)
    context = {
        "chosen": {"language": kept.language if kept else "", "theme": kept.theme if kept else ""},
        "languages": LANGUAGE_NAMES.items(),
        "themes": [(theme, said.to(spoken)) for theme, said in texts.THEMES.items()],
        "zone": str(zone_of(request.user)),
        "areas": [(area, list(names)) for area, names in groupby(zones(), lambda name: name.split("/")[0])],
        "now": timezone.now(),
        "problem": problem.message(spoken) if problem else "",
        "said": [str(said) for said in messages.get_messages(request)],
    }
    return page(request, "vib_account/preferences.html", texts.WORDS, context, status=400 if problem else 200)
