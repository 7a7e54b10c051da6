"""What `vib sync` asks of the server about clips that moved: for the machine's own account only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, JsonResponse
from pydantic import BaseModel, ValidationError
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from plugins.access import moving, texts
from plugins.access.granting import By, acting
from plugins.access.viewer import viewer_of
from plugins.host.accounts import actor_of
from plugins.host.language import language_of
from vib.moves import Moved, Renamed, Sight
from vib.problem import InputProblem
from vib.validation import first_problem

Asked = TypeVar("Asked", bound=BaseModel)


def _see(by: By, sight: Sight) -> dict[str, Any]:
    moving.withhold(by, sight.withhold)
    moving.lift(by, sight.lift)
    return {"withheld": moving.withheld()}


def _follow(by: By, moved: Moved) -> dict[str, Any]:
    return {"turns": moving.follow(by, moved)}


def _rename(by: By, renamed: Renamed) -> dict[str, Any]:
    moving.rename(by, renamed)
    return {"turns": True}


def _answer(request: Request, model: type[Asked], act: Callable[[By, Asked], dict[str, Any]]) -> JsonResponse:
    """Do it: 200, 403 for an account of a person, 409 where it cannot be done, 422 not of this shape."""
    language = language_of(request)
    if not viewer_of(request.user).service:
        return JsonResponse({"detail": texts.NOT_ALLOWED.to(language)}, status=403)
    try:
        asked = model.model_validate(request.data)
        with acting(actor_of(request)) as by:
            answer = act(by, asked)
    except ValidationError as error:
        return JsonResponse({"detail": first_problem(error, "").message(language)}, status=422)
    except InputProblem as problem:
        return JsonResponse({"nl": problem.reason.nl, "en": problem.reason.en}, status=409)
    return JsonResponse(answer)


def _view(model: type[Asked], act: Callable[[By, Asked], dict[str, Any]]) -> Callable[[HttpRequest], JsonResponse]:
    @api_view(["POST"])
    @permission_classes([IsAuthenticated])
    def view(request: Request) -> JsonResponse:
        return _answer(request, model, act)

    found: Callable[[HttpRequest], JsonResponse] = view
    return found


sight = _view(Sight, _see)
moved = _view(Moved, _follow)
renamed = _view(Renamed, _rename)
