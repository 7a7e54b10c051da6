"""A supervisor sees first who sees something else and which code all read differently, and of equals nobody."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from tests.plugins.access.inside import World
from tests.plugins.agreement.pages.coded import inside, regions

WEAK = Path(__file__).parents[1] / "cases" / "50_weak_rater_illdefined_code.json"
ROUND = "/vib/agreement/round/vijftig/"


def coded_round(world: World, *, alike: bool) -> None:
    """Make a round of the case; with `alike` each rater has the codes of the first."""
    from tasks.models import Annotation, Task
    from users.models import User

    from plugins.access.models import HandedOut, Round, RoundMember

    clips = json.loads(WEAK.read_text(encoding="utf-8"))["clips"]
    project = world.made.projects["oefenset"]
    held = Round.objects.create(name="vijftig", project=project)
    RoundMember.objects.create(round=held, user=world.made.users["opleider"], part="supervisor")
    organization = world.made.users["anna"].active_organization
    people = {}
    for name in sorted({name for clip in clips for name in clip["raters"]}):
        people[name] = User.objects.create(email=f"{name}@vib.example", username=name, active_organization=organization)
        RoundMember.objects.create(round=held, user=people[name], part="rater")
    for clip in clips:
        name = f"F-OEFEN/{clip['id']}"
        task = Task.objects.create(project=project, data={"clip": name, "family": "F-OEFEN", "duration": 60.0})
        HandedOut.objects.create(round=held, task=task, clip=name)
        for rater, seen in clip["raters"].items():
            coded = clip["raters"]["r1"] if alike else seen
            made = Annotation.objects.create(task=task, project=project, completed_by=people[rater], result=[])
            result = regions([(one["code"], one["start"], one["end"]) for one in coded])
            # No method has these codes, so that the door for codes would refuse them.
            Annotation.objects.filter(pk=made.pk).update(result=result)


def first_screen(world: World) -> str:
    """Return the text of the page as far as it stands before the first table."""
    page = world.ask("opleider", "GET", f"{ROUND}?lang=en", by="session")
    assert page.status == 200
    main = page.text[page.text.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main[: main.index("<table")])).split())


@inside
def test_who_sees_something_else_and_what_all_read_differently_stand_before_the_first_table(world: World) -> None:
    coded_round(world, alike=False)
    said = first_screen(world)
    look_at = said[said.index("Look at first") :]
    assert re.search(r"\bC\b", look_at)
    assert re.search(r"\br6\b", look_at)
    assert not re.search(r"\b(A|B|r[1-5])\b", re.sub(r"\(.*?\)", "", look_at).partition("From difference")[0])


@inside
def test_with_all_raters_alike_nobody_is_named(world: World) -> None:
    coded_round(world, alike=True)
    said = first_screen(world)
    assert not re.search(r"\br\d\b", said[said.index("Look at first") :])
