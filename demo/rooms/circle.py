"""The circle, where a group leader sits with three children."""

from __future__ import annotations

from figures import Look, Pen, Pose, draw_hair_back, draw_head, draw_torso

from rooms.playroom import draw_crossed_legs
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
    draw_hands,
    draw_person,
    draw_wall,
    draw_window,
    mix,
)


def circle_background(pen: Pen) -> None:
    """Draw the group room with pictures of the day, hooks and a large rug."""
    draw_wall(pen, "#eef0dc", "#d9b78f", 226)
    draw_window(pen, 452, 30, 590, 134, SKY, "#e0a15f")
    pen.oval(488, 128, 34, 18, "#a9c795")
    pen.oval(552, 130, 38, 16, "#93b57f")
    pen.box(452, 134, 590, 142, CREAM)
    pen.box(36, 34, 200, 108, "#c98f5a", 5)
    pen.box(42, 40, 194, 102, "#f7efdd", 3)
    for k, color in enumerate(("#e2b04a", "#d9694f", "#4f86a8", "#7c9a63")):
        pen.box(50 + k * 36, 48, 80 + k * 36, 78, color, 4)
        pen.box(50 + k * 36, 84, 80 + k * 36, 90, "#cbbfa6", 2)
    pen.oval(65, 63, 8, 8, CREAM)
    pen.oval(101, 63, 10, 6, CREAM)
    pen.box(132, 56, 142, 70, CREAM, 2)
    pen.shape([(164, 72), (173, 54), (182, 72)], CREAM)
    pen.box(318, 60, 424, 66, DARK_WOOD, 2)
    for k, color in enumerate((RED, BLUE, LEAF, "#8d6ba8")):
        pen.box(328 + k * 24, 66, 342 + k * 24, 108, color, 5)
    pen.oval(306, 304, 296, 54, "#8fae84")
    pen.oval(306, 303, 278, 48, "#dfe8cf")
    pen.oval(306, 303, 236, 39, "#f3f3e2")


def draw_chair_legs(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw the legs of somebody on a low chair."""
    hip = pose.y + look.torso - 8
    for sign in (-1, 1):
        knee = (pose.x + sign * 30, hip + 12)
        pen.stroke([(pose.x + sign * 14, hip), knee, (pose.x + sign * 28, 300)], 22, look.legs)
        pen.box(pose.x + sign * 28 - 13, 296, pose.x + sign * 28 + 14, 310, "#6d5a4e", 5)


def draw_shell(pen: Pen, x: float, y: float) -> None:
    """Draw the shell around a point."""
    pen.shape([(x - 11, y - 5), (x - 6, y - 12), (x, y - 14), (x + 6, y - 12), (x + 11, y - 5), (x, y + 9)], "#f3d9c4")
    for dx in (-6, 0, 6):
        pen.stroke([(x, y + 6), (x + dx, y - 10)], 1.4, "#d6a98c")


def draw_circle(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the circle."""
    juf = poses["juf"]
    pen.box(juf.x - 40, 196, juf.x + 40, 272, WOOD, 8)
    draw_person(pen, looks["juf"], juf)
    draw_chair_legs(pen, looks["juf"], juf)
    for who, cushion in (("kind2", RED), ("kind", BLUE), ("kind3", LEAF)):
        pose, look = poses[who], looks[who]
        pen.oval(pose.x, 312, 56, 13, cushion)
        draw_hair_back(pen, look, pose)
        draw_torso(pen, look, pose)
        draw_crossed_legs(pen, look, pose, 0.8)
        if pose.foot > 0.1:
            tip = (pose.x + 30 + 44 * pose.foot, 318 - 6 * pose.foot)
            pen.stroke([(pose.x + 16, 300), tip], 15, look.legs)
            pen.box(tip[0] - 6, tip[1] - 10, tip[0] + 14, tip[1] + 6, "#6d5a4e", 5)
            pen.stroke([(tip[0] + 4, tip[1] - 10), (tip[0] + 16, tip[1] - 16)], 2, CREAM)
        draw_head(pen, look, pose)
    drum = mix((236, 322), (364, 334), between(things.get("drum", 0.0)))
    pen.box(drum[0] - 24, drum[1] - 26, drum[0] + 24, drum[1], "#b0573f", 6)
    pen.oval(drum[0], drum[1], 24, 6, "#b0573f")
    pen.oval(drum[0], drum[1] - 26, 24, 7, CREAM)
    for dx in (-16, 0, 16):
        pen.stroke([(drum[0] + dx, drum[1] - 20), (drum[0] + dx + 8, drum[1] - 2)], 1.6, "#e2b04a")
    draw_hands(pen, looks["juf"], juf)
    given = between(things.get("shell", 0.0))
    kind, other = poses["kind"], poses["kind3"]
    if given < 0.5:
        at = kind.left if kind.holding == "shell" else kind.right
        draw_shell(pen, at[0], at[1] - 8)
    for who in ("kind2", "kind", "kind3"):
        draw_hands(pen, looks[who], poses[who])
    if given >= 0.5:
        draw_shell(pen, other.left[0], other.left[1] - 8)


CIRCLE = Room(
    places={
        "kind2": Place(92, 232, (70, 278), (114, 280)),
        "juf": Place(232, 158, (204, 240), (262, 240)),
        "kind": Place(386, 234, (362, 282), (408, 280)),
        "kind3": Place(512, 230, (488, 278), (534, 280)),
    },
    sights={"thing": (300, 316), "shell": (430, 272), "drum": (236, 300), "foot": (560, 312)},
    moves={
        ("kind", "hold"): Move(left=(340, 200), holding="shell"),
        ("kind", "give"): Move(right=(442, 262)),
        ("kind", "reach"): Move(left=(332, 262), shift=(-6, 0)),
        ("kind", "play"): Move(left=(352, 296), right=(378, 296), wobble=(0, 8), look="thing"),
        ("kind2", "wave"): Move(right=(138, 186), wobble=(5, 3)),
        ("kind2", "bump"): Move(left=(52, 268), right=(132, 268), shift=(-12, 10)),
        ("kind2", "rub"): Move(right=(104, 196), wobble=(4, 1)),
        ("kind2", "still"): Move(look="thing"),
        ("kind2", "reach"): Move(right=(150, 250), shift=(6, 0)),
        ("kind2", "startle"): Move(left=(62, 240), right=(124, 240), shift=(-4, -9)),
        ("kind3", "reach"): Move(left=(452, 252), shift=(-8, 0)),
        ("kind3", "take"): Move(left=(462, 268)),
        ("kind3", "play"): Move(left=(490, 262), right=(524, 264), wobble=(6, 4), look="shell"),
        ("kind3", "turn"): Move(left=(500, 272), shift=(12, 0), look="foot"),
        ("kind3", "point"): Move(right=(552, 292), look="foot"),
        ("juf", "clap"): Move(left=(220, 204), right=(246, 204), wobble=(6, 2)),
        ("juf", "drum"): Move(left=(214, 272), right=(258, 272), look="drum"),
        ("juf", "open"): Move(left=(150, 226), right=(300, 226)),
    },
    background=circle_background,
    draw=draw_circle,
    slow={"drum": 0.07, "shell": 0.1},
)
