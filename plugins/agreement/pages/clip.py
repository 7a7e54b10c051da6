"""The page of a clip: its video, its raters' timelines, the moments on which they differ; and settling one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from plugins.agreement.comparing.together import brought_together, what_fits
from plugins.host.accounts import rater_names
from plugins.host.language import language_of
from plugins.host.media import video_of
from vib.dates import written_moment
from vib.language import Language
from vib.observation import RaterSet
from vib.validation import first_problem

from . import texts, texts_settled
from .answers import Refused, clip_address, material_for, page, query, saying_no, shared, way_back
from .asked import asked_of, known_of, pair_name
from .models import Settling
from .moments import moments_page
from .overview import Names, Page
from .reading import Material, group_named, with_moments
from .settled import LONGEST_NOTE, Sent, said_of, settle, settlings_of, tasks_of


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
    names = Names.of(material.codebook, language)
    asked = asked_of(request.GET, known)
    together = (
        brought_together([found], known.raters, asked.tier, material.codebooks)
        if request.GET.get("tier")
        else what_fits(found, known.raters, material.codebooks)
    )
    (found,) = together.clips
    there = [pair for pair in known.pairs if set(pair) <= set(found.timelines) and (not own or own in pair)]
    pairs = [p for p in there if asked.pair in (None, p) and (asked.pair or asked.reference in (None, *p))]
    tier = request.GET.get("tier") and asked.tier
    clips = list(known.clips)
    place = clips.index(clip) if clip in clips else None
    settlings, people = _settlings(material, clip), rater_names()
    shown = moments_page(
        found, pairs, asked, tier or None, names, lambda one: _said(said_of(one, settlings), people, language)
    )
    sort = "time" if request.GET.get("sort") == "time" else "weight"
    if sort == "time":
        shown["moments"] = sorted(shown["moments"], key=lambda moment: (moment["start"], moment["number"]))
    context = {
        **shared(material, language),
        **shown,
        "notes": [note.to(language) for note in together.notes],
        "video": video_of(material.data[clip]),
        "situation": str(material.data[clip].get("situation", "")),
        "asked": asked,
        "tiers": [names.code(name) for name in known.tiers],
        "chosen_tier": tier or "",
        "pairs": [(pair_name(pair), pair, pair == asked.pair) for pair in there],
        "not_comparable": "" if pairs else texts.WORDS["not_own" if own else "not_both"].to(language),
        "before": clip_address(request, material.group, clips[place - 1]) if place else "",
        "after": clip_address(request, material.group, clips[place + 1])
        if place is not None and place + 1 < len(clips)
        else "",
        "back": way_back(request, "vib_rounds:round", round_name=material.group.name)
        if own
        else material.group.address() + query(request),
        "back_to": texts.WORDS["back_to_round" if own else "back"].to(language),
        "sort": sort,
        "may_settle": not own,
        "longest_note": LONGEST_NOTE,
    }
    return page(request, "clip.html", context)


def _found(material: Material, clip: str) -> RaterSet:
    found = next((one for one in material.clips if one.clip == clip), None)
    if found is None:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    return found


def _settlings(material: Material, clip: str) -> Sequence[Settling]:
    task = tasks_of(material.group.project)[clip]
    return settlings_of([task], material.group.round_name).get(task, ())


def _said(settling: Settling | None, people: Mapping[int, str], language: Language) -> Page | None:
    """Return what was said last of a moment, as its row shows it."""
    if settling is None:
        return None
    said = texts_settled.WORDS["settled_by" if settling.settled else "opened_by"].to(language)
    at = written_moment(timezone.localtime(settling.at), language)
    return {"settled": settling.settled, "by": said.format(people[settling.by_id], at), "note": settling.note}


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
