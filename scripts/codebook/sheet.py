"""The sheet on which a party confirms texts: a spreadsheet that is filled in and read back, and a page to print."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.codebook.rows import Answer, Answered, Row
from vib.atomic import replacing, write_text
from vib.language import LANGUAGES, Language, Text, in_language
from vib.problem import InputProblem
from vib.spreadsheet import safe_cell

LARGEST = 10 * 2**20
"""Bytes of a sheet that is read, as it is and unpacked tenfold."""

MOST_ROWS = 10_000

TEXTS: Mapping[str, Text] = {
    "label": Text(nl="naam", en="label"),
    "theme": Text(nl="thema", en="theme"),
    "definition": Text(nl="omschrijving", en="definition"),
    "example": Text(nl="voorbeeld", en="example"),
    "counter_example": Text(nl="niet", en="not"),
    "films": Text(nl="gefilmd", en="filmed"),
    "watches": Text(nl="bekeken", en="watched"),
    "numbers": Text(nl="tijden en schaal", en="times and scale"),
}
"""What is read, by field."""

COLUMNS: Mapping[str, Text] = {
    "methods": Text(nl="methoden", en="methods"),
    "id": Text(nl="id", en="id"),
    **TEXTS,
    "source": Text(nl="bron", en="source"),
    "question": Text(nl="vraag", en="question"),
    "answer": Text(nl="antwoord (ja / nee / anders)", en="answer (yes / no / other)"),
    "remark": Text(nl="opmerking", en="remark"),
    "name": Text(nl="je naam", en="your name"),
    "date": Text(nl="datum", en="date"),
}
FILLED_IN = ("answer", "remark", "name", "date")
NARROW = ("methods", "id", "label", "answer", "name", "date")
ANSWERS: Mapping[str, Answer] = {
    **{"ja": "yes", "yes": "yes", "j": "yes", "y": "yes"},
    **{"nee": "no", "no": "no", "n": "no"},
    **{"anders": "other", "other": "other"},
}
CHOICES = Text(nl="ja,nee,anders", en="yes,no,other")
TITLE = Text(nl="Te bevestigen door {0}", en="To be confirmed by {0}")
ABOUT = Text(
    nl="Vul bij elke regel in of het zo klopt: ja, nee of anders. Schrijf bij nee en anders op hoe het wel is. Zet je"
    " naam en de datum erbij. Verander de tekst zelf niet: wat je bevestigt is wat hier staat.",
    en="Say in each row whether this is right: yes, no or other. Where it is no or other, write how it is. Add your"
    " name and the date. Do not change the text itself: what you confirm is what is written here.",
)


def write_sheet(path: Path, rows: Sequence[Row], language: Language) -> None:
    """Write a spreadsheet with a row for each text, and room for the answers."""
    # Imported here as no other command needs it.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "VIB"
    sheet.append([text.to(language) for text in COLUMNS.values()])
    for row in rows:
        sheet.append([safe_cell(value) for value in _cells(row, language).values()])
    for number, name in enumerate(COLUMNS, start=1):
        letter = sheet.cell(1, number).column_letter
        sheet.column_dimensions[letter].width = 18 if name in NARROW else 40
        sheet.cell(1, number).font = Font(bold=True)
        for cell in sheet[letter][1:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in FILLED_IN:
                cell.fill = PatternFill("solid", fgColor="FFF8DC")
        if name == "answer" and rows:
            choice = DataValidation(type="list", formula1=f'"{CHOICES.to(language)}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{len(rows) + 1}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "C2"
    with replacing(path, suffix=".xlsx") as temporary:
        temporary.chmod(0o644)
        book.save(temporary)


def write_page(path: Path, rows: Sequence[Row], party: str, language: Language) -> None:
    """Write a page to print with the same rows, and room to write the answers by hand."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = templates.get_template("sheet.html.j2").render(
        language=language,
        title=TITLE.to(language).format(party),
        about=ABOUT.to(language),
        names=in_language(COLUMNS, language),
        choices=CHOICES.to(language).replace(",", " / "),
        rows=[(_cells(row, language), [name for name in TEXTS if name in row.text]) for row in rows],
        filled_in=FILLED_IN[1:],
    )
    write_text(path, page)


