"""What was found in a clip -> the look that is kept beside it, and what is to be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scripts.clip_form import FRAMES_PER_SECOND
from scripts.looking import Seen
from scripts.timing import Part
from vib.language import Text
from vib.look import Compared, Look

OFF = 0.06
"""Seconds beside its own time from which picture or sound is said to be: a frame of the clip, and half a one as the
recording has others."""

PLACES_NAMED = 3
NEVER_HEARD = 0.995
"""Share of the sound without anything to hear from which it is silent."""

MUCH = 0.5
"""Share of the picture that is of one colour from which it is said."""

LEAST_PLAIN = 5.0
"""Seconds of one colour that must be there before it is said."""

COMBED = 0.3
"""Share of the pictures that show combs from which it is said."""

DAMAGED = re.compile(rb"error submitting|error while decoding stream|error splitting|concealing|corrupt", re.IGNORECASE)
"""What ffmpeg says once of each packet that cannot be decoded, or not whole."""

REPEATED = re.compile(rb"last message repeated (\d+) times", re.IGNORECASE)


def damaged_share(said: bytes, packets: int) -> float:
    """Return which share of the packets of a recording could not be decoded, or not whole, by what ffmpeg said.

    Examples
    --------
    >>> damaged_share(b"[h264 @ 0x1] concealing 40 DC errors in P frame\\n    Last message repeated 3 times", 100)
    0.04
    """
    count, last = 0, False
    for line in said.splitlines():
        again = REPEATED.search(line)
        if again is None:
            last = DAMAGED.search(line) is not None
        count += last if again is None else int(again[1]) * last
    return min(1.0, count / max(1, packets))


def look_of(
    seen: Seen,
    places: Sequence[Compared],
    parts: Sequence[Part],
    sound_track: int | None,
    damaged: float,
    said: Sequence[Text],
) -> Look:
    """Return what is kept of a look at a clip.

    Parameters
    ----------
    places : Sequence[Compared]
        Where the clip was laid beside its recording.
    parts : Sequence[Part]
        The recordings of the clip.
    sound_track : int or None
        Which sound track is used, from 1.
    damaged : float
        Share of the recording's packets that could not be decoded.
    said : Sequence[Text]
        What making the clip gave to say.
    """
    duration = sum(part.lasts for part in parts)
    return Look(
        duration=round(seen.duration, 3),
        frames=len(seen.pictures),
        expected_duration=round(duration, 3),
        expected_frames=round(duration * FRAMES_PER_SECOND),
        sound_duration=round(seen.sound_duration, 3) if len(seen.sound) else None,
        largest_gap=round(seen.largest_gap, 3),
        recording_gap=round(max(part.recording.largest_gap for part in parts), 3),
        places=tuple(places),
        sound_track=sound_track,
        silent=round(seen.silent, 3),
        one_colour=round(seen.one_colour, 3),
        combs=round(seen.combs, 3),
        damaged=round(damaged, 5),
        remarks=(*said, *_of_the_clip(seen), *_of_places(places)),
    )


def _of_the_clip(seen: Seen) -> Iterator[Text]:
    if len(seen.sound) and seen.silent >= NEVER_HEARD:
        yield Text(
            nl="er is niets te horen; stond de microfoon aan?", en="nothing is to be heard; was the microphone on?"
        )
    if seen.one_colour >= MUCH and seen.one_colour * seen.duration >= LEAST_PLAIN:
        yield Text(
            nl="het beeld is voor {share:.0%} van één kleur; was de lens vrij?",
            en="{share:.0%} of the picture is of one colour; was the lens free?",
        ).filled(share=seen.one_colour)
    if seen.combs > COMBED:
        yield Text(
            nl="beweging is gestreept: er staan twee halve beelden in één",
            en="what moves has stripes: there are two half pictures in one",
        )


def _of_places(places: Sequence[Compared]) -> Iterator[Text]:
    of_picture = [(place.at, place.picture) for place in places if place.picture and abs(place.picture) > OFF]
    of_sound = [(place.at, place.sound) for place in places if place.sound and abs(place.sound) > OFF]
    picture, sound = Text(nl="het beeld", en="the picture"), Text(nl="het geluid", en="the sound")
    for what, found in ((picture, of_picture), (sound, of_sound)):
        if found:
            yield Text(nl="{what} komt {when} dan in de opname", en="{what} comes {when} than in the recording").filled(
                what=what,
                when=Text(
                    nl=", ".join(f"bij {at:.0f} s {abs(late):.2f} s {_nl(late)}" for at, late in found[:PLACES_NAMED]),
                    en=", ".join(f"at {at:.0f} s {abs(late):.2f} s {_en(late)}" for at, late in found[:PLACES_NAMED]),
                ),
            )

    if other := [place.at for place in places if place.other_sound]:
        yield Text(
            nl="{when} klinkt de clip anders dan de opname", en="{when} the clip sounds other than the recording"
        ).filled(
            when=Text(
                nl=", ".join(f"bij {at:.0f} s" for at in other[:PLACES_NAMED]),
                en=", ".join(f"at {at:.0f} s" for at in other[:PLACES_NAMED]),
            )
        )


def _nl(late: float) -> str:
    return "later" if late > 0 else "eerder"


def _en(late: float) -> str:
    return "later" if late > 0 else "earlier"
