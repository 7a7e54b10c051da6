"""What Label Studio does beside the database while it changes it: once the change is there, and only then.

A job that another process runs would not find what is not committed; a webhook would tell of what is then
taken back, and keep others waiting for a stranger's server; a state that is remembered in memory would outlive
the transaction that made it.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any, final

from django.core.cache import BaseCache, cache
from django.db import transaction
from django_rq.queues import DjangoRQ
from rq.job import Job


@final
class JobsAfterCommit(DjangoRQ):
    """A queue of jobs that gets each one when the transaction in which it was asked for is committed."""

    def enqueue_job(self, job: Job, pipeline: Any = None, at_front: bool = False) -> Job:
        """Put a job in the queue, now or later."""
        put = partial(super().enqueue_job, job, pipeline=pipeline, at_front=at_front)
        if pipeline is not None or not transaction.get_connection().in_atomic_block:
            return put()
        transaction.on_commit(put, robust=True)
        return job


@final
class StatesAfterCommit:
    """Label Studio's memory of the states of tasks and codes: read past in a transaction, forgotten after it."""

    def __init__(self, memory: BaseCache) -> None:
        self._memory = memory

    def get(self, key: str) -> Any:
        """Return what is remembered, None in a transaction: that may have changed it."""
        return None if transaction.get_connection().in_atomic_block else self._memory.get(key)

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        """Remember, or forget it once the transaction is committed."""
        if transaction.get_connection().in_atomic_block:
            transaction.on_commit(partial(self._memory.delete, key), robust=True)
        else:
            self._memory.set(key, value, timeout)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._memory, name)


def install() -> None:
    """Put webhooks and states behind the commit; jobs are put there by the setting ``RQ``.

    Raises
    ------
    RuntimeError
        Label Studio has moved what this rests on.
    """
    states, webhooks = import_module("fsm.state_manager"), import_module("webhooks.utils")
    if not hasattr(states, "_fsm_cache") or not hasattr(webhooks, "run_webhook_sync"):
        raise RuntimeError("Label Studio has moved its states or webhooks: see plugins/host/after_commit.py")
    setattr(states, "_fsm_cache", StatesAfterCommit(cache))  # noqa: B010 - replaced by name
    send = webhooks.run_webhook_sync

    def run_webhook(webhook: Any, action: str, payload: Any = None) -> None:
        transaction.on_commit(partial(send, webhook, action, payload), robust=True)

    setattr(webhooks, "run_webhook_sync", run_webhook)  # noqa: B010 - replaced by name