def _cells(row: Row, language: Language) -> dict[str, str]:
    known = {"methods": ", ".join(row.methods), "id": row.id, **row.text, "source": row.source}
    known["question"] = row.question.to(language)
    return {name: known.get(name, "") for name in COLUMNS}


def read_sheet(path: Path) -> tuple[Language, list[Answered], list[InputProblem]]:
    """Read what was answered in a sheet: in which language it is, each row with an answer, and what is wrong.

    Raises
    ------
    InputProblem
        It is no sheet of ours.
    """
    title, lines = _lines(path)
    header = next(lines, (0, []))[1]
    language = next((one for one in LANGUAGES if [*in_language(COLUMNS, one).values()] == header[: len(COLUMNS)]), None)
    if language is None:
        raise InputProblem(
            f"{path}: {title}: 1",
            nl="dit zijn niet de kolommen die vib codebook confirm schrijft",
            en="these are not the columns that were written; make a new sheet",
        )
    answered, problems = [], []
    for number, values in lines:
        cells = dict(zip(COLUMNS, [*values, *[""] * len(COLUMNS)], strict=False))
        if not any(cells[name] for name in FILLED_IN):
            continue
        place = f"{path}: {title}: {number}"
        try:
            answered.append(_answered(place, cells))
        except InputProblem as problem:
            problems.append(problem)
    return language, answered, problems


def _lines(path: Path) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Return the name of the first sheet of a spreadsheet, and its rows as texts, each with its number."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if path.stat().st_size > LARGEST or unpacked > 10 * LARGEST:
            raise InputProblem(str(path), nl="te groot voor zo'n blad", en="too large for such a sheet")
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        read = sheet.iter_rows(max_row=MOST_ROWS, max_col=len(COLUMNS), values_only=True)
        rows = [(number, [_text(value) for value in row]) for number, row in enumerate(read, start=1)]
    except FileNotFoundError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError) as error:
        raise InputProblem(
            str(path), nl="is geen leesbaar .xlsx-bestand", en="is not an .xlsx file that can be read"
        ) from error
    return sheet.title, iter(rows)


def _text(value: Any) -> str:
    """Return what is in a cell as a text without white space around it; a day as ``2026-11-30``."""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    text = "" if value is None else str(value).strip()
    bare = text.removeprefix("'")
    return bare if text != bare and safe_cell(bare) == text else text


def _answered(place: str, cells: Mapping[str, str]) -> Answered:
    answer = ANSWERS.get(cells["answer"].casefold())
    if answer is None:
        said = cells["answer"][:40]
        raise InputProblem(
            place,
            nl=f"antwoord {said!r}: moet ja, nee of anders zijn" if said else "er is iets ingevuld, maar geen antwoord",
            en=f"answer {said!r}: must be yes, no or other" if said else "something was filled in, but no answer",
        )
    if not cells["name"]:
        raise InputProblem(place, nl="er staat geen naam bij", en="there is no name")
    date = _day(cells["date"])
    if date is None:
        said = cells["date"][:40]
        raise InputProblem(
            place,
            nl=f"datum {said!r}: is geen dag zoals 2026-11-30 of 30-11-2026",
            en=f"date {said!r}: is not a day such as 2026-11-30 or 30-11-2026",
        )
    if answer != "yes" and not cells["remark"]:
        raise InputProblem(
            place, nl="nee of anders zonder opmerking: hoe is het wel?", en="no or other without a remark: how is it?"
        )
    texts = {name: cells[name] for name in TEXTS if cells[name]}
    return Answered(place, cells["id"], texts, answer, cells["remark"], cells["name"][:200], date)


def _day(text: str) -> str | None:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None
