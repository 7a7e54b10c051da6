"""What the rooms share: how a room is described, its furniture and the people in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from figures import Look, Pen, Point, Pose, bend, draw_arm, draw_hair_back, draw_head, draw_torso

Poses = dict[str, Pose]
Things = dict[str, float]

WALL, FLOOR, WOOD, DARK_WOOD = "#f6e7d3", "#d8b48c", "#c98f5a", "#a86f42"
CREAM, SKY, LEAF, RED, BLUE = "#fff8ec", "#bfe0e6", "#7c9a63", "#d9694f", "#4f86a8"


@dataclass(frozen=True)
class Move:
    """Where hands, eyes and body go during an act; what is not given stays as it was."""

    left: Point | None = None
    right: Point | None = None
    look: str = ""
    wobble: Point = (0.0, 0.0)
    holding: str = ""
    shift: Point = (0.0, 0.0)


@dataclass(frozen=True)
class Place:
    """Where somebody sits or stands and rests the hands.

    ``slide`` names a thing that goes from 0 to 1 and brings the person in over ``distance``.
    """

    x: float
    y: float
    left: Point
    right: Point
    slide: str = ""
    distance: float = 0.0


@dataclass(frozen=True)
class Room:
    """One room: its places, what can be looked at, what hands can do and how it is drawn."""

    places: dict[str, Place]
    sights: dict[str, Point]
    moves: dict[tuple[str, str], Move]
    background: Callable[[Pen], None]
    draw: Callable[[Pen, dict[str, Look], Poses, Things, float], None]
    slow: dict[str, float] = field(default_factory=dict)


def mix(a: Point, b: Point, share: float) -> Point:
    """Give the point at a share of the way from ``a`` to ``b``."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def between(value: float) -> float:
    """Keep a value within 0 and 1."""
    return min(max(value, 0.0), 1.0)


def draw_wall(pen: Pen, wall: str, floor: str, line: float) -> None:
    """Draw the wall, the floor and the skirting board."""
    pen.box(0, 0, 640, line, wall)
    pen.box(0, line, 640, 360, floor)
    pen.box(0, line - 6, 640, line, CREAM)


def draw_window(pen: Pen, x0: float, y0: float, x1: float, y1: float, sky: str, curtain: str) -> None:
    """Draw a window with a cross bar and two curtains."""
    pen.box(x0 - 6, y0 - 6, x1 + 6, y1 + 6, CREAM, 4)
    pen.box(x0, y0, x1, y1, sky, 2)
    pen.box((x0 + x1) / 2 - 2.5, y0, (x0 + x1) / 2 + 2.5, y1, CREAM)
    pen.box(x0 - 18, y0 - 12, x1 + 18, y0 - 7, DARK_WOOD, 2)
    for side, edge in ((-1, x0), (1, x1)):
        inner = edge - side * 16
        pen.shape(
            [
                (edge + side * 14, y0 - 8),
                (inner, y0 - 8),
                *bend((inner, y0 - 8), (inner + side * 2, y1 - 40), (edge + side * 4, y1 + 8)),
                (edge + side * 14, y1 + 8),
            ],
            curtain,
        )


def draw_plant(pen: Pen, x: float, y: float, size: float) -> None:
    """Draw a plant in a pot that stands on a point."""
    for dx, dy in ((-0.9, -1.5), (-0.45, -2.1), (0.1, -2.3), (0.55, -1.9), (0.95, -1.4)):
        tip = (x + dx * size, y + dy * size)
        middle = (x + dx * size * 0.3, y + dy * size * 0.85)
        pen.curve((x, y - size * 0.6), middle, tip, size * 0.3, LEAF)
    pen.shape(
        [
            (x - size * 0.55, y - size * 0.75),
            (x + size * 0.55, y - size * 0.75),
            (x + size * 0.4, y),
            (x - size * 0.4, y),
        ],
        RED,
    )


def draw_frame(pen: Pen, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a small framed landscape on the wall."""
    pen.box(x0, y0, x1, y1, DARK_WOOD, 2)
    pen.box(x0 + 4, y0 + 4, x1 - 4, y1 - 4, "#dbeaf0")
    pen.oval(x1 - 16, y0 + 15, 6, 6, "#f0c15a")
    pen.shape(
        [
            (x0 + 4, y1 - 4),
            *bend((x0 + 4, y1 - 16), ((x0 + x1) / 2, y0 + 6), (x1 - 4, y1 - 14)),
            (x1 - 4, y1 - 4),
        ],
        "#9cb884",
    )


def draw_shelf(pen: Pen, x0: float, y: float, x1: float) -> None:
    """Draw a shelf with a few jars and books."""
    pen.box(x0, y, x1, y + 6, DARK_WOOD, 2)
    at = x0 + 8.0
    for width, height, color in ((12, 30, RED), (9, 26, BLUE), (11, 33, "#e2b04a"), (8, 24, LEAF)):
        pen.box(at, y - height, at + width, y, color, 1.5)
        at += width + 2
    pen.oval(x1 - 18, y - 11, 11, 11, CREAM)


def draw_person(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw trunk and head."""
    draw_hair_back(pen, look, pose)
    draw_torso(pen, look, pose)
    draw_head(pen, look, pose)


def draw_hands(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw both arms, and the telephone if it is held."""
    if pose.holding == "phone":
        x, y = pose.left
        pen.shape([(x + 3, y - 21), (x + 23, y - 18), (x + 21, y + 14), (x + 1, y + 11)], "#2e3440")
        pen.shape([(x + 5, y - 18), (x + 21, y - 15.5), (x + 19.5, y + 10), (x + 3.5, y + 7.5)], "#a9d3ee")
    draw_arm(pen, look, pose, "left")
    draw_arm(pen, look, pose, "right")
