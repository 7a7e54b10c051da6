"""Every query of what is sensitive is narrowed to what the viewer may see.

Label Studio reads projects, tasks, annotations, drafts and predictions in a hundred places,
through several managers, related managers and querysets made at import. All of them read
through ``QuerySet.query``, so that is where the rule is added: a route that nobody thought of
is narrowed too. Joins are not (a count of annotations in a query of tasks): `lens` sees to
what such numbers say.

This rests on ``django.db.models.QuerySet.query`` being a property: see `install`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, Q, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import AND

from plugins.access.viewer import Viewer
from plugins.host.narrowed import NARROWED
from vib.roles import Role

Rule = Callable[[Viewer], Q]

_viewer: ContextVar[Viewer | None] = ContextVar("vib_viewer", default=None)
_rules: dict[type[Model], Rule] = {}
_kept: dict[tuple[type[Model], Role | None, bool, str], tuple[str, tuple[Any, ...]]] = {}
_plain: Callable[[QuerySet[Any]], Query]

ALIAS = re.compile(r'(?<!["\w])([A-Z]+\d+)(?!["\w])')
"""What Django calls the tables of a subquery; never quoted."""

ANYBODY = -(2**31)
"""Number that stands for the viewer's in the conditions that are kept."""


def install(rules: dict[type[Model], Rule]) -> None:
    """Narrow all queries of these models from now on.

    Raises
    ------
    RuntimeError
        Django has changed what this rests on.
    ValueError
        One of them is narrowed already.
    """
    global _plain
    for model in rules.keys() & _rules.keys():
        raise ValueError(f"{model._meta.label} has a rule already")
    found = QuerySet.__dict__.get("query")
    if not isinstance(found, property) or found.fget is None:
        raise RuntimeError("Django has changed QuerySet.query: see plugins/access/narrowing.py")
    if found.fget is not _narrowed:
        _plain = found.fget
        setattr(QuerySet, "query", property(_narrowed, found.fset))  # noqa: B010 - replaced by name
    _rules.update(rules)
    NARROWED.update(rules)


def look_as(viewer: Viewer | None) -> None:
    """See as `viewer` does from now on in this thread; None sees everything."""
    _viewer.set(viewer)


def looking() -> Viewer | None:
    """Return who looks now, or None when everything can be seen."""
    return _viewer.get()


@contextmanager
def seeing_as(viewer: Viewer | None) -> Iterator[None]:
    """See as `viewer` does for a while."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)


def everything() -> AbstractContextManager[None]:
    """See everything for a while: to check, never to answer."""
    return seeing_as(None)


def _narrowed(queryset: QuerySet[Any]) -> Query:
    query = _plain(queryset)
    viewer = _viewer.get()
    if viewer is None or viewer.service or (rule := _rules.get(queryset.model)) is None:
        return query
    if getattr(query, "vib_viewer", None) is viewer:
        return query
    kept_for, kept_of, kept = queryset.__dict__.get("_vib_narrowed", (None, None, None))
    if kept_for is viewer and kept_of is query and isinstance(kept, Query):
        return kept
    # A copy: querysets that are attributes of a class are shared by all requests.
    narrowed = query.chain()
    narrowed.__dict__["vib_viewer"] = viewer
    alias = narrowed.get_initial_alias()
    narrowed.where.add(_Condition(*_compiled(queryset, rule, viewer), queryset.model._meta.db_table, alias), AND)
    queryset.__dict__["_vib_narrowed"] = (viewer, query, narrowed)
    return narrowed


def _compiled(queryset: QuerySet[Any], rule: Rule, viewer: Viewer) -> tuple[str, tuple[Any, ...]]:
    """Return a rule as SQL. It differs between viewers of one role by their number only, and is kept."""
    key = (queryset.model, viewer.role, viewer.managing, queryset.db)
    if key not in _kept:
        with everything():
            query = Query(queryset.model)
            query.add_q(rule(replace(viewer, id=ANYBODY)))
            if sum(map(bool, query.alias_refcount.values())) > 1:
                raise RuntimeError(f"the rule of {queryset.model.__name__} joins tables: see plugins/access/visible.py")
            try:
                sql, params = query.get_compiler(queryset.db).compile(query.where)
            except EmptyResultSet:
                sql, params = "0 = 1", ()
        # The rule's own subqueries get names that no query around it has: else they would capture its alias.
        _kept[key] = (ALIAS.sub(r"vib_\1", sql), tuple(params))
    sql, params = _kept[key]
    return sql, tuple(viewer.id if param == ANYBODY else param for param in params)


class _Condition:
    """A rule among the conditions of a query: SQL on its first table, under whatever alias that has."""

    contains_aggregate = False
    contains_over_clause = False

    def __init__(self, sql: str, params: tuple[Any, ...], table: str, alias: str) -> None:
        self.sql, self.params, self.table, self.alias = sql, params, table, alias

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Return SQL and its parameters."""
        quote = compiler.quote_name_unless_alias
        named = self.sql.replace(f"{quote(self.table)}.", f"{quote(self.alias)}.")
        return f"({named})", list(self.params)

    def relabeled_clone(self, change_map: Mapping[str, str]) -> _Condition:
        """Return the rule for a query whose tables got other aliases."""
        return _Condition(self.sql, self.params, self.table, change_map.get(self.alias, self.alias))

    def get_refs(self) -> set[str]:
        """Return the names of annotations that this rests on: none."""
        return set()
