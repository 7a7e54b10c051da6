"""Which moments of the demo somebody may see: queries leave out what is not theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasks.models import Annotation, Task
from users.models import User

from plugins.guide.reference import REFERENCE, Moment
from plugins.host.accounts import role_of
from vib.roles import May, Right, may

MOST_SHOWN = 3
SAME_LENGTH = 0.1
"""Seconds by which a clip may be longer than the demo's; another one of the same name is no clip of the demo."""


@dataclass(frozen=True)
class Shown:
    """A moment as a page shows it: the address of the clip with the stretch in it, and what goes on in the clip."""

    address: str
    start: float
    end: float
    situation: str

    @property
    def stretch(self) -> tuple[str, str]:
        """The same as an attribute wants it, whatever the language of the server."""
        return f"{self.start:.1f}", f"{self.end:.1f}"

    @property
    def when(self) -> str:
        """From when until when, as a clock."""
        return f"{_clock(self.start)} – {_clock(self.end)}"


def shown_moments(user: User, code: str) -> list[Shown]:
    """Return some moments of a code that somebody may see."""
    moments = REFERENCE.moments().get(code, ())
    clips = _clips(user, moments)
    return [_shown(moment, clips[moment.clip]) for moment in moments if moment.clip in clips][:MOST_SHOWN]


def playable(user: User) -> frozenset[str]:
    """Return the codes of which somebody may see a moment."""
    all_ = REFERENCE.moments()
    clips = _clips(user, [moment for moments in all_.values() for moment in moments])
    return frozenset(code for code, moments in all_.items() if any(moment.clip in clips for moment in moments))


def _clips(user: User, moments: Sequence[Moment]) -> dict[str, dict[str, Any]]:
    """Return the tasks of these clips that are the demo's, and in sight.

    Who only codes what is handed out sees a clip here once they submitted it: until then its codes are theirs to find.
    """
    if user.pk is None or not moments:
        return {}
    lengths = {moment.clip: moment.duration for moment in moments}
    tasks = Task.objects.filter(data__clip__in=sorted(lengths))
    if may(role_of(user), Right.SEE) is May.NO:
        tasks = tasks.filter(pk__in=Annotation.objects.filter(completed_by=user, was_cancelled=False).values("task"))
    found = {}
    for data in tasks.order_by("pk").values_list("data", flat=True):
        duration, video = data.get("duration"), data.get("video")
        ours = isinstance(video, str) and video.startswith("/vib/media/")
        if ours and isinstance(duration, int | float) and abs(duration - lengths[data["clip"]]) <= SAME_LENGTH:
            found[str(data["clip"])] = data
    return found


def _shown(moment: Moment, data: dict[str, Any]) -> Shown:
    address = f"{data['video']}#t={moment.start:.1f},{moment.end:.1f}"
    return Shown(address, moment.start, moment.end, str(data.get("situation", "")))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
