"""The rug with the cars, the blocks and the box in which they go."""

from __future__ import annotations

from figures import Look, Pen, Point, draw_hair_back, draw_head, draw_torso

from rooms.playroom import draw_block, draw_crossed_legs
from rooms.stage import (
    CREAM,
    DARK_WOOD,
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
    draw_shelf,
    draw_wall,
    draw_window,
    mix,
)

BRIDGE: tuple[Point, ...] = ((296, 314), (352, 314), (310, 297), (338, 297))
HEAP: tuple[Point, ...] = ((284, 324), (352, 326), (312, 332), (386, 318))
COLORS = ("#4a7fb5", "#6d9f71", "#e0a93b", "#8d6ba8")
BOX: Point = (84, 300)


def tidying_background(pen: Pen) -> None:
    """Draw the room with a window, a desk with paper and a rug."""
    draw_wall(pen, "#e6e9ef", "#cfae88", 228)
    draw_window(pen, 216, 36, 330, 140, SKY, "#a8b86b")
    pen.oval(244, 134, 30, 15, "#a9c795")
    pen.oval(302, 136, 34, 14, "#93b57f")
    pen.box(216, 140, 330, 148, CREAM)
    draw_frame(pen, 56, 52, 142, 112)
    draw_shelf(pen, 520, 96, 622)
    pen.box(498, 170, 632, 180, WOOD, 3)
    for x in (508, 612):
        pen.box(x, 180, x + 10, 262, DARK_WOOD, 2)
    pen.box(528, 158, 572, 170, "#fffaf0", 1)
    draw_plant(pen, 606, 170, 14)
    pen.oval(318, 306, 268, 50, "#5f7fa3")
    pen.oval(318, 305, 250, 44, "#d9e2ec")
    for k in range(5):
        pen.box(196 + k * 56, 302, 222 + k * 56, 306, "#b3c3d6", 2)


def draw_car(pen: Pen, x: float, y: float) -> None:
    """Draw the car with its wheels on a point."""
    pen.box(x - 15, y - 14, x + 15, y - 3, "#2f6f9f", 4)
    pen.box(x - 8, y - 22, x + 8, y - 11, "#8db9d6", 4)
    for dx in (-9, 9):
        pen.oval(x + dx, y - 3, 4.2, 4.2, "#3b2f2f")


def draw_tidying(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the play and the tidying."""
    kind, pv = poses["kind"], poses["pv"]
    for who, size in (("kind", 0.86), ("pv", 1.14)):
        draw_hair_back(pen, looks[who], poses[who])
        draw_torso(pen, looks[who], poses[who])
        draw_crossed_legs(pen, looks[who], poses[who], size)
        draw_head(pen, looks[who], poses[who])
    tidy, fell, built = (between(things.get(name, 0.0)) for name in ("tidy", "fallen", "blocks"))
    for k, color in enumerate(COLORS):
        at = mix(mix(HEAP[k], BRIDGE[k], built), HEAP[k], fell)
        draw_block(pen, at[0], at[1], color)
    if kind.holding == "red":
        draw_block(pen, kind.right[0] + 4, kind.right[1] + 4, RED)
    elif pv.holding != "block":
        at = mix((238, 332), (432, 322), between(things.get("given", 0.0)))
        draw_block(pen, at[0], at[1], RED)
    car = mix(mix((236, 322), (392, 336), between(things.get("drive", 0.0))), (BOX[0], BOX[1] - 24), tidy)
    if kind.holding != "car" and tidy < 0.9:
        draw_car(pen, car[0], car[1])
    x, y = BOX
    pen.box(x - 46, y - 36, x + 46, y + 18, "#b98a5e", 5)
    pen.box(x - 46, y - 36, x + 46, y - 26, "#8b6440", 3)
    lid = between(things.get("lid", 0.0))
    hinge, tip = (x - 46, y - 36), mix((x - 62, y - 88), (x + 46, y - 42), lid)
    pen.stroke([hinge, tip], 8, DARK_WOOD)
    if kind.holding == "car":
        draw_car(pen, kind.right[0] + 4, kind.right[1] + 8)
    draw_hands(pen, looks["kind"], kind)
    draw_hands(pen, looks["pv"], pv)
    if pv.holding == "block":
        draw_block(pen, pv.left[0] - 6, pv.left[1], RED)


TIDYING = Room(
    places={
        "kind": Place(204, 214, (178, 268), (228, 268)),
        "pv": Place(462, 184, (428, 262), (496, 264)),
    },
    sights={"thing": (318, 300), "held": (420, 262), "box": (96, 262)},
    moves={
        ("kind", "car"): Move(right=(256, 288), look="thing", wobble=(7, 1), shift=(8, 2)),
        ("kind", "show"): Move(right=(252, 184), holding="car"),
        ("kind", "place"): Move(right=(276, 264), left=(226, 270), look="thing", wobble=(6, 6), shift=(10, 0)),
        ("kind", "point"): Move(right=(272, 206), look="thing"),
        ("kind", "give"): Move(right=(282, 244), holding="red"),
        ("kind", "hurt"): Move(left=(206, 250), right=(220, 248), wobble=(0, 2), shift=(-4, -3)),
        ("kind", "tidy"): Move(left=(130, 256), right=(152, 262), look="box", shift=(-26, 0)),
        ("pv", "near"): Move(shift=(-16, 4)),
        ("pv", "hold"): Move(left=(420, 244), look="held", holding="block", wobble=(3, 2)),
        ("pv", "ask"): Move(left=(380, 250)),
        ("pv", "point_box"): Move(left=(378, 216)),
        ("pv", "take"): Move(left=(378, 240)),
    },
    background=tidying_background,
    draw=draw_tidying,
    slow={"drive": 0.05, "fallen": 0.16, "given": 0.08, "lid": 0.25, "tidy": 0.08},
)
