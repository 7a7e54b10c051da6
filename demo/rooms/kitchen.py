"""The kitchen, where the first family eats."""

from __future__ import annotations

import math

from figures import Look, Pen, Point

from rooms.stage import (
    CREAM,
    DARK_WOOD,
    FLOOR,
    SKY,
    WALL,
    WOOD,
    Move,
    Place,
    Poses,
    Room,
    Things,
    draw_frame,
    draw_hands,
    draw_person,
    draw_plant,
    draw_shelf,
    draw_wall,
    draw_window,
    mix,
)


def kitchen_background(pen: Pen) -> None:
    """Draw the kitchen wall with window, shelf, lamp and chairs."""
    draw_wall(pen, WALL, FLOOR, 292)
    pen.box(0, 208, 640, 286, "#ecd4b8")
    draw_window(pen, 258, 40, 378, 142, SKY, "#e9b48a")
    pen.oval(286, 128, 34, 22, "#a9c795")
    pen.oval(350, 134, 36, 18, "#93b57f")
    pen.box(258, 142, 378, 147, CREAM)
    pen.box(240, 146, 396, 155, "#efe0c8", 3)
    draw_plant(pen, 272, 147, 15)
    draw_shelf(pen, 480, 84, 596)
    draw_frame(pen, 48, 52, 124, 108)
    pen.box(164, 150, 246, 270, DARK_WOOD, 12)
    pen.box(172, 160, 238, 262, WOOD, 9)
    pen.box(376, 122, 474, 270, DARK_WOOD, 14)
    pen.box(385, 132, 465, 262, WOOD, 10)


def draw_cat(pen: Pen, x: float, y: float, time: float) -> None:
    """Draw the cat on the window sill, with a slow tail."""
    fur, dark = "#8c8279", "#6d645d"
    swing = (1 if int(time / 1.3) % 2 else -1) * (1 - abs((time / 1.3) % 1 * 2 - 1)) * 6
    pen.curve((x + 13, y - 4), (x + 30, y - 2), (x + 31 + swing, y - 22), 5, dark)
    pen.oval(x + 2, y - 12, 15, 14, fur)
    pen.oval(x - 8, y - 27, 11, 9.5, fur)
    for sign in (-1, 1):
        pen.shape([(x - 8 + sign * 10, y - 41), (x - 8 + sign * 3, y - 34), (x - 8 + sign * 10.5, y - 28)], fur)
        pen.oval(x - 8 + sign * 4.3, y - 28, 1.7, 2.1, "#2e2a27")
    pen.oval(x - 8, y - 24, 1.5, 1.1, "#e2a09a")


def bitten(x: float, y: float, rx: float, ry: float, bites: list[tuple[float, float, float]]) -> list[Point]:
    """Give the outline of a slice of bread, dented by round bites of ``(x, y, radius)``."""
    outline = []
    for k in range(48):
        angle = 2 * math.pi * k / 48
        px = x + rx * math.copysign(abs(math.cos(angle)) ** 0.7, math.cos(angle))
        py = y + ry * math.copysign(abs(math.sin(angle)) ** 0.7, math.sin(angle))
        for bx, by, radius in bites:
            while math.hypot(px - bx, py - by) < radius and math.hypot(px - x, py - y) > 1:
                px, py = mix((px, py), (x, y), 0.04)
        outline.append((px, py))
    return outline


def draw_bread(pen: Pen, x: float, y: float, cheese: float, bites: float, flat: float = 0.6) -> None:
    """Draw a slice of bread with bites out of it; ``flat`` tells how far it lies down."""
    dents = [(x + 19 - 9.5 * k, y - (17 - 1.5 * (k % 2)) * flat, 9.0) for k in range(round(bites))]
    pen.shape(bitten(x, y, 20, 18 * flat, dents), "#b97f47")
    pen.shape(bitten(x, y - 1, 17.5, 15.5 * flat, dents), "#f0d6a4")
    if cheese > 0.05:
        pen.shape(bitten(x, y - 1, 15 * cheese, 12.5 * flat, dents), "#f2c14a")


