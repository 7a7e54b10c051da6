"""Faces in a small picture, by BlazeFace (short range) in OpenCV's network reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height x width x 3, red, green and blue."""

LEAST_SCORE: Final = 0.7
"""A face is what the network gives this much or more; at 0.5 pictures without anybody have too many."""

_SIDE: Final = 128
_GRIDS: Final = ((8, 2), (16, 6))
"""For each grid of the network: pixels between its points, and answers at a point."""

_SQUARE: Final = 1.15
"""Above this aspect a picture is also looked at in two squares, so that small faces are larger to the network."""

_LONGEST: Final = 2.5
"""Above this aspect two squares would leave out a part, and nobody films so."""

_SAME: Final = 0.3
"""Share of two boxes in common from which on they are one face."""


@final
@dataclass(frozen=True, slots=True)
class Face:
    """A face: its square in pixels of the picture, and how sure the network is, from 0 to 1."""

    left: float
    top: float
    width: float
    score: float


@final
class FaceFinder:
    """Finds faces; for one thread at a time.

    Parameters
    ----------
    weights : Path
        The tflite file of BlazeFace short range.
    least_score : float
        What the network must give a face.
    """

    def __init__(self, weights: Path, *, least_score: float = LEAST_SCORE) -> None:
        # Networks this small lose more by waiting for other threads than these do for them.
        cv2.setNumThreads(1)
        self._network = cv2.dnn.readNetFromTFLite(str(weights))
        self._names = self._network.getUnconnectedOutLayersNames()
        self._anchors = _anchors()
        self._least_score = least_score

    def find(self, picture: Picture) -> list[Face]:
        """Return the faces of a picture, surest first."""
        height, width = picture.shape[:2]
        side = min(height, width)
        faces = self._in_part(picture, 0, 0)
        if side * _SQUARE < max(height, width) <= side * _LONGEST:
            # A large face in the middle lies in neither square, so these come on top.
            top, left = height - side, width - side
            faces += self._in_part(picture[:side, :side], 0, 0)
            faces += self._in_part(picture[top:, left:], left, top)
        return _distinct(faces)

    def _in_part(self, part: Picture, left: int, top: int) -> list[Face]:
        height, width = part.shape[:2]
        scale = _SIDE / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        shown = np.zeros((_SIDE, _SIDE, 3), dtype=np.float32)
        x, y = (_SIDE - size[0]) // 2, (_SIDE - size[1]) // 2
        small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        shown[y : y + size[1], x : x + size[0]] = small.astype(np.float32) / 127.5 - 1
        self._network.setInput(np.ascontiguousarray(shown.transpose(2, 0, 1)[np.newaxis]))
        raw_scores, raw_boxes = self._network.forward(self._names)
        scores = 1 / (1 + np.exp(-np.clip(raw_scores.reshape(-1), -80, 80)))
        kept = scores >= self._least_score
        boxes = raw_boxes.reshape(len(scores), -1)[kept]
        corners = boxes[:, :2] + self._anchors[kept] - boxes[:, 2:4] / 2 - (x, y)
        return [
            Face(float(corner[0] / scale + left), float(corner[1] / scale + top), float(box[2] / scale), float(score))
            for corner, box, score in zip(corners, boxes, scores[kept], strict=True)
            if box[2] > 0
        ]


def _anchors() -> NDArray[np.float32]:
    """Return where each answer of the network is, in pixels of what it is shown."""
    grids = []
    for stride, answers in _GRIDS:
        middle = (np.arange(_SIDE // stride) + 0.5) * stride
        x, y = np.meshgrid(middle, middle)
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), answers, axis=0))
    return np.asarray(np.concatenate(grids), dtype=np.float32)


def _distinct(faces: list[Face]) -> list[Face]:
    """Keep the surest of boxes that cover the same face."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda f: -f.score):
        if all(_common(face, other) < _SAME for other in kept):
            kept.append(face)
    return kept


def _common(one: Face, other: Face) -> float:
    """Return the common part of two squares as a share of the smaller."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.width, other.top + other.width) - max(one.top, other.top)
    return max(0.0, across) * max(0.0, down) / min(one.width, other.width) ** 2
