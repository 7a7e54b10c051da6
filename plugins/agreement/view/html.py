"""A view as HTML: a part of a page, one file that needs nothing else, and what is printed as PDF."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, final

from vib.language import Language, Text, in_language
from vib.observation import Observation

from . import charts, texts, writing
from .drawing import LEFT, WIDTH, Names, Strip, described, strips
from .model import Clip, Confusion, Fact, Figure, Matrix, Name, Ranked, Spread, Table, View

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

REPORT_CSS = TEMPLATES / "report.css"
"""The style sheet of the part; a page that it is put into links to it."""

AT_ONCE = 6
"""Codes, raters and clips that are seen at once; the others open."""

MOST_ANSWERS = 4
"""Sentences that are seen at once."""

OPEN_CLIPS = 2
"""Clips whose moments are seen at once; those of the others open."""

MOST_CODES = 40
"""Codes of a tier in the legend."""

MOST_CHARTED = 20
"""Rows of a chart, those that differ most."""

MOST_ON_PAPER = 25
"""Moments of a clip that are printed."""

MOST_DRAWN_ON_PAPER = 2_000
"""Observations of a clip up to which its timelines are printed; of more only its moments are."""

MOST_NAMED_ON_PAPER = 8
"""Raters up to whom the columns of a printed matrix have names, and each tier its matrix; of more, the columns have the
numbers of the rows, and only the first tier is printed."""

SHADES = 5
"""Steps of shading in a matrix."""

TINTS = (
    ("#cfe1f3", "#2f6ea8", ""),
    ("#fbe0cb", "#b4611c", "5 2"),
    ("#d2ecdc", "#1f7a4c", "1 1.5"),
    ("#e6dbf3", "#6f47a3", "8 3"),
    ("#f8edc0", "#8f7408", "5 2 1 2"),
    ("#f8d8df", "#a8324e", "2 3"),
    ("#cdecee", "#17767c", "8 2 1 2"),
    ("#e2e5ea", "#566173", "3 1"),
)
"""Fill, edge and dashes of each pattern on paper, where a patterned bar would be stored as a picture."""

LOOKS: Mapping[str, tuple[str, str]] = {"event": ("event", "o"), "time": ("time", "D")}
"""Colour and marker of statistics in a chart."""

MOST_DOTS = 50
"""Pairs of raters that each have a dot in the chart of a code; of more the range is drawn."""

CHARTED = ("event_kappa", "time_unit_kappa")
"""What is drawn of each code."""

Medium = Literal["page", "file", "paper"]


class Links(Protocol):
    """Where what is shown leads to; None where there is nothing to go to."""

    def moments(
        self, *, tier: str, code: str | None = None, raters: Sequence[str] = (), clip: str | None = None
    ) -> str | None:
        """Return the address of the moments in which these raters differ: all, of a code, or of a clip."""


@final
class NoLinks:
    """Nothing leads anywhere."""

    def moments(
        self, *, tier: str, code: str | None = None, raters: Sequence[str] = (), clip: str | None = None
    ) -> str | None:
        """Return nothing."""
        return None


@final
class Within:
    """Leads to the clips of the same file."""

    def __init__(self, view: View) -> None:
        self._clips = {clip.seen.clip: f"#clip-{number}" for number, clip in enumerate(view.clips, 1)}
        self._first: dict[tuple[str | None, str | None], str] = {}
        for clip in view.clips:
            to = self._clips[clip.seen.clip]
            for moment in clip.moments:
                for said in moment.said:
                    for code in (None, *(code.id for code in said.codes)):
                        self._first.setdefault(((moment.attribute or moment.tier).id, code), to)

    def moments(
        self, *, tier: str, code: str | None = None, raters: Sequence[str] = (), clip: str | None = None
    ) -> str | None:
        """Return the clip, or the first one that is shown in which they differ on the code."""
        return self._first.get((tier, code)) if clip is None else self._clips.get(clip)


def fragment(view: View, language: Language, links: Links, *, medium: Medium = "page") -> str:
    """Return the body of the report, as a part of a page that has `REPORT_CSS` and the colours of the host."""
    return environment(language).get_template("report.html.j2").render(_context(view, language, links, medium))


def page(view: View, language: Language, *, medium: Medium = "file") -> str:
    """Return one file that needs nothing else: to read, to send, to print."""
    return in_a_file(view, fragment(view, language, Within(view), medium=medium), language)


class Head(Protocol):
    """What stands above a report in a file."""

    @property
    def title(self) -> Text: ...

    @property
    def facts(self) -> Sequence[Fact]: ...


def in_a_file(head: Head, body: str, language: Language) -> str:
    """Return a file around what a template has made."""
    from markupsafe import Markup

    # The style sheets are ours, and the body is what a template has escaped.
    css, part = Markup(_css()), Markup(body)  # noqa: S704
    template = environment(language).get_template("page.html.j2")
    return template.render(view=head, language=language, word=_words(language), css=css, body=part)


@cache
def _css() -> str:
    shell = charts.COLOURS_SHEET.with_name("shell.css")
    return "\n".join(path.read_text(encoding="utf-8") for path in (charts.COLOURS_SHEET, shell, REPORT_CSS))


@cache
def _words(language: Language) -> Mapping[str, str]:
    return in_language(texts.WORDS, language)


@cache
def environment(language: Language) -> Environment:
    """Return what renders our templates, with what is said in a language."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "say": lambda text: text.to(language),
        "pair": frozenset,
        "clock": writing.clock,
        "shade": _shade,
        "shade_of": _shade_of,
        "figure": lambda value, measured_in: writing.figure(value, measured_in, language),
        "short": lambda value, measured_in: _short(value, measured_in, language),
        "between": lambda limits, measured_in: writing.between(limits, measured_in, language),
        "share": lambda value, digits: writing.share(value, language, digits),
        "decimal": lambda value: writing.decimal(value, language),
        "chance": lambda probability: writing.chance(probability, language),
        "stretch": lambda start, end: writing.stretch(start, end, language),
        "listed": lambda names: writing.listed(names, language),
    }
    return environment


