"""To which families somebody may bring recordings."""

from __future__ import annotations

from projects.models import Project

from vib.project_key import key_of


def brings() -> frozenset[str]:
    """Return the pseudonyms of the families to which who looks may bring recordings: those in sight."""
    said = Project.objects.values_list("description", flat=True)
    return frozenset(key.family for one in said if (key := key_of(one)) is not None and key.family)
