"""The rug beside the washing, where the third family plays without words."""

from __future__ import annotations

from figures import Look, Pen, Point, draw_hair_back, draw_head, draw_torso

from rooms.playroom import draw_block, draw_crossed_legs
from rooms.stage import (
    BLUE,
    CREAM,
    DARK_WOOD,
    LEAF,
    RED,
    SKY,
    WOOD,
    Move,
    Place,
    Poses,
    Room,
    Things,
    between,
    draw_frame,
    draw_hands,
    draw_plant,
    draw_wall,
    draw_window,
    mix,
)

TOWER: tuple[Point, ...] = ((322, 312), (322, 295), (322, 278))
FALLEN: tuple[Point, ...] = ((322, 312), (292, 320), (352, 318))
COLORS = ("#4a7fb5", "#6d9f71", "#e0a93b")
BEAR: tuple[Point, ...] = ((560, 128), (176, 300), (428, 292))
"""Where the bear sits: on the shelf, with the child, with the foster mother."""


def nursery_background(pen: Pen) -> None:
    """Draw the room with a window, a shelf, a toy chest and a rug."""
    draw_wall(pen, "#e9e6d6", "#d3b08a", 232)
    draw_window(pen, 62, 34, 182, 142, SKY, "#8fb0a0")
    pen.oval(92, 136, 32, 16, "#a9c795")
    pen.oval(150, 138, 36, 15, "#93b57f")
    pen.stroke([(64, 92), (132, 84)], 3, DARK_WOOD)
    pen.box(62, 142, 182, 150, CREAM)
    draw_frame(pen, 296, 46, 372, 100)
    pen.box(500, 130, 626, 136, DARK_WOOD, 2)
    for k, color in enumerate((RED, "#e2b04a", BLUE)):
        pen.box(506 + k * 10, 100, 514 + k * 10, 130, color, 1.5)
    draw_plant(pen, 608, 130, 15)
    pen.oval(316, 306, 268, 48, "#7f9fb0")
    pen.oval(316, 305, 250, 42, "#cfdde0")
    pen.oval(316, 305, 214, 34, "#e8efee")


def draw_bear(pen: Pen, x: float, y: float) -> None:
    """Draw the bear, sitting on a point."""
    fur = "#a8743f"
    pen.oval(x, y - 12, 12, 13, fur)
    pen.oval(x, y - 31, 11, 10, fur)
    for sign in (-1, 1):
        pen.oval(x + sign * 8, y - 39, 4, 4, fur)
        pen.oval(x + sign * 10, y - 3, 5, 4, "#c99a63")
        pen.oval(x + sign * 4, y - 32, 1.4, 1.7, "#2e2a27")
    pen.oval(x, y - 28, 3.6, 2.6, "#d9b98c")


def draw_bird(pen: Pen, time: float) -> None:
    """Draw the bird on the branch outside, which hops."""
    y = 84 - (2.5 if time % 1.6 < 0.25 else 0)
    pen.oval(112, y - 7, 9, 6.5, "#b4553f")
    pen.oval(120, y - 13, 5, 5, "#8b5a3c")
    pen.shape([(124, y - 14), (130, y - 12), (124, y - 11)], "#e0a93b")
    pen.shape([(104, y - 6), (92, y - 1), (104, y - 2)], "#8b5a3c")
    pen.oval(121, y - 14, 1, 1, "#2e2a27")


