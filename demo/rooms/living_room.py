"""The couch, where the second family reads."""

from __future__ import annotations

from figures import INK, Look, Pen, bend, draw_arm, draw_hair_back, draw_head, draw_torso

from rooms.stage import (
    CREAM,
    DARK_WOOD,
    Move,
    Place,
    Poses,
    Room,
    Things,
    between,
    draw_frame,
    draw_hands,
    draw_wall,
    draw_window,
)


def reading_background(pen: Pen) -> None:
    """Draw the evening room with the couch and the lamp."""
    draw_wall(pen, "#efdcc6", "#c99f78", 284)
    draw_window(pen, 62, 40, 160, 148, "#5d7596", "#c9805f")
    pen.oval(134, 68, 12, 12, "#f7ecc4")
    pen.oval(129, 65, 11, 11, "#5d7596")
    for x, y in ((78, 62), (98, 88), (84, 112), (144, 104)):
        pen.oval(x, y, 1.5, 1.5, "#f7ecc4")
    pen.box(62, 148, 160, 156, CREAM)
    draw_frame(pen, 284, 34, 366, 92)
    pen.oval(546, 96, 74, 74, "#f6e6c4")
    pen.oval(546, 96, 50, 50, "#fbeecb")
    pen.box(543, 110, 549, 300, DARK_WOOD, 2)
    pen.oval(546, 302, 26, 6, DARK_WOOD)
    pen.shape([(514, 112), (578, 112), (562, 64), (530, 64)], "#f0c36a")
    pen.oval(320, 326, 250, 30, "#b98763")
    pen.box(150, 128, 490, 282, "#b7604e", 30)
    pen.box(168, 144, 318, 250, "#c9705f", 20)
    pen.box(322, 144, 472, 250, "#c9705f", 20)
    pen.box(150, 240, 490, 300, "#c9705f", 16)
    pen.box(150, 240, 490, 252, "#d58270", 6)
    pen.box(126, 186, 180, 304, "#b7604e", 22)
    pen.box(460, 186, 514, 304, "#b7604e", 22)
    for x in (146, 484):
        pen.box(x, 300, x + 12, 318, DARK_WOOD, 2)
    pen.box(434, 180, 480, 228, "#e2b04a", 12)


def draw_legs(pen: Pen, look: Look, x: float, hip: float, knee: float, foot: float, apart: float, width: float) -> None:
    """Draw the legs of somebody who sits on the couch."""
    for sign in (-1, 1):
        at = x + sign * apart
        pen.stroke([(x + sign * apart * 0.8, hip), (at, knee), (at, foot - 7)], width, look.legs)
        pen.box(at - width * 0.55, foot - 9, at + width * 0.55, foot + 2, "#6d5a4e", 5)


def draw_book(pen: Pen, page: float) -> None:
    """Draw the open picture book; the fraction of ``page`` is the leaf that turns."""
    for sign in (-1, 1):
        cover = [(322 + sign * 2, 220), (322 + sign * 56, 211), (322 + sign * 58, 263), (322 + sign * 2, 274)]
        pen.shape(cover, "#3f7f7a")
        sheet = [
            (322.0, 221.0),
            *bend((322, 219), (322 + sign * 26, 210), (322 + sign * 53, 212)),
            (322 + sign * 54, 260),
            *bend((322 + sign * 54, 260), (322 + sign * 26, 259), (322, 271)),
        ]
        pen.shape(sheet, "#fffaf0")
    fur = "#9a6b45"
    pen.oval(297, 235, 12, 11, fur)
    for dx in (-8, 8):
        pen.oval(297 + dx, 226, 4, 4, fur)
        pen.oval(297 + dx * 0.45, 233.5, 1.4, 1.7, INK)
    pen.oval(297, 239, 4, 3, "#c9a27c")
    pen.box(291, 245, 296, 255, fur, 2)
    pen.box(299, 244, 307, 258, "#d2503f", 2)
    for k, width in enumerate((32, 26, 30, 20)):
        pen.stroke([(333, 229 + k * 8 - 2), (333 + width, 227 + k * 8 - width * 0.12)], 1.8, "#b9a994")
    turning = page % 1.0
    if 0.04 < turning < 0.96:
        x = 322 + 54 * (1 - 2 * turning)
        lift = 30 * (1 - abs(1 - 2 * turning))
        pen.shape([(322, 219), (x, 212 - lift), (x, 258 - lift), (322, 271)], "#f3e8d3")


def draw_reading(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the reading."""
    pv, kind = poses["pv"], poses["kind"]
    around = pv.right[0] > kind.x - 32
    draw_hair_back(pen, looks["pv"], pv)
    draw_torso(pen, looks["pv"], pv)
    if around:
        draw_arm(pen, looks["pv"], pv, "right")
    draw_hair_back(pen, looks["kind"], kind)
    draw_torso(pen, looks["kind"], kind)
    draw_legs(pen, looks["pv"], 262, 250, 268, 334, 21, 24)
    draw_legs(pen, looks["kind"], 382, 250, 266, 312, 15, 18)
    draw_head(pen, looks["pv"], pv)
    draw_head(pen, looks["kind"], kind)
    blanket = between(things.get("blanket", 0.0))
    if blanket > 0.02:
        top, left, right = 322 - 88 * blanket, 300.0, 436.0
        pen.shape(
            [
                (left, 300),
                *bend((left, 300), (left + 2, top + 8), (left + 22, top + 6)),
                *bend((left + 22, top + 6), (374, top - 8), (right - 14, top)),
                *bend((right - 14, top), (right + 8, top + 10), (right + 6, 310)),
                (left + 4, 312),
            ],
            "#6f97a8",
        )
        for k in range(3):
            y = top + 20 + k * 22
            if y < 304:
                pen.curve((left + 2, y + 3), (370, y - 6), (right + 4, y + 2), 4, "#e9d8b4")
    draw_book(pen, things.get("page", 0.0))
    draw_arm(pen, looks["pv"], pv, "left")
    if not around:
        draw_arm(pen, looks["pv"], pv, "right")
    draw_hands(pen, looks["kind"], kind)


LIVING_ROOM = Room(
    places={
        "pv": Place(262, 170, (276, 256), (366, 200)),
        "kind": Place(382, 192, (368, 254), (410, 256)),
    },
    sights={"thing": (322, 244), "window": (110, 100)},
    moves={
        ("pv", "point"): Move(right=(338, 246), look="thing", wobble=(7, 1)),
        ("pv", "turn"): Move(right=(346, 232), look="thing"),
        ("kind", "turn"): Move(left=(336, 228), look="thing", wobble=(8, 2)),
        ("kind", "point"): Move(left=(318, 240), look="thing"),
    },
    background=reading_background,
    draw=draw_reading,
    slow={"page": 0.06, "blanket": 0.06},
)
