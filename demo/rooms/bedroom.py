"""The bedroom, where the second child gets dressed."""

from __future__ import annotations

from dataclasses import replace

from figures import Look, Pen, Pose, bend, head_at

from rooms.stage import (
    BLUE,
    CREAM,
    DARK_WOOD,
    LEAF,
    RED,
    Move,
    Place,
    Poses,
    Room,
    Things,
    between,
    draw_frame,
    draw_hands,
    draw_person,
    draw_wall,
    draw_window,
)


def bedroom_background(pen: Pen) -> None:
    """Draw the bedroom of the child, with bed, desk and door."""
    draw_wall(pen, "#f3e3cf", "#d3ad86", 262)
    draw_window(pen, 226, 34, 322, 122, "#cfe6e4", "#e2b04a")
    pen.oval(254, 116, 26, 14, "#a9c795")
    pen.oval(302, 118, 24, 12, "#93b57f")
    pen.box(226, 122, 322, 129, CREAM)
    pen.box(0, 176, 16, 296, DARK_WOOD, 5)
    pen.box(0, 218, 118, 272, CREAM, 10)
    pen.box(0, 210, 40, 234, "#fffdf6", 10)
    pen.box(26, 222, 124, 280, "#6f97a8", 10)
    pen.box(26, 222, 52, 280, "#8fb1bf", 8)
    pen.box(112, 212, 126, 298, DARK_WOOD, 5)
    pen.box(142, 176, 214, 184, DARK_WOOD, 2)
    for x in (148, 202):
        pen.box(x, 184, x + 6, 268, DARK_WOOD, 1)
    pen.box(156, 170, 186, 176, CREAM)
    for k, color in enumerate((RED, LEAF, BLUE, "#e2b04a")):
        pen.stroke([(192 + k * 5, 174), (193 + k * 5.4, 158 - k % 2 * 3)], 3, color)
    draw_frame(pen, 60, 62, 130, 114)
    pen.box(520, 40, 634, 268, CREAM, 3)
    pen.box(530, 50, 624, 268, "#dcc3a5")
    pen.box(530, 250, 624, 268, "#c9a680")
    pen.oval(320, 318, 190, 30, "#e3a984")
    pen.oval(320, 317, 176, 25, "#f0d3ae")


def draw_standing_legs(pen: Pen, look: Look, pose: Pose, floor: float, socks: float) -> None:
    """Draw the legs of the child, one foot raised by ``pose.foot``."""
    hip = pose.y + look.torso - 5
    for sign in (-1, 1):
        lift = pose.foot if sign > 0 else 0.0
        knee = (pose.x + sign * (13 + 9 * lift), (hip + floor) / 2 - 10 * lift)
        foot = (pose.x + sign * (12 + 10 * lift), floor - 8 - 22 * lift)
        pen.stroke([(pose.x + sign * 11, hip), knee, foot], 19, look.legs)
        color = "#e9e2d2"
        pen.box(foot[0] - 9 + sign * 2, foot[1] - 3, foot[0] + 9 + sign * 4, foot[1] + 10, color, 5)
        if socks > 0.3:
            for dy in (0, 5):
                pen.box(
                    foot[0] - 9 + sign * 2,
                    foot[1] - 1 + dy,
                    foot[0] + 9 + sign * 4,
                    foot[1] + 1.6 + dy,
                    "#d9694f",
                    1,
                )


def draw_sweater(pen: Pen, x: float, y: float, size: float) -> None:
    """Draw the blue sweater as it hangs from a hand."""
    pen.shape(
        [
            (x - 20 * size, y),
            (x + 20 * size, y),
            (x + 17 * size, y + 40 * size),
            (x - 17 * size, y + 40 * size),
        ],
        BLUE,
    )
    for sign in (-1, 1):
        pen.stroke([(x + sign * 18 * size, y + 5 * size), (x + sign * 27 * size, y + 28 * size)], 11 * size, BLUE)
    pen.oval(x, y, 9 * size, 3.5 * size, "#3b6a88")


