"""A login ends by itself, and so does a session that nobody uses."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.plugins.signin.conftest import Studio, Visitor

POLICY = "session_policy_sessiontimeoutpolicy"
TABLE = f"select max_session_age, max_time_between_activity from {POLICY}"  # noqa: S608


@pytest.fixture
def policy(studio: Studio) -> Iterator[str]:
    """Return the table of the policy, which is put back at the end."""
    anna, first = studio.account("trainee"), studio.visitor()
    first.log_in(anna["email"], anna["password"])
    # Label Studio makes it when somebody who is signed in asks for something.
    assert first.logged_in()
    before = studio.sql(TABLE)[0]
    try:
        yield POLICY
    finally:
        studio.sql(f"update {POLICY} set max_session_age = ?, max_time_between_activity = ?", *before)  # noqa: S608


@pytest.fixture
def visitor(studio: Studio, policy: str) -> Visitor:
    """Return a trainee who is logged in."""
    anna, visitor = studio.account("trainee"), studio.visitor()
    visitor.log_in(anna["email"], anna["password"])
    assert visitor.logged_in()
    return visitor


def test_a_login_lasts_twelve_hours_at_most_and_two_without_activity(studio: Studio, visitor: Visitor) -> None:
    assert studio.sql(TABLE) == [(12 * 60, 2 * 60)]


def test_who_does_nothing_for_too_long_is_logged_out_by_the_server(studio: Studio, visitor: Visitor) -> None:
    studio.sql(f"update {POLICY} set max_time_between_activity = 0")  # noqa: S608
    assert not visitor.logged_in()


def test_a_login_that_is_too_old_ends_whatever_is_done(studio: Studio, visitor: Visitor) -> None:
    studio.sql(f"update {POLICY} set max_session_age = 0")  # noqa: S608
    assert not visitor.logged_in()


def test_a_page_that_asks_by_itself_is_no_activity(visitor: Visitor) -> None:
    seen = visitor.session()["vib_seen"]
    visitor.ask("GET", "/api/dm/project?project=1&interaction=timer")
    assert visitor.session()["vib_seen"] == seen
    visitor.ask("GET", "/api/projects/")
    assert visitor.session()["vib_seen"] > seen


def test_label_studio_still_asks_by_itself_in_the_way_that_is_left_out() -> None:
    spec = find_spec("label_studio")
    assert spec is not None
    assert spec.origin is not None
    scripts = (Path(spec.origin).parents[1] / "web/dist/apps/labelstudio").glob("*.js")
    asks = any('interaction:"timer"' in script.read_text(encoding="utf-8") for script in scripts)
    assert asks, "Label Studio polls in another way: see POLLS in plugins/signin/sessions.py"


@pytest.mark.parametrize(
    ("before", "after"),
    [((8 * 24 * 60, 3 * 24 * 60), (12 * 60, 2 * 60)), ((600, 45), (600, 45))],
    ids=["as Label Studio made it", "set by hand"],
)
def test_an_installation_that_was_there_gets_the_policy_unless_it_was_set_by_hand(
    before: tuple[int, int], after: tuple[int, int], studio: Studio, policy: str
) -> None:
    def migrate(*to: str) -> None:
        program = f"from django.core.management import call_command; call_command('migrate', 'vib_signin', *{to})"
        run = studio.commands.python(program)
        assert run.returncode == 0, run.stderr

    migrate("0001")
    try:
        studio.sql(f"update {policy} set max_session_age = ?, max_time_between_activity = ?", *before)  # noqa: S608
    finally:
        migrate()
    assert studio.sql(TABLE) == [after]
