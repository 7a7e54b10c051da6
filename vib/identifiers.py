"""How ids of what is in a codebook are written, and versions."""

from __future__ import annotations

from typing import Annotated

from vib.validation import written_as

Id = Annotated[
    str,
    written_as(
        r"[A-Za-z][A-Za-z0-9._-]{0,63}",
        nl="is geen id: hoogstens 64 letters, cijfers, punten, - en _, met een letter voorop",
        en="is not an id: at most 64 letters, digits, dots, - and _, with a letter first",
    ),
]
Version = Annotated[
    str, written_as(r"\d+\.\d+\.\d+", nl="is geen versie zoals 1.0.0", en="is not a version such as 1.0.0")
]
