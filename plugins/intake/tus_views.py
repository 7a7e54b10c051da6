"""Recordings on their way, as a tus client asks for them; who may send for the family has been seen to before."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.views import APIView

from plugins.host.bodies import set_aside
from plugins.host.language import language_of
from plugins.host.recording import record
from vib.language import Text
from vib.recordings import folder_of
from vib.sending import FOLDER, InUse, Sending, begin, find, on_their_way, one_at_a_time
from vib.settings import Settings

from . import accepting, tus
from .receiving import receive
from .shown import said_of
from .tus import Refused

_NOT_THERE = Text(nl="deze opname is er niet", en="there is no such recording")
_NO_FOLDER = Text(
    nl="de opnames van dit gezin worden door de beheerder klaargezet",
    en="the administrator gets the recordings of this family ready",
)
_NO_PIECE = Text(nl=f"stuur een stuk als {tus.PIECE_TYPE}", en=f"send a piece as {tus.PIECE_TYPE}")
_AT_WORK = Text(
    nl="deze opname wordt nu klaargezet en is niet meer weg te gooien",
    en="this recording is being got ready now, and can no longer be thrown away",
)
_NO_SUCH_METHOD = Text(nl="dit kan hier niet", en="this cannot be done here")


class _Tus(APIView):
    """Answers in the terms of the protocol; a browser that cannot send a method says it in a header."""

    parser_classes = ()
    schema = None
    does: tuple[str, ...] = ()

    def answer(self, request: Request, do: Callable[[], HttpResponse]) -> HttpResponse:
        """Answer, or say why nothing is done."""
        try:
            if request.method != "GET":
                tus.check_version(request.headers)
            answer = do()
        except Refused as refused:
            answer = JsonResponse({"detail": refused.reason.to(language_of(request))}, status=refused.status)
            if refused.status == 412:
                answer["Tus-Version"] = tus.VERSION
        answer["Tus-Resumable"] = tus.VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # the protocol's in place of DRF's
        """Say what this server can do."""
        return HttpResponse(status=204, headers=tus.abilities(_settings().intake_largest * accepting.GIGABYTE))

    def instead(self, request: Request, **named: str) -> HttpResponse | None:
        """Answer a POST that stands for another method, None where it does not."""
        said = request.headers.get("X-HTTP-Method-Override", "").lower()
        if not said or said == "post":
            return None
        if said not in self.does:
            return self.answer(request, _refuse)
        answer: HttpResponse = getattr(self, said)(request, **named)
        return answer


@final
class Begin(_Tus):
    """What somebody sends for a family."""

    does = ("options",)

    def get(self, request: Request, family: str) -> HttpResponse:
        """Tell how far all of it is: 200."""
        language = language_of(request)
        found = [one for one in on_their_way(_intake()) if _is_of(one, request, family)]
        return self.answer(request, lambda: JsonResponse({"recordings": [said_of(one, language) for one in found]}))

    def post(self, request: Request, family: str) -> HttpResponse:
        """Begin a recording, with a first piece or without: 201."""
        return self.instead(request, family=family) or self.answer(request, lambda: self._begun(request, family))

    def _begun(self, request: Request, family: str) -> HttpResponse:
        folder = folder_of(_settings().families, family)
        if folder is None:
            raise Refused(404, _NO_FOLDER)
        said = tus.metadata(request.headers)
        length = tus.number(request.headers, "Upload-Length")
        sent = accepting.sent_of(said, length, _account(request), family, time.time())
        with one_at_a_time(_intake()):
            there = on_their_way(_intake())
            room = accepting.room_for(_settings(), folder, family, there)
            own = sum(one.sent.user == sent.user and one.outcome.stage == "sending" for one in there)
            accepting.check(_settings(), sent, said.get("filetype", ""), room, own)
            one = begin(_intake(), sent)
        record(request._request, [family], f"recording {one.id}, {length} bytes")
        headers = {"Location": reverse("vib_intake:upload", args=[family, one.id])}
        if _is_piece(request):
            _receive(request, one, 0)
            return HttpResponse(status=201, headers=headers | _progress(one))
        return HttpResponse(status=201, headers=headers | tus.until(one.expires))


@final
class Upload(_Tus):
    """One recording on its way, for who sends it."""

    does = ("options", "head", "patch", "delete")

    def get(self, request: Request, family: str, upload: str) -> HttpResponse:
        """Tell how far it is, in words: 200."""
        language = language_of(request)
        return self.answer(request, lambda: JsonResponse(said_of(_own(request, family, upload), language)))

    def head(self, request: Request, family: str, upload: str) -> HttpResponse:
        """Tell how much of it is here: 200."""

        def told() -> HttpResponse:
            one = _own(request, family, upload)
            length = {
                "Upload-Length": str(one.sent.length),
                "Upload-Metadata": tus.written({"filename": one.sent.name}),
            }
            return HttpResponse(status=200, headers={**_progress(one), **length})

        return self.answer(request, told)

    def patch(self, request: Request, family: str, upload: str) -> HttpResponse:
        """Take a piece: 204."""

        def taken() -> HttpResponse:
            one = _own(request, family, upload)
            if not _is_piece(request):
                raise Refused(415, _NO_PIECE)
            _receive(request, one, tus.number(request.headers, "Upload-Offset"))
            return HttpResponse(status=204, headers=_progress(one))

        return self.answer(request, taken)

    def post(self, request: Request, family: str, upload: str) -> HttpResponse:
        """Do what a browser could only say in a header."""
        found = self.instead(request, family=family, upload=upload)
        return found or self.answer(request, _refuse)

    def delete(self, request: Request, family: str, upload: str) -> HttpResponse:
        """Throw it away, or what is kept of what came of it: 204."""

        def thrown_away() -> HttpResponse:
            one = _own(request, family, upload)
            try:
                with one.alone():
                    if one.outcome.stage in ("placed", "making", "held"):
                        raise Refused(423, _AT_WORK)
                    one.throw_away()
            except InUse as error:
                raise Refused(423, _AT_WORK) from error
            except FileNotFoundError as error:
                raise Refused(404, _NOT_THERE) from error
            return HttpResponse(status=204)

        return self.answer(request, thrown_away)


begin_view, upload_view = Begin.as_view(), Upload.as_view()


def _settings() -> Settings:
    found: Settings = settings.VIB
    return found


def _intake() -> Path:
    return _settings().data / FOLDER


def _account(request: Request) -> int:
    user: Any = request.user
    return int(user.pk)


def _is_of(one: Sending, request: Request, family: str) -> bool:
    return one.sent.user == _account(request) and one.sent.family == family


def _own(request: Request, family: str, upload: str) -> Sending:
    """Return what somebody sends; what others send is not there.

    Raises
    ------
    Refused
        It is not there.
    """
    one = find(_intake(), upload)
    if one is None or not _is_of(one, request, family):
        raise Refused(404, _NOT_THERE)
    return one


def _is_piece(request: Request) -> bool:
    return request.content_type == tus.PIECE_TYPE


def _receive(request: Request, one: Sending, offset: int) -> None:
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    receive(one, offset, announced, set_aside(request._request), tus.checksum(request.headers))


def _progress(one: Sending) -> dict[str, str]:
    offset = one.offset
    return tus.progress(offset, one.expires if offset < one.sent.length else None)


def _refuse() -> HttpResponse:
    raise Refused(405, _NO_SUCH_METHOD)
