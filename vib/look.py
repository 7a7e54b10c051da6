"""What a look at a finished clip found: how long it is, whether picture and sound are the recording's, what is odd."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError

from vib.language import Text
from vib.yaml_file import Checked


class Compared(Checked):
    """One place of a clip beside the same place of its recording.

    Attributes
    ----------
    at : float
        Where, in seconds of the clip.
    picture, sound : float or None
        Seconds that it comes later than in the recording; None where nothing there tells one moment from another.
    other_sound : bool
        Whether the recording has some other sound there, or only one of the two has any.
    """

    at: float
    picture: float | None
    sound: float | None
    other_sound: bool = False


class Look(Checked):
    """The content of a clip's ``.look.json``. Lengths are seconds, shares are from 0 to 1.

    Attributes
    ----------
    duration, frames : float, int
        Of the picture, as it was decoded.
    expected_duration, expected_frames : float, int
        What the packets of the recording give.
    sound_duration : float or None
        Of the sound, as it was decoded; None where there is none.
    largest_gap, recording_gap : float
        The longest time from one picture to the next: in the clip, and without any in the recording.
    places : tuple of Compared
        Where clip and recording were laid beside each other.
    sound_track : int or None
        Which sound track of the recording is used, from 1; None where there is none.
    silent : float
        Share of the sound in which nothing is heard.
    one_colour : float
        Share of the picture that is of one colour.
    combs : float
        Share of the pictures looked at that are two half pictures.
    damaged : float
        Share of the recording's packets that could not be decoded, or not whole.
    remarks : tuple of Text
        What is not in the clip as somebody may expect it from the recording.
    """

    format: Literal["vib-look/1"] = "vib-look/1"
    duration: float = Field(ge=0)
    frames: int = Field(ge=0)
    expected_duration: float
    expected_frames: int
    sound_duration: float | None
    largest_gap: float
    recording_gap: float
    places: tuple[Compared, ...]
    sound_track: int | None = None
    silent: float
    one_colour: float
    combs: float
    damaged: float
    remarks: tuple[Text, ...]

    @property
    def line(self) -> Text:
        """All of it in one line, for who is to code the clip."""
        said = self.remarks or (self._agrees(),)
        length = f"{int(self.duration // 60)}:{int(self.duration % 60):02d}"
        return Text(
            nl=f"nagekeken, {length} min: {'; '.join(one.nl for one in said)}",
            en=f"checked, {length} min: {'; '.join(one.en for one in said)}",
        )

    def _agrees(self) -> Text:
        compared = [place for place in self.places if place.picture is not None or place.sound is not None]
        if not compared:
            return Text(nl="niets opgemerkt", en="nothing was noticed")
        places = Text(nl="1 plaats", en="1 place") if len(compared) == 1 else Text(nl="{n} plaatsen", en="{n} places")
        return Text(
            nl="beeld en geluid lopen op {places} gelijk met de opname",
            en="picture and sound are those of the recording at {places}",
        ).filled(places=places.filled(n=len(compared)))


def look_from(written: bytes) -> Look | None:
    """Return what is kept of a look at a clip; None where it cannot be read, as by an earlier version."""
    try:
        return Look.model_validate_json(written)
    except ValidationError:
        return None
