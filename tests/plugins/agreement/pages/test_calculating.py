"""Results are kept for a while, and no more of them than fits."""

from __future__ import annotations

from collections.abc import Callable

from plugins.agreement.comparing.report import Progress
from plugins.agreement.pages.calculating import Calculations

LONG_ENOUGH = 60.0


class Made:
    """Makes texts, and counts how often."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def of(self, name: str, length: int) -> Callable[[Progress], str]:
        def make(progress: Progress) -> str:
            self.names.append(name)
            return name * length

        return make


def test_results_that_take_too_much_together_go_the_longest_ago_first() -> None:
    kept, made = Calculations[str](size=len, most=100), Made()
    for name in "abc":
        kept.ask(name, made.of(name, 40)).wait(LONG_ENOUGH)
    # A third would be too much; the last two are still there.
    for name in "bc":
        assert kept.ask(name, made.of(name, 40)).wait(LONG_ENOUGH) == name * 40
    assert made.names == ["a", "b", "c"]
    kept.ask("a", made.of("a", 40)).wait(LONG_ENOUGH)
    assert made.names == ["a", "b", "c", "a"]


def test_one_that_takes_more_than_there_is_room_for_is_kept_until_the_next() -> None:
    kept, made = Calculations[str](size=len, most=100), Made()
    for _ in range(3):
        assert kept.ask("large", made.of("large", 100)).wait(LONG_ENOUGH) == "large" * 100
    assert made.names == ["large"]
    kept.ask("small", made.of("small", 1)).wait(LONG_ENOUGH)
    kept.ask("small too", made.of("small too", 1)).wait(LONG_ENOUGH)
    kept.ask("large", made.of("large", 100)).wait(LONG_ENOUGH)
    assert made.names == ["large", "small", "small too", "large"]


def test_no_more_results_are_kept_than_was_said() -> None:
    kept, made = Calculations[str](size=len, kept=2), Made()
    for name in "abca":
        kept.ask(name, made.of(name, 1)).wait(LONG_ENOUGH)
    assert made.names == ["a", "b", "c", "a"]


def test_what_fails_fails_again_without_being_tried_again() -> None:
    kept, tried = Calculations[str](size=len), []

    def fail(progress: Progress) -> str:
        tried.append(1)
        raise ValueError("no")

    for _ in range(2):
        calculation = kept.ask("key", fail)
        assert calculation.finished.wait(LONG_ENOUGH)
        assert str(calculation.error) == "no"
    assert tried == [1]
