"""Reading conversations. Every query here is narrowed by the access rules to what the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, final

from django.db.models import Exists, OuterRef, Q, QuerySet
from users.models import User

from plugins.host.accounts import role_of
from plugins.talk.models import Look, Remark, Reply
from plugins.talk.said import Kind
from vib.roles import May, Right, may

Attached = TypeVar("Attached", Reply, Look)


@final
@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with what of its replies and looks the viewer may see."""

    remark: Remark
    replies: tuple[Reply, ...]
    looks: tuple[Look, ...]
    new: bool

    @property
    def last(self) -> Remark | Reply:
        """What was last said in it."""
        return self.replies[-1] if self.replies else self.remark

    @property
    def seen_by(self) -> list[User]:
        """Who, besides who said it and who looks, has seen what was last said."""
        return [look.by for look in self.looks if look.until >= self.last.at and look.by_id != self.last.by_id]


def new_to(user: int) -> QuerySet[Remark]:
    """Return the remarks that somebody has not seen, or not since somebody else replied."""
    seen_reply = Look.objects.filter(remark=OuterRef("remark"), by=user, until__gte=OuterRef("at"))
    new_reply = Reply.objects.filter(~Exists(seen_reply), remark=OuterRef("pk")).exclude(by=user)
    seen = Look.objects.filter(remark=OuterRef("pk"), by=user)
    found: QuerySet[Remark] = Remark.objects.filter((~Q(by=user) & ~Exists(seen)) | Exists(new_reply))
    return found


def open_doubts(user: int) -> QuerySet[Remark]:
    """Return the doubts of others that nobody settled."""
    found: QuerySet[Remark] = Remark.objects.filter(kind=Kind.DOUBT, resolved_at=None).exclude(by=user)
    return found


def newest_first(found: QuerySet[Remark]) -> QuerySet[Remark]:
    """Return remarks with what pages say of each."""
    return found.select_related("task", "by").order_by("-at", "-pk")


def threads(user: int, remarks: Iterable[Remark]) -> list[Thread]:
    """Return the conversations of remarks, in the same order, in three queries."""
    remarks = list(remarks)
    numbers = [remark.pk for remark in remarks]
    replies = _by_remark(Reply.objects.filter(remark__in=numbers).select_related("by").order_by("at", "pk"))
    looks = _by_remark(Look.objects.filter(remark__in=numbers).exclude(by=user).select_related("by").order_by("until"))
    new = set(new_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
    return [Thread(one, tuple(replies[one.pk]), tuple(looks[one.pk]), one.pk in new) for one in remarks]


def may_settle(user: User, remark: Remark) -> bool:
    """Tell whether somebody who sees a remark may settle it: who wrote it, and a supervisor."""
    return remark.by_id == user.pk or leads(user)


def leads(user: User) -> bool:
    """Tell whether somebody's role leads rounds."""
    return may(role_of(user), Right.OTHERS) is May.ROUNDS


def _by_remark(rows: QuerySet[Attached]) -> Mapping[int, list[Attached]]:
    found: dict[int, list[Attached]] = defaultdict(list)
    for row in rows:
        found[row.remark_id].append(row)
    return found
