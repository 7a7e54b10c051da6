"""What the labelling page asks while somebody codes.

Who may code the task has been seen to where routes have rights (see `plugin`); a task that is not in sight is
not found here either, and neither is somebody else's annotation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView
from tasks.models import Annotation, Task

from plugins.host.language import language_of
from plugins.host.ruled_codes import broken_in, rules_of
from plugins.host.stored_codes import check_results_of
from vib.controls import controls_of, filled
from vib.language import Text
from vib.problem import InputProblem
from vib.stored_codes import check_result, length_of
from vib.validation import first_problem

from . import log, texts
from .log import Refused, Which
from .models import Work
from .placing import turns_of
from .sent import Beginning, Changes, Coded, Sent

Shape = TypeVar("Shape", bound=Sent)


class _Unanswerable(Exception):
    """What was asked gets this status and text."""

    def __init__(self, status: int, text: Text) -> None:
        super().__init__(text.en)
        self.status, self.text = status, text


class Alive(APIView):
    """Tells whether somebody is still signed in."""

    schema = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer 204; who is not signed in gets 401."""
        return HttpResponse(status=204)


class _OfTask(APIView):
    parser_classes = ()
    schema = None

    def answer(self, request: Request, task: int, find: Callable[[Task], JsonResponse]) -> JsonResponse:
        """Answer about a task, or say what is wrong with what was asked."""
        language = language_of(request)
        try:
            found = Task.objects.filter(pk=task).select_related("project").first() if task < 2**63 else None
            if found is None:
                raise _Unanswerable(404, texts.NOT_THERE)
            return find(found)
        except _Unanswerable as why:
            return JsonResponse({"detail": why.text.to(language)}, status=why.status)
        except InputProblem as problem:
            return JsonResponse({"detail": problem.message(language), "place": problem.place}, status=400)
        except Refused as refused:
            last = refused.work.last if refused.work else 0
            said = {"why": refused.why, "last": last, "holder": _holder(refused.work, self.client)}
            status = 413 if refused.why == "full" else 409
            return JsonResponse({"detail": texts.REFUSED[refused.why].to(language), **said}, status=status)

    client: UUID | None = None

    def read(self, request: Request, shape: type[Shape]) -> Shape:
        """Read what was sent.

        Raises
        ------
        InputProblem
            It is not of this shape.
        """
        try:
            sent = shape.model_validate_json(request.body)
        except ValidationError as error:
            problem = first_problem(error, "")
            reason = problem.reason
            raise InputProblem(problem.place.removeprefix(": "), nl=reason.nl, en=reason.en) from error
        self.client = sent.client
        return sent


class WorkView(_OfTask):
    """The work of who asks on a task."""

    def get(self, request: Request, task: int) -> JsonResponse:
        """Tell how far it is: 200."""

        def find(found: Task) -> JsonResponse:
            asked, client = request.GET.get("annotation", ""), request.GET.get("client", "")
            if asked and not (asked.isdecimal() and len(asked) < 19):
                raise _Unanswerable(404, texts.NOT_THERE)
            self.client = _client(client)
            return JsonResponse(content_of(_which(request, found, int(asked) if asked else None), self.client))

        return self.answer(request, task, find)

    def post(self, request: Request, task: int) -> JsonResponse:
        """Begin it: 201, or 200 when it is there already."""

        def find(found: Task) -> JsonResponse:
            sent = self.read(request, Beginning)
            check_results_of(found, sent.start, "start")
            which = _which(request, found, sent.annotation)
            made = log.begin(which, sent.client, sent.start)
            return JsonResponse(content_of(which, sent.client), status=201 if made else 200)

        return self.answer(request, task, find)


class ChangesView(_OfTask):
    """The changes of a work."""

    def post(self, request: Request, task: int) -> JsonResponse:
        """Add some: 200; 409 when they do not follow what is there."""

        def find(found: Task) -> JsonResponse:
            sent = self.read(request, Changes)
            controls = filled(controls_of(found.project.label_config), found.data)
            length = length_of(found.data)
            for first, change in enumerate(sent.changes):
                for second, operation in enumerate(change.operations):
                    if operation.put is not None:
                        place = f"changes[{first}].operations[{second}].put"
                        check_result(operation.put, controls, length, place)
            work = log.append(_which(request, found, sent.annotation), sent.client, sent.changes)
            return JsonResponse({"last": work.last})

        return self.answer(request, task, find)


class TakeView(_OfTask):
    """Who holds a work."""

    def post(self, request: Request, task: int) -> JsonResponse:
        """Take it over: 200, with the work as it is."""

        def find(found: Task) -> JsonResponse:
            sent = self.read(request, Sent)
            which = _which(request, found, sent.annotation)
            log.take(which, sent.client)
            return JsonResponse(content_of(which, sent.client))

        return self.answer(request, task, find)


class CheckView(_OfTask):
    """The rules of the codebook, before a submit."""

    def post(self, request: Request, task: int) -> JsonResponse:
        """Tell what somebody's codes break, with the turn of each: 200. Nothing is kept."""

        def find(found: Task) -> JsonResponse:
            sent = self.read(request, Coded)
            check_results_of(found, sent.results, "results")
            book, language = rules_of(found.project), language_of(request)
            broken = () if book is None else broken_in(sent.results, found.data, book)
            turns = turns_of(sent.results, broken, book)
            told = [
                {"rule": one.rule, "words": one.sentence(language), "blocks": one.blocks_submit, "start": one.start}
                for one in broken
            ]
            return JsonResponse({"broken": [{**one, "turn": turn} for one, turn in zip(told, turns, strict=True)]})

        return self.answer(request, task, find)


def content_of(which: Which, client: UUID | None) -> dict[str, Any]:
    """Return a work as it is told."""
    work, changes = log.read(which)
    return {
        "start": work.start if work else None,
        "last": work.last if work else 0,
        "changes": [{**change, "at": change["at"].isoformat()} for change in changes],
        "holder": _holder(work, client),
        "submitted": work.submitted if work else False,
    }


def _holder(work: Work | None, client: UUID | None) -> dict[str, Any] | None:
    if work is None:
        return None
    return {"client": str(work.holder), "seen": work.seen.isoformat(), "other": work.holder != client}


def _client(asked: str) -> UUID | None:
    try:
        return UUID(asked)
    except ValueError:
        return None


def _which(request: Request, task: Task, annotation: int | None) -> Which:
    """Return which work is meant; another's annotation is not there."""
    user = int(request.user.pk or 0)
    if annotation is not None:
        own = Annotation.objects.filter(pk=annotation, task=task, completed_by=user)
        if not own.exists():
            raise _Unanswerable(404, texts.NOT_THERE)
    return Which(user, task.pk, annotation)


alive = Alive.as_view()
work = WorkView.as_view()
changes = ChangesView.as_view()
take = TakeView.as_view()
check = CheckView.as_view()
