"""Flat drawn people and the pen they are drawn with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 360
SCALE = 3

Point = tuple[float, float]

ELBOW = 0.55
INK = "#3b2f2f"
LIP = "#8c3f3a"
BEARD_LIP = "#d08d7c"


class Pen:
    """Draws in picture coordinates (640 by 360) on a picture that is larger, for smooth edges."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str) -> None:
        """Fill an ellipse around a point."""
        box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        self._draw.ellipse(box, fill=fill)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: str, radius: float = 0.0) -> None:
        """Fill a rectangle, with round corners when a radius is given."""
        box = [x0 * SCALE, y0 * SCALE, x1 * SCALE, y1 * SCALE]
        self._draw.rounded_rectangle(box, radius * SCALE, fill=fill)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def stroke(self, points: Sequence[Point], width: float, fill: str) -> None:
        """Draw a line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=fill, width=round(width * SCALE))
        radius = width * SCALE / 2
        for x, y in scaled:
            self._draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=fill)

    def curve(self, a: Point, b: Point, c: Point, width: float, fill: str) -> None:
        """Draw a bent line from ``a`` to ``c``, pulled towards ``b``."""
        self.stroke(bend(a, b, c), width, fill)


def bend(a: Point, b: Point, c: Point, steps: int = 12) -> list[Point]:
    """Give points on the quadratic curve from ``a`` to ``c`` with control point ``b``."""
    points = []
    for i in range(steps + 1):
        t = i / steps
        u = 1 - t
        points.append((u * u * a[0] + 2 * u * t * b[0] + t * t * c[0], u * u * a[1] + 2 * u * t * b[1] + t * t * c[1]))
    return points


@dataclass(frozen=True)
class Look:
    """What a person looks like; lengths are in picture points."""

    skin: str
    shade: str
    hair: str
    style: str
    top: str
    sleeve: str
    legs: str
    head: float
    neck: float
    shoulders: float
    torso: float
    arm: float
    limb: float
    blush: str = "#eda58d"
    stripes: str = ""
    beard: str = ""


LOOKS = {
    ("F-0001", "kind"): Look(
        "#f7d0b0", "#eebc98", "#d9a24a", "tails", "#e2b04a", "#e2b04a", "#6b7fa3", 30, 5, 27, 60, 33, 13
    ),
    ("F-0001", "pm"): Look(
        "#f3c6a5", "#e6b08c", "#8a4b32", "long", "#4b8a84", "#4b8a84", "#4a5670", 33, 9, 36, 84, 46, 17
    ),
    ("F-0002", "kind"): Look(
        "#b97c56",
        "#a56a46",
        "#33241e",
        "curls",
        "#d97b5a",
        "#d97b5a",
        "#5d6d8c",
        29,
        5,
        28,
        60,
        33,
        13,
        blush="#a9623f",
    ),
    ("F-0002", "pv"): Look(
        "#eec09c",
        "#dfa881",
        "#4a3a31",
        "short",
        "#7d9467",
        "#7d9467",
        "#54607a",
        33,
        9,
        43,
        84,
        47,
        18,
        blush="#e0987a",
        beard="#5d493d",
    ),
    ("F-0002", "pm"): Look(
        "#f5cfb3", "#e8b999", "#b58a4c", "bob", "#c9705f", "#c9705f", "#5b5470", 32, 9, 37, 84, 45, 17
    ),
    ("F-0003", "kind"): Look(
        "#f2c8a6", "#e4b08a", "#6a4a35", "short", "#6fa3a0", "#6fa3a0", "#c98a5a", 29, 4, 24, 54, 31, 13
    ),
    ("F-0003", "pm"): Look(
        "#b97c56", "#a56a46", "#2f221d", "bob", "#b9627a", "#b9627a", "#4f5a78", 33, 9, 37, 84, 46, 17, blush="#a9623f"
    ),
    ("F-0004", "kind"): Look(
        "#f5cfb3", "#e8b999", "#a8552f", "tails", "#7b9d5e", "#7b9d5e", "#6b6f93", 30, 5, 28, 60, 33, 13
    ),
    ("F-0004", "mo"): Look(
        "#f5cfb3", "#e8b999", "#a8552f", "long", "#5d6fa8", "#5d6fa8", "#3f4560", 32, 9, 35, 84, 46, 17
    ),
    ("F-0004", "pm"): Look(
        "#f0c8a8", "#e0b08c", "#8d8a86", "bob", "#c78f3f", "#c78f3f", "#5a5147", 32, 9, 38, 84, 46, 17
    ),
    ("F-0005", "kind"): Look(
        "#d9a277", "#c68d62", "#2f2620", "short", "#5c8fb0", "#5c8fb0", "#6d6a5a", 29, 5, 27, 58, 33, 13
    ),
    ("F-0005", "kind2"): Look(
        "#f7d0b0", "#eebc98", "#e0b45c", "tails", "#c77fa0", "#c77fa0", "#6b7fa3", 29, 5, 26, 58, 32, 13
    ),
    ("F-0005", "kind3"): Look(
        "#8f5b3e",
        "#7d4d33",
        "#241a16",
        "curls",
        "#d8a13f",
        "#d8a13f",
        "#55698c",
        29,
        5,
        27,
        58,
        33,
        13,
        blush="#7f4630",
    ),
    ("F-0005", "juf"): Look(
        "#f3c6a5", "#e6b08c", "#4a2f28", "bob", "#6f8f5f", "#6f8f5f", "#4a5670", 33, 9, 37, 84, 47, 17
    ),
    ("F-0006", "kind"): Look(
        "#f3c6a5", "#e3ae8a", "#3f2d26", "short", "#d2653f", "#d2653f", "#4f6a8c", 30, 5, 28, 60, 33, 13
    ),
    ("F-0006", "pv"): Look(
        "#c98f66",
        "#b67c54",
        "#2b211d",
        "short",
        "#5f7fa3",
        "#5f7fa3",
        "#5a5147",
        33,
        9,
        43,
        84,
        47,
        18,
        blush="#b2714d",
    ),
    ("F-0007", "vib"): Look(
        "#b97c56", "#a56a46", "#2a1f1b", "long", "#3f7f7a", "#3f7f7a", "#4a5068", 32, 9, 36, 84, 46, 17, blush="#a9623f"
    ),
    ("F-0007", "pm"): Look(
        "#f3c6a5", "#e6b08c", "#c08a45", "bob", "#a8628c", "#a8628c", "#4a5670", 32, 9, 36, 84, 45, 17
    ),
    ("F-0007", "pv"): Look(
        "#eec09c",
        "#dfa881",
        "#55565c",
        "short",
        "#6f7f57",
        "#6f7f57",
        "#54607a",
        33,
        9,
        43,
        84,
        47,
        18,
        beard="#6a6a6e",
    ),
}


@dataclass
class Pose:
    """How a person sits or stands in one frame.

    ``x, y`` is the middle between the shoulders, ``yaw`` and ``pitch`` tell where the head is turned
    (-1 to 1), ``brow`` is worried above 0 and stern below.
    """

    x: float
    y: float
    left: Point
    right: Point
    yaw: float = 0.0
    pitch: float = 0.0
    mouth: float = 0.0
    smile: float = 0.0
    brow: float = 0.0
    nod: float = 0.0
    foot: float = 0.0
    blink: bool = False
    holding: str = ""


def head_at(look: Look, pose: Pose) -> Point:
    """Give the middle of the head."""
    return pose.x + pose.yaw * look.head * 0.12, pose.y - look.neck - look.head + pose.nod + pose.pitch * 2.5


def draw_torso(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw neck and trunk."""
    x, y, half, length = pose.x, pose.y, look.shoulders, look.torso
    pen.stroke([(x, y - look.neck), (x, y + 4)], look.head * 0.62, look.shade)
    outline = [
        (x - half * 0.3, y - 3),
        *bend((x - half * 0.75, y), (x - half * 1.05, y + 2), (x - half, y + 16)),
    ]
    outline += bend((x - half * 0.95, y + length * 0.5), (x - half * 1.02, y + length), (x - half * 0.85, y + length))
    outline += bend((x + half * 0.85, y + length), (x + half * 1.02, y + length), (x + half * 0.95, y + length * 0.5))
    outline += [
        *bend((x + half, y + 16), (x + half * 1.05, y + 2), (x + half * 0.75, y)),
        (x + half * 0.3, y - 3),
    ]
    pen.shape(outline, look.top)
    if look.stripes:
        for at in (0.3, 0.52, 0.74):
            pen.box(x - half * 0.97, y + length * at, x + half * 0.97, y + length * at + 4.5, look.stripes)
    pen.oval(x, y - 2, half * 0.36, 6.5, look.shade)


