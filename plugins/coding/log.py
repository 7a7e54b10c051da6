"""The log of a work: what somebody's coding of a task began from, and every change since, in order.

Nothing in it is rewritten. One tab holds a work at a time; another that takes it over has read it first. What
changes a log is one transaction, in which others wait for the row of the work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from .models import Change, Work
from .sent import Changed

MOST_BYTES = 48 * 1024**2
"""Of one log, as JSON; the codes of a clip of three hours take about 5 MB."""

Why = Literal["held", "gap", "differs", "submitted", "full"]


@final
class Refused(Exception):
    """A change does not go into the log, and why."""

    def __init__(self, why: Why, work: Work | None) -> None:
        super().__init__(why)
        self.why, self.work = why, work


@final
class Which:
    """One person's work on a task: on a new annotation, or on one that is there."""

    def __init__(self, user: int, task: int, annotation: int | None) -> None:
        self.columns = {"user_id": user, "task_id": task, "annotation_id": annotation}

    def find(self, *, lock: bool = False) -> Work | None:
        """Return the work, None when nobody began it; locked, it waits for who changes it."""
        found = Work.objects.filter(**{name: value for name, value in self.columns.items() if value is not None})
        if self.columns["annotation_id"] is None:
            found = found.filter(annotation=None)
        return (found.select_for_update() if lock else found).first()


def read(which: Which) -> tuple[Work | None, list[dict[str, Any]]]:
    """Return a work, and its changes as of the same moment; nobody waits for who reads."""
    while True:
        work = which.find()
        if work is None or work.submitted:
            return work, []
        changes = list(work.changes.filter(number__lte=work.last).order_by("number"))
        # Where some are missing it was submitted in between.
        if len(changes) == work.last:
            return work, [{"number": one.number, "at": one.at, "operations": one.operations} for one in changes]


def unsubmitted(project: int) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the results of each work on a task of a project that is not submitted yet."""
    for work in Work.objects.filter(task__project=project, submitted=False).iterator(500):
        results = {(str(one.get("id")), str(one.get("from_name"))): one for one in work.start or ()}
        for change in work.changes.filter(number__lte=work.last).order_by("number"):
            for operation in change.operations:
                if "put" in operation:
                    put = operation["put"]
                    results[str(put.get("id")), str(put.get("from_name"))] = put
                else:
                    results.pop(tuple(operation["remove"]), None)
        yield list(results.values())


def begin(which: Which, client: UUID, start: Sequence[Any]) -> bool:
    """Begin a work, or one that was submitted anew, and tell so; one that is going on stays as it is."""
    new = {"start": list(start), "size": _bytes(start), "last": 0, "holder": client, "seen": now(), "submitted": False}
    with transaction.atomic():
        work, made = Work.objects.select_for_update().get_or_create(defaults=new, **which.columns)
        if not made and work.submitted:
            Work.objects.filter(pk=work.pk).update(**new)
            made = True
    return made


def append(which: Which, client: UUID, changes: Sequence[Changed]) -> Work:
    """Add changes to the log; those that are there already, and are the same, are passed over.

    Raises
    ------
    Refused
        Another tab holds the work; it was submitted; numbers are missing, or another change has one; the log
        is full.
    """
    with transaction.atomic():
        work = which.find(lock=True)
        if work is None:
            raise Refused("gap", None)
        if work.submitted:
            raise Refused("submitted", work)
        if work.holder != client:
            raise Refused("held", work)
        new = _new(work, changes)
        size = work.size + sum(_bytes(change.operations) for change in new)
        if size > MOST_BYTES:
            raise Refused("full", work)
        Change.objects.bulk_create(new)
        work.last, work.size, work.seen = work.last + len(new), size, now()
        work.save(update_fields=["last", "size", "seen"])
    return work


def take(which: Which, client: UUID) -> None:
    """Make a tab the one that holds a work, if somebody began it."""
    with transaction.atomic():
        work = which.find(lock=True)
        if work is not None and not work.submitted:
            work.holder, work.seen = client, now()
            work.save(update_fields=["holder", "seen"])


def close(work: Work) -> None:
    """Note that a work was submitted: the annotation has it all, and the log goes."""
    work.changes.all().delete()
    work.start, work.size, work.submitted, work.seen = None, 0, True, now()
    work.save(update_fields=["start", "size", "submitted", "seen"])


def operations_of(change: Changed) -> list[dict[str, Any]]:
    """Return the operations of a change as they are kept."""
    return [operation.model_dump(mode="json", exclude_none=True, by_alias=True) for operation in change.operations]


def _new(work: Work, changes: Sequence[Changed]) -> list[Change]:
    """Return what is not in the log yet."""
    if changes[0].number > work.last + 1:
        raise Refused("gap", work)
    there: dict[int, Any] = dict(
        work.changes.filter(number__gte=changes[0].number, number__lte=changes[-1].number).values_list(
            "number", "operations"
        )
    )
    if any(there[change.number] != operations_of(change) for change in changes if change.number in there):
        raise Refused("differs", work)
    return [
        Change(work=work, number=change.number, at=change.at, operations=operations_of(change))
        for change in changes
        if change.number not in there
    ]


def _bytes(value: Iterable[Any]) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
