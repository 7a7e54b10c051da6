"""What rendering an interface and reading its results have in common."""

from __future__ import annotations

from typing import Any

Region = dict[str, Any]
"""One result of Label Studio: what one control says of one stretch of the sound track."""

END_MARGIN = 0.5
"""Seconds by which players let a region pass the end of the clip; it is cut off there."""

MENDED = "\ufffd"
"""What stands for a character that could not be read: a code that has it is no code."""

MEDIA = "audio"
"""Name of the object on which all codes lie: the sound track, in seconds."""

WHO = "who"
"""Name of the field of a task that holds who can be chosen in a tier that is filled from the members."""

AGE = "age"
"""Name of the field of a task that says how old the child is in the clip, in words."""
