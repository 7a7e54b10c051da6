"""The rug in the living room, where the first family plays."""

from __future__ import annotations

from figures import Look, Pen, Point, Pose, draw_hair_back, draw_head, draw_torso

from rooms.stage import (
    BLUE,
    CREAM,
    DARK_WOOD,
    FLOOR,
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

BLOCKS = ("#e0a93b", "#6d9f71", "#e58f65", "#d2503f", "#4a7fb5", "#8d6ba8")
SCATTERED: tuple[Point, ...] = ((262, 322), (300, 329), (344, 331), (378, 322), (396, 312), (282, 314))
HEAP: tuple[Point, ...] = ((232, 326), (262, 331), (292, 327), (356, 330), (398, 325), (380, 334))


def playroom_background(pen: Pen) -> None:
    """Draw the living room with the rug and a low shelf."""
    draw_wall(pen, "#f4e4d4", FLOOR, 226)
    draw_window(pen, 64, 36, 172, 142, SKY, "#d99c7a")
    pen.oval(96, 134, 30, 16, "#a9c795")
    pen.oval(146, 138, 34, 16, "#93b57f")
    pen.box(64, 142, 172, 150, CREAM)
    draw_frame(pen, 268, 50, 352, 110)
    pen.box(470, 120, 622, 222, WOOD, 6)
    for x0, y0 in ((478, 128), (549, 128), (478, 176), (549, 176)):
        pen.box(x0, y0, x0 + 65, y0 + 40, "#9c683d", 4)
    for k, color in enumerate((RED, "#e2b04a", BLUE, LEAF, "#8d6ba8")):
        pen.box(484 + k * 11, 137, 493 + k * 11, 168, color, 1.5)
    pen.oval(580, 154, 14, 14, "#e58f65")
    pen.oval(580, 154, 14, 4, CREAM)
    pen.box(486, 190, 534, 216, "#f0d9b5", 4)
    pen.oval(574, 200, 10, 10, "#b98a5e")
    pen.oval(574, 186, 9, 8, "#b98a5e")
    pen.oval(567, 180, 3.5, 3.5, "#b98a5e")
    pen.oval(581, 180, 3.5, 3.5, "#b98a5e")
    draw_plant(pen, 528, 120, 17)
    pen.oval(322, 300, 272, 54, "#c9705f")
    pen.oval(322, 299, 254, 48, "#efd3ae")
    pen.oval(322, 299, 232, 41, "#e3a984")
    pen.oval(322, 299, 218, 37, "#f2dfc2")


def draw_crossed_legs(pen: Pen, look: Look, pose: Pose, size: float) -> None:
    """Draw the legs of somebody who sits on the floor."""
    y = pose.y + look.torso - 5
    for sign in (-1, 1):
        pen.stroke(
            [(pose.x - sign * 26 * size, y + 19 * size), (pose.x - sign * 14 * size, y + 19 * size)],
            11 * size,
            "#f4efe6",
        )
    for sign in (-1, 1):
        hip, knee = (pose.x + sign * 15 * size, y), (pose.x + sign * 43 * size, y + 9 * size)
        pen.stroke([hip, knee, (pose.x - sign * 12 * size, y + 19 * size)], 17 * size, look.legs)


def draw_block(pen: Pen, x: float, y: float, color: str) -> None:
    """Draw a wooden block with its bottom on a point."""
    pen.box(x - 13, y - 17, x + 13, y, color, 2.5)
    pen.box(x - 9, y - 13.5, x + 9, y - 11, "#fbeedd", 1)


def draw_play(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the play."""
    for who, size in (("kind", 0.86), ("pm", 1.12)):
        draw_hair_back(pen, looks[who], poses[who])
        draw_torso(pen, looks[who], poses[who])
        draw_crossed_legs(pen, looks[who], poses[who], size)
        draw_head(pen, looks[who], poses[who])
    for x in range(4):
        pen.box(362 + x * 9, 282, 366 + x * 9, 302, DARK_WOOD, 1.5)
    pen.box(358, 288, 394, 292, WOOD, 1.5)
    garage = between(things.get("garage", 0.0))
    if garage > 0.02:
        base = 306 + (1 - garage) * 22
        pen.box(244, base - 30, 252, base, BLOCKS[1], 2)
        pen.box(286, base - 30, 294, base, BLOCKS[1], 2)
        pen.shape([(238, base - 29), (300, base - 29), (269, base - 46)], BLOCKS[3])
        pen.box(252, base - 29, 286, base, "#8b6a55")
    drive = between(things.get("drive", 0.0))
    car = mix((214, 328), (269, 306), drive)
    pen.box(car[0] - 14, car[1] - 13, car[0] + 14, car[1] - 3, "#d2503f", 4)
    pen.box(car[0] - 8, car[1] - 20, car[0] + 7, car[1] - 10, "#e98b7c", 4)
    for dx in (-8, 8):
        pen.oval(car[0] + dx, car[1] - 3, 4, 4, "#3b2f2f")
    built, fallen, gate = (
        things.get("blocks", 0.0),
        between(things.get("fallen", 0.0)),
        between(things.get("gate", 0.0)),
    )
    for k, color in enumerate(BLOCKS):
        level = k if gate < 0.5 or k < 4 else k - 1
        tower = (325.0, 308 - 17.0 * level)
        if k == 4:
            tower = mix((325.0, 308 - 17.0 * 4), (406.0, 304.0), gate)
        up = between(built - k)
        at = mix(HEAP[k], tower, up)
        at = (at[0], at[1] - 26 * up * (1 - up) * 4 * (k < 4))
        if k != 4:
            at = mix(at, SCATTERED[k], between(fallen * 1.6 - 0.1 * (5 - k)) * up)
        draw_block(pen, at[0], at[1], color)
    draw_hands(pen, looks["kind"], poses["kind"])
    draw_hands(pen, looks["pm"], poses["pm"])


PLAYROOM = Room(
    places={
        "kind": Place(190, 212, (168, 266), (214, 266)),
        "pm": Place(462, 186, (430, 262), (496, 264), slide="near", distance=52),
    },
    sights={"thing": (325, 282)},
    moves={
        ("kind", "wave"): Move(right=(246, 186), wobble=(5, 3)),
        ("kind", "place"): Move(right=(262, 252), left=(206, 262), look="thing", wobble=(7, 7)),
        ("kind", "point"): Move(right=(268, 238)),
        ("kind", "car"): Move(right=(236, 284), look="thing", wobble=(6, 1)),
        ("pm", "place"): Move(left=(372, 246), look="thing", wobble=(5, 5)),
    },
    background=playroom_background,
    draw=draw_play,
    slow={"fallen": 0.14, "near": 0.06, "drive": 0.05},
)
