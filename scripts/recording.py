"""The film and the sound of a recording on one clock, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scripts.packets import Track
from vib.language import Text
from vib.media import MediaInfo

LEAST_SAID = 0.5
"""Seconds that must be missing, left out or silent before anything is said of them."""

HELD = 2.0
"""Seconds without a picture from which it is said; calls and screens leave out what does not change."""

GAPS_NAMED = 3
"""How many gaps are named with their times; the others are counted."""

CONVERT = Text(
    nl="neem met een iPhone op in stereo (Instellingen > Camera > Neem geluid op), of zet de opname om met HandBrake",
    en="record in stereo on an iPhone (Settings > Camera > Record Sound), or convert the recording with HandBrake",
)


@dataclass(frozen=True, slots=True)
class Recording:
    """What is used of a recording. Times are seconds of its own clock.

    Parameters
    ----------
    picture : Track
        The packets of the film.
    sound : Track | None
        Those of the sound track that is used.
    sound_index : int | None
        Which stream that is.
    zero : float
        When the clip begins: with the film or with the sound, whichever is first.
    late : float
        How long something that is not used began before that.
    missing : float
        Seconds of the film that the file promises and that are not in it.
    """

    picture: Track
    sound: Track | None
    sound_index: int | None
    zero: float
    late: float
    missing: float

    @property
    def duration(self) -> float:
        """Seconds that the clip is to last: up to the end of the film."""
        return self.picture.end - self.zero

    @property
    def packets(self) -> int:
        """How many packets the film and the sound have together."""
        return sum(len(track.times) for track in (self.picture, self.sound) if track is not None)

    @property
    def largest_gap(self) -> float:
        """The longest time without a picture, in seconds."""
        return max((gap.end - gap.start for gap in self.picture.gaps), default=0.0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What making a clip told of its recording.

    Parameters
    ----------
    lost : float
        Seconds of the film that are in the file and could not be decoded.
    opposite : bool
        Whether left and right cancel each other out.
    damaged : float
        Share of the packets that could not be decoded, or not whole.
    """

    lost: float
    opposite: bool
    damaged: float


NOTHING_FOUND = Finding(0.0, False, 0.0)


def measure(info: MediaInfo, tracks: Mapping[int, Track]) -> Recording | None:
    """Put the film and the sound of a recording on one clock; None if there is no film in it."""
    if info.video is None or info.video.index not in tracks:
        return None
    picture = tracks[info.video.index]
    index = info.audio.index if info.audio else None
    sound = tracks.get(index) if index is not None else None
    zero = min([picture.start, *([sound.start] if sound else [])])
    if info.video.duration:
        # Matroska may count it from zero, whenever the film begins.
        begins = min(0.0, picture.start) if "matroska" in info.container else picture.start
        missing = info.video.duration - (picture.end - begins)
    else:
        missing = info.duration - max(track.end for track in tracks.values()) if info.duration else 0.0
    late = zero - info.start
    return Recording(picture, sound, index, zero, late if late > 0.001 else 0.0, max(0.0, missing))


def remarks(info: MediaInfo, recording: Recording, finding: Finding) -> Iterator[Text]:
    """Say what is not in the clip as somebody may expect it from the recording."""
    missing = recording.missing + max(0.0, finding.lost)
    yield from _of_sound_tracks(info)
    yield from _of_the_end(recording, missing)
    yield from _of_gaps(recording)
    # Where the end is missing, the last packet that is there is a part of one.
    if finding.damaged and missing <= LEAST_SAID:
        yield Text(
            nl="delen van de opname zijn beschadigd: beeld of geluid kan daar haperen of weg zijn; kopieer die opnieuw",
            en="parts of the recording are damaged: picture or sound may falter or be missing there; copy it again",
        )
    if finding.opposite:
        yield Text(
            nl="links en rechts zijn tegengesteld: op één luidspreker hoor je niets; golfvorm en beurten horen het wel",
            en="left and right are opposite: one loudspeaker gives nothing; waveform and turns do hear it",
        )


def _of_sound_tracks(info: MediaInfo) -> Iterator[Text]:
    unknown = ", ".join(dict.fromkeys(info.undecodable))
    if unknown and info.audio is None:
        yield Text(
            nl="de clip heeft geen geluid: dat van de opname ({unknown}) is hier niet te lezen; {what}",
            en="the clip has no sound: that of the recording ({unknown}) cannot be read here; {what}",
        ).filled(unknown=unknown, what=CONVERT)
    elif unknown:
        yield Text(
            nl="een geluidsspoor ({unknown}) is hier niet te lezen; een ander is gebruikt",
            en="a sound track ({unknown}) cannot be read here; another one is used",
        ).filled(unknown=unknown)
    elif info.sound_tracks > 1 and info.audio is not None:
        yield Text(
            nl="van {n} geluidssporen is nummer {used} gebruikt; met sound: kies je in family.yaml een ander",
            en="of {n} sound tracks number {used} is used; with sound: you choose another one in family.yaml",
        ).filled(n=info.sound_tracks, used=info.audio.number)


def _of_the_end(recording: Recording, missing: float) -> Iterator[Text]:
    if missing > LEAST_SAID:
        yield Text(
            nl="de laatste {missing:.1f} s ontbreken in de opname; kopieer die opnieuw",
            en="the last {missing:.1f} s are missing from the recording; copy it again",
        ).filled(missing=missing)
    if recording.sound is None:
        return
    silent = recording.picture.end - recording.sound.end
    if silent > LEAST_SAID:
        yield Text(
            nl="het geluid houdt op bij {end:.1f} s van {duration:.1f}; daarna is het stil",
            en="the sound ends at {end:.1f} s of {duration:.1f}; from there on it is silent",
        ).filled(end=recording.sound.end - recording.zero, duration=recording.duration)
    elif -silent > LEAST_SAID:
        yield Text(
            nl="het geluid loopt {longer:.1f} s langer door dan het beeld; dat stuk is weggelaten",
            en="the sound goes on for {longer:.1f} s after the picture; that part is left out",
        ).filled(longer=-silent)


def _of_gaps(recording: Recording) -> Iterator[Text]:
    held = [gap for gap in recording.picture.gaps if gap.end - gap.start > HELD]
    silent = [gap for gap in recording.sound.gaps if gap.end - gap.start > LEAST_SAID] if recording.sound else []
    no_picture = Text(
        nl="er is geen beeld {places}; het laatste blijft staan", en="no picture {places}; the last is held"
    )
    no_sound = Text(nl="er is geen geluid {places}; daar is het stil", en="no sound {places}; it is silent there")
    for gaps, said in ((held, no_picture), (silent, no_sound)):
        if gaps:
            shown = [(gap.start - recording.zero, gap.end - recording.zero) for gap in gaps[:GAPS_NAMED]]
            more = len(gaps) - len(shown)
            yield said.filled(
                places=Text(
                    nl=", ".join(f"van {start:.1f} tot {end:.1f} s" for start, end in shown)
                    + (f" en {more} keer meer" if more else ""),
                    en=", ".join(f"from {start:.1f} to {end:.1f} s" for start, end in shown)
                    + (f" and {more} times more" if more else ""),
                )
            )
