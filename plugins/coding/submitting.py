"""A submit counts once: the page gives each a key, and sends it again, with that key, until it is answered.

The key, the codes and the answer are stored in one transaction. So where there is an answer there are codes,
and who asks again gets it; where there is none, nothing was stored. In the same transaction the work is noted
as submitted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from tasks.models import Annotation

from plugins.host.language import language_of
from plugins.host.whole import route_of

from . import log, texts
from .models import Submission

KEY, LAST = "X-VIB-Submission", "X-VIB-Work-Last"
"""Headers: the key of a submit; how many changes the page has made."""

SUBMITS = frozenset({("POST", "api/tasks/<int:pk>/annotations/"), ("PATCH", "api/annotations/<int:pk>/")})
"""Label Studio's requests that submit new codes, and codes that were there."""

KEPT = timedelta(days=30)
"""How long an answer is kept for who asks again."""

logger = logging.getLogger("vib.coding")


@final
@dataclass(slots=True)
class Submit:
    """A submit that is being answered, within its transaction.

    Parameters
    ----------
    stored : Submission
        What is kept of it.
    work : Which
        What it is the end of.
    """

    stored: Submission
    work: log.Which


class Submitting:
    """Answers a submit with a key in one transaction, and one that was answered as it was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; 503 when the database fails, and then nothing is stored."""
        try:
            with ExitStack() as stack:
                request.vib_submitting = stack  # type: ignore[attr-defined]  # ours, for `process_view`
                request.vib_submit = None  # type: ignore[attr-defined]  # as above
                response = self.get_response(request)
                submit: Submit | None = request.vib_submit  # type: ignore[attr-defined]  # as above
                if submit is not None:
                    _keep(submit, request, response)
                return response
        except Exception:
            # Whatever it was, the transaction is undone, and nobody is to hear that it is there.
            logger.exception("a submit could not be stored")
            return _said(request, 503, {"detail": texts.NOT_STORED})

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Begin the transaction; answer at once what was answered before, or cannot be done now."""
        key = request.headers.get(KEY)
        if key is None or (request.method, route_of(request)) not in SUBMITS or not _is_known(request, view):
            return None
        last = request.headers.get(LAST)
        if not _is_uuid(key):
            return _said(request, 400, {"detail": texts.NO_KEY})
        if last is not None and not (last.isdecimal() and len(last) < 10):
            return _said(request, 400, {"detail": texts.NO_NUMBER})
        try:
            request.vib_submitting.enter_context(transaction.atomic())  # type: ignore[attr-defined]  # as above
            return _begin(request, int(named["pk"]), UUID(key), None if last is None else int(last))
        except DatabaseError:
            logger.exception("a submit could not begin")
            return _said(request, 503, {"detail": texts.NOT_STORED})


def _begin(request: HttpRequest, number: int, key: UUID, last: int | None) -> HttpResponse | None:
    user = int(request.user.pk or 0)
    asked = f"{request.method} {request.path}"[:200]
    # Whoever comes second with a key waits here until the first is done.
    Submission.objects.bulk_create([Submission(user_id=user, key=key, asked=asked)], ignore_conflicts=True)
    stored = Submission.objects.select_for_update().get(user=user, key=key)
    if stored.asked != asked:
        return _said(request, 409, {"detail": texts.OTHER_SUBMIT, "why": "key"})
    if stored.status is not None:
        return HttpResponse(stored.body, status=stored.status, content_type="application/json")
    work = log.Which(user, *_meant(request, number))
    if last is not None:
        found = work.find(lock=True)
        why = _unfit(found.last if found else 0, found is not None and found.submitted, last)
        if why:
            return _said(request, 409, {"detail": texts.REFUSED[why], "why": why, "last": found.last if found else 0})
    request.vib_submit = Submit(stored, work)  # type: ignore[attr-defined]  # ours
    return None


def _meant(request: HttpRequest, number: int) -> tuple[int, int | None]:
    """Return which task is submitted, and which annotation; 0 for what is not there, of which the view says so."""
    if request.method == "POST":
        return number, None
    task = Annotation.objects.filter(pk=number).values_list("task_id", flat=True).first()
    return task or 0, number


def _unfit(there: int, submitted: bool, last: int) -> log.Why | None:
    """Return why a page with this many changes cannot submit now."""
    if submitted:
        return "submitted"
    if there < last:
        return "gap"
    # Another tab went on: what this page has is older.
    return "held" if there > last else None


def _keep(submit: Submit, request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep the answer, or nothing at all of what was refused."""
    if response.status_code >= 300 or not isinstance(response, HttpResponse):
        transaction.set_rollback(True)
        return
    body = response.content.decode()
    stored = submit.stored
    stored.annotation_id = submit.work.columns["annotation_id"] or json.loads(body)["id"]
    stored.status, stored.body = response.status_code, body
    stored.save(update_fields=["annotation", "status", "body"])
    work = submit.work.find(lock=True)
    if work is not None and not work.submitted:
        log.close(work)
    Submission.objects.filter(user=stored.user_id, at__lt=now() - KEPT).delete()


def _said(request: HttpRequest, status: int, content: Mapping[str, Any]) -> JsonResponse:
    detail = content["detail"].to(language_of(request))
    return JsonResponse({**content, "detail": detail}, status=status)


def _is_known(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Tell whether it is known who asks: by token where the view takes one, else by session."""
    classes = getattr(getattr(view, "cls", None), "authentication_classes", ())
    try:
        return bool(Request(request, authenticators=[kind() for kind in classes]).user.is_authenticated)
    except APIException:
        # Whoever decides about the request says what is wrong with it.
        return False


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
