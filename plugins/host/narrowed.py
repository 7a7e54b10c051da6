"""Which models somebody narrows: of those a query gives only what the viewer may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Manager, Model, QuerySet

NARROWED: set[type[Model]] = set()
"""Added to by whoever decides who may see what, as the server starts; built in, `plugins.access`."""


class NotNarrowed(RuntimeError):
    """Nobody decides who may see rows of a model, so nobody sees them."""


class NarrowedManager(Manager[Any]):
    """The manager of a model of which nothing is read or made as long as nobody narrows it."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return all rows that the viewer may see.

        Raises
        ------
        NotNarrowed
            Nobody decides which those are.
        """
        if self.model not in NARROWED:
            raise NotNarrowed(f"{self.model._meta.label}: nothing says who may see its rows")
        return super().get_queryset()
