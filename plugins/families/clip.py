"""How far a clip of a family is for who looks, and for whom it waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

from vib.job import Job
from vib.language import Text

Stage = Literal["closed", "submitted", "begun", "ready", "cutting", "queued", "failed", "uncut"]
"""Of a `closed` one the consent is over; `ready` has turns and is not coded yet by who looks; `uncut` has none, and
nobody says what comes of that."""

TO_CODE: frozenset[Stage] = frozenset({"begun", "ready", "failed"})
"""It waits for who looks."""


@final
@dataclass(frozen=True, slots=True)
class Clip:
    """A clip of a family.

    Parameters
    ----------
    name : str
        Of the clip within its family.
    reason : Text or None
        Why it could not be cut.
    others : tuple of str
        Who else submitted codes of it, as far as who looks may know.
    look : Text or None
        What was found when it was looked at once it was made, in one line; None where nobody did.
    """

    task: int
    project: int
    name: str
    stage: Stage
    reason: Text | None = None
    others: tuple[str, ...] = ()
    look: Text | None = None


def stage_of(*, seen: bool = True, submitted: bool, begun: bool, cut: bool, job: Job | None) -> Stage:
    """Return how far a clip is: first whether it may be seen, then what people did, then what the computer did.

    Examples
    --------
    >>> stage_of(submitted=False, begun=False, cut=True, job=Job(clip="a", state="working"))
    'ready'
    >>> stage_of(submitted=False, begun=False, cut=False, job=Job(clip="a", state="dead"))
    'failed'
    """
    if not seen:
        return "closed"
    if submitted:
        return "submitted"
    if begun:
        return "begun"
    if cut:
        return "ready"
    if job is None:
        return "uncut"
    if job.gave_up:
        return "failed"
    return "cutting" if job.state == "working" else "queued" if job.state == "queued" else "uncut"