def _short(value: float, measured_in: writing.MeasuredIn, language: Language) -> str:
    """Return a value as it fits in a cell of a matrix."""
    if measured_in == "share":
        return writing.decimal(100 * value, language, 0)
    said = writing.decimal(value, language)
    return said.removeprefix("0") if 0 <= value < 1 else said


def _shade(figure: Figure) -> str:
    """Return the step of shading of a value: the darker the more alike; nothing where it has no such scale."""
    value = figure.estimate.value
    if value is None or figure.statistic.measured_in not in ("share", "coefficient"):
        return "none"
    return str(min(SHADES, max(0, math.floor(value * (SHADES + 1)))))


def _shade_of(count: int, shown: Confusion) -> int:
    most = max(max(counts) for counts in shown.counts) or 1
    return -(-count * SHADES // most)


class _Reasons:
    """Numbers the reasons below a table, each once."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def number(self, reason: str) -> int:
        if reason not in self.said:
            self.said.append(reason)
        return self.said.index(reason) + 1


def _context(view: View, language: Language, links: Links, medium: Medium) -> dict[str, Any]:
    paper = medium == "paper"
    matrices, wide = _by_subject(view.matrices), len(view.raters) > MOST_NAMED_ON_PAPER
    plain = charts.colours()
    return {
        "view": view,
        "word": _words(language),
        "links": links,
        "paper": paper,
        "at_once": sys.maxsize if paper else AT_ONCE,
        "most_named": MOST_NAMED_ON_PAPER,
        "most_answers": MOST_ANSWERS,
        "most_codes": MOST_CODES,
        "open_clips": OPEN_CLIPS,
        "most_moments": MOST_ON_PAPER if paper else None,
        "several_tiers": len(view.tables) > 1,
        "matrices_of": dict(list(matrices.items())[:1]) if paper and wide else matrices,
        "left_out": paper and wide and len(matrices) > 1,
        "has_clips": any(figure.clips for figure in view.figures),
        "nothing_coded": bool(view.figures) and all(figure.subject is None for figure in view.figures),
        "open": {family.basis for family in view.families} if not view.tables else set(),
        "reasons_of": _Reasons,
        "ink": plain if paper else {name: f"var(--{name}, {value})" for name, value in plain.items()},
        "tints": TINTS,
        "width": WIDTH,
        "left": LEFT,
        "strips": partial(_strips, names=_names(view, language), most=MOST_DRAWN_ON_PAPER if paper else None),
        "order_chart": partial(_order_chart, language=language, themed=not paper),
        "codes_chart": partial(_codes_chart, mark=view.pass_mark, language=language, themed=not paper),
    }


def _by_subject(matrices: Sequence[Matrix]) -> dict[Name, list[Matrix]]:
    found: dict[Name, list[Matrix]] = {}
    for one in matrices:
        found.setdefault(one.subject, []).append(one)
    return found


def _strips(clip: Clip, names: Names, most: int | None) -> list[Strip]:
    if most is not None and sum(len(clip.seen.timelines[rater]) for rater in clip.coded) > most:
        return []
    return strips(clip.seen, clip.coded, [tier.id for tier in clip.drawn], [m.start for m in clip.moments], names)


def _names(view: View, language: Language) -> Names:
    def said(name: str) -> str:
        return view.names[name].said.to(language) if name in view.names else name

    def title(rater: str, seen: Observation) -> str:
        words = f"{rater}: {said(seen.code)}, {writing.stretch(seen.start, seen.end, language)}"
        return f"{words} ({more})" if (more := described(seen, said)) else words

    styles = {name.id: name.style for name in view.names.values() if name.style is not None}
    return Names(said, said, title, styles)


def _order_chart(what: str, tier: Name, ranked: Sequence[Ranked], *, language: Language, themed: bool) -> object:
    shown = [one for one in ranked if one.standing.agreement.value is not None][:MOST_CHARTED]
    dots = tuple(
        charts.Dot(row, estimate.value, estimate.ci, one.standing.named)
        for row, one in enumerate(shown)
        if (estimate := one.standing.agreement).value is not None
    )
    about = _words(language)["order_chart"].format(what=what, tier=tier.said.to(language))
    return _chart(
        [one.name.said for one in shown],
        [charts.Series("", "time", "o", dots)],
        "share",
        about,
        None,
        language,
        themed=themed,
    )


def _codes_chart(table: Table, mark: float | None, *, language: Language, themed: bool) -> object:
    """Return the kappas of each code, of each pair of raters; nothing where there are none."""
    rows = [row for row in table.rows if row.subject is not None][: MOST_CHARTED + 1]
    series = []
    for place, statistic in enumerate(table.statistics):
        if statistic.name not in CHARTED:
            continue
        colour, marker = LOOKS[statistic.basis]
        dots = tuple(
            dot
            for number, row in enumerate(rows)
            if (cell := row.cells[place]) is not None
            for dot in _dots(number, cell)
        )
        series.append(charts.Series(statistic.label.to(language), colour, marker, dots))
    if len(rows) < 2 or not any(one.dots for one in series):
        return ""
    names = [(row.code or row.subject).said for row in rows if row.subject is not None]
    about = _words(language)["order_chart"].format(what="kappa", tier=names[0].to(language))
    return _chart(names, series, "coefficient", about, mark, language, themed=themed)


def _dots(row: int, cell: Spread) -> Iterator[charts.Dot]:
    """Yield a figure with its interval, those of each pair, or of many pairs the middle one from lowest to highest."""
    estimates = [figure.estimate for figure in cell.defined]
    values = [estimate.value for estimate in estimates if estimate.value is not None]
    if cell.middle is not None and len(values) > MOST_DOTS:
        yield charts.Dot(row, cell.middle, (values[0], values[-1]))
        return
    for estimate, value in zip(estimates, values, strict=True):
        yield charts.Dot(row, value, estimate.ci if cell.only else None)


def _chart(
    names: Sequence[Text],
    series: Sequence[charts.Series],
    measured_in: writing.MeasuredIn,
    about: str,
    mark: float | None,
    language: Language,
    *,
    themed: bool,
) -> object:
    from markupsafe import Markup

    drawn = charts.dots(
        tuple(name.to(language) for name in names),
        tuple(series),
        measured_in=measured_in,
        language=language,
        about=about,
        mark=mark,
        themed=themed,
    )
    # Names in it are escaped by who wrote it.
    return Markup(drawn)  # noqa: S704
