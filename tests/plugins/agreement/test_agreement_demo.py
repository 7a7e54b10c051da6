"""The demo families: every disagreement that was planted is found, and no other."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.disagreements import disagreements
from plugins.agreement.comparing.report import compare
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.view.building import view_of
from vib.observations_file import read_observations

DEMO = Path(__file__).resolve().parents[3] / "demo"

PLANTED = json.loads((DEMO / "planted.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rater", ["anna", "bram"])
def test_every_planted_disagreement_is_found_and_nothing_else(rater: str) -> None:
    planted = Counter((p["clip"], p["kind"], p["start"]) for p in PLANTED if p["rater"] == rater)
    found = disagreements(read_observations(DEMO / "observations.json"), ("referentie", rater))
    assert sum(planted.values()) > 10
    assert Counter((d.clip, d.kind, seen.start) for d in found if (seen := d.first or d.second)) == planted


def test_the_report_lists_as_many_differences_as_were_planted() -> None:
    only = [
        replace(clip, timelines={rater: clip.timelines[rater] for rater in ("anna", "referentie")})
        for clip in read_observations(DEMO / "observations.json")
    ]
    shown = view_of(compare(only, vib_statistics(), Choice(bootstrap=0)), {})
    assert sum(len(clip.moments) + clip.left for clip in shown.clips) == sum(p["rater"] == "anna" for p in PLANTED)