def draw_silent_play(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the play without words."""
    draw_bird(pen, time)
    kind, pm = poses["kind"], poses["pm"]
    place = things.get("bear", 0.0)
    at = mix(BEAR[0], BEAR[1], between(place)) if place <= 1 else mix(BEAR[1], BEAR[2], between(place - 1))
    if place < 0.5:
        draw_bear(pen, *at)
    pen.box(52, 262, 132, 312, WOOD, 5)
    pen.box(48, 254, 136, 268, DARK_WOOD, 4)
    for who, size in (("pm", 1.12), ("kind", 0.78)):
        draw_hair_back(pen, looks[who], poses[who])
        draw_torso(pen, looks[who], poses[who])
        draw_crossed_legs(pen, looks[who], poses[who], size)
        draw_head(pen, looks[who], poses[who])
    fell = between(things.get("fallen", 0.0))
    for k, color in enumerate(COLORS):
        block = mix(TOWER[k], FALLEN[k], fell)
        draw_block(pen, block[0], block[1], color)
    book = between(things.get("book", 0.0))
    x, y = mix((523, 93), (384, 322), book)
    pen.shape([(x - 20, y - 5), (x + 18, y - 8), (x + 22, y + 5), (x - 16, y + 8)], LEAF)
    pen.shape([(x - 16, y + 2), (x + 21, y - 1), (x + 22, y + 4), (x - 16, y + 7)], CREAM)
    car = mix((232, 330), (296, 334), between(things.get("drive", 0.0)))
    pen.box(car[0] - 13, car[1] - 11, car[0] + 13, car[1] - 2, RED, 4)
    pen.box(car[0] - 7, car[1] - 18, car[0] + 6, car[1] - 9, "#e98b7c", 4)
    for dx in (-7, 7):
        pen.oval(car[0] + dx, car[1] - 2, 3.6, 3.6, "#3b2f2f")
    pen.shape([(508, 268), (612, 268), (600, 322), (520, 322)], "#d8c19a")
    for k in range(3):
        pen.box(516 + k * 2, 278 + k * 13, 604 - k * 2, 281 + k * 13, "#c4a878", 1)
    for k, color in enumerate(("#f0e6d6", BLUE, "#e3a984")):
        pen.box(520 + k * 26, 258 - k % 2 * 4, 550 + k * 26, 272, color, 6)
    if pm.holding == "cloth":
        lx, ly, rx, ry = *pm.left, *pm.right
        pen.shape([(lx, ly - 8), (rx, ry - 8), (rx - 4, ry + 22), (lx + 4, ly + 22)], "#f0e6d6")
    if place >= 0.5 and kind.holding != "bear":
        draw_bear(pen, *at)
    if kind.holding == "bear":
        draw_bear(pen, kind.right[0] + 8, kind.right[1] + 16)
    draw_hands(pen, looks["pm"], pm)
    if kind.holding == "block":
        draw_block(pen, kind.right[0] + 4, kind.right[1] + 2, RED)
    draw_hands(pen, looks["kind"], kind)


NURSERY = Room(
    places={
        "kind": Place(228, 222, (204, 268), (250, 270)),
        "pm": Place(440, 186, (408, 262), (472, 264)),
    },
    sights={
        "thing": (322, 290),
        "camera": (228, 200),
        "bear": (556, 108),
        "wash": (500, 290),
        "box": (100, 276),
        "car": (280, 326),
        "bird": (112, 78),
    },
    moves={
        ("kind", "hold"): Move(right=(274, 186), holding="block"),
        ("kind", "point"): Move(right=(286, 196)),
        ("kind", "point_out"): Move(left=(170, 190)),
        ("kind", "offer"): Move(right=(284, 246), holding="bear", shift=(10, 0)),
        ("kind", "place"): Move(right=(284, 272), look="thing", wobble=(5, 5), shift=(12, 0)),
        ("kind", "box"): Move(left=(154, 262), right=(172, 270), look="box", wobble=(3, 2), shift=(-22, 0)),
        ("kind", "car"): Move(right=(262, 290), look="car", wobble=(5, 1), shift=(8, 2)),
        ("kind", "hurt"): Move(left=(236, 254), right=(250, 254), wobble=(0, 2), shift=(-6, -3)),
        ("kind", "startle"): Move(left=(196, 236), right=(262, 236), shift=(-4, -8)),
        ("kind", "rub"): Move(left=(214, 186), right=(242, 186), wobble=(2, 2)),
        ("kind", "near"): Move(right=(330, 256), shift=(62, 0)),
        ("pm", "fold"): Move(left=(416, 254), right=(476, 252), wobble=(6, 4), holding="cloth"),
        ("pm", "give"): Move(left=(352, 236)),
        ("pm", "take"): Move(left=(352, 252)),
        ("pm", "open"): Move(left=(362, 240), right=(500, 236)),
    },
    background=nursery_background,
    draw=draw_silent_play,
    slow={"bear": 0.08, "fallen": 0.2, "book": 0.16, "drive": 0.05},
)