def draw_arm(pen: Pen, look: Look, pose: Pose, side: str) -> None:
    """Draw one arm from the shoulder over a bent elbow to the hand."""
    sign = -1 if side == "left" else 1
    hand = pose.left if side == "left" else pose.right
    shoulder = (pose.x + sign * look.shoulders * 0.84, pose.y + look.limb * 0.62)
    dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
    reach = max(math.hypot(dx, dy), 1e-6)
    if reach > 1.96 * look.arm:
        hand = (shoulder[0] + dx * 1.96 * look.arm / reach, shoulder[1] + dy * 1.96 * look.arm / reach)
        dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
        reach = 1.96 * look.arm
    height = ELBOW * math.sqrt(max(look.arm**2 - (reach / 2) ** 2, 0.0))
    normal = (-dy / reach, dx / reach)
    options = [
        (shoulder[0] + dx / 2 + s * normal[0] * height, shoulder[1] + dy / 2 + s * normal[1] * height) for s in (-1, 1)
    ]
    elbow = max(options, key=lambda p: p[1] + sign * (p[0] - shoulder[0]) * 0.8)
    wrist = (elbow[0] + (hand[0] - elbow[0]) * 0.82, elbow[1] + (hand[1] - elbow[1]) * 0.82)
    pen.stroke([wrist, hand], look.limb * 0.62, look.skin)
    pen.oval(hand[0], hand[1], look.limb * 0.56, look.limb * 0.52, look.skin)
    pen.stroke([shoulder, elbow, wrist], look.limb, look.sleeve)


