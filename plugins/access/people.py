"""The list of accounts, asked for at each opened task list: only of whom the viewer knows, and all at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rest_framework.serializers import DateTimeField, ListSerializer
from users.functions.last_activity import _get_user_activity_key
from users.serializers import BaseUserSerializer

from plugins.access.narrowing import looking
from plugins.access.viewer import Viewer
from vib.roles import May, Part, Right


def install() -> None:
    """Narrow the list before anything is made of it.

    Raises
    ------
    RuntimeError
        Label Studio has moved it.
    """
    from users.api import UserAPI

    plain = vars(UserAPI).get("get_queryset")
    if plain is None:
        raise RuntimeError("Label Studio has moved UserAPI.get_queryset: see plugins/access/people.py")

    def get_queryset(view: Any) -> Any:
        found, viewer = plain(view), looking()
        if view.action != "list" or viewer is None:
            return found
        if not (viewer.service or viewer.may(Right.MANAGE) is May.YES):
            found = found.filter(pk__in=known(viewer))
        return found.order_by("pk").select_related("active_organization__created_by").prefetch_related("om_through")

    UserAPI.get_queryset = get_queryset


def known(viewer: Viewer) -> set[int]:
    """Return the accounts that the viewer may know: their own, and of whom they see codes or lead rounds."""
    from tasks.models import Annotation

    from plugins.access.models import RoundMember
    from plugins.access.visible import own_clips

    found = {viewer.id}
    if viewer.part is Part.SUPERVISOR:
        led = RoundMember.objects.filter(round__members__user=viewer.id, round__members__part=Part.SUPERVISOR)
        found |= set(led.values_list("user", flat=True))
    # Of others somebody sees the codes of these tasks only, so that not all codes have to be gone through.
    shared = {
        May.OPENED: own_clips(viewer).filter(round__opened_at__isnull=False),
        May.COLLEAGUES: Annotation.objects.filter(completed_by=viewer.id, was_cancelled=False),
    }.get(viewer.may(Right.OTHERS))
    if shared is not None:
        coded = Annotation.objects.filter(task__in=shared.values("task")).order_by()
        found |= set(coded.values_list("completed_by", flat=True).distinct())
    return found


class Accounts(ListSerializer):  # type: ignore[type-arg]  # takes no argument when it runs
    """Accounts, whose last activity is asked of Redis at once."""

    def to_representation(self, data: Any) -> list[Any]:
        """Return them as Label Studio does."""
        accounts = list(data.all() if hasattr(data, "all") else data)
        for account, at in zip(accounts, last_activities(account.pk for account in accounts), strict=True):
            account.last_activity = at or account.last_activity
        fields = getattr(self.child, "fields", {})
        if "last_activity" in fields:
            fields["last_activity"] = DateTimeField(read_only=True)
        shown: list[Any] = super().to_representation(accounts)
        return shown


class UserSerializer(BaseUserSerializer):  # type: ignore[misc]  # Label Studio has no types
    """An account, as Label Studio shows it."""

    class Meta(BaseUserSerializer.Meta):  # type: ignore[misc]  # Label Studio has no types
        list_serializer_class = Accounts


def last_activities(numbers: Iterable[int]) -> list[datetime | None]:
    """Return when accounts were last active as far as Redis knows, None where it does not or does not run."""
    from users.functions import last_activity

    asked = list(map(_get_user_activity_key, numbers))
    if last_activity._redis is None or not asked:
        return [None] * len(asked)
    try:
        said = last_activity.get_connection().mget(asked)
    except Exception:
        # As Label Studio does: what the database says is good enough.
        return [None] * len(asked)
    return [datetime.fromisoformat(one.decode()) if one else None for one in said]
