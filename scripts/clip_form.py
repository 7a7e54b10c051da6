"""The form of every clip."""

from __future__ import annotations

FRAMES_PER_SECOND = 25
KEY_FRAME_SECONDS = 1.0