def draw_hair_back(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw the hair behind the head."""
    (x, y), yaw, r = head_at(look, pose), pose.yaw, look.head
    if look.style == "long":
        pen.oval(x - yaw * 4, y - r * 0.05, r * 1.08, r * 1.12, look.hair)
        pen.box(x - r * 1.08 - yaw * 4, y - r * 0.1, x + r * 1.08 - yaw * 4, y + r * 1.5, look.hair, r * 0.5)
    elif look.style == "bob":
        pen.oval(x - yaw * 4, y - r * 0.02, r * 1.12, r * 1.08, look.hair)
        pen.box(x - r * 1.16 - yaw * 4, y - r * 0.05, x + r * 1.16 - yaw * 4, y + r * 0.95, look.hair, r * 0.4)
    elif look.style == "tails":
        for sign in (-1, 1):
            pen.oval(x + sign * r * 1.16 - yaw * 5, y + r * 0.12, r * 0.36, r * 0.52, look.hair)
            pen.oval(x + sign * r * 0.98 - yaw * 5, y - r * 0.28, r * 0.15, r * 0.15, "#d9694f")
        pen.oval(x - yaw * 3, y - r * 0.1, r * 1.04, r * 1.02, look.hair)
    elif look.style == "curls":
        for k in range(11):
            angle = math.pi * (1.02 + 0.96 * k / 10) if k else math.pi * 0.98
            pen.oval(
                x + math.cos(angle) * r * 0.86 - yaw * 3,
                y - r * 0.12 + math.sin(angle) * r * 0.84,
                r * 0.34,
                r * 0.34,
                look.hair,
            )
    else:
        pen.oval(x - yaw * 3, y - r * 0.12, r * 1.03, r * 1.0, look.hair)


def draw_fringe(pen: Pen, look: Look, x: float, y: float, yaw: float) -> None:
    """Draw the hair over the forehead."""
    r = look.head
    part = x + yaw * r * 0.3 + (r * 0.22 if look.style in ("bob", "short") else -r * 0.1)
    left, right, top = x - r * 0.93, x + r * 0.93, y - r * 1.04
    if look.style == "curls":
        for k in range(5):
            pen.oval(
                x + (k - 2) * r * 0.34 + yaw * r * 0.12,
                y - r * (0.8 - 0.07 * abs(k - 2)),
                r * 0.25,
                r * 0.23,
                look.hair,
            )
        return
    line = bend((left, y - r * 0.18), (x - r * 0.72, y - r * 0.5), (part, y - r * 0.66))
    line += bend((part, y - r * 0.66), (x + r * 0.72, y - r * 0.52), (right, y - r * 0.18))
    line += bend((right, y - r * 0.18), (x + r * 0.98, top), (x, top)) + bend(
        (x, top), (x - r * 0.98, top), (left, y - r * 0.18)
    )
    pen.shape(line, look.hair)


def draw_face(pen: Pen, look: Look, pose: Pose, x: float, y: float) -> None:
    """Draw eyes, brows, nose, cheeks and mouth, moved to where the head is turned."""
    r = look.head
    fx, fy = x + pose.yaw * r * 0.34, y + r * 0.08 + pose.pitch * r * 0.2
    for sign in (-1, 1):
        near = 1 - 0.2 * max(0.0, sign * pose.yaw)
        ex, ey = fx + sign * r * 0.36 * near, fy - r * 0.04
        if not look.beard:
            pen.oval(fx + sign * r * 0.52 * near, fy + r * 0.3, r * 0.16 * near, r * 0.1, look.blush)
        if pose.blink:
            pen.curve((ex - r * 0.14, ey), (ex, ey + r * 0.1), (ex + r * 0.14, ey), r * 0.06, INK)
        else:
            pen.oval(ex, ey, r * 0.165 * near, r * 0.175, "#fffdf8")
            px, py = ex + pose.yaw * r * 0.07, ey + pose.pitch * r * 0.07
            pen.oval(px, py, r * 0.105 * near, r * 0.12, INK)
            pen.oval(px + r * 0.035, py - r * 0.04, r * 0.033, r * 0.033, "#ffffff")
            if pose.pitch > 0.45:
                pen.curve(
                    (ex - r * 0.19, ey - r * 0.09),
                    (ex, ey - r * 0.2),
                    (ex + r * 0.19, ey - r * 0.09),
                    r * 0.13,
                    look.skin,
                )
            if look.style in ("long", "bob"):
                pen.curve(
                    (ex - r * 0.17, ey - r * 0.07),
                    (ex, ey - r * 0.25),
                    (ex + r * 0.17, ey - r * 0.07),
                    r * 0.035,
                    INK,
                )
                pen.stroke(
                    [(ex + sign * r * 0.16, ey - r * 0.07), (ex + sign * r * 0.22, ey - r * 0.12)],
                    r * 0.04,
                    INK,
                )
        lift = r * 0.31
        inner = (ex - sign * r * 0.15, ey - lift - pose.brow * r * 0.1)
        outer = (ex + sign * r * 0.15, ey - lift + pose.brow * r * 0.05)
        pen.curve(inner, (ex, ey - lift - r * 0.07), outer, r * 0.065, look.beard or look.hair)
    nose = fx + pose.yaw * r * 0.1
    pen.curve(
        (nose - r * 0.05, fy + r * 0.2),
        (nose + r * 0.02, fy + r * 0.27),
        (nose + r * 0.09, fy + r * 0.19),
        r * 0.055,
        look.shade,
    )
    mx, my, half = fx + pose.yaw * r * 0.04, fy + r * 0.47, r * (0.2 + 0.07 * abs(pose.smile))
    lift = r * (0.05 + 0.17 * pose.smile)
    if pose.mouth > 0.08:
        open_by = r * (0.05 + 0.24 * pose.mouth)
        pen.oval(mx, my + open_by * 0.3, half * (1.02 - 0.25 * pose.mouth), open_by, "#6e2b2b")
        pen.oval(mx, my + open_by * 0.75, half * 0.55, open_by * 0.42, "#d9766c")
    else:
        pen.curve(
            (mx - half, my - lift * 0.3),
            (mx, my + lift),
            (mx + half, my - lift * 0.3),
            r * 0.07,
            BEARD_LIP if look.beard else LIP,
        )


def draw_head(pen: Pen, look: Look, pose: Pose) -> None:
    """Draw the head with its face and the hair over it."""
    x, y = head_at(look, pose)
    r = look.head
    for sign in (-1, 1):
        if sign * pose.yaw < 0.45 and look.style not in ("long", "bob"):
            pen.oval(x + sign * r * 0.9 - pose.yaw * r * 0.12, y + r * 0.12, r * 0.15, r * 0.2, look.shade)
    pen.oval(x, y, r * 0.92, r, look.skin)
    if look.beard:
        jaw = bend((x - r * 0.9, y + r * 0.15), (x - r * 0.86, y + r * 1.02), (x, y + r * 1.02))
        jaw += bend((x, y + r * 1.02), (x + r * 0.86, y + r * 1.02), (x + r * 0.9, y + r * 0.15))
        inner = x + pose.yaw * r * 0.3
        jaw += bend((x + r * 0.72, y + r * 0.3), (inner + r * 0.5, y + r * 0.36), (inner, y + r * 0.36))
        jaw += bend((inner, y + r * 0.36), (inner - r * 0.5, y + r * 0.36), (x - r * 0.72, y + r * 0.3))
        pen.shape(jaw, look.beard)
    draw_face(pen, look, pose, x, y)
    draw_fringe(pen, look, x, y, pose.yaw)
