"""What a clip may be used for decides, beside who may see it, whether it is handed out."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.access.viewer import Viewer
from plugins.access.visible import has_family
from plugins.host.consented import may_be_used
from vib.consent import TO_LEARN, TO_SEE, Use
from vib.family import family_of
from vib.roles import Role


def needed(viewer: Viewer, clip: str) -> frozenset[Use]:
    """Return the uses that must be in force for somebody to be handed a clip: whoever learns from it needs more."""
    learns = viewer.role is Role.TRAINEE or not has_family(viewer, family_of(clip))
    return TO_LEARN if learns else TO_SEE


def is_consented(viewer: Viewer, clip: str) -> bool:
    """Tell whether somebody may be handed a clip today, as far as the consent goes."""
    return may_be_used(clip, needed(viewer, clip))


def not_for_rounds(clips: Iterable[str]) -> list[str]:
    """Return those of some clips that may not be handed out in a round today."""
    return [clip for clip in clips if not may_be_used(clip, TO_LEARN)]
