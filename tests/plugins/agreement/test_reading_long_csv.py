"""A long CSV: what each row says, that nothing is lost on the way, and that what is wrong is named."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.agreement.reading import rows
from plugins.agreement.reading.long_csv import UNKNOWN_DURATION, read_long_csv
from plugins.interchange.formats import long_csv
from tests.work import work
from vib.clip_time import ClipTime, Piece
from vib.made_with import MadeWith
from vib.observation import ROUNDING, Observation, RaterSet, Timeline
from vib.observations_file import LARGEST_FILE
from vib.problem import InputProblem
from vib.spreadsheet import LONG_CSV, MADE_WITH, tidy

calm = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

HEAD = "clip,duration,rater,tier,code,start,end,rating,value"

AWKWARD = ("=1+1", "'=1+1", "''-x", "'s ochtends", '"', "a,b", "a;b", "a\tb", "a\nb", "a\rb", "é 你 😀", "\ufeffx")
VERSIONS = st.builds(
    MadeWith,
    method=st.sampled_from(["vib-pleegzorg", "micro"]),
    version=st.sampled_from(["0.1.0", "0.10.0"]),
    level=st.none() | st.just("start"),
)
LIKE_NUMBERS = ("3", "-1.5", "1,5", "nan", "-Infinity", "1e5", ".5")


def read(folder: Path, content: str | bytes, name: str = "codes.csv") -> tuple[RaterSet, ...]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_long_csv(path)


def refused(folder: Path, content: str | bytes) -> str:
    with pytest.raises(InputProblem) as caught:
        read(folder, content)
    for language in ("nl", "en"):
        message = caught.value.message(language)
        assert message.startswith(str(folder / "codes.csv") + ": ")
        assert message.isprintable()
    return str(caught.value).removeprefix(str(folder / "codes.csv") + ": ")


def test_what_the_clock_of_the_recording_says_is_passed_over(tmp_path: Path) -> None:
    piece = Piece(file="=1.mts", clip=0, recording=2, timestamp=2, duration=9, frames_per_second=25)
    clips = (RaterSet("F-1/a", 9, {"anna": Timeline(9, [turn(1, 2)])}),)
    written = long_csv(clips, {"F-1/a": ClipTime(pieces=(piece,))})
    assert "recording_start" in written
    assert read(tmp_path, written) == clips


def turn(start: float, end: float, code: str = "kind") -> Observation:
    return Observation("turn", code, start, end)


class TestRows:
    """What each kind of row says."""

    def test_tier_code_start_and_end_are_an_observation(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,anna,turn,kind,1.5,2,,\n")
        assert clip == RaterSet("c", 10, {"anna": Timeline(10, [turn(1.5, 2)])})

    def test_a_start_without_an_end_is_an_instant(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,anna,turn,kind,1.5,,,\nc,10,anna,turn,kind,2, ,,\n")
        assert list(clip.timelines["anna"]) == [turn(1.5, 1.5), turn(2, 2)]

    def test_a_rating_is_a_number_or_text_or_missing(self, tmp_path: Path) -> None:
        (clip,) = read(
            tmp_path, f"{HEAD}\nc,10,a,,,,,warmth,4\nc,10,a,,,,,style,calm\nc,10,b,,,,,warmth,\nc,10,b,,,,,style, \n"
        )
        assert clip.ratings == {"a": {"warmth": 4.0, "style": "calm"}, "b": {"warmth": None, "style": None}}
        assert clip.timelines == {}

    def test_a_code_without_times_is_a_nominal_rating_named_after_its_tier(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,a,style,calm,,,,\nc,10,b,style,2,,,,\n")
        assert clip.ratings == {"a": {"style": "calm"}, "b": {"style": "2"}}
        assert clip.timelines == {}

    def test_nothing_after_the_name_is_who_saw_nothing(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,anna,,,,,,\nc,10,bram,turn,kind,1,2,,\n")
        assert clip.timelines == {"anna": Timeline(10), "bram": Timeline(10, [turn(1, 2)])}

    def test_who_only_rated_did_not_code_the_timeline(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,anna,turn,kind,1,2,,\nc,10,bram,,,,,warmth,4\n")
        assert clip.raters == ("anna",)
        assert clip.ratings == {"bram": {"warmth": 4.0}}

    def test_who_saw_nothing_and_rated_did_code_it(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,anna,,,,,warmth,4\nc,10,anna,,,,,,\n")
        assert clip.timelines == {"anna": Timeline(10)}
        assert clip.ratings == {"anna": {"warmth": 4.0}}

    def test_a_file_of_ratings_needs_neither_durations_nor_times(self, tmp_path: Path) -> None:
        one, other = read(tmp_path, "rater,clip,rating,value\nanna,c,warmth,4\nbram,c,warmth,3\nanna,d,warmth,2\n")
        assert one == RaterSet("c", UNKNOWN_DURATION, {}, {"anna": {"warmth": 4.0}, "bram": {"warmth": 3.0}})
        assert (other.clip, other.raters) == ("d", ())

    def test_a_file_of_codes_for_whole_clips_needs_four_columns(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, "clip,rater,tier,code\nc,anna,style,calm\n")
        assert clip.ratings == {"anna": {"style": "calm"}}

    def test_the_duration_may_be_in_some_rows_of_a_clip_only(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,,anna,turn,kind,1,2,,\nc,10.0,bram,,,,,,\nc,10,anna,turn,kind,3,4,,\n")
        assert (clip.duration, len(clip.timelines["anna"])) == (10, 2)

    def test_a_time_may_pass_the_end_by_rounding(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\nc,10,anna,turn,kind,9,{10 + ROUNDING / 2},,\n")
        assert len(clip.timelines["anna"]) == 1

    def test_the_same_code_may_be_seen_at_the_same_time_twice(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\n" + "c,10,anna,turn,kind,1,2,,\n" * 2)
        assert len(clip.timelines["anna"]) == 2


class TestSpreadsheets:
    """What spreadsheets and people make of a CSV."""

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_a_comma_is_a_decimal_sign_where_it_separates_no_cells(self, tmp_path: Path, separator: str) -> None:
        lines = [HEAD, "c|10,5|anna|turn|kind|1,25|2.5||", "c|10,5|anna|||||warmth|3,5"]
        (clip,) = read(tmp_path, "\n".join(lines).replace("|", separator).replace(HEAD, HEAD.replace(",", separator)))
        assert clip == RaterSet("c", 10.5, {"anna": Timeline(10.5, [turn(1.25, 2.5)])}, {"anna": {"warmth": 3.5}})

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_may_end_in_any_way_and_a_mark_may_come_first(self, tmp_path: Path, end: str) -> None:
        (clip,) = read(tmp_path, ("\ufeff" + HEAD + "\nc,10,anna,turn,kind,1,2,,").replace("\n", end))
        assert len(clip.timelines["anna"]) == 1

    def test_white_space_capitals_and_blank_rows_do_not_count(self, tmp_path: Path) -> None:
        (clip,) = read(
            tmp_path,
            '\n Clip, Duration ,RATER,tier,code,start,end\n\n ,,,,,,\nc , 10 ,"anna", turn,kind , 1 , 2\n,,\n',
        )
        assert clip == RaterSet("c", 10, {"anna": Timeline(10, [turn(1, 2)])})

    def test_what_our_own_cells_put_before_a_formula_comes_off(self, tmp_path: Path) -> None:
        (clip,) = read(tmp_path, f"{HEAD}\n'=c,10,'@anna,turn,'-kind,1,2,,\n'=c,10,''s,,,,,x,'-1.5\n")
        assert (clip.clip, clip.ratings) == ("=c", {"''s": {"x": -1.5}})
        assert [o.code for o in clip.timelines["@anna"]] == ["-kind"]


class TestNothingIsLost:
    """Clips are the same after writing and reading."""

    names = st.sampled_from(AWKWARD) | st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
    ).map(tidy).filter(bool)

    @staticmethod
    @st.composite
    def clips(draw: st.DrawFn) -> list[RaterSet]:
        """Draw clips without attributes, with raters who saw nothing, rated only, or left ratings out."""
        names = TestNothingIsLost.names
        found = []
        for clip in draw(st.lists(names, max_size=3, unique=True)):
            duration = draw(st.floats(0.001, 1e6))
            times = st.floats(0, duration) | st.sampled_from([0.0, duration])
            seen = st.builds(
                lambda tier, code, one, other: Observation(tier, code, min(one, other), max(one, other)),
                *(names, names, times, times),
            )
            timelines = draw(st.dictionaries(names, st.lists(seen, max_size=4), max_size=3))
            numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
            nominal = st.none() | names | st.sampled_from(LIKE_NUMBERS)
            rated = st.fixed_dictionaries({}, optional={"n": numbers, "=n": numbers, "t": nominal, "'+": nominal})
            ratings = draw(st.dictionaries(names, rated.filter(bool), max_size=3))
            made_with = draw(st.dictionaries(st.sampled_from(sorted({*timelines, *ratings}) or [""]), VERSIONS))
            if timelines or ratings:
                there = {who: Timeline(duration, o) for who, o in timelines.items()}
                found.append(RaterSet(clip, duration, there, ratings, made_with))
        return found

    @calm
    @given(clips=clips())
    def test_clips_are_the_same_after_writing_and_reading(self, tmp_path: Path, clips: list[RaterSet]) -> None:
        if clips:
            assert list(read(tmp_path, long_csv(clips))) == clips

    @calm
    @given(
        clips=clips(),
        separator=st.sampled_from(rows.SEPARATORS),
        end=st.sampled_from(["\n", "\r\n", "\r"]),
        order=st.permutations(range(len(LONG_CSV) + len(MADE_WITH))),
        mark=st.booleans(),
    )
    def test_the_form_of_the_csv_makes_no_difference(
        self, tmp_path: Path, clips: list[RaterSet], separator: str, end: str, order: Sequence[int], mark: bool
    ) -> None:
        if not clips:
            return
        written = StringIO(newline="")
        writer = csv.writer(written, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
        numbers = {LONG_CSV.index(name) for name in ("duration", "start", "end")}
        for cells in csv.reader(StringIO(long_csv(clips), newline="")):
            comma = separator != ","
            changed = [
                cell.replace(".", ",") if comma and place in numbers else cell for place, cell in enumerate(cells)
            ]
            writer.writerow([changed[place] for place in order if place < len(changed)])
        assert list(read(tmp_path, "\ufeff" * mark + written.getvalue())) == clips

    @pytest.mark.parametrize("value", LIKE_NUMBERS)
    def test_a_category_that_looks_like_a_number_stays_text(self, tmp_path: Path, value: str) -> None:
        clip = RaterSet("c", 10, {}, {"anna": {"style": value}, "bram": {"style": "calm"}})
        assert read(tmp_path, long_csv([clip])) == (clip,)

    def test_attributes_become_tiers_with_the_times_of_what_they_describe(self, tmp_path: Path) -> None:
        told = Observation("turn", "kind", 1, 2, {"reception": "yes", "elements": ("x", "y")})
        (clip,) = read(tmp_path, long_csv([RaterSet("c", 10, {"anna": Timeline(10, [told])})]))
        seen = clip.timelines["anna"]
        assert seen.tier("reception") == Timeline(10, [told]).described_by("reception")
        assert seen.tier("elements") == Timeline(10, [told]).described_by("elements")
        assert seen.tier("turn") == Timeline(10, [turn(1, 2)])

    def test_it_is_said_with_which_version_and_level_somebody_coded_where_that_is_known(self, tmp_path: Path) -> None:
        coded = {"anna": Timeline(10, [turn(1, 2)]), "bram": Timeline(10), "carla": Timeline(10)}
        versions = {"anna": MadeWith(method="m", version="0.2.0", level="start")}
        versions["bram"] = MadeWith(method="m", version="0.1.0")
        clip = RaterSet("c", 10, coded, {}, versions)
        written = long_csv([clip])
        assert written.splitlines()[0].endswith(",value,method,version,level")
        assert read(tmp_path, written) == (clip,)

    def test_no_cell_is_run_by_a_spreadsheet(self) -> None:
        clip = RaterSet("=c", 10, {"+a": Timeline(10, [Observation("@t", "-k", 1, 2)])}, {"+a": {"=r": "=v"}})
        cells = [cell for row in csv.reader(StringIO(long_csv([clip]))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

    @pytest.mark.parametrize("name", ["", " a", "a\n", "a\0b", "x" * 201])
    def test_a_name_that_would_not_come_back_is_refused(self, name: str) -> None:
        with pytest.raises(InputProblem, match="does not fit in a CSV"):
            long_csv([RaterSet(name, 10, {"anna": Timeline(10)})])


class TestRefused:
    """What is wrong is said on one line, with the row as a spreadsheet numbers it."""

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("c,10,anna,turn,kind,1,11,,", "row 3: ends at 11.0 s, after the end of clip 'c' (10.0 s)"),
            ("c,10,anna,turn,kind,3,2,,", "row 3: turn/kind: start 3.0 and end 2.0 do not fit"),
            ("c,10,anna,turn,kind,-1,2,,", "row 3: turn/kind: start -1.0"),
            ("c,10,anna,turn,kind,nan,2,,", "row 3: turn/kind: a time is not a number"),
            ("c,10,anna,turn,kind,1,inf,,", "row 3: turn/kind: a time is not a number"),
            ("c,10,anna,turn,kind,1,1e999,,", "row 3: turn/kind: a time is not a number"),
            ("c,10,anna,turn,kind,one,2,,", "row 3: start is 'one', not a number"),
            ("c,10,anna,turn,kind,1,0:02,,", "row 3: end is '0:02', not a number"),
            ("c,10,anna,turn,kind,1_0,2,,", "row 3: start is '1_0', not a number"),
            ('c,10,anna,turn,kind,"1,5",2,,', "row 3: start is '1,5': a comma in a number goes only with ;"),
            ("c,10,anna,turn,kind,,2,,", "row 3: has an end and no start"),
            ("c,10,anna,turn,,1,2,,", "row 3: code is empty"),
            ("c,10,anna,,kind,,,,", "row 3: tier is empty"),
            ("c,10,anna,,,1,2,,", "row 3: has times without tier and code"),
            ("c,10,anna,,,,,,4", "row 3: has a value without rating"),
            ("c,10,anna,turn,kind,1,2,,4", "row 3: is an observation and a rating at once"),
            ("c,10,anna,turn,kind,1,2,warmth,4", "row 3: is an observation and a rating at once"),
            ("c,10,anna,turn,kind,,,warmth,4", "row 3: is an observation and a rating at once"),
            ("c,10,anna,,,,,warmth,nan", "row 3: value is 'nan', not a number"),
            ("c,10,anna,,,,,warmth,-inf", "row 3: value is '-inf', not a number"),
            ("c,10,anna,,,,,warmth,1e999", "row 3: value is '1e999', not a number"),
            ('c,10,anna,,,,,warmth,"1,5"', "row 3: value is '1,5': a comma in a number"),
            ("c,10,first,,,,,score,4", "row 3: 'first' gives 'score' of clip 'c' for the second time"),
            ("c,10,first,style,calm,,,,", "row 3: 'first' gives 'style' of clip 'c' for the second time"),
            ("c,10,anna,,,,,score,NA", "row 3: 'score' is text here and a number in row 2"),
            ("d,10,anna,,,,,style,4", "row 3: 'style' is a number here and text in row 2"),
            ("c,10,anna,score,4,,,,", "row 3: 'score' is text here and a number in row 2"),
            ("c,12,anna,,,,,,", "row 3: clip 'c' lasts 12.0 s here and 10.0 s in row 2"),
            ("c,ten,anna,,,,,,", "row 3: duration is 'ten', not a number"),
            ("d,0,anna,,,,,,", "row 3: 0.0 is no duration in seconds"),
            ("d,-5,anna,,,,,,", "row 3: -5.0 is no duration in seconds"),
            ("d,inf,anna,,,,,,", "row 3: duration is 'inf', not a number"),
            ("d,,anna,turn,kind,1,2,,", "row 3: clip 'd' has no duration"),
            ("d,,anna,,,,,,", "row 3: clip 'd' has no duration"),
            (",10,anna,,,,,,", "row 3: clip is empty"),
            ("c,10, ,,,,,,", "row 3: rater is empty"),
            ("c,10,anna", "row 3: has 3 cells; the header has 9"),
            ("c,10,anna,turn,kind,1,2,,,", "row 3: has 10 cells; the header has 9"),
            (f"c,10,{'x' * 201},,,,,,", "row 3: a cell has 201 characters"),
            (f"c,10,anna,turn,{'x' * 70_000},1,2,,", "row 3: the line is too long"),
            ("c,10,an\0na,,,,,,", "row 3: holds a NUL character"),
            ('c,10,"anna,,,,,,', "row 3: not valid CSV"),
            ('c,10,"an"na,,,,,,', "row 3: not valid CSV"),
            ('c,10,anna,"a\nb",kind,3,2,,', r"row 3: a\nb/kind: start 3.0"),
        ],
    )
    def test_a_wrong_row_is_named(self, tmp_path: Path, row: str, says: str) -> None:
        right = "c,10,first,,,,,score,4\nc,10,first,,,,,style,calm\n".split("\n")
        before = right[1] if "style" in row else right[0]
        assert refused(tmp_path, f"{HEAD}\n{before}\n{row}\n").startswith(says)

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("anna,m,0.3.0,", "row 3: 'anna' coded this clip with m 0.3.0 here and with m 0.2.0 above"),
            ("anna,m,0.2.0,start", "row 3: 'anna' coded this clip with m 0.2.0 (start) here and with m 0.2.0 above"),
            ("bram,m,,", "row 3: made_with: version"),
            ("bram,,0.2.0,", "row 3: made_with: method"),
            ("bram,m,new,", "row 3: made_with: version"),
        ],
    )
    def test_that_somebody_coded_a_clip_with_two_versions_or_with_half_of_one_is_refused(
        self, tmp_path: Path, row: str, says: str
    ) -> None:
        head = "duration,clip,tier,code,start,end,rater,method,version,level"
        assert refused(tmp_path, f"{head}\n10,c,t,k,1,2,anna,m,0.2.0,\n10,c,t,k,1,2,{row}\n").startswith(says)

    def test_a_row_that_does_not_say_with_what_was_coded_is_one_of_the_rest(self, tmp_path: Path) -> None:
        head = "duration,clip,tier,code,start,end,rater,method,version,level"
        (clip,) = read(tmp_path, f"{head}\n10,c,t,k,1,2,anna,,,\n10,c,t,k,3,4,anna,m,0.2.0,\n10,c,t,k,1,2,bram,,,\n")
        assert clip.made_with == {"anna": MadeWith(method="m", version="0.2.0")}

    def test_blank_rows_and_rows_of_many_lines_are_counted_as_a_spreadsheet_does(self, tmp_path: Path) -> None:
        content = f'{HEAD}\n\nc,10,"an\nna",,,,,,\n,,,,,,,,\nc,10,anna,turn,kind,x,2,,\n'
        assert refused(tmp_path, content).startswith("row 5: ")

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "is empty"),
            (b"\n \r\n", "is empty"),
            (b"\xef\xbb\xbf", "is empty"),
            (HEAD.encode(), "has a header and no rows"),
            (HEAD.encode() + b"\n,,,,,,,,\n", "has a header and no rows"),
            (b"a,b\n1,2\n", "row 1: the first row names no columns; expected: clip, duration"),
            (b"clip,rater,colour\nc,anna,red\n", "row 1: column 3 is called 'colour'; columns can be: clip"),
            (b"clip,rater,tier,code,\nc,anna,t,c,\n", "row 1: column 5 is called ''"),
            (b"clip,rater,Clip\nc,anna,c\n", "row 1: column clip is there twice"),
            (b"clip,tier,code\nc,turn,kind\n", "column rater is missing"),
            (b"rater,rating,value\nc,turn,3\n", "column clip is missing"),
            (b"clip,rater\nc,anna\n", "there is no column of codes or ratings"),
            (b"\0\0\0", "row 1: holds a NUL"),
            (HEAD.encode("utf-16"), "row 1: not UTF-8 text"),
            (f"{HEAD}\nc,10,an\xe9,,,,,,\n".encode("latin-1"), "row 2: not UTF-8 text"),
            (HEAD.encode() + b"\nc,10,\xed\xa0\x80,,,,,,\n", "row 2: not UTF-8 text"),
            (b"x" * 100_000, "row 1: the line is too long"),
            (b'"' + b"x\n" * 100_000, "row 1: the first row names no columns"),
            (HEAD.encode() + b'\n"' + b"x\n" * 100_000, "row 2: not valid CSV"),
        ],
    )
    def test_a_file_that_is_no_long_csv_is_refused(self, tmp_path: Path, content: bytes, says: str) -> None:
        assert refused(tmp_path, content).startswith(says)

    def test_a_file_that_cannot_be_read_is_refused(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none.csv", tmp_path, Path("/dev/null"), Path("a\0b")):
            with pytest.raises(InputProblem, match=r"cannot be read|not a file"):
                read_long_csv(path)

    def test_a_file_that_is_too_large_is_refused_unread(self, tmp_path: Path) -> None:
        path = tmp_path / "codes.csv"
        with path.open("wb") as file:
            file.truncate(LARGEST_FILE + 1)
        with pytest.raises(InputProblem, match="larger than 512 MB"):
            read_long_csv(path)

    @settings(calm, max_examples=300)
    @given(
        place=st.integers(0, 200),
        put=st.sampled_from(['"', ",", ";", "\t", "\n", "\r", "\0", "'", "=", "nan", "-", "1e999", "é", "\ufeff"])
        | st.text(max_size=3),
        cut=st.integers(0, 12),
    )
    @example(place=0, put="\ud800", cut=0)
    def test_whatever_happens_to_a_file_it_is_read_or_refused_on_one_line(
        self, tmp_path: Path, place: int, put: str, cut: int
    ) -> None:
        right = (
            f"{HEAD}\nc,10,anna,turn,kind,1,2,,\nc,10,bram,,,,,warmth,4\nc,10,bram,style,calm,,,,\nc,10,carla,,,,,,\n"
        )
        wrong = (right[:place] + put + right[place + cut :]).encode(errors="surrogatepass")
        said = ""
        try:
            read(tmp_path, wrong)
        except InputProblem as problem:
            said = problem.message("nl")
        assert said.isprintable()


def test_ten_times_as_many_rows_are_ten_times_the_work(tmp_path: Path) -> None:
    def lines_of(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        cells = (f"c{n % 7},9e9,r{n % 5},turn,k{n % 3},{n}.25,{n}.75,," for n in range(count))
        path.write_text("\n".join((HEAD, *cells)), encoding="utf-8")
        return work(lambda: read_long_csv(path))

    assert lines_of(3_000) < 12 * lines_of(300)
