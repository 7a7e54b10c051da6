"""What a clip may be used for decides, beside who may see it, whether it is handed out."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.access.viewer import Viewer
from plugins.access.visible import has_family
from plugins.host.consented import may_be_seen
from vib.consent import TO_LEARN, TO_SEE, Viewing
from vib.family import family_of
from vib.roles import Role


def viewing_of(viewer: Viewer, clip: str) -> Viewing:
    """Return in which way somebody sees a clip: a trainee learns from it, and so does who has not the family."""
    learns = viewer.role is Role.TRAINEE or not has_family(viewer, family_of(clip))
    return TO_LEARN if learns else TO_SEE


def is_consented(viewer: Viewer, clip: str) -> bool:
    """Tell whether somebody may be handed a clip today, as far as the consent goes."""
    return may_be_seen(clip, viewing_of(viewer, clip))


def not_for_rounds(clips: Iterable[str]) -> list[str]:
    """Return those of some clips that may not be handed out in a round today."""
    return [clip for clip in clips if not may_be_seen(clip, TO_LEARN)]
