"""Middleware of plugins: one that cannot be loaded, or raises, is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType, MethodType
from typing import Any

from django.core.exceptions import BadRequest, MiddlewareNotUsed, PermissionDenied, SuspiciousOperation
from django.core.handlers import base
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from vib.chosen import PROTECTING
from vib.offers import WrongAnswer
from vib.pluginhost import PluginHost

HOOK = "vib_django_settings"
ANSWERS = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)
"""Exceptions that are an answer to the request: Django makes a page of each."""

Answer = Callable[[HttpRequest], HttpResponseBase]


def settings_of(plugins: PluginHost, so_far: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that plugins want to be different, each given what those before it made.

    Middleware that they add is guarded, except that of a plugin which protects the server.
    """
    settings, changed = dict(so_far), dict[str, Any]()
    added: dict[str, str] = {}
    for plugin, answer in plugins.answers(HOOK, settings=MappingProxyType(settings)):
        wanted = dict(answer or {})
        with plugins.guard(plugin, HOOK):
            if plugin not in PROTECTING and "MIDDLEWARE" in wanted:
                theirs = wanted.pop("MIDDLEWARE")
                added |= dict.fromkeys(_added(settings["MIDDLEWARE"], theirs), plugin)
                wanted["MIDDLEWARE"] = list(theirs)
        changed |= wanted
        settings |= wanted
    _guard(added, plugins)
    return changed


def _added(before: Sequence[str], after: Any) -> set[str]:
    if not isinstance(after, list | tuple) or not all(isinstance(path, str) for path in after):
        raise WrongAnswer("MIDDLEWARE is no list of names")
    if gone := set(before) - set(after):
        raise WrongAnswer(f"MIDDLEWARE lacks {', '.join(sorted(gone))}, which was there")
    return set(after) - set(before)


def _guard(paths: Mapping[str, str], plugins: PluginHost) -> None:
    load = base.import_string  # type: ignore[attr-defined]  # what Django imported there

    def import_string(path: str) -> Any:
        return _factory(path, paths[path], plugins, load) if path in paths else load(path)

    base.import_string = import_string  # type: ignore[attr-defined]  # Django's own loading of middleware: there is no other way in


def _factory(path: str, plugin: str, plugins: PluginHost, load: Callable[[str], Any]) -> Callable[[Answer], Answer]:
    def make(get_response: Answer) -> Answer:
        mark = f"_vib_answer_to_{path}"

        def remembering(request: HttpRequest) -> HttpResponseBase:
            response = get_response(request)
            setattr(request, mark, response)
            return response

        made = None
        with plugins.guard(plugin, HOOK):
            try:
                made = load(path)(remembering)
            except MiddlewareNotUsed:
                made = None
        if made is None:
            raise MiddlewareNotUsed

        def answer(request: HttpRequest) -> HttpResponseBase:
            with _guarded(plugins, plugin):
                response = made(request)
                if not isinstance(response, HttpResponseBase):
                    raise WrongAnswer(f"{path} gave back {type(response).__name__} and no response")
                return response
            # The view has run already where this raised on the way back: it is not to run twice.
            found: HttpResponseBase | None = getattr(request, mark, None)
            return get_response(request) if found is None else found

        for name in ("process_view", "process_exception", "process_template_response"):
            if hasattr(made, name):
                setattr(answer, name, MethodType(_process(getattr(made, name), plugins, plugin), answer))
        return answer

    return make


def _process(process: Callable[..., Any], plugins: PluginHost, plugin: str) -> Callable[..., Any]:
    def call(_: object, request: HttpRequest, *given: Any) -> Any:
        # What came in stays as it is: a response for a response, nothing for a view or an exception.
        came_in = given[0] if given and isinstance(given[0], HttpResponseBase) else None
        with _guarded(plugins, plugin):
            answer = process(request, *given)
            if answer is None and came_in is not None:
                raise WrongAnswer("process_template_response gave back no response")
            return answer
        return came_in

    return call


@contextmanager
def _guarded(plugins: PluginHost, plugin: str) -> Iterator[None]:
    meant: Exception | None = None
    with plugins.guard(plugin, HOOK):
        try:
            yield
        except ANSWERS as error:
            meant = error
    if meant is not None:
        raise meant
