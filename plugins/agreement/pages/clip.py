"""The page of a clip: its video, its raters' timelines, the moments on which they differ; and settling one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from plugins.agreement.comparing.moments import Moment
from plugins.agreement.comparing.report import Progress
from plugins.agreement.comparing.together import brought_together, what_fits
from plugins.host.accounts import rater_names
from plugins.host.language import language_of
from plugins.host.media import video_of
from vib.observation import RaterSet
from vib.validation import first_problem

from . import texts, texts_settled
from .answers import Refused, clip_address, material_for, page, query, saying_no, shared, statistics, way_back
from .asked import asked_of, known_of, offered
from .calculating import PATIENCE, Calculations
from .models import Settling
from .moments import Shown, found_in
from .names import Names
from .reading import Material, group_named, with_moments
from .sent import LONGEST_NOTE, Sent
from .settled import settle, settlings_of, tasks_of, told
from .stretches import known_again
from .taking import waiting

OF_SAID = 300
"""Bytes that what a rater has at a moment takes, about."""

kept: Calculations[list[Moment]] = Calculations(size=lambda found: OF_SAID * sum(len(one.said) for one in found))


@require_http_methods(["GET", "HEAD", "POST"])
@saying_no
def clip(request: HttpRequest, clip: str, round_name: str | None = None, project: int | None = None) -> HttpResponse:
    """Show a clip with its raters' timelines, and every moment on which they differ; on POST, settle one."""
    if request.method == "POST":
        return _settle(request, clip, round_name, project)
    language = language_of(request)
    material = material_for(request, with_moments(request.user, round_name, project))
    own = material.group.rater
    found = _found(material, clip)
    known = known_of(material.clips, material.codebook)
    asked = asked_of(request.GET, known, offered(statistics()))
    tier = asked.tier if request.GET.get("tier") else None
    together = (
        brought_together([found], known.raters, tier, material.codebooks)
        if tier
        else what_fits(found, known.raters, material.codebooks)
    )
    (found,) = together.clips
    there = [rater for rater in known.raters if rater in found.timelines]
    wanted = {*(asked.pair or ()), *filter(None, (own, asked.one))}
    comparable = len(there) > 1 and wanted <= set(there) and (not own or asked.pair is None or own in asked.pair)

    def find(progress: Progress) -> list[Moment]:
        return found_in([found], asked, known, tier, own) if comparable else []

    every = kept.ask((request.user.pk, material.stamp, clip, asked, tier), find).wait(PATIENCE)
    if every is None:
        return waiting(request, material, 0)
    people = rater_names()
    settled = known_again(_settlings(material, clip), every)
    last = {place: told(settling, people, language) for place, settling in settled.items()}
    shown = Shown(found, Names.of(material.codebook, language), asked.tolerance)
    in_time = request.GET.get("sort") == "time"
    context = {
        **shared(material, language),
        **shown.page(every, (asked.pair or there) if comparable else (), last, in_time=in_time),
        **_around(request, material, known.clips, clip),
        "notes": [note.to(language) for note in together.notes],
        "video": video_of(material.data[clip]),
        "situation": str(material.data[clip].get("situation", "")),
        "asked": asked,
        "tiers": [shown.names.code(name) for name in known.tiers],
        "chosen_tier": tier or "",
        "own": own,
        "there": there,
        "first": own or (asked.pair[0] if asked.pair else asked.one or asked.reference or ""),
        "second": next((rater for rater in asked.pair if rater != (own or asked.pair[0])), "") if asked.pair else "",
        "not_comparable": "" if comparable else texts.WORDS["not_own" if own else "not_both"].to(language),
        "sort": "time" if in_time else "weight",
        "may_settle": not own,
        "longest_note": LONGEST_NOTE,
    }
    return page(request, "clip.html", context)


def _around(request: HttpRequest, material: Material, clips: Sequence[str], clip: str) -> dict[str, str]:
    """Return where the page leads to: the clips before and after it, and back."""
    group, language = material.group, language_of(request)
    place = clips.index(clip) if clip in clips else None
    before = clips[place - 1] if place else None
    after = clips[place + 1] if place is not None and place + 1 < len(clips) else None
    own = bool(group.rater)
    back = way_back(request, "vib_rounds:round", round_name=group.name) if own else group.address() + query(request)
    return {
        "before": clip_address(request, group, before) if before else "",
        "after": clip_address(request, group, after) if after else "",
        "back": back,
        "back_to": texts.WORDS["back_to_round" if own else "back"].to(language),
    }


def _found(material: Material, clip: str) -> RaterSet:
    found = next((one for one in material.clips if one.clip == clip), None)
    if found is None:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    return found


def _settlings(material: Material, clip: str) -> Sequence[Settling]:
    task = tasks_of(material.group.project)[clip]
    return settlings_of([task], material.group.round_name).get(task, ())


def _settle(request: HttpRequest, clip: str, round_name: str | None, project: int | None) -> HttpResponse:
    """Keep that a moment is settled, or open again, and lead back to the page."""
    user: Any = request.user
    group = group_named(user, round_name, project)
    sent = _sent(request)
    material = material_for(request, group, f", {clip} {sent.tier} {sent.start:g}-{sent.end:g}")
    found = _found(material, clip)
    if sent.end > found.duration or not any(sent.tier in seen.tiers for seen in found.timelines.values()):
        raise Refused(400, texts.BAD_ADDRESS, texts_settled.NO_MOMENT.filled(sent.tier, sent.start, sent.end))
    settle(user, tasks_of(material.group.project)[clip], material.group.round_name, sent)
    return HttpResponseRedirect(f"{request.get_full_path()}#_moments")


def _sent(request: HttpRequest) -> Sent:
    try:
        return Sent.model_validate(request.POST.dict())
    except ValidationError as error:
        raise first_problem(error, "") from error
