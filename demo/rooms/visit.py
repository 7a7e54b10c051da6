"""The room with the table, where a mother visits her child."""

from __future__ import annotations

from figures import Look, Pen, Pose

from rooms.kitchen import draw_cup
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
    draw_person,
    draw_plant,
    draw_shelf,
    draw_wall,
    draw_window,
)


def visit_background(pen: Pen) -> None:
    """Draw the living room with the door through which the mother comes."""
    draw_wall(pen, "#f1e3cf", "#cfa983", 292)
    draw_window(pen, 196, 34, 316, 136, SKY, "#7d94b5")
    pen.oval(226, 130, 32, 16, "#a9c795")
    pen.oval(284, 132, 34, 14, "#93b57f")
    pen.box(196, 136, 316, 144, CREAM)
    draw_shelf(pen, 358, 92, 452)
    draw_frame(pen, 376, 112, 436, 152)
    pen.box(26, 108, 92, 114, DARK_WOOD, 2)
    pen.box(34, 78, 84, 108, "#5d6d7a", 5)
    pen.oval(48, 93, 9, 9, "#c9d3d8")
    pen.oval(70, 93, 9, 9, "#c9d3d8")
    pen.stroke([(78, 78), (90, 56)], 2, "#5d6d7a")
    pen.box(520, 62, 622, 292, DARK_WOOD, 3)
    pen.box(528, 70, 614, 292, "#b9c7b4", 2)
    draw_plant(pen, 494, 292, 22)
    pen.box(186, 146, 282, 280, DARK_WOOD, 12)
    pen.box(195, 156, 273, 270, WOOD, 9)


def draw_standing(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw an adult who stands, down to the shoes."""
    for sign in (-1, 1):
        at = pose.x + sign * 16
        pen.stroke([(at, pose.y + 76), (at, 322)], 24, look.legs)
        pen.box(at - 13, 318, at + 14, 332, "#6d5a4e", 5)
    draw_person(pen, look, pose)


def draw_drawing(pen: Pen, x: float, y: float, flat: float) -> None:
    """Draw the child's drawing of two people, seen from the front or lying down."""
    high = 34 * flat
    pen.shape([(x - 24, y - high), (x + 24, y - high), (x + 27, y), (x - 27, y)], "#fffaf0")
    for dx, size, color in ((-8, 1.0, "#5d6fa8"), (9, 0.75, "#7b9d5e")):
        pen.oval(x + dx, y - high * (0.3 + 0.42 * size), 4.5 * size, 4.5 * size * max(flat, 0.5), "#a8552f")
        pen.stroke([(x + dx, y - high * 0.52 * size - high * 0.12), (x + dx, y - high * 0.16)], 3, color)
    pen.oval(x + 18, y - high * 0.82, 4, 4 * max(flat, 0.5), "#e2b04a")


def draw_visit(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the visit."""
    kind, mo, pm = poses["kind"], poses["mo"], poses["pm"]
    if things.get("door", 0.0) > 0.02:
        draw_standing(pen, looks["mo"], mo)
    draw_person(pen, looks["kind"], kind)
    if things.get("kitchen", 0.0) < 0.98:
        draw_standing(pen, looks["pm"], pm)
    pen.box(150, 238, 486, 276, "#d8a873", 10)
    pen.box(150, 264, 486, 282, DARK_WOOD, 7)
    for x in (166, 454):
        pen.box(x, 280, x + 15, 350, DARK_WOOD, 4)
    spilt = between(things.get("cup", 0.0))
    if mo.holding == "cloth":
        spilt = 0.0
    if spilt > 0.1:
        pen.oval(346, 256, 26 * spilt, 6 * spilt, "#e7d3a4")
        pen.box(318, 246, 340, 260, RED, 6)
    else:
        draw_cup(pen, 330, 258, RED)
    for k, color in enumerate(("#4a7fb5", "#d2503f", "#6d9f71")):
        pen.stroke([(186 + k * 3, 256 - k * 4), (210 + k * 3, 250 - k * 4)], 3, color)
    if kind.holding != "paper":
        draw_drawing(pen, 254, 261, 0.42)
    if mo.holding == "bag":
        bag, top = mo.right
        pen.box(bag - 34, top - 8, bag + 10, top + 30, "#8a4b52", 6)
        pen.curve((bag - 26, top - 6), (bag - 12, top - 26), (bag + 2, top - 6), 3, "#8a4b52")
    if mo.holding == "cloth":
        pen.box(mo.left[0] - 16, mo.left[1] - 2, mo.left[0] + 14, mo.left[1] + 10, "#c9dbe0", 5)
    if kind.holding == "paper":
        draw_drawing(pen, kind.right[0] + 4, kind.right[1] + 8, 1.2)
    draw_hands(pen, looks["kind"], kind)
    if kind.holding == "pencil":
        tip, height = kind.right
        pen.stroke([(tip + 2, height), (tip + 20, height - 8)], 3.4, "#4a7fb5")
    if things.get("door", 0.0) > 0.02:
        draw_hands(pen, looks["mo"], mo)
    if things.get("kitchen", 0.0) < 0.98:
        draw_hands(pen, looks["pm"], pm)
    pen.box(622, 40, 640, 300, "#e4d3bb")


VISIT = Room(
    places={
        "kind": Place(234, 196, (206, 246), (262, 247)),
        "pm": Place(-74, 146, (-98, 220), (-50, 222), slide="kitchen", distance=168),
        "mo": Place(410, 154, (384, 234), (438, 234), slide="door", distance=190),
    },
    sights={"thing": (254, 250), "paper": (254, 240), "bag": (430, 262), "radio": (60, 96)},
    moves={
        ("kind", "show"): Move(right=(292, 204), left=(262, 214), holding="paper"),
        ("kind", "wave"): Move(right=(290, 172), wobble=(6, 3)),
        ("kind", "draw"): Move(right=(256, 246), look="thing", wobble=(7, 2), holding="pencil"),
        ("kind", "offer"): Move(right=(292, 222), holding="pencil"),
        ("kind", "reach"): Move(left=(172, 186)),
        ("kind", "startle"): Move(left=(200, 214), right=(270, 214), shift=(-4, -8)),
        ("kind", "near"): Move(left=(156, 232), shift=(-38, 0)),
        ("mo", "open"): Move(left=(350, 206), right=(470, 206)),
        ("mo", "bag"): Move(left=(402, 236), right=(446, 236), look="bag", holding="bag", wobble=(4, 2)),
        ("mo", "phone"): Move(left=(396, 218), right=(442, 230), look="phone", holding="phone"),
        ("mo", "wipe"): Move(left=(346, 250), look="thing", wobble=(9, 1), holding="cloth"),
        ("mo", "wave"): Move(left=(362, 150), wobble=(6, 3)),
        ("pm", "open"): Move(left=(-126, 224), right=(-8, 236)),
    },
    background=visit_background,
    draw=draw_visit,
    slow={"door": 0.07, "kitchen": 0.06},
)