def draw_dressing(pen: Pen, looks: dict[str, Look], poses: Poses, things: Things, time: float) -> None:
    """Draw one frame of the dressing."""
    kind, pv, pm = poses["kind"], poses["pv"], poses["pm"]
    sweater = things.get("sweater", 0.0)
    worn = sweater > 1.5
    top, stripes = (BLUE, "#5c9cc0") if worn else ("#e9dcc0", "#d99c7a")
    look = replace(looks["kind"], top=top, sleeve=top, stripes=stripes)
    if things.get("door", 0.0) > 0.02:
        for sign in (-1, 1):
            pen.stroke([(pm.x + sign * 15, pm.y + 76), (pm.x + sign * 15, 276)], 23, looks["pm"].legs)
            pen.box(pm.x + sign * 16 - 13, 272, pm.x + sign * 16 + 13, 284, "#6d5a4e", 5)
        draw_person(pen, looks["pm"], pm)
        draw_hands(pen, looks["pm"], pm)
    pen.box(624, 40, 640, 290, "#f3e3cf")
    pen.box(620, 40, 634, 290, CREAM, 2)
    draw_standing_legs(pen, look, kind, 322, things.get("socks", 0.0))
    hip = pv.y + looks["pv"].torso - 6
    pen.stroke([(pv.x + 16, hip), (pv.x + 34, 312), (pv.x + 78, 318)], 25, looks["pv"].legs)
    pen.box(pv.x + 72, 308, pv.x + 100, 326, "#6d5a4e", 7)
    pen.stroke([(pv.x - 10, hip), (pv.x - 44, hip + 10), (pv.x - 42, 316)], 25, looks["pv"].legs)
    pen.box(pv.x - 66, 310, pv.x - 32, 325, "#6d5a4e", 7)
    draw_person(pen, looks["pv"], pv)
    draw_person(pen, look, kind)
    if 0.3 < sweater <= 1.5:
        hx, hy = head_at(look, kind)
        drop = 26 * (1 - between((sweater - 0.3) / 0.5))
        pen.shape(
            [
                *bend((hx - 30, kind.y + 16), (hx - 44, hy - 30 - drop), (hx, hy - 27 - drop)),
                *bend((hx, hy - 27 - drop), (hx + 44, hy - 30 - drop), (hx + 30, kind.y + 16)),
                *bend((hx + 30, kind.y + 16), (hx, kind.y + 24), (hx - 30, kind.y + 16)),
            ],
            BLUE,
        )
        pen.oval(hx, hy - 25 - drop, 13, 5, "#3b6a88")
        pen.oval(hx - 4, hy - 29 - drop, 7, 6, look.hair)
        pen.oval(hx + 5, hy - 28 - drop, 7, 6, look.hair)
        look = replace(look, sleeve=BLUE)
    draw_hands(pen, look, kind)
    if pv.holding == "sweater" and sweater < 0.3:
        draw_sweater(pen, pv.left[0] - 2, pv.left[1] - 2, 0.95)
    if sweater < 0.3 and pv.holding != "sweater":
        draw_sweater(pen, 326, 294, 0.75)
    draw_hands(pen, looks["pv"], pv)


BEDROOM = Room(
    places={
        "kind": Place(262, 196, (232, 264), (292, 264)),
        "pv": Place(416, 178, (374, 260), (448, 266)),
        "pm": Place(576, 122, (566, 196), (586, 198), slide="door", distance=92),
    },
    sights={"thing": (286, 308), "desk": (176, 168), "phone": (400, 250)},
    moves={
        ("kind", "point"): Move(right=(318, 258)),
        ("kind", "point_desk"): Move(left=(208, 212)),
        ("kind", "arms_up"): Move(left=(236, 138), right=(290, 138), wobble=(3, 5)),
        ("kind", "wave"): Move(left=(222, 168), right=(302, 168), wobble=(4, 2)),
        ("kind", "show"): Move(left=(214, 212), right=(312, 212), wobble=(0, 3)),
        ("kind", "foot"): Move(right=(290, 262), look="thing"),
        ("pv", "give"): Move(left=(338, 226), holding="sweater"),
        ("pv", "hold"): Move(left=(318, 204), right=(360, 216)),
        ("pv", "foot"): Move(left=(312, 290), right=(352, 296), look="thing"),
    },
    background=bedroom_background,
    draw=draw_dressing,
    slow={"door": 0.07, "sweater": 0.2},
)
