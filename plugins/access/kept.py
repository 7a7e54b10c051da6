"""What is kept of somebody here: their families and rounds, and codes that they may no longer see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import CharField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from tasks.models import Annotation, AnnotationDraft
from users.models import User

from plugins.access import texts_kept as texts
from plugins.access.conversing import rules
from plugins.access.models import FamilyGrant, RoundMember
from plugins.access.narrowing import everything
from plugins.access.texts_command import PARTS
from plugins.access.viewer import Viewer, viewer_of
from plugins.access.visible import codes, drafts, granted
from plugins.host.kept_rows import kept_rows
from vib.kept import Kept, Record


def kept_of(user: int) -> list[Kept]:
    """Return what gives an account a view of families and rounds, and of what it lost sight."""
    viewer = viewer_of(User.objects.get(pk=user))
    return [_families(viewer), _rounds(viewer), _out_of_sight(viewer)]


def _families(viewer: Viewer) -> Kept:
    rows = FamilyGrant.objects.filter(user=viewer.id).order_by("-granted_at", "-pk")
    # A role that does not see a family is told that there is an assignment, and not of which.
    seen = granted(viewer).filter(pk=OuterRef("pk")).values("family")
    named: Subquery = Subquery(seen, output_field=CharField())
    return kept_rows("families", texts.FAMILIES, rows.values("granted_at", pseudonym=named), order=40)


def _rounds(viewer: Viewer) -> Kept:
    rows = RoundMember.objects.filter(user=viewer.id).order_by("-pk").values("part", name=F("round__name"))
    return kept_rows("rounds", texts.ROUNDS, rows, words=PARTS, order=41)


def _out_of_sight(viewer: Viewer) -> Kept:
    """Say what the rules hide of somebody's own: for that, and only that, everything is looked at."""

    def hidden() -> QuerySet[Any, Any]:
        first, *others = _beyond_rules(viewer)
        found: QuerySet[Any, Any] = first.union(*others, all=True)
        return found

    def records(start: int, stop: int | None) -> list[Record]:
        with everything():
            rows = hidden().order_by("-made", "-pk")[start:stop]
            return [{"what": row["what"], "made": row["made"]} for row in rows]

    with everything():
        count = hidden().count()
    return Kept.of_texts("out-of-sight", texts.OUT_OF_SIGHT, records, count, words=texts.WHAT, order=22)


def _beyond_rules(viewer: Viewer) -> Iterator[QuerySet[Any, Any]]:
    """Yield of each kind of own rows those that the viewer may not see."""

    def beyond(what: str, own: QuerySet[Any, Any], rule: Q, made: F | Value) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = own.exclude(rule).values("pk", what=Value(what), made=made)
        return found

    yield beyond("codes", Annotation.objects.filter(completed_by=viewer.id), codes(viewer), F("created_at"))
    yield beyond("draft", AnnotationDraft.objects.filter(user=viewer.id), drafts(viewer), F("created_at"))
    for conversations in settings.VIB_PLUGIN_HOST.hook.vib_conversations():
        for model, rule in rules(conversations).items():
            own = model._default_manager.filter(by=viewer.id)
            yield beyond("conversation", own, rule(viewer), Value(None, DateTimeField()))
