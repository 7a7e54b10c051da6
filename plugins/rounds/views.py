"""The pages: somebody's rounds, and one round as its supervisor and as its raters see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from plugins.host import pages
from plugins.host.accounts import actor_of, role_of
from plugins.host.language import language_of
from plugins.host.rounds import rounds_of
from vib.dates import read_day
from vib.problem import InputProblem
from vib.roles import May, Part, Right, may
from vib.round_change import Doing, RoundChange

from . import texts
from .progress import Progress
from .reading import progress_of
from .reminding import remind
from .shown import line_of, own_page, round_page

ROUNDS_A_PAGE = 20

REMIND = "remind"
"""What is done beside the changes of `vib.round_change`."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the rounds that somebody is in."""
    user: Any = request.user
    role, today, language = role_of(user), timezone.localdate(), language_of(request)
    shown = Paginator(rounds_of(user.pk), ROUNDS_A_PAGE).get_page(request.GET.get("page"))
    lines = [line_of(one, role, today, language) for one in progress_of(list(shown.object_list), user.pk)]
    leads = may(role, Right.CODE) is May.ROUNDS
    return _page(request, "index.html", {"lines": lines, "shown": shown, "leads": leads})


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, round_name: str) -> HttpResponse:
    """Show a round to who is in it; on POST, change it for who leads it."""
    user: Any = request.user
    found = [one for one in rounds_of(user.pk) if one.name == round_name]
    if not found:
        return _not_found(request)
    [progress] = progress_of(found[:1], user.pk)
    if progress.round.part is not Part.SUPERVISOR:
        return _page(request, "own.html", own_page(progress, user.pk, role_of(user), language_of(request)))
    if request.method != "POST":
        return _shown(request, progress)
    try:
        for said in _done(request, progress):
            messages.success(request, said)
    except InputProblem as problem:
        return _shown(request, progress, problem)
    return HttpResponseRedirect(f"{request.get_full_path()}#_done")


def _done(request: HttpRequest, progress: Progress) -> list[str]:
    """Do what a form asks; return what is to be said of it."""
    language, asked = language_of(request), request.POST
    if asked.get("do") == REMIND:
        chosen = {int(number) for number in asked.getlist("rater") if number.isdecimal()}
        names = remind(progress, chosen, request.build_absolute_uri(request.path))
        return [
            texts.REMINDED_NOW.to(language).format(", ".join(names)) if names else texts.REMINDED_TODAY.to(language)
        ]
    due = read_day(asked["due"], texts.NO_DAY) if asked.get("due") else None
    change = RoundChange(progress.round.name, _doing(asked.get("do", "")), asked.get("which", ""), due)
    done = settings.VIB_PLUGIN_HOST.hook.vib_change_round(user=request.user.pk, by=actor_of(request), change=change)
    if done is None:
        raise InputProblem(progress.round.name, nl=texts.NO_ROUNDS_HERE.nl, en=texts.NO_ROUNDS_HERE.en)
    return [f"{said.to(language)}." for said in done] or [texts.WAS_SO.to(language)]


def _doing(name: str) -> Doing:
    try:
        return Doing(name)
    except ValueError:
        raise InputProblem(name, nl=texts.WHAT.nl, en=texts.WHAT.en) from None


def _shown(request: HttpRequest, progress: Progress, problem: InputProblem | None = None) -> HttpResponse:
    language = language_of(request)
    offer = settings.VIB_PLUGIN_HOST.hook.vib_round_offer(user=request.user.pk, name=progress.round.name)
    context = {
        **round_page(progress, role_of(request.user), request.GET.get("page"), timezone.localdate(), language),
        "offer": offer,
        "problem": problem.message(language) if problem else "",
        "asked": request.POST,
        "said": [str(said) for said in messages.get_messages(request)],
    }
    return _page(request, "round.html", context, 400 if problem else 200)


def _not_found(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    context = {"heading": texts.NOT_FOUND.to(language), "problem": texts.NOT_THERE.to(language)}
    return _page(request, "problem.html", context, 404)


def _page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return pages.page(request, f"vib_rounds/{template}", texts.WORDS, context, status=status)
