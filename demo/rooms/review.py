"""The table with the screen, at which two foster parents and a counsellor look at a clip."""

from __future__ import annotations

import math

from figures import INK, Look, Pen

from rooms.stage import (
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
    draw_person,
    draw_plant,
    draw_wall,
    draw_window,
)

SCREEN = (206.0, 128.0, 334.0, 214.0)


def review_background(pen: Pen) -> None:
    """Draw the consulting room with a window, a plant and chairs."""
    draw_wall(pen, "#e8e2d4", "#b99a7a", 296)
    draw_window(pen, 196, 26, 308, 100, SKY, "#6f8f86")
    pen.box(196, 100, 308, 106, CREAM)
    draw_frame(pen, 352, 40, 424, 92)
    draw_plant(pen, 34, 296, 36)
    for x0, x1 in ((84, 178), (370, 458), (492, 584)):
        pen.box(x0, 168, x1, 296, DARK_WOOD, 14)
        pen.box(x0 + 9, 178, x1 - 9, 290, "#7f8f9a", 10)


def draw_film(pen: Pen, part: float, time: float) -> None:
    """Draw what is on the screen: a child that holds up a block, and a mother who smiles at it."""
    x0, y0, x1, y1 = SCREEN
    pen.box(x0 - 6, y0 - 6, x1 + 6, y1 + 6, "#2e3440", 6)
    pen.box(x0, y0, x1, y1, "#f4e4d4", 2)
    pen.box(x0, y1 - 34, x1, y1, "#d8b48c")
    pen.oval((x0 + x1) / 2, y1 - 12, 50, 9, "#efd3ae")
    plays = part > 0.5
    lift = 12 + 8 * math.sin(time * 2.2) if plays and part < 1.5 else 18.0
    x, y = x0 + 36, y1 - 30
    pen.shape([(x - 11, y - 2), (x + 11, y - 2), (x + 14, y + 20), (x - 14, y + 20)], "#e2b04a")
    pen.oval(x, y - 13, 12, 12, "#f7d0b0")
    pen.oval(x, y - 19, 12, 7, "#d9a24a")
    pen.stroke([(x + 9, y + 3), (x + 21, y + 4 - lift)], 5, "#e2b04a")
    pen.box(x + 16, y - 6 - lift, x + 28, y + 4 - lift, RED, 2)
    mx, my = x1 - 34, y1 - 40
    pen.shape([(mx - 14, my), (mx + 14, my), (mx + 18, my + 30), (mx - 18, my + 30)], "#4b8a84")
    pen.oval(mx, my - 13, 15, 16, "#8a4b32")
    pen.oval(mx - 1, my - 11, 12, 12.5, "#f3c6a5")
    for px, py, wide in ((x + 3, y - 13, 5), (mx - 4, my - 12, 5)):
        for sign in (-1, 1):
            pen.oval(px + sign * wide * 0.8, py, 1.4, 1.7, INK)
        grin = 4.5 if part > 1.5 or px < mx - 20 else 1.5
        pen.curve((px - 4, py + 5), (px, py + 5 + grin), (px + 4, py + 5), 1.4, "#8c3f3a")
    for k, color in enumerate(("#4a7fb5", "#6d9f71")):
        pen.box(x + 34, y1 - 24 - k * 11, x + 48, y1 - 14 - k * 11, color, 2)
    pen.box(x0 + 6, y1 - 6, x1 - 6, y1 - 3, "#cbbfa6", 1)
    pen.box(x0 + 6, y1 - 6, x0 + 6 + (x1 - x0 - 12) * (0.25 + 0.3 * between(part)), y1 - 3, RED, 1)
    if not plays:
        for dx in (-5, 3):
            pen.box(x0 + 12 + dx, y0 + 6, x0 + 15 + dx, y0 + 18, "#5a6270", 1)


def draw_review(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the talk."""
    for who in ("vib", "pm", "pv"):
        draw_person(pen, looks[who], poses[who])
    pen.box(40, 240, 612, 280, WOOD, 10)
    pen.box(40, 266, 612, 288, DARK_WOOD, 7)
    for x in (64, 572):
        pen.box(x, 286, x + 16, 354, DARK_WOOD, 4)
    pen.shape([(255, 220), (285, 220), (293, 250), (247, 250)], "#3b4350")
    pen.box(229, 246, 311, 254, "#3b4350", 4)
    draw_film(pen, things.get("film", 0.0), time)
    pen.box(150, 250, 196, 268, "#fffaf0", 2)
    card = between(things.get("card", 0.0))
    if card > 0.1:
        pen.stroke([(160, 258), (160 + 12 * card, 256)], 2, LEAF)
        pen.oval(180, 259, 5 * card, 4 * card, RED)
    for x, color in ((350, "#6f9fb5"), (476, "#e58f65")):
        pen.shape([(x - 8, 238), (x + 8, 238), (x + 7, 256), (x - 7, 256)], color)
        pen.oval(x, 238, 8, 2.4, "#fffdf6")
    if poses["vib"].holding == "pen":
        hand = poses["vib"].right
        pen.stroke([(hand[0], hand[1] - 10), (hand[0] + 6, hand[1] + 8)], 2.6, "#3b4350")
    for who in ("vib", "pm", "pv"):
        draw_hands(pen, looks[who], poses[who])


REVIEW = Room(
    places={
        "vib": Place(132, 166, (102, 246), (164, 248)),
        "pm": Place(414, 170, (386, 247), (444, 248)),
        "pv": Place(536, 164, (502, 246), (570, 248)),
    },
    sights={"thing": (284, 176), "screen": (284, 172), "table": (372, 256)},
    moves={
        ("vib", "press"): Move(right=(204, 240), look="screen"),
        ("vib", "point"): Move(right=(206, 184), look="screen"),
        ("vib", "write"): Move(right=(174, 250), look="table", wobble=(5, 2), holding="pen"),
        ("pv", "point"): Move(left=(470, 186), look="screen"),
    },
    background=review_background,
    draw=draw_review,
    slow={"film": 1.0, "card": 0.04},
)
