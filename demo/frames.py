"""The moving picture of a scene: who looks, moves and speaks in each frame."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from figures import HEIGHT, LOOKS, SCALE, WIDTH, Pen, Point, Pose, head_at
from PIL import Image
from rooms import ROOMS, Room
from scenes import CHILD, PROP, Act, Scene
from voices import FPS, Sound

EASE = 0.2
REST_SMILE = 0.4
EVERYWHERE = {"nod", "smile", "lean", "sag", "shake", "sad", "frown", "foot"}
"""What people do in any room; the rest is among the moves of the room."""


@dataclass(frozen=True)
class Timed:
    """An act with its times from the start of the clip."""

    act: Act
    start: float
    end: float


def timed_acts(scene: Scene, sound: Sound) -> tuple[Timed, ...]:
    """Lay the acts of a scene on the time of its clip."""
    acts = []
    for line, spoken in zip(scene.lines, sound.placed, strict=True):
        for act in line.acts:
            start = spoken.start + act.start
            length = spoken.end - spoken.start if act.length is None else act.length
            acts.append(Timed(act, start, start + length))
    return tuple(acts)


class Cast:
    """The people and things of one clip, eased from frame to frame."""

    def __init__(self, family: str, scene: Scene, sound: Sound) -> None:
        self._room: Room = ROOMS[scene.room or scene.situation]
        self._acts = timed_acts(scene, sound)
        self._spoken = sound.spoken
        self._check(scene)
        self._loudness = sound.loudness()
        self._looks = {who: LOOKS[family, who] for who in self._room.places}
        self._first_adult = next((who for who in self._room.places if not who.startswith(CHILD)), "")
        self._middle = self._room.places.get(CHILD, next(iter(self._room.places.values()))).x
        self.things: dict[str, float] = {}
        self.poses = {
            who: Pose(place.x + place.distance, place.y, place.left, place.right, smile=REST_SMILE)
            for who, place in self._room.places.items()
        }

    def _check(self, scene: Scene) -> None:
        """Refuse what somebody cannot do in this room, or cannot look at."""
        seen = {*self._room.sights, *self._room.places, "phone"}
        for act in (timed.act for timed in self._acts if timed.act.who != PROP):
            look = act.what.removeprefix("look:")
            known = look in seen if look != act.what else (act.who, act.what) in self._room.moves
            if not known and act.what not in EVERYWHERE:
                raise ValueError(f"{scene.name}: {act.who} cannot {act.what} here")

    def _speaker(self, time: float) -> str:
        """Give who speaks at a time, or nobody."""
        return next((line.who for line in self._spoken if line.start - 0.15 <= time < line.end), "")

    def _sight(self, who: str, name: str) -> Point:
        """Give the point that is looked at under a name."""
        if name == "phone":
            x, y = self.poses[who].left
            return x + 10, y - 4
        if name in self.poses:
            return head_at(self._looks[name], self.poses[name])
        return self._room.sights[name]

    def _default_sight(self, who: str, time: float) -> str:
        """Give where somebody looks when the scene does not say so."""
        speaker = self._speaker(time)
        if not who.startswith(CHILD) and CHILD in self.poses:
            return speaker if speaker.startswith(CHILD) else CHILD
        if speaker == who:
            return self._first_adult if who != self._first_adult else "thing"
        return speaker or "thing"

    def _move_things(self, time: float) -> None:
        """Bring the things in the room closer to the value they should have."""
        for name in sorted({t.act.what for t in self._acts if t.act.who == PROP}):
            changes = [t for t in self._acts if t.act.who == PROP and t.act.what == name and t.start <= time]
            goal = max(changes, key=lambda t: t.start).act.value if changes else 0.0
            now = self.things.get(name, 0.0)
            step = self._room.slow.get(name, EASE * 0.6)
            self.things[name] = goal if abs(goal - now) < 0.01 else now + (goal - now) * step

    def _move_person(self, who: str, time: float) -> None:
        """Bring one person closer to what the acts of this moment ask."""
        place, look, pose = self._room.places[who], self._looks[who], self.poses[who]
        acts = {t.act.what: t for t in self._acts if t.act.who == who and t.start <= time < t.end}
        frame = min(round(time * FPS), len(next(iter(self._loudness.values()))) - 1)
        loud = float(self._loudness[who][frame]) if who in self._loudness else 0.0
        seed = zlib.crc32(who.encode()) % 100 / 10
        aside = place.distance * (1 - self.things.get(place.slide, 0.0)) if place.slide else 0.0
        toward = math.copysign(1.0, self._middle - place.x)
        shift = (0.0, 0.0)
        left, right = place.left, place.right
        sight, pose.holding = self._default_sight(who, time), ""
        for what in acts:
            move = self._room.moves.get((who, what))
            if move is None:
                continue
            swing = math.sin(time * 2 * math.pi * 1.6)
            wobble = (move.wobble[0] * swing, move.wobble[1] * math.cos(time * 2 * math.pi * 1.6))
            if move.left:
                left = (move.left[0] + wobble[0] * (move.right is None), move.left[1] + wobble[1])
            if move.right:
                right = (move.right[0] + wobble[0], move.right[1] + wobble[1])
            sight, pose.holding = move.look or sight, move.holding or pose.holding
            shift = shift[0] + move.shift[0], shift[1] + move.shift[1]
        sight = next((what.removeprefix("look:") for what in acts if what.startswith("look:")), sight)
        lean = 13.0 * ("lean" in acts) * toward
        sag = 5.0 * ("sag" in acts)
        breath = 0.5 * math.sin(2 * math.pi * (time / 3.7) + seed)
        pose.x += (place.x + aside + lean + shift[0] - pose.x) * EASE
        pose.y += (place.y + abs(lean) * 0.4 + sag + shift[1] + breath - 2.2 * loud - pose.y) * 0.35
        pose.left = tuple_ease(pose.left, (left[0] + aside + lean * 0.6 + shift[0], left[1]))
        pose.right = tuple_ease(pose.right, (right[0] + aside + lean * 0.6 + shift[0], right[1]))
        eye, goal = head_at(look, pose), self._sight(who, sight)
        yaw = max(-1.0, min(1.0, (goal[0] - eye[0]) / 110))
        pitch = max(-0.6, min(1.0, (goal[1] - eye[1]) / 110))
        if "sag" in acts:
            yaw, pitch = yaw * 0.3, 0.95
        if "shake" in acts:
            yaw += 0.3 * math.sin(2 * math.pi * 2.2 * (time - acts["shake"].start))
        pose.yaw += (yaw - pose.yaw) * EASE
        pose.pitch += (pitch - pose.pitch) * EASE
        mood, brow = REST_SMILE, 0.0
        if "smile" in acts:
            mood = 1.0
        elif "sad" in acts or "sag" in acts:
            mood, brow = -0.75, 1.0
        elif "frown" in acts:
            mood, brow = -0.35, -0.9
        elif "phone" in acts:
            mood = 0.1
        pose.smile += (mood - pose.smile) * EASE
        pose.brow += (brow - pose.brow) * EASE
        pose.foot += (float("foot" in acts and who.startswith(CHILD)) - pose.foot) * EASE
        pose.mouth += (loud - pose.mouth) * 0.65
        pose.nod = 5.0 * abs(math.sin(2 * math.pi * (time - acts["nod"].start))) if "nod" in acts else pose.nod * 0.7
        pose.blink = (time + seed) % 3.9 < 0.13

    def step(self, time: float) -> None:
        """Move everything to the next frame."""
        self._move_things(time)
        for who in self.poses:
            self._move_person(who, time)

    def picture(self, background: Image.Image, time: float) -> Image.Image:
        """Draw the frame as it is now."""
        image = background.copy()
        self._room.draw(Pen(image), self._looks, self.poses, self.things, time)
        return image.reduce(SCALE)

    def background(self) -> Image.Image:
        """Draw what does not move."""
        image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._room.background(Pen(image))
        return image


def tuple_ease(now: Point, goal: Point) -> Point:
    """Bring a point closer to a goal."""
    return now[0] + (goal[0] - now[0]) * EASE, now[1] + (goal[1] - now[1]) * EASE


def frames(family: str, scene: Scene, sound: Sound) -> Iterator[bytes]:
    """Give the frames of a clip as RGB bytes.

    Parameters
    ----------
    family
        The family in the picture.
    scene
        The scene that is played.
    sound
        The sound of that scene, which mouths and acts follow.

    Yields
    ------
    bytes
        One frame of 640 by 360 points.
    """
    cast = Cast(family, scene, sound)
    background = cast.background()
    for index in range(round(sound.duration * FPS)):
        cast.step(index / FPS)
        yield cast.picture(background, index / FPS).tobytes()
