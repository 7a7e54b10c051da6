"""What is said about files that cannot be read, in Dutch and English."""

from __future__ import annotations

from collections.abc import Sequence

from vib.language import LANGUAGES, Text
from vib.problem import InputProblem

LONGEST_QUOTE = 40
"""Characters of a user's own text that a message repeats."""

LONGEST_MESSAGE = 500

MOST_PLACES = 3
"""Places that a message names; of the others it gives the number."""

NO_FILE = Text(nl="is geen bestand dat gelezen kan worden", en="is not a file that can be read")
TOO_LARGE = Text(nl="groter dan {megabytes} MB", en="larger than {megabytes} MB")
NOT_UTF8 = Text(
    nl="geen UTF-8-tekst; bewaar het als CSV UTF-8",
    en="not UTF-8 text; save it as CSV UTF-8",
)
WORKBOOK = Text(
    nl="is een Excel-werkmap; bewaar het blad als CSV UTF-8",
    en="is an Excel workbook; save the sheet as CSV UTF-8",
)
ONLY_LABEL_STUDIO = Text(
    nl="hoort bij een export van Label Studio; dit bestand is er geen",
    en="goes with an export of Label Studio; this file is none",
)
NO_FRAME_RATE = Text(nl="{found} is geen aantal beelden per seconde", en="{found} is no number of frames a second")

NO_EXPORT_IN_FOLDER = Text(
    nl="hoort bij een export van Label Studio; in deze map staat er geen",
    en="goes with an export of Label Studio; there is none in this folder",
)
NOTHING_IN_FOLDER = Text(
    nl="in deze map staat geen bestand met codes ({endings})", en="there is no file of codes in this folder ({endings})"
)
FULL_FOLDER = Text(
    nl="in deze map staan meer dan {most} bestanden; noem de map met alleen de codes",
    en="there are more than {most} files in this folder; name the folder that has the codes only",
)
FILE_LEFT_OUT = Text(nl="niet meegenomen: {problem}", en="left out: {problem}")
RATER_TWICE = Text(nl="{rater} staat voor clip {clip} ook in {file}", en="{rater} stands for clip {clip} in {file} too")
OTHER_DURATION_THERE = Text(
    nl="clip {clip} duurt hier {found} s en in {file} {known} s",
    en="clip {clip} lasts {found} s here and {known} s in {file}",
)
MADE_OTHERWISE = Text(
    nl="{rater} codeerde clip {clip} hier met {here} en in {file} met {there}",
    en="{rater} coded clip {clip} with {here} here and with {there} in {file}",
)

EMPTY_FILE = Text(nl="is leeg", en="is empty")
HEADER_ONLY = Text(nl="heeft een kop en geen rijen", en="has a header and no rows")
NO_HEADER = Text(
    nl="de eerste rij noemt geen kolommen; verwacht: {known}", en="the first row names no columns; expected: {known}"
)
UNKNOWN_COLUMN = Text(
    nl="kolom {number} heet {found}; kolommen kunnen zijn: {known}",
    en="column {number} is called {found}; columns can be: {known}",
)
DOUBLE_COLUMN = Text(nl="kolom {found} staat er twee keer", en="column {found} is there twice")
NO_COLUMN = Text(nl="kolom {found} ontbreekt", en="column {found} is missing")
NOTHING_SAID = Text(
    nl="er is geen kolom met codes of beoordelingen (tier en code, of rating)",
    en="there is no column of codes or ratings (tier and code, or rating)",
)
ROW = Text(nl="rij {number}: {reason}", en="row {number}: {reason}")
NO_CSV = Text(nl="geen geldige CSV ({reason})", en="not valid CSV ({reason})")
NUL = Text(nl="bevat een nul-teken; dit is geen tekst", en="holds a NUL character; this is no text")
LONG_LINE = Text(nl="de regel is te lang", en="the line is too long")
WRONG_WIDTH = Text(nl="heeft {found} cellen; de kop heeft er {wanted}", en="has {found} cells; the header has {wanted}")
EMPTY_CELL = Text(nl="{column} is leeg", en="{column} is empty")
NO_NUMBER = Text(nl="{column} is {found}, geen getal", en="{column} is {found}, not a number")
COMMA = Text(
    nl="{column} is {found}: een komma in een getal kan alleen als ; of tab de cellen scheidt",
    en="{column} is {found}: a comma in a number goes only with ; or tab between the cells",
)
NO_DURATION = Text(
    nl="clip {clip} heeft geen duur; die is nodig omdat er codes op de tijdlijn zijn",
    en="clip {clip} has no duration; it is needed because there are codes on its timeline",
)
BAD_DURATION = Text(nl="{found} is geen duur in seconden", en="{found} is no duration in seconds")
OTHER_DURATION = Text(
    nl="clip {clip} duurt hier {found} s en in rij {row} {known} s",
    en="clip {clip} lasts {found} s here and {known} s in row {row}",
)
OTHER_MADE_WITH = Text(
    nl="{rater} codeerde deze clip hier met {found} en hierboven met {known}",
    en="{rater} coded this clip with {found} here and with {known} above",
)
AFTER_THE_END = Text(
    nl="eindigt op {end} s, na het einde van clip {clip} ({duration} s)",
    en="ends at {end} s, after the end of clip {clip} ({duration} s)",
)
BOTH = Text(
    nl="is een moment én een beoordeling; maak er twee rijen van",
    en="is an observation and a rating at once; make two rows of it",
)
NO_START = Text(nl="heeft een einde en geen begin", en="has an end and no start")
LOOSE_TIMES = Text(nl="heeft tijden zonder tier en code", en="has times without tier and code")
LOOSE_VALUE = Text(nl="heeft een value zonder rating", en="has a value without rating")
TWICE = Text(
    nl="{rater} geeft {rating} van clip {clip} voor de tweede keer",
    en="{rater} gives {rating} of clip {clip} for the second time",
)
MIXED = Text(
    nl="{rating} is hier {here} en in rij {row} {there}; laat een ontbrekende waarde leeg, "
    "en zet namen die getallen zijn in tier en code",
    en="{rating} is {here} here and {there} in row {row}; leave a missing value empty, "
    "and put names that are numbers in tier and code",
)
A_NUMBER = Text(nl="een getal", en="a number")
A_TEXT = Text(nl="tekst", en="text")

