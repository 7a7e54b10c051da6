"""The pages: a list, one conversation, all of a clip; and what the script of the labelling page asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import BaseModel, ValidationError
from tasks.models import Task

from plugins.host import pages
from plugins.host.language import language_of
from plugins.host.media import clip_of, video_of
from plugins.host.recording import record
from plugins.host.rounds import coding_address
from plugins.talk import reading, showing, telling, texts, writing
from plugins.talk.models import Remark, Reply
from plugins.talk.refusing import Refused, as_json, with_json, with_page
from plugins.talk.said import SentRemark, SentReply
from vib.language import Text
from vib.validation import first_problem

ON_A_PAGE = 25
MOST_ON_SCREEN = 50
"""Conversations of one clip that the labelling page is told of, the newest; the page of the clip has all."""

TOO_LARGE = 2**63
Sent = TypeVar("Sent", bound=BaseModel)


@require_safe
@with_page
def index(request: HttpRequest) -> HttpResponse:
    """List the conversations that somebody may see."""
    user: Any = request.user
    lists: Mapping[str, QuerySet[Remark]] = {
        "open": Remark.objects.filter(resolved_at=None),
        "new": reading.new_to(user.pk),
        "doubts": reading.open_doubts(user.pk),
        "done": Remark.objects.filter(resolved_at__isnull=False),
    }
    language, chosen = language_of(request), request.GET.get("which", "")
    chosen = chosen if chosen in lists else "open"
    listed = _listed(request, lists[chosen])
    _note(request, listed.object_list)
    context = {
        "tabs": [(name, texts.WORDS[name].to(language), name == chosen) for name in lists],
        "chosen": chosen,
        "listed": listed,
        "threads": [showing.shown(one, language) for one in reading.threads(user.pk, listed.object_list)],
    }
    return _page(request, "index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def thread(request: HttpRequest, remark: int) -> HttpResponse:
    """Show a conversation; on POST, take a reply."""
    user: Any = request.user
    found, language = _remark(remark), language_of(request)
    problem = ""
    if request.method == "POST":
        sent, problem = _read(request, SentReply)
        if sent is not None:
            _tell(request, writing.reply(user, found, sent), found)
            return HttpResponseRedirect(f"{request.get_full_path()}#_last")
    _note(request, [found])
    [one] = reading.threads(user.pk, [found])
    context = {
        "thread": showing.shown(one, language),
        "replies": [showing.said(reply, language) for reply in one.replies],
        "seen_by": showing.named(one.seen_by),
        "until": one.last.at.isoformat() if one.new else "",
        "video": showing.video_at(found),
        "coding": coding_address(found.task.project_id, found.task.pk),
        "task": found.task_id,
        "may_settle": reading.may_settle(user, found),
        "written": request.POST.get("text", ""),
        "problem": problem,
    }
    return _page(request, "thread.html", context, 400 if problem else 200)


@require_POST
@with_page
def seen(request: HttpRequest, remark: int) -> HttpResponse:
    """Note that somebody has read a conversation as far as the page showed it."""
    user: Any = request.user
    found = _remark(remark)
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    until = until if until is not None and is_aware(until) else found.at
    writing.look(user, found, min(until, now()))
    return HttpResponseRedirect(_address(found))


@require_POST
@with_page
def resolved(request: HttpRequest, remark: int) -> HttpResponse:
    """Settle a conversation, or open it again."""
    user: Any = request.user
    found = _remark(remark)
    if not reading.may_settle(user, found):
        raise Refused(403, texts.NOT_NOW, texts.NOT_YOURS)
    writing.settle(found, request.POST.get("settled") == "yes")
    return HttpResponseRedirect(_address(found))


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def clip(request: HttpRequest, task: int) -> HttpResponse:
    """Show what was said about a clip; on POST, take a remark."""
    user: Any = request.user
    found, language = _task(task), language_of(request)
    problem = ""
    if request.method == "POST":
        sent, problem = _read(request, SentRemark)
        if sent is not None:
            return HttpResponseRedirect(_address(_said(request, found, sent)))
    listed = _listed(request, Remark.objects.filter(task=found))
    context = {
        "listed": listed,
        "clip": clip_of(found),
        "video": video_of(found.data),
        "coding": coding_address(found.project_id, found.pk),
        "threads": [showing.shown(one, language) for one in reading.threads(user.pk, listed.object_list)],
        "kinds": _choices(texts.KINDS, request),
        "audiences": _choices(texts.AUDIENCES, request),
        "written": request.POST,
        "problem": problem,
    }
    return _page(request, "clip.html", context, 400 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_json
def remarks(request: HttpRequest, task: int) -> HttpResponse:
    """Say as JSON what was said about a clip; on POST, take a remark: 201."""
    user: Any = request.user
    found, language = _task(task), language_of(request)
    if request.method == "POST":
        sent, problem = _parse(request, SentRemark.model_validate_json, request.body)
        if sent is None:
            return as_json({"detail": problem}, 400)
        return as_json({"number": _said(request, found, sent).pk}, 201)
    newest = reading.newest_first(Remark.objects.filter(task=found))[:MOST_ON_SCREEN]
    return as_json({"remarks": [showing.shown(one, language) for one in reading.threads(user.pk, newest)]})


def _task(number: int) -> Task:
    found = Task.objects.filter(pk=number).first() if number < TOO_LARGE else None
    if found is None:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    return found


def _remark(number: int) -> Remark:
    found = reading.newest_first(Remark.objects.filter(pk=number)).first() if number < TOO_LARGE else None
    if found is None:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    return found


def _listed(request: HttpRequest, remarks: QuerySet[Remark]) -> Page[Remark]:
    return Paginator(reading.newest_first(remarks), ON_A_PAGE).get_page(request.GET.get("page"))


def _said(request: HttpRequest, task: Task, sent: SentRemark) -> Remark:
    user: Any = request.user
    remark = writing.say(user, task, sent)
    _tell(request, remark, remark)
    return remark


def _tell(request: HttpRequest, said: Remark | Reply, remark: Remark) -> None:
    telling.tell(said, request.build_absolute_uri(_address(remark)))


def _address(remark: Remark) -> str:
    return reverse("vib_talk:thread", args=[remark.pk])


def _read(request: HttpRequest, shape: type[Sent]) -> tuple[Sent | None, str]:
    """Read a form; return it, or what is wrong with it."""
    return _parse(request, shape.model_validate, request.POST.dict())


def _parse(request: HttpRequest, read: Callable[[Any], Sent], sent: Any) -> tuple[Sent | None, str]:
    try:
        return read(sent), ""
    except ValidationError as error:
        problem = first_problem(error, "")
        field, language = problem.place.removeprefix(": "), language_of(request)
        word = texts.FIELDS[field].to(language) if field in texts.FIELDS else field
        return None, f"{word}: {problem.reason.to(language)}"


def _choices(offered: Mapping[str, Text], request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, text.to(language_of(request))) for name, text in offered.items()]


def _note(request: HttpRequest, shown: Iterable[Remark]) -> None:
    """Have it recorded that what was said about these families is shown to somebody; without a record it is not."""
    families = {str(family) for one in shown if (family := one.task.data.get("family"))}
    if not families:
        return
    match = request.resolver_match
    which = " ".join(f"{name} {value}" for name, value in (match.kwargs if match else {}).items())
    try:
        record(request, families, which)
    except OSError as error:
        raise Refused(503, texts.NOT_NOW, texts.NO_RECORD) from error


def _page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return pages.page(request, f"vib_talk/{template}", texts.WORDS, context, status=status)
