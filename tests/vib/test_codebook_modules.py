"""Codebooks that are made of modules: what comes out, and where a mistake is said to be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vib_strategies import calm

from vib.codebook import Codebook, read_codebook
from vib.codebook.reading import read_module
from vib.codebook.source import CodebookSource, Module, put_together
from vib.problem import InputProblem
from vib.validation import WrongValue
from vib.yaml_file import as_yaml

Content = dict[str, Any]


def code(name: str, **more: object) -> Content:
    text = {"nl": f"{name} nl", "en": f"{name} en"}
    sourced = {"source": ["own design"], "certainty": "medium"}
    return {"id": name, "label": text, "actor": "kind", "kind": "event", "definition": text, "example": text} | {
        **sourced,
        **more,
    }


def tier(name: str, *codes: Content, **more: object) -> Content:
    text = {"nl": name, "en": name}
    return {"id": name, "label": text, "question": text, **more, "codes": list(codes)}


def module(name: str, *tiers: Content, **more: object) -> Content:
    text = {"nl": name, "en": name}
    return {"format": "vib-module/1", "module": name, "version": "1.0.0", "about": text, **more, "tiers": list(tiers)}


def book(includes: list[str], *tiers: Content, **more: object) -> Content:
    text = {"nl": "Klein", "en": "Small"}
    head = {"format": "vib-codebook/2", "method": "small", "version": "1.0.0", "title": text, "about": text}
    names = [{"module": name, "version": "1.0.0"} for name in includes]
    return {**head, "owner": "nobody", "includes": names, **more, "tiers": list(tiers)}


GROUP = {"label": {"nl": "groep", "en": "group"}, "source": ["own design"], "certainty": "medium"}
TURN = module("turn", tier("turn", code("kind"), code("volwassene")))
LOOK = module(
    "look",
    tier(
        "look",
        code("at", group="near"),
        code("away", group="far"),
        code("down", group="far"),
        describes={"tier": "turn", "codes": ["kind"]},
        groups=[{"id": "near", **GROUP}, {"id": "far", **GROUP}],
        decision_order=[{"code": "away", "ask": GROUP["label"]}, {"code": "at", "ask": GROUP["label"]}],
    ),
)


def write(folder: Path, content: Content, *modules: Content) -> Path:
    """Write a codebook and its modules as YAML, a line for each field."""
    for one in modules:
        path = folder / "modules" / f"{one['module']}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_yaml(one), encoding="utf-8")
    path = folder / "small" / "codebook.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_yaml(content), encoding="utf-8")
    return path


def read(folder: Path, content: Content, *modules: Content) -> Codebook:
    return read_codebook(write(folder, content, *modules))


def use(name: str, **more: object) -> Content:
    return {"use": name, **more}


def test_a_codebook_has_what_its_modules_have(tmp_path: Path) -> None:
    made = read(tmp_path, book(["turn", "look"], use("turn"), use("look", hide=["far"])), TURN, LOOK)
    assert [t.id for t in made.tiers] == ["turn", "look"]
    assert [c.id for c in made.tier("look").codes] == ["at"]
    assert [g.id for g in made.tier("look").groups] == ["near"]
    assert [step.code for step in made.tier("look").decision_order] == ["at"]


SAY = {"nl": "zeg", "en": "say"}
BOTH = {"tier": "look", "codes": ["away", "at"]}
RULES = module(
    "rules",
    rules=[
        {"id": "when", "when": BOTH, "then": {"given": ["turn"]}, "say": SAY},
        {"id": "nearby", "when": {"tier": "turn"}, "then": {"near": {"of": BOTH}}, "say": SAY},
        {
            "id": "earlier",
            "when": {"tier": "turn"},
            "then": {"earlier": [{"tier": "look", "codes": ["away"]}, BOTH]},
            "say": SAY,
        },
    ],
    derived=[
        {
            "id": "part",
            "label": SAY,
            "definition": SAY,
            "by": "share",
            "of": {"counted": ["at"], "among": ["away", "at"]},
            **{"source": ["own design"], "certainty": "medium"},
        }
    ],
)


def test_rules_and_calculations_of_a_module_leave_out_what_the_codebook_leaves_out(tmp_path: Path) -> None:
    used = {"rules": [use("when"), use("nearby"), use("earlier")], "derived": [use("part")]}
    tiers = (use("turn"), use("look", hide=["far"]))
    made = read(tmp_path, book(["turn", "look", "rules"], *tiers, **used), TURN, LOOK, RULES)
    when, near, earlier = made.rules
    assert when.when.codes == ("at",)
    assert near.then.near is not None
    assert near.then.near.of.codes == ("at",)
    assert [which.codes for which in earlier.then.earlier] == [("at",)]
    assert made.derived[0].of == {"counted": ("at",), "among": ("at",)}


def test_a_rule_all_of_whose_codes_are_left_out_is_not_for_this_codebook(tmp_path: Path) -> None:
    """Without any code it would mean all of them."""
    tiers = (use("turn"), use("look", only=["down"]))
    with pytest.raises(InputProblem, match="rule when names what is not there, or is hidden: at, away"):
        read(tmp_path, book(["turn", "look", "rules"], *tiers, rules=[use("when")]), TURN, LOOK, RULES)


def test_a_code_is_not_told_from_one_that_the_codebook_leaves_out(tmp_path: Path) -> None:
    confused = [{"code": name, "difference": SAY} for name in ("away", "at", "elsewhere")]
    look = module("look", tier("look", code("at"), code("away"), code("down", not_to_be_confused_with=confused)))
    made = read(tmp_path, book(["look"], use("look", hide=["away"])), look)
    assert [c.code for c in made.codes["down"].not_to_be_confused_with] == ["at", "elsewhere"]


def test_a_decision_order_may_have_steps_of_the_module_and_its_own(tmp_path: Path) -> None:
    order = [use("at"), {"code": "new", "ask": SAY}, use("away")]
    wanted = use("look", codes=[code("new")], decision_order=order)
    made = read(tmp_path, book(["turn", "look"], use("turn"), wanted), TURN, LOOK)
    steps = made.tier("look").decision_order
    assert [(step.code, step.ask.en) for step in steps] == [("at", "group"), ("new", "say"), ("away", "group")]


TIERS = (use("turn"), use("look"))
RULE = {"id": "r", "when": {"tier": "look", "codes": ["at"]}, "then": {"given": ["turn"]}, "say": GROUP["label"]}
LEVEL = {"id": "start", "label": GROUP["label"], "tiers": ["turn"]}


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (book(["gone"], use("turn")), "includes[0].module", "there is no module gone"),
        (book(["turn"], use("trun")), "tiers[0]", "none of the modules in includes has trun; do you mean: turn?"),
        (book(["turn"], use("turn", hide=["kint"])), "tiers[0].hide[0]", "kint; do you mean: kind?"),
        (book(["turn"], use("turn", only=["gone"])), "tiers[0].only[0]", "not there: gone; do you mean: kind, volw"),
        (book(["turn"], use("turn", order=["gone"])), "tiers[0].order[0]", "gone"),
        (book(["turn"], use("turn", readings=[use("gone")])), "tiers[0].readings[0]", "gone"),
        (book(["turn"], use("turn", readings=[use("kind")] * 2)), "tiers[0].readings[0]", "more than once"),
        (book(["turn"], use("turn", hide=["kind", "volwassene"])), "tiers[0]", "no code is left"),
        (book(["turn"], use("turn", codes=[use("gone")])), "tiers[0].codes[0]", "none of the modules"),
        (
            book(["turn", "look"], use("turn"), use("look", decision_order=[use("down")])),
            "tiers[1].decision_order[0]",
            "has down",
        ),
        (
            book(["turn"], use("turn", readings=[use("kind", group="gone")])),
            "tiers[0]",
            "not there, or is hidden: gone",
        ),
        (book(["turn"], use("turn", colour="red")), "tiers[0].colour", "is not known here"),
        (book(["turn"], use("turn", hide="kind")), "tiers[0].hide", "must be a list"),
        (book(["turn"], tier("own", code("a", actor="hond"))), "tiers[0].codes[0].actor", "'hond' must be 'kind'"),
        (book(["turn"], use("turn", readings=[use("kind", hotkey="Q")])), "tiers[0].readings[0].hotkey", "'Q' is not"),
        (book(["turn", "look"], *TIERS, ratings=[use("gone")]), "ratings[0]", "none of the modules"),
        (book(["turn", "look"], *TIERS, rules=[{**RULE, "say": 3}]), "rules[0].say", "block of names"),
        (
            book(["turn", "look"], use("turn"), use("look", hide=["at"]), rules=[RULE]),
            "rules[0].when.codes[0]",
            "rule r names what is not there, or is hidden: at",
        ),
        (
            book(["turn"], use("turn", hide=["kind"], decision_order=[{"code": "kind", "ask": GROUP["label"]}])),
            "tiers[0].decision_order[0].code",
            "decision_order names what is not there, or is hidden: kind",
        ),
        (
            book(["turn"], use("turn"), levels=[{**LEVEL, "tiers": ["turn", "gone"]}]),
            "levels[0].tiers[1]",
            "level start names what is not there, or is hidden: gone",
        ),
        (
            book(["turn"], use("turn", readings=[use("kind", hotkey="k"), use("volwassene", hotkey="k")])),
            "tiers[0].readings[1].hotkey",
            "kind and volwassene can be chosen at once by the same key: k",
        ),
        (book(["turn"], use("turn"), tier("own", code("kind"))), "tiers[1].codes[0]", "used twice: kind"),
        (book(["turn"], use("turn"), use("turn")), "tiers[0]", "used twice: kind, turn, volwassene"),
    ],
)
def test_a_mistake_in_a_codebook_is_said_with_its_line_and_field(
    tmp_path: Path, content: Content, place: str, said: str
) -> None:
    path = write(tmp_path, content, TURN, LOOK)
    with pytest.raises(InputProblem, match=re.escape(said)) as caught:
        read_codebook(path)
    named = re.fullmatch(rf"{re.escape(str(path))}:(\d+): (.+)", caught.value.place)
    assert named is not None, caught.value.place
    assert named[2].startswith(place), caught.value.place
    last = re.split(r"[.\[\]]+", named[2].rstrip("]"))[-1]
    line = path.read_text(encoding="utf-8").splitlines()[int(named[1]) - 1]
    assert last.isdigit() or last in line


def described(name: str, *codes: str, key: str) -> Content:
    return tier(name, code(f"{name}-code", hotkey=key), describes={"tier": "turn", "codes": list(codes)}, optional=True)


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        ([described("a", "kind", key="u")], "the labelling screen itself uses the key u"),
        ([described("a", "kind", key="k")], "kind and a-code can be chosen at once by the same key: k"),
        ([described("a", "volwassene", key="k")], "kind and a-code can be chosen at once by the same key: k"),
        ([tier("own", code("own-code", hotkey="k"))], "kind and own-code can be chosen at once by the same key: k"),
        (
            [described("a", "kind", key="q"), described("b", "kind", "volwassene", key="q")],
            "a-code and b-code can be chosen at once by the same key: q",
        ),
    ],
)
def test_a_key_chooses_one_thing_of_what_can_be_chosen_at_once(tmp_path: Path, tiers: list[Content], said: str) -> None:
    takes = use("turn", readings=[use("kind", hotkey="k")])
    with pytest.raises(InputProblem, match=rf"tiers\[\d\].codes\[0\].hotkey: .*{said}"):
        read(tmp_path, book(["turn"], takes, *tiers), TURN)


def test_what_is_never_asked_of_one_stretch_may_have_one_key(tmp_path: Path) -> None:
    tiers = [described("a", "kind", key="q"), described("b", "volwassene", key="q")]
    made = read(tmp_path, book(["turn"], use("turn"), *tiers), TURN)
    assert [made.codes[name].hotkey for name in ("a-code", "b-code")] == ["q", "q"]


def test_a_mistake_in_a_module_is_said_with_the_file_of_the_module(tmp_path: Path) -> None:
    wrong = module("turn", tier("turn", code("kind", polarity="mooi")))
    with pytest.raises(InputProblem, match=r"modules/turn.yaml:\d+: tiers\[0\].codes\[0\].polarity: 'mooi' must be"):
        read(tmp_path, book(["turn"], use("turn")), wrong)


def test_what_does_not_fit_and_is_only_in_a_module_is_said_there(tmp_path: Path) -> None:
    described = book(["turn", "look"], use("turn", hide=["kind"]), use("look"))
    with pytest.raises(InputProblem, match=r"modules/look.yaml:\d+: tiers\[0\].describes.codes\[0\]: .*: kind$"):
        read(tmp_path, described, TURN, LOOK)


def test_what_two_modules_have_is_refused_as_one_of_them_would_win_unseen(tmp_path: Path) -> None:
    other = module("other", tier("other", code("kind")))
    with pytest.raises(InputProblem, match=r"turn.yaml:\d+: .*: kind is in more than one module \(turn, other\)"):
        read(tmp_path, book(["turn", "other"], use("turn")), TURN, other)


def test_a_module_of_another_version_is_refused_until_the_codebook_names_it(tmp_path: Path) -> None:
    newer = {**TURN, "version": "2.0.0"}
    path = write(tmp_path, book(["turn"], use("turn")), newer)
    with pytest.raises(InputProblem, match=r"codebook.yaml:\d+: includes\[0\].version: wants turn 1.0.0, but .* 2.0.0"):
        read_codebook(path)
    path.write_text(path.read_text(encoding="utf-8").replace("'small'", "small").replace("1.0.0", "2.0.0"))
    assert read_codebook(path).includes[0].version == "2.0.0"


def test_a_module_and_its_file_have_one_name(tmp_path: Path) -> None:
    path = write(tmp_path, book(["other"], use("turn")), {**TURN, "module": "other"})
    file = path.parent.parent / "modules" / "other.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("module: other", "module: turn"), encoding="utf-8")
    with pytest.raises(InputProblem, match="'module' is turn, but the file is called other"):
        read_codebook(path)


# Properties

NAMES = st.lists(st.sampled_from([f"c{n}" for n in range(8)]), min_size=1, unique=True)


@st.composite
def used(draw: st.DrawFn) -> tuple[Module, CodebookSource]:
    """Draw a module with groups, and a codebook that hides, takes, reads and orders what is in it."""
    groups = [{"id": f"g{n}", **GROUP, "within": f"g{n - 1}" if n and draw(st.booleans()) else None} for n in range(3)]
    inside = st.sampled_from([None, "g0", "g1", "g2"])
    names = draw(NAMES)
    held = module("m", tier("m", *(code(name, group=draw(inside)) for name in names), groups=groups))
    some = st.lists(st.sampled_from([*names, "g0", "g1", "g2"]), unique=True, max_size=4)
    codes = st.lists(st.sampled_from(names), unique=True)
    polarity = st.sampled_from(["ja", "nee", "neutraal"])
    readings = [use(name, polarity=draw(polarity), hotkey=name[1:]) for name in draw(codes)]
    takes = use("m", hide=draw(some), only=draw(some), order=draw(codes), readings=readings)
    own = tier("own", code("own-code"))
    return Module.model_validate(held), CodebookSource.model_validate(book(["m"], takes, own))


def made_of(module: Module, source: CodebookSource) -> Codebook | None:
    """Return the codebook, or None where nothing is left of the tier."""
    try:
        return put_together(source, [module])
    except WrongValue:
        return None


@calm
@given(used())
def test_nothing_that_is_hidden_remains_and_all_else_that_is_wanted_does(drawn: tuple[Module, CodebookSource]) -> None:
    module, source = drawn
    takes: Any = source.tiers[0]
    within = module.tiers[0].group_of

    def around(name: str | None) -> set[str]:
        return set() if name is None else {name} | around(within[name])

    wanted = {
        c.id
        for c in module.tiers[0].codes
        if not around(c.id) & {*takes.hide} and (not takes.only or around(c.id) & {*takes.only})
    }
    made = made_of(module, source)
    assert (set() if made is None else {c.id for c in made.tier("m").codes}) == wanted
    if made is not None:
        assert not {g.id for g in made.tier("m").groups} & {*takes.hide}
        assert all(name is None or name in made.tier("m").group_of for name in made.tier("m").group_of.values())


@calm
@given(used())
def test_an_order_keeps_the_codes_and_puts_those_it_names_first(drawn: tuple[Module, CodebookSource]) -> None:
    module, source = drawn
    made = made_of(module, source)
    unordered = made_of(
        module,
        source.model_copy(update={"tiers": (source.tiers[0].model_copy(update={"order": ()}), *source.tiers[1:])}),
    )
    if made is None or unordered is None:
        assert made is unordered is None
        return
    takes: Any = source.tiers[0]
    there = [c.id for c in unordered.tier("m").codes]
    first = [name for name in takes.order if name in there]
    assert [c.id for c in made.tier("m").codes] == first + [name for name in there if name not in first]


@calm
@given(used())
def test_a_reading_changes_what_it_says_and_nothing_of_the_text(drawn: tuple[Module, CodebookSource]) -> None:
    module, source = drawn
    made = made_of(module, source)
    takes: Any = source.tiers[0]
    readings = {reading.use: reading for reading in takes.readings}
    texts = {c.id: c for c in module.tiers[0].codes}
    for found in made.tier("m").codes if made else ():
        said = readings.get(found.id)
        expected = texts[found.id]
        if said is not None:
            expected = expected.model_copy(update={"polarity": said.polarity, "hotkey": said.hotkey})
        assert found == expected


@calm
@given(used())
def test_a_code_in_a_tier_of_its_own_has_the_text_of_the_module_and_neither_its_key_nor_its_group(
    drawn: tuple[Module, CodebookSource],
) -> None:
    module, _ = drawn
    names = [c.id for c in module.tiers[0].codes]
    own = CodebookSource.model_validate(book(["m"], tier("mine", *(use(name) for name in names))))
    bare = {"group": None, "hotkey": None, "colour": None}
    expected = [c.model_copy(update=bare) for c in module.tiers[0].codes]
    assert list(put_together(own, [module]).tier("mine").codes) == expected


def test_a_module_that_is_written_is_read_the_same(tmp_path: Path) -> None:
    write(tmp_path, book(["look"]), LOOK)
    assert read_module(tmp_path / "modules" / "look.yaml") == Module.model_validate(LOOK)
