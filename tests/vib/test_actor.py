"""Who acts is said from what the machine knows, not from what somebody can set."""

from __future__ import annotations

import os
import pwd

import pytest

from vib import actor


@pytest.mark.parametrize("name", ["LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER", "HOME"])
def test_who_runs_a_command_is_not_what_the_environment_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "somebody-else")
    assert actor.command() == actor.Actor(f"console:{pwd.getpwuid(os.getuid()).pw_name}")


def test_who_has_no_name_on_the_machine_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = max(entry.pw_uid for entry in pwd.getpwall()) + 1_000_000
    monkeypatch.setattr(os, "getuid", lambda: nameless)
    assert actor.command().who == f"console:{nameless}"


def test_no_account_can_be_taken_for_somebody_at_the_console() -> None:
    with pytest.raises(ValueError, match="no address of an account"):
        actor.account("console:root", "administrator", "203.0.113.9")


def test_an_event_says_who_it_was_in_which_role_and_from_where() -> None:
    anna = actor.account("anna@praktijk.example", "counsellor", "203.0.113.9")
    event = anna.event("GET vib/guide/", families=["F-0001"], which="task 12")
    assert (event.who, event.role, event.where) == ("anna@praktijk.example", "counsellor", "203.0.113.9")
    assert (event.what, event.allowed, event.families, event.which) == ("GET vib/guide/", True, ("F-0001",), "task 12")
    refused = actor.nobody("203.0.113.9").event("login", allowed=False)
    assert (refused.who, refused.role, refused.allowed) == ("", "", False)
