"""Every query of what is sensitive is narrowed to what the viewer may see.

Label Studio reads projects, tasks, annotations, drafts and predictions in a hundred places,
through several managers, related managers and querysets made at import. All of them read
through ``QuerySet.query``, so that is where the rule is added: a route that nobody thought of
is narrowed too. Joins are not (a count of annotations in a query of tasks): `lens` sees to
what such numbers say.

This rests on ``django.db.models.QuerySet.query`` being a property: see `install`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.sql import Query

from plugins.access.viewer import Viewer

Rule = Callable[[Viewer], Q]

_viewer: ContextVar[Viewer | None] = ContextVar("vib_viewer", default=None)
_rules: dict[type[Model], Rule] = {}
_plain: Callable[[QuerySet], Query]


def install(rules: dict[type[Model], Rule]) -> None:
    """Narrow all queries of these models from now on.

    Raises
    ------
    RuntimeError
        Django has changed what this rests on.
    """
    global _plain
    _rules.update(rules)
    found = QuerySet.__dict__.get("query")
    if not isinstance(found, property) or found.fget is None:
        raise RuntimeError("Django has changed QuerySet.query: see plugins/access/narrowing.py")
    if found.fget is not _narrowed:
        _plain = found.fget
        QuerySet.query = property(_narrowed, found.fset)


def look_as(viewer: Viewer | None) -> None:
    """See as `viewer` does from now on in this thread; None sees everything."""
    _viewer.set(viewer)


def looking() -> Viewer | None:
    """Return who looks now, or None when everything can be seen."""
    return _viewer.get()


@contextmanager
def everything() -> Iterator[None]:
    """See everything for a while: to check, never to answer."""
    token = _viewer.set(None)
    try:
        yield
    finally:
        _viewer.reset(token)


def _narrowed(queryset: QuerySet[Any]) -> Query:
    query = _plain(queryset)
    viewer = _viewer.get()
    if viewer is None or viewer.service or (rule := _rules.get(queryset.model)) is None:
        return query
    if getattr(query, "vib_viewer", None) is viewer:
        return query
    # A copy: querysets that are attributes of a class are shared by all requests.
    narrowed = query.chain()
    narrowed.vib_viewer = viewer
    with everything():
        if queryset.model not in viewer.conditions:
            viewer.conditions[queryset.model] = rule(viewer)
        narrowed.add_q(viewer.conditions[queryset.model])
    return narrowed
