"""Where what a page shows leads to: the moments of a cell, in the clip where most of it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from plugins.agreement.comparing.disagreements import pairs_of
from plugins.agreement.comparing.shared_events import shared_events
from vib.observation import RaterSet

from . import texts
from .answers import Refused, kept, material_for, saying_no, statistics
from .asked import Asked, Known, asked_of, known_of, offered, pair_name, shared_clips
from .calculating import PATIENCE, Calculations
from .moments import found_in
from .reading import Group, group_named

PLAY = "#_play"
"""At the end of an address of a clip: its first moment is played at once."""

most: Calculations[str] = Calculations(size=len)
"""In which clip most differs."""


@final
class Addresses:
    """The addresses of the moments that cells of a page of a group lead to; see `plugins.agreement.view.html.Links`."""

    def __init__(self, group: Group, kept: Sequence[tuple[str, str]]) -> None:
        self._group, self._kept = group, dict(kept)

    def moments(
        self, *, tier: str, code: str | None = None, raters: Sequence[str] = (), clip: str | None = None
    ) -> str:
        """Return the address of the moments in which these raters differ: all, of a code, or of a clip."""
        about = {"tier": tier, "code": code or "", "pair": "", "one": "", "with": ""}
        if len(raters) == 2:
            about["pair"] = pair_name((min(raters), max(raters)))
        elif len(raters) == 1:
            about["one"] = raters[0]
        asked = {**self._kept, **about}
        found = urlencode({name: value for name, value in asked.items() if value and name != "clip"})
        page = self._group.address("moments") if clip is None else self._group.address("clip", clip)
        return f"{page}?{found}{'' if clip is None else PLAY}"


@require_safe
@saying_no
def lead(request: HttpRequest, round_name: str | None = None, project: int | None = None) -> HttpResponse:
    """Lead to the clip in which those who are asked about differ most, with its moments.

    Where it takes long to find that out, it is the first clip of them all.
    """
    material = material_for(request, group_named(request.user, round_name, project))
    known = known_of(material.clips, material.codebook)
    asked = asked_of(request.GET, known, offered(statistics()))
    wanted = {*(asked.pair or ()), *filter(None, [asked.whose])}
    there = [clip for clip in shared_clips(material.clips) if wanted <= set(clip.timelines)]
    if not there or asked.tier is None:
        raise Refused(404, texts.NOT_FOUND, texts.NOTHING_SHARED)
    tier = asked.tier
    looking = most.ask((request.user.pk, material.stamp, asked), lambda progress: _most(there, asked, tier, known))
    found = looking.wait(PATIENCE) or there[0].clip
    query: dict[str, Any] = dict(kept(request))
    query.pop("clip", None)
    return HttpResponseRedirect(f"{material.group.address('clip', found)}?{urlencode(query)}{PLAY}")


def _most(there: Sequence[RaterSet], asked: Asked, tier: str, known: Known) -> str:
    """Return the clip in which most differs: by events, or where these are all alike by moments."""
    pairs = pairs_of(asked.pair or known.raters, asked.whose)
    shared = shared_events(tuple(there), tier, pairs, code=asked.code, overlap=asked.overlap)
    lacking = (shared.given - shared.agreed).sum(axis=(1, 2))
    if lacking.any():
        return shared.clips[int(lacking.argmax())]
    weights = {clip.clip: 0.0 for clip in there}
    for moment in found_in(there, asked, known, tier):
        weights[moment.clip] += moment.weight
    return max(weights, key=lambda clip: weights[clip])
