"""`vib codebook confirm`: a sheet for who is to confirm texts, and reading back what they answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from scripts.codebook.chosen import Methods, book_of
from scripts.codebook.rows import Answered, Row, row_of, rows_of
from scripts.codebook.sheet import read_sheet, write_page, write_sheet
from scripts.console import LANGUAGE, AsJson, complain, out, say
from vib.atomic import write_text
from vib.codebook import FOLDER, Codebook
from vib.codebook.confirmation import FILE, digest_of
from vib.codebook.entry import Confirmed
from vib.codebook.reading import read_confirmations
from vib.invocation import VIB
from vib.language import Language
from vib.methods import method_names
from vib.problem import InputProblem
from vib.terminal import print_json
from vib.yaml_file import as_yaml


def confirm(
    methods: Methods = None,
    by: Annotated[
        str | None,
        typer.Option(help=say("Wie moet bevestigen, zoals AIT.", "Who is to confirm, such as AIT.")),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help=say("Schrijf het blad hierheen (.xlsx).", "Write the sheet here (.xlsx).")),
    ] = None,
    apply: Annotated[
        Path | None,
        typer.Option(help=say("Lees een ingevuld blad terug.", "Read back a sheet that was filled in.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    books = [book_of(name) for name in methods or method_names()]
    if apply is not None:
        if by is not None or output is not None:
            raise InputProblem(
                "--apply", nl="gaat niet samen met --by of --output", en="goes without --by and --output"
            )
        _apply(apply, books, as_json)
    elif by is None:
        raise InputProblem(
            "vib codebook confirm",
            nl=f"zeg met --by wie moet bevestigen; er staat nog open: {_parties(books)}",
            en=f"say with --by who is to confirm; still open: {_parties(books)}",
        )
    else:
        _write(by, books, output, as_json)


confirm.__doc__ = say(
    """Maak een blad met wat iemand moet bevestigen, of lees het ingevulde blad terug.

    Het blad is een spreadsheet om in te vullen, met ernaast een pagina om af te drukken. Wat in meer methoden
    hetzelfde is, staat er één keer op. Met --apply wordt het eerst helemaal gecontroleerd; wat bevestigd is, komt met
    naam en datum in label_configs/confirmed.yaml. Wat nee of anders is, wordt genoemd voor wie het codeboek schrijft.
    """,
    """Make a sheet with what somebody is to confirm, or read back the one that was filled in.

    The sheet is a spreadsheet to fill in, with a page to print beside it. What is the same in several methods is on
    it once. With --apply all of it is checked first; what was confirmed goes with name and date into
    label_configs/confirmed.yaml. What is no or other is said, for who writes the codebook.
    """,
)


def _parties(books: Iterable[Codebook]) -> str:
    counts = Counter(row.party for row in rows_of(books, LANGUAGE, open_only=True))
    return ", ".join(f"{party} ({count})" for party, count in counts.most_common()) or "-"


def _write(by: str, books: Sequence[Codebook], output: Path | None, as_json: bool) -> None:
    rows = [row for row in rows_of(books, LANGUAGE, open_only=True) if row.party.casefold() == by.strip().casefold()]
    if not rows:
        raise InputProblem(
            "--by",
            nl=f"{by} hoeft niets te bevestigen; nog open: {_parties(books)}",
            en=f"{by} has nothing to confirm; still open: {_parties(books)}",
        )
    party = rows[0].party
    name = re.sub(r"[^a-z0-9]+", "-", party.casefold()).strip("-")
    sheet = output or Path(say(f"te-bevestigen-{name}.xlsx", f"to-confirm-{name}.xlsx"))
    if sheet.suffix != ".xlsx":
        raise InputProblem("--output", nl="moet eindigen op .xlsx", en="must end in .xlsx")
    page = sheet.with_suffix(".html")
    for path in (sheet, page):
        if path.exists():
            raise InputProblem(
                str(path), nl="bestaat al; er is niets geschreven", en="exists already; nothing was written"
            )
    write_sheet(sheet, rows, LANGUAGE)
    write_page(page, rows, party, LANGUAGE)
    if as_json:
        print_json({"party": party, "rows": len(rows), "sheet": str(sheet), "page": str(page)})
        return
    out.print(say(f"{len(rows)} teksten voor {party}", f"{len(rows)} texts for {party}"), highlight=False, markup=False)
    for path in (sheet, page):
        out.print(str(path), highlight=False, markup=False)


def _apply(path: Path, books: Sequence[Codebook], as_json: bool) -> None:
    language, answered, problems = read_sheet(path)
    rows = rows_of(books, language)
    found = [(one, row_of(one, rows)) for one in answered]
    problems += [_gone(one, rows) for one, row in found if row is None]
    if problems:
        for problem in problems:
            complain(problem)
        raise typer.Exit(2)
    given = [(one, row) for one, row in found if row is not None]
    confirmed = [*_confirmed(given, language)]
    file = FOLDER / FILE
    if confirmed:
        kept = read_confirmations(file).adding(confirmed)
        write_text(file, as_yaml(kept.model_dump(mode="json")))
    other = [(one, row) for one, row in given if one.answer != "yes"]
    if as_json:
        print_json({"confirmed": [name for name, _ in confirmed], "other": [_content(*pair) for pair in other]})
        return
    out.print(say(f"bevestigd: {len(confirmed)}", f"confirmed: {len(confirmed)}"), highlight=False)
    for one, row in other:
        said = say({"no": "nee", "other": "anders"}[one.answer], one.answer)
        who = f"{one.name}, {one.date}"
        line = f"{row.id} ({', '.join(row.methods)}): {said}: {one.remark} ({who})"
        out.print(" ".join(line.split()), highlight=False, markup=False)
    if confirmed:
        out.print(
            say(
                f"Maak de handleidingen opnieuw: {VIB} codebook render --all",
                f"Make the guides anew: {VIB} codebook render --all",
            ),
            highlight=False,
        )


def _confirmed(given: Iterable[tuple[Answered, Row]], language: Language) -> Iterator[tuple[str, Confirmed]]:
    for one, row in given:
        if one.answer == "yes":
            digest = digest_of(row.entry, language)
            yield row.id, Confirmed(by=one.name, party=row.party, date=one.date, language=language, digest=digest)


def _gone(one: Answered, rows: Sequence[Row]) -> InputProblem:
    if one.id not in {row.id for row in rows}:
        return InputProblem(
            one.place,
            nl=f"{one.id or 'er'} staat in geen codeboek, of hoeft niet bevestigd te worden",
            en=f"{one.id or 'this'} is in no codebook, or nobody is to confirm it",
        )
    return InputProblem(
        one.place,
        nl=f"{one.id}: de tekst op het blad is niet die van het codeboek; maak een nieuw blad, of zet de tekst terug en"
        " antwoord anders",
        en=f"{one.id}: the text on the sheet is not that of the codebook; make a new sheet, or put the text back and"
        " answer other",
    )


def _content(one: Answered, row: Row) -> dict[str, Any]:
    said = {"id": row.id, "methods": row.methods, "answer": one.answer, "remark": one.remark}
    return {**said, "name": one.name, "date": one.date}
