"""The demo families: every disagreement that was planted is found, and no other."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.agreement.choosing import Choice
from plugins.agreement.disagreements import disagreements
from plugins.agreement.html import to_html
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.report import compare
from vib.observations_file import read_observations

DEMO = Path(__file__).resolve().parents[3] / "demo"

PLANTED = json.loads((DEMO / "planted.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("rater", "short"), [("anna", 0), ("bram", 3)])
def test_every_planted_disagreement_is_found_and_nothing_else(rater: str, short: int) -> None:
    planted = Counter((p["clip"], p["kind"], p["start"]) for p in PLANTED if p["rater"] == rater)
    differences = disagreements(read_observations(DEMO / "observations.json"), ("referentie", rater))
    found = {
        (d.clip, d.kind, (d.second or d.first if d.kind == "added" else d.first or d.second)): d for d in differences
    }
    there = Counter((clip, kind, seen.start) for clip, kind, seen in found if seen)
    assert sum(planted.values()) > 10
    assert planted - there == Counter()
    # A quarter of a second beside it is more than 40 % of a very short turn: it is not the same event then.
    more = there - planted
    assert Counter(kind for _, kind, _ in more) == Counter({"missed": short, "added": short} if short else {})
    assert all(seen.duration < 1 for clip, kind, seen in found if seen and (clip, kind, seen.start) in more)


def test_the_report_lists_as_many_differences_as_were_planted() -> None:
    only = [
        replace(clip, timelines={rater: clip.timelines[rater] for rater in ("anna", "referentie")})
        for clip in read_observations(DEMO / "observations.json")
    ]
    page = to_html(compare(only, vib_statistics(), Choice(bootstrap=0)), "en")
    assert page.count('class="kind ') == sum(p["rater"] == "anna" for p in PLANTED)
