"""What people are told of what is kept of their conversations, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

CLIP = Text(nl="Clip", en="Clip")
WHEN = Text(nl="Wanneer", en="When")

REMARKS: Mapping[str, Text] = {
    "heading": Text(nl="Wat je bij clips schreef", en="What you wrote at clips"),
    "about": Text(
        nl="Je opmerkingen en twijfels bij een moment van een clip, en voor wie ze zijn: daar is een gesprek voor.",
        en="Your remarks and doubts at a moment of a clip, and for whom they are: that is what a conversation is for.",
    ),
    "clip": CLIP,
    "at": WHEN,
    "kind": Text(nl="Wat", en="What"),
    "audience": Text(nl="Voor wie", en="For whom"),
    "text": Text(nl="Wat je schreef", en="What you wrote"),
}
REPLIES: Mapping[str, Text] = {
    "heading": Text(nl="Je antwoorden", en="Your replies"),
    "about": Text(
        nl="Wat je antwoordde in een gesprek. Wat een ander schreef is van die ander, en staat er niet bij.",
        en="What you replied in a conversation. What somebody else wrote is theirs, and is left out.",
    ),
    "clip": CLIP,
    "at": WHEN,
    "text": REMARKS["text"],
}
LOOKS: Mapping[str, Text] = {
    "heading": Text(nl="Gesprekken die je zag", en="Conversations that you saw"),
    "about": Text(
        nl="Tot wanneer je een gesprek hebt gezien: zo weet je wat nieuw voor je is, en de ander dat je het las.",
        en="Until when you have seen a conversation: so you know what is new to you, and the other that you read it.",
    ),
    "clip": CLIP,
    "until": WHEN,
}
