"""A view as tables for a terminal: what the figures say and what to look at first, then the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING, final

from vib.language import Language, in_language
from vib.statistic import Estimate, Statistic

from . import texts, writing
from .model import Confusion, Figure, Matrix, Name, Order, Ranked, Row, Spread, Table, View

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Styled

WIDTH = 120
"""Letters of a line where nobody says how many there are."""

MOST_RATERS = 15
"""Raters up to whom a matrix fits on a terminal."""

SIDE_BY_SIDE = ("time", "event")
"""What has a table of its own where it is of two raters."""


def to_table(view: View, language: Language, width: int | None = None) -> str:
    """Return the report for a terminal."""
    from rich.console import Console

    written = StringIO()
    console = Console(file=written, width=width or WIDTH, no_color=True)
    for part in _Writer(view, language).parts():
        console.print(part)
    return written.getvalue()


@final
class _Writer:
    def __init__(self, view: View, language: Language) -> None:
        self.view = view
        self.language = language
        self.word = in_language(texts.WORDS, language)
        self.reasons: list[str] = []
        self.in_brackets = False

    def parts(self) -> Iterator[RenderableType]:
        view, word = self.view, self.word
        yield self._text(f"{word['agreement']}: {writing.listed(view.raters, self.language)}")
        yield from (self._text(said.to(self.language)) for said in view.answers)
        if view.orders:
            yield ""
            yield self._text(f"{word['look_first']}:" if view.todo else view.nobody.to(self.language))
            yield from (self._text(f"{n}. {todo.said.to(self.language)}") for n, todo in enumerate(view.todo, 1))
        yield from (self._text(f"{word['noticed']}: {said.to(self.language)}") for said in view.noticed)
        yield ""
        if not view.figures:
            yield word["no_figures"]
        for place, order in enumerate(view.orders):
            if place == 0 or order.differs:
                yield from self._order(order)
        for matrix in view.matrices:
            if len(matrix.raters) <= MOST_RATERS and matrix.subject == view.matrices[0].subject:
                yield self._matrix(matrix)
        first = view.confusions[:1] if len(view.tables) > 1 else view.confusions
        yield from (self._confusion(confusion) for confusion in first)
        if view.tables:
            yield self._side_by_side(view.tables, None)
        for clip, of_clip in view.clip_tables.items():
            yield self._side_by_side(of_clip, clip)
        yield from self._one_a_row()
        if len(view.tables) > 1:
            yield self._text(word["more_of_a_tier"])
        yield from (self._text(f"[{number}] {reason}") for number, reason in enumerate(self.reasons, 1))
        yield from (self._text(note.to(self.language)) for note in view.notes)
        if view.pass_mark is not None and self.in_brackets:
            yield self._text(word["chance"].format(mark=writing.decimal(view.pass_mark, self.language)))

    def _order(self, order: Order) -> Iterator[RenderableType]:
        heads = (self.word["same"], self.word["interval"], self.word["rests_on"], self.word["why"])
        title = self.word["order_of"].format(tier=self._name(order.tier))
        for what, ranked in (("codes", order.codes), ("raters", order.raters), ("clips", order.clips)):
            if ranked:
                rows = [self._ranked(one) for one in ranked]
                yield self._table(title, [self.word[what]], heads, rows)
                title = ""

    def _ranked(self, one: Ranked) -> list[str]:
        e = one.standing.agreement
        because = self.word["differs_on"].format(names=", ".join(map(self._name, one.because))) if one.because else ""
        clips = self._clips(one.standing.clips)
        said = self._value(e, "share") if e.value is None else writing.share(e.value, self.language, 0)
        mark = "> " if one.standing.named else ""
        cases = f"{self.word['one_case'] if e.n_units == 1 else self.word['cases'].format(count=e.n_units)}, {clips}"
        return [f"{mark}{self._name(one.name)}", said, writing.between(e.ci, "share", self.language), cases, because]

    def _matrix(self, matrix: Matrix) -> RenderableType:
        def cell(one: str, other: str) -> str:
            figure = matrix.figures.get(frozenset((one, other)))
            return "" if figure is None else self._value(figure.estimate, figure.statistic.measured_in)

        title = f"{matrix.statistic.label.to(self.language)}: {self._name(matrix.subject)}"
        rows = [[one, *(cell(one, other) for other in matrix.raters)] for one in matrix.raters]
        return self._table(title, [""], matrix.raters, rows)

    def _confusion(self, shown: Confusion) -> RenderableType:
        first, second = shown.raters
        title = f"{self._name(shown.subject)}: {self.word['confusion_about'].format(first=first, second=second)}"
        heads = [*map(self._name, shown.codes), self.word["not_seen"]]
        rows = [[head, *map(str, counts)] for head, counts in zip(heads, shown.counts, strict=True)]
        rows[-1][-1] = ""
        return self._table(title, [""], heads, rows)

    def _side_by_side(self, tables: Sequence[Table], clip: str | None) -> RenderableType:
        """Return what compares two raters by time and by event: a row for each tier or code."""
        statistics = tables[0].statistics
        rows = [
            [self._subject(row), self._code(row), *map(self._spread, row.cells)]
            for table in tables
            for row in table.rows
        ]
        title = self.word["figures"] if clip is None else f"{self.word['clip']} {clip}"
        return self._table(
            title, [self.word["tier"], self.word["code"]], [s.label.to(self.language) for s in statistics], rows
        )

    def _one_a_row(self) -> Iterator[RenderableType]:
        """Return all other figures, each with its interval."""
        rows = [
            [
                self._raters(row.cells[0]),
                self._subject(row),
                self._code(row),
                measured.statistic.label.to(self.language),
                *self._long(row.cells[0]),
            ]
            for family in self.view.families
            for measured in family.measured
            if not _is_beside(measured.statistic)
            for row in measured.rows
        ]
        if rows:
            heads = [self.word[name] for name in ("raters", "tier", "code", "measure")]
            yield self._table("", heads, [self.word[name] for name in ("figure", "interval", "rests_on")], rows)

    def _raters(self, cell: Spread | None) -> str:
        if cell is None or cell.only is None:
            return self.word["each_pair"]
        raters = cell.only.result.raters
        return self.word["all_raters"] if raters == self.view.raters and len(raters) > 2 else " – ".join(raters)

    def _long(self, cell: Spread | None) -> list[str]:
        if cell is None or cell.only is None:
            return [self._spread(cell), "", ""]
        figure = cell.only
        between = writing.between(figure.estimate.ci, figure.statistic.measured_in, self.language)
        return [self._one(figure), between, f"{figure.estimate.n_units}, {self._clips(figure.clips)}"]

    def _spread(self, cell: Spread | None) -> str:
        """Return a figure, or from which to which those of each pair go, and why some are missing."""
        if cell is None:
            return ""
        if cell.only is not None:
            return self._one(cell.only)
        said = []
        if cell.defined:
            low, high = (cell.defined[n].estimate.value for n in (0, -1))
            assert low is not None
            assert high is not None
            measured_in = cell.defined[0].statistic.measured_in
            said.append(writing.between((low, high), measured_in, self.language))
        said += [f"{count} × – [{self._number(reason.to(self.language))}]" for reason, count in cell.reasons.items()]
        return "; ".join(said)

    def _one(self, figure: Figure) -> str:
        """Return a value, and how sure it is that the pass mark is reached."""
        reaches = figure.result.reaches
        self.in_brackets |= reaches is not None
        chance = "" if reaches is None else f" ({writing.chance(reaches, self.language)})"
        return self._value(figure.estimate, figure.statistic.measured_in) + chance

    def _value(self, estimate: Estimate, measured_in: writing.MeasuredIn) -> str:
        if estimate.value is not None:
            return writing.figure(estimate.value, measured_in, self.language)
        because = estimate.undefined_because
        return f"– [{self._number(because.to(self.language) if because else '')}]"

    def _number(self, reason: str) -> int:
        if reason not in self.reasons:
            self.reasons.append(reason)
        return self.reasons.index(reason) + 1

    def _clips(self, count: int) -> str:
        return self.word["in_one_clip"] if count == 1 else self.word["in_clips"].format(count=count)

    def _name(self, name: Name) -> str:
        return name.said.to(self.language)

    def _subject(self, row: Row) -> str:
        return "–" if row.subject is None else self._name(row.subject)

    def _code(self, row: Row) -> str:
        return "*" if row.code is None else self._name(row.code)

    def _text(self, said: str) -> Styled:
        from rich.text import Text

        return Text(writing.printable(said))

    def _table(
        self, title: str, heads: Iterable[str], numbers: Iterable[str], rows: Iterable[Sequence[str]]
    ) -> RenderableType:
        from rich import table

        made = table.Table(title=self._text(title) if title else None, title_justify="left")
        add: Callable[..., None] = made.add_column
        for head in heads:
            add(self._text(head), overflow="fold")
        for head in numbers:
            add(self._text(head), justify="right")
        for row in rows:
            made.add_row(*map(self._text, row))
        return made


def _is_beside(statistic: Statistic) -> bool:
    return statistic.raters == "two" and statistic.basis in SIDE_BY_SIDE
