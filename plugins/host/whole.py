"""A request that changes something is one transaction: what is refused, or fails, has stored nothing.

Label Studio stores in steps: an annotation, then counters, then states, then the draft that goes. Where a step
fails, the answer is 500 and the steps before it stay. Here the transaction begins as the view does, so that
who is refused before it locks nothing, and ends when the answer is written out, as that can fail too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .counters import counting_last

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

STEPWISE = ("api/ml", "api/storages", "api/projects/<int:pk>/exports", "api/webhooks")
"""How routes begin whose views wait for other machines, or note how far they are: nobody is to wait for these."""

STEPWISE_ACTIONS = frozenset({"retrieve_tasks_predictions"})
"""The same of the actions of the data manager."""


class WholeRequests:
    """Runs each changing request of the API in one transaction. It has to be the last middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what was stored stays when the answer says that it was done."""
        with ExitStack() as stack:
            request.vib_transaction = stack  # type: ignore[attr-defined]  # ours, for `process_view`
            request.vib_whole = False  # type: ignore[attr-defined]  # as above
            response = self.get_response(request)
            if request.vib_whole and response.status_code >= 400:  # type: ignore[attr-defined]  # as above
                transaction.set_rollback(True)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Any) -> None:
        """Begin."""
        if is_whole(request):
            stack: ExitStack = request.vib_transaction  # type: ignore[attr-defined]  # as above
            stack.enter_context(transaction.atomic())
            stack.enter_context(counting_last())
            request.vib_whole = True  # type: ignore[attr-defined]  # as above


def is_whole(request: HttpRequest) -> bool:
    """Tell whether a request is one transaction, once it is known where it leads."""
    route = route_of(request)
    if request.method not in CHANGING or not route.startswith("api/") or route.startswith(STEPWISE):
        return False
    return not (route.startswith("api/dm/actions") and request.GET.get("id") in STEPWISE_ACTIONS)


def route_of(request: HttpRequest) -> str:
    """Return the route of a request as one writes it, empty before it is known where that leads."""
    return request.resolver_match.route.replace("^", "") if request.resolver_match else ""
