"""A job is the same to the ML backend that tells of it and to the server and the commands that ask."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from vib.job import ENDED, GAVE_UP, STATES, Job, Jobs
from vib.language import Text

SOUNDLESS = Text(nl="geen geluid", en="no sound")


def test_what_is_told_is_what_is_read() -> None:
    told = Jobs(
        jobs=(
            Job(
                clip="F-1/a",
                project=3,
                task=4,
                state="failed",
                reason=Text(nl="geen geluid", en="no sound"),
                attempts=2,
            ),
            Job(clip="F-1/b", state="queued", position=1),
        ),
        counts={"failed": 1, "queued": 1},
    )
    assert Jobs.model_validate_json(told.model_dump_json()) == told


def test_how_far_it_is_is_told_in_thousandths() -> None:
    assert Job(clip="a", state="working", progress=1 / 3).model_dump()["progress"] == 0.333


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"state": "done", "progress": 1.5}])
def test_a_state_that_there_is_not_and_more_than_all_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Job.model_validate({"clip": "a", **wrong})


def test_of_what_ended_nothing_more_happens_by_itself_unless_it_is_done() -> None:
    assert set(ENDED) == GAVE_UP | {"done"}
    assert [state for state in STATES if Job(clip="a", state=state).gave_up] == ["failed", "dead"]
