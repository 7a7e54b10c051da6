"""A class gets in and a guesser does not: the limits, tried on any order of logins."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.signin.limits import ACCOUNT_FAILURES, ADDRESS_FAILURES, must_wait

CLASS = 30


def tried(attempts: list[tuple[int, bool]]) -> tuple[list[bool], Counter[int]]:
    """Say of each attempt from one address, an account and whether the password is right, whether it was taken up.

    Returns also the failures that count at the end, as the database counts them within one wait.
    """
    failures: Counter[int] = Counter()
    taken = []
    for account, right in attempts:
        taken.append(not must_wait(failures[account], failures.total()))
        if taken[-1] and right:
            del failures[account]
        elif taken[-1]:
            failures[account] += 1
    return taken, failures


@settings(max_examples=40)
@given(st.permutations(range(CLASS)), st.lists(st.integers(0, ACCOUNT_FAILURES - 1), min_size=CLASS, max_size=CLASS))
def test_a_class_behind_one_address_gets_in_when_each_gets_it_right_within_four_mistakes(
    order: list[int], mistakes: list[int]
) -> None:
    attempts = [(pupil, right) for pupil in order for right in [False] * mistakes[pupil] + [True]]
    assert all(tried(attempts)[0])


@settings(max_examples=40)
@given(st.permutations([*range(CLASS), *range(CLASS)]), st.integers(0, CLASS - 1))
def test_when_all_mistype_twice_at_the_same_time_only_the_last_of_them_is_near_the_limit(
    order: list[int], one: int
) -> None:
    taken, _ = tried([(pupil, False) for pupil in order[:-1]] + [(one, True)])
    assert all(taken)


@settings(max_examples=40)
@given(st.lists(st.integers(0, CLASS), min_size=20, max_size=20).filter(lambda who: max(Counter(who).values()) < 5))
def test_twenty_mistyped_passwords_shut_nobody_out(mistyped: list[int]) -> None:
    taken, failures = tried([(who, False) for who in mistyped])
    assert all(taken)
    assert not any(must_wait(failures[who], failures.total()) for who in range(CLASS + 1))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 500), max_size=400))
def test_whatever_the_order_a_guesser_has_five_tries_at_an_account_and_sixty_at_all(guesses: list[int]) -> None:
    taken, failures = tried([(account, False) for account in guesses])
    assert sum(taken) <= ADDRESS_FAILURES
    assert max(failures.values(), default=0) <= ACCOUNT_FAILURES


@settings(max_examples=40)
@given(st.lists(st.booleans(), max_size=300))
def test_own_logins_between_the_guesses_give_no_more_tries_at_somebody_elses_account(own: list[bool]) -> None:
    attempts = [guess for between in own for guess in ([(0, True)] if between else []) + [(1, False)]]
    assert tried(attempts)[1][1] <= ACCOUNT_FAILURES