NO_TASKS = Text(
    nl="is geen export van Label Studio: geen lijst van taken", en="is no export of Label Studio: no list of tasks"
)
NO_ANNOTATIONS = Text(
    nl="heeft geen annotaties; exporteer als JSON, niet als JSON-MIN",
    en="has no annotations; export as JSON, not as JSON-MIN",
)
BROKEN_ANNOTATION = Text(
    nl="annotatie {number} is onvolledig: {field}", en="annotation {number} is incomplete: {field}"
)
CLIP_TWICE = Text(nl="clip {clip} is ook die van {other}", en="clip {clip} is also that of {other}")
NO_CLIP = Text(nl="heeft geen nummer en geen data.clip", en="has no id and no data.clip")
NO_TASK_DURATION = Text(
    nl="heeft geen duur; zet die als duration in de data van de taak",
    en="has no duration; put it as duration in the data of the task",
)
DURATIONS_DIFFER = Text(
    nl="heeft resultaten over clips van {low} tot {high} s; zet de duur als duration in de data van de taak",
    en="has results on clips of {low} to {high} s; put the duration as duration in the data of the task",
)
UNKNOWN_CONTROL = Text(
    nl="{found} is geen onderdeel van deze interface; wel: {known}",
    en="{found} is not a control of this interface; these are: {known}",
)
BROKEN_RESULT = Text(nl="is onvolledig of ongeldig ({field})", en="is incomplete or not valid ({field})")
FRAMES_NEED_RATE = Text(
    nl="heeft beeldnummers en geen beelden per seconde; zet fps in de data van de taak of geef --fps "
    "(Label Studio telt er 24 als het element Video geen frameRate heeft)",
    en="has frame numbers and no frames a second; put fps in the data of the task or give --fps "
    "(Label Studio counts 24 where the tag Video has no frameRate)",
)
RATES_DIFFER = Text(
    nl="telt volgens de data {task} beelden per seconde en volgens de interface {interface}; geef --fps",
    en="counts {task} frames a second by its data and {interface} by the interface; give --fps",
)
UNLABELLED = Text(
    nl="heeft een stuk op de tijdlijn en geen label, en is dus niet meegeteld: {places}",
    en="is a stretch of the timeline without a label, and not counted: {places}",
)
NOT_XML = Text(nl="geen geldige XML ({reason})", en="not valid XML ({reason})")
NO_CONTROLS = Text(
    nl="is geen interface: er zijn geen onderdelen om mee te coderen",
    en="is no interface: there are no controls to code with",
)
NO_INTERFACE = Text(
    nl="{found} is geen methode ({known}) en geen bestand", en="{found} is no method ({known}) and no file"
)
WHICH_INTERFACE = Text(
    nl="onduidelijk met welke interface dit is gecodeerd; geef --interface met een methode ({known}) of XML-bestand",
    en="cannot tell with which interface this was coded; give --interface with a method ({known}) or an XML file",
)


def problem(place: str, text: Text, **words: object) -> InputProblem:
    """Return a text about `place` as a problem, with its words filled in.

    Examples
    --------
    >>> str(problem("codes.csv", EMPTY_CELL, column="rater"))
    'codes.csv: rater is empty'
    """
    said = text.filled(**words)
    return InputProblem(place, nl=said.nl, en=said.en)


def some(places: Sequence[str]) -> str:
    """Return the first of many places, and how many there are.

    Examples
    --------
    >>> some(["a", "b"]), some(["a", "b", "c", "d"])
    ('a; b', 'a; b; c; … (4)')
    """
    return "; ".join(places[:MOST_PLACES]) + (f"; … ({len(places)})" if len(places) > MOST_PLACES else "")


def quoted(found: object) -> str:
    r"""Return what a user wrote so that a message stays one short line.

    Examples
    --------
    >>> quoted("a\nb"), len(quoted("x" * 1000))
    ("'a\\nb'", 42)
    """
    if isinstance(found, list | dict):
        return "[…]" if isinstance(found, list) else "{…}"
    written = repr(found[:LONGEST_MESSAGE] if isinstance(found, str) else found)
    return written if len(written) <= LONGEST_QUOTE + 2 else f"{written[:LONGEST_QUOTE]}…{written[-1]}"


def one_line(problem: InputProblem) -> Text:
    r"""Return place and reason of a problem on one short line, whatever names a file holds.

    Examples
    --------
    >>> one_line(InputProblem("turn/a\nb", nl="te laat", en="too late")).en
    'turn/a\\nb: too late'
    """
    nl, en = (
        "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in problem.message(language))
        for language in LANGUAGES
    )
    return Text(nl=nl[:LONGEST_MESSAGE], en=en[:LONGEST_MESSAGE])
