"""Where the ML backend pushes turns that are ready."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from pydantic import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from plugins.host.language import language_of
from vib.validation import first_problem

from . import texts
from .pushed import Pushed
from .secret import FromBackend
from .storing import Unfit, store

MOST_BYTES = 8 * 1024**2
"""Of one push; the turns of a clip of three hours take about 1 MB."""


class Results(APIView):
    """Stores the turns of one task."""

    authentication_classes = (FromBackend,)
    permission_classes = (IsAuthenticated,)
    parser_classes = ()
    schema = None

    def post(self, request: HttpRequest) -> JsonResponse:
        """Store: 200, 404 no such task, 409 no place for these turns, 413 too much, 422 not of this shape."""
        language = language_of(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return JsonResponse({"detail": texts.TOO_LARGE.to(language)}, status=413)
        try:
            store(Pushed.model_validate_json(request.body))
        except ValidationError as error:
            return JsonResponse({"detail": first_problem(error, "").message(language)}, status=422)
        except Unfit as unfit:
            return JsonResponse({"detail": unfit.why.to(language)}, status=unfit.status)
        return JsonResponse({"stored": True})


take = Results.as_view()
