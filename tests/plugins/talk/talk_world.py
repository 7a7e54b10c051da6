"""What the tests of conversations ask: said, answered and read by people who are signed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.plugins.access.inside import Answer, World

if TYPE_CHECKING:
    from plugins.talk.models import Remark

INDEX = "/vib/talk/"
FORM = "application/x-www-form-urlencoded"


def clip_of(world: World, task: str) -> str:
    return f"{INDEX}clips/{world.task(task)}/remarks"


def say(world: World, who: str, task: str, text: str, audience: str = "shared", **more: Any) -> int:
    """Say something at a clip, as the labelling page does; return the number of the remark."""
    sent = {"text": text, "audience": audience, "second": 2.5, **more}
    answer = world.ask(who, "POST", clip_of(world, task), sent, by="session")
    assert answer.status == 201, answer.text
    return int(answer.json["number"])


def reply(world: World, who: str, remark: int, text: str) -> Answer:
    """Answer to a remark by the form of its page."""
    return world.ask(who, "POST", f"{INDEX}{remark}/", f"text={text}", kind=FORM, by="session")


def heard(world: World, who: str, task: str) -> list[str]:
    """Return what was said at a clip as far as somebody hears it, as the labelling page shows it."""
    answer = world.ask(who, "GET", clip_of(world, task), by="session")
    assert answer.forbidden == []
    return [one["text"] for one in answer.json["remarks"]] if answer.status == 200 else []


def read(world: World, who: str, remark: int) -> Answer:
    """Return the page of a conversation."""
    return world.ask(who, "GET", f"{INDEX}{remark}/", by="session")


def said_on(page: Answer) -> list[str]:
    """Return what is said on the page of a conversation, in order."""
    return re.findall(r'class="talk-text">(.*?)</p>', page.text)


def panel(world: World, who: str, language: Any = "en") -> str:
    """Return what the front door says of conversations."""
    from plugins.access.narrowing import look_as
    from plugins.talk.panel import panels

    look_as(world.viewer(who))
    found = " ".join(f"{one.heading} {one.content}" for one in panels(world.user(who), language))
    look_as(None)
    return found


def silence() -> None:
    """Take away what the scenario has people say."""
    from plugins.talk.models import Remark

    Remark.objects.all().delete()


def remark(world: World, name: str) -> Remark:
    """Return a remark of the scenario."""
    return world.made.remarks[name]