def draw_cup(pen: Pen, x: float, y: float, color: str) -> None:
    """Draw a cup with its bottom on a point."""
    pen.oval(x + 9, y - 9, 5, 5.5, color)
    pen.oval(x + 9, y - 9, 2.6, 3, CREAM)
    pen.shape([(x - 9, y - 19), (x + 9, y - 19), (x + 7.5, y), (x - 7.5, y)], color)
    pen.oval(x, y - 19, 9, 2.6, "#fffdf6")


def draw_meal(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the meal."""
    kind, pm = poses["kind"], poses["pm"]
    draw_cat(pen, 338, 147, time)
    draw_person(pen, looks["kind"], kind)
    draw_person(pen, looks["pm"], pm)
    pen.box(70, 232, 570, 276, WOOD, 12)
    pen.box(70, 262, 570, 282, DARK_WOOD, 8)
    for x in (96, 530):
        pen.box(x, 280, x + 16, 352, DARK_WOOD, 4)
    pen.box(276, 238, 372, 266, "#f3dcc0", 6)
    pen.oval(206, 252, 35, 13, "#e9dcc6")
    pen.oval(206, 250, 33, 12, CREAM)
    pen.oval(432, 252, 37, 13, "#e9dcc6")
    pen.oval(432, 250, 35, 12, CREAM)
    draw_bread(pen, 432, 248, 1.0, 1.0)
    pen.box(288, 224, 312, 258, "#c9dbe0", 5)
    pen.box(285, 218, 315, 227, "#7aa0ad", 4)
    pen.oval(300, 243, 8, 8, "#d8a25e")
    pen.shape([(339, 212), (358, 212), (362, 258), (335, 258)], "#fffdf6")
    pen.shape([(337.5, 226), (359.5, 226), (362, 258), (335, 258)], "#e4eef2")
    pen.curve((359, 220), (376, 226), (361, 246), 3.5, "#fffdf6")
    cheese, bites = things.get("cheese", 0.0), things.get("bites", 0.0)
    if kind.holding != "bread":
        draw_bread(pen, 206, 248, cheese, bites)
    if kind.holding != "cup":
        draw_cup(pen, 254, 254, "#e58f65")
    if pm.holding != "cup":
        draw_cup(pen, 388, 256, "#6f9fb5")
    if kind.holding == "knife":
        knife = kind.right
        pen.stroke([(knife[0] - 3, knife[1]), (knife[0] - 19, knife[1] + 3)], 3.2, "#c7ced3")
    for who, color in (("kind", "#e58f65"), ("pm", "#6f9fb5")):
        if poses[who].holding == "cup":
            hand = poses[who].right if who == "kind" else poses[who].left
            draw_cup(pen, hand[0], hand[1] + 8, color)
    if kind.holding == "bread":
        draw_bread(pen, kind.right[0] + 2, kind.right[1] - 14, cheese, bites, 1.0)
    draw_hands(pen, looks["kind"], kind)
    draw_hands(pen, looks["pm"], pm)


KITCHEN = Room(
    places={
        "kind": Place(205, 192, (180, 244), (232, 246)),
        "pm": Place(425, 160, (396, 243), (462, 245)),
    },
    sights={
        "thing": (212, 250),
        "cat": (335, 118),
        "jar": (300, 232),
        "phone": (408, 246),
        "window": (318, 90),
    },
    moves={
        ("kind", "spread"): Move(right=(216, 242), look="thing", wobble=(9, 1), holding="knife"),
        ("kind", "show"): Move(right=(256, 190), holding="bread"),
        ("kind", "point"): Move(right=(262, 168)),
        ("kind", "reach"): Move(right=(288, 222)),
        ("kind", "cheek"): Move(right=(228, 170)),
        ("kind", "cup"): Move(right=(266, 196), holding="cup", look="pm"),
        ("pm", "cup"): Move(left=(362, 192), holding="cup", look="kind"),
        ("pm", "phone"): Move(left=(398, 226), right=(446, 238), look="phone", holding="phone"),
    },
    background=kitchen_background,
    draw=draw_meal,
)
