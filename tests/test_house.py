"""How the house is built: which part may know which, and where a fact stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from vib.job import STATES
from vib.roles import SERVICE, Part, Role

ROOT = Path(__file__).parent.parent
PARTS = ("vib", "plugins", "backend_ml", "scripts", "research")

MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "vib": (),
    "plugins": ("vib", "plugins.host"),
    "backend_ml": ("vib",),
    "scripts": ("vib", "backend_ml"),
    "research": ("vib", "backend_ml"),
}
"""Arrows point inward; plugins know the host beside the kernel, and meet one another through hooks. Research is
not installed, so that nothing that is may know it."""

ROOMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "plugins.agreement": {
        "measures": (),
        "reading": (),
        "comparing": ("measures",),
        "view": ("comparing", "measures"),
    }
}
"""Rooms of a plugin that know of one another only what is named; what is not named here may know them all."""

WEB = ("flask", "requests", "httpx", "urllib3")
SERVER = ("django", "rest_framework", "axes", "label_studio", "label_studio_sdk")


def modules(root: Path) -> dict[str, Path]:
    """Return every module below a folder by its dotted name."""
    found = {}
    for part in PARTS:
        for path in sorted((root / part).rglob("*.py")):
            names = path.relative_to(root).with_suffix("").parts
            found[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
    return found


def imported(name: str, path: Path) -> Iterator[str]:
    """Yield what a module imports, wherever in it and for whatever purpose, types included."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in nodes(path.read_text(encoding="utf-8")):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def arrows(root: Path) -> dict[str, set[str]]:
    """Return for each module the modules of the house that it imports."""
    known = modules(root)

    def module_of(name: str) -> str:
        return name if name in known else name.rpartition(".")[0]

    return {
        name: {module_of(other) for other in imported(name, path)} & known.keys() - {name}
        for name, path in known.items()
    }


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return modules each of which imports the next, and the last the first; empty when there are none."""
    done: set[str] = set()

    def walk(way: list[str]) -> list[str]:
        for other in sorted(graph[way[-1]] - done):
            if other in way:
                return way[way.index(other) :]
            if found := walk([*way, other]):
                return found
        done.add(way[-1])
        return []

    return next((found for name in graph if name not in done and (found := walk([name]))), [])


def part_of(name: str) -> str:
    """Return the part of the house that a module is of: a plugin each, the others as a whole."""
    return ".".join(name.split(".")[:2]) if name.startswith("plugins.") else name.split(".")[0]


def outward(root: Path) -> list[str]:
    """Return the imports between parts that go against the direction of the house."""
    return [
        f"{name} imports {other}"
        for name, others in arrows(root).items()
        for other in sorted(others)
        if part_of(name) != part_of(other) and part_of(other) not in MAY_IMPORT[name.split(".")[0]]
    ]


def label_studio() -> tuple[str, ...]:
    """Return the names under which Label Studio imports its own parts."""
    spec = find_spec("label_studio")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    return tuple(path.parent.name for path in folder.glob("*/__init__.py") if path.parent.name != "tests")


def foreign(root: Path, part: str, forbidden: tuple[str, ...]) -> list[str]:
    """Return the imports of a part from packages that it is to know nothing of."""
    return [
        f"{name} imports {other}"
        for name, path in modules(root).items()
        if name.split(".")[0] == part
        for other in imported(name, path)
        if other.split(".")[0] in forbidden
    ]


def house(root: Path, **files: str) -> Path:
    """Write a small house: the content of each module by its name, with `__` for a dot."""
    for name, content in files.items():
        path = root.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def test_a_room_of_a_plugin_knows_only_the_rooms_within() -> None:
    graph = arrows(ROOT)
    for plugin, rooms in ROOMS.items():
        for room, may in rooms.items():
            own = f"{plugin}.{room}"
            inside = {name for name in graph if name == own or name.startswith(f"{own}.")}
            assert inside, own
            allowed = tuple(f"{plugin}.{other}" for other in (room, *may))
            others = {other for name in inside for other in graph[name] if other.startswith(f"{plugin}.")}
            assert {other for other in others if not other.startswith(allowed)} == set(), own


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circle(arrows(ROOT)) == []


def test_every_import_points_inward() -> None:
    assert outward(ROOT) == []


def test_the_kernel_knows_no_web_and_no_server() -> None:
    assert foreign(ROOT, "vib", (*WEB, *SERVER, *label_studio())) == []


def test_the_ml_backend_knows_nothing_of_the_annotation_server() -> None:
    assert foreign(ROOT, "backend_ml", (*SERVER, *label_studio())) == []


def test_the_commands_leave_the_servers_own_code_to_plugins() -> None:
    assert foreign(ROOT, "scripts", ("django", "rest_framework", *label_studio())) == []


def test_a_circle_is_found_also_among_imports_for_types_and_inside_functions(tmp_path: Path) -> None:
    house(
        tmp_path,
        vib__a="def late():\n    from vib import b\n",
        vib__b="if TYPE_CHECKING:\n    from vib.c import Thing\n",
        vib__c="import vib.a\n",
        plugins__one__x="from . import y\n",
        plugins__one__y="",
    )
    assert circle(arrows(tmp_path)) == ["vib.a", "vib.b", "vib.c"]


@pytest.mark.parametrize(
    ("module", "content", "fault"),
    [
        ("vib__a", "import plugins.one.x\n", "vib.a imports plugins.one.x"),
        ("vib__a", "from scripts import command\n", "vib.a imports scripts.command"),
        ("plugins__two__a", "from plugins.one.x import y\n", "plugins.two.a imports plugins.one.x"),
        ("plugins__two__a", "from ..one import x\n", "plugins.two.a imports plugins.one.x"),
        ("plugins__host__a", "from plugins.one import x\n", "plugins.host.a imports plugins.one.x"),
        ("backend_ml__a", "import plugins.one.x\n", "backend_ml.a imports plugins.one.x"),
        ("scripts__a", "def late():\n    from plugins.one import x\n", "scripts.a imports plugins.one.x"),
    ],
)
def test_an_import_against_the_direction_is_found(tmp_path: Path, module: str, content: str, fault: str) -> None:
    house(tmp_path, plugins__one__x="y = 1\n", scripts__command="")
    assert outward(house(tmp_path, **{module: content})) == [fault]


def test_a_package_that_a_part_is_to_know_nothing_of_is_found(tmp_path: Path) -> None:
    house(tmp_path, backend_ml__a="def late():\n    from projects.models import Project\n", vib__a="import json\n")
    assert foreign(tmp_path, "backend_ml", label_studio()) == ["backend_ml.a imports projects.models.Project"]
    assert foreign(tmp_path, "vib", label_studio()) == []


# Each fact stands in one place

Finder = Callable[[ast.AST], bool]


@dataclass(frozen=True)
class Fact:
    """Something that all plugins must agree on.

    Parameters
    ----------
    modules : tuple of str
        Where it may be said.
    found_in : Finder
        Tells whether a node of a module says it.
    copies : tuple of str
        What a second definition looks like; each is found.
    uses : tuple of str
        What only makes use of it, or is something else; none is found.
    """

    name: str
    modules: tuple[str, ...]
    found_in: Finder
    copies: tuple[str, ...]
    uses: tuple[str, ...] = ()


def words_in(node: ast.AST) -> set[str]:
    """Return the texts that a definition lists: of an enumeration, a `Literal`, a collection, or SQL's `IN`."""
    match node:
        case ast.ClassDef():
            listed: list[ast.expr | None] = [one.value for one in node.body if isinstance(one, ast.Assign)]
        case ast.Subscript(value=ast.Name("Literal"), slice=ast.Tuple(elts=elements)):
            listed = list(elements)
        case ast.Set(elts=elements) | ast.List(elts=elements) | ast.Tuple(elts=elements):
            # The pairs of a table too.
            listed = [one.elts[0] if isinstance(one, ast.Tuple) and one.elts else one for one in elements]
        case ast.Dict(keys=keys):
            listed = list(keys)
        case ast.Constant(value=str(text)):
            return {word for group in re.findall(r"\bIN \(([^)]*)\)", text) for word in re.findall(r"'(\w+)'", group)}
        case _:
            return set()
    return {one.value for one in listed if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def lists(words: tuple[str, ...], least: int, typed: str = "", alone: bool = False) -> Finder:
    """Find where several of these words are listed, among others or alone.

    What has a type with the name `typed` is checked by it, and is no definition.
    """

    def found(node: ast.AST) -> bool:
        if isinstance(node, ast.AnnAssign) and typed and re.search(rf"\b{typed}\b", ast.unparse(node.annotation)):
            for below in ast.walk(node):
                below.checked = True  # type: ignore[attr-defined]  # seen before what lies below it
        listed = set() if hasattr(node, "checked") else words_in(node)
        return len(listed & set(words)) >= least and not (alone and listed - set(words))

    return found


def compares(words: tuple[str, ...]) -> Finder:
    """Find where something is compared with one of these words as a text."""
    return lambda node: (
        isinstance(node, ast.Compare)
        and all(isinstance(how, ast.Eq | ast.NotEq) for how in node.ops)
        and any(isinstance(one, ast.Constant) and one.value in words for one in (node.left, *node.comparators))
    )


def says(pattern: str) -> Finder:
    """Find a text with something in it that fits a pattern."""
    return lambda node: (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(pattern, node.value))
    )


def names(*wanted: str) -> Finder:
    """Find where something is imported, called or read by its dotted name."""

    def found(node: ast.AST) -> bool:
        match node:
            case ast.Import(names=aliases):
                return any(alias.name in wanted for alias in aliases)
            case ast.ImportFrom(module=str(module), names=aliases):
                return module in wanted or any(f"{module}.{alias.name}" in wanted for alias in aliases)
            case ast.Attribute() | ast.Name():
                return ast.unparse(node) in wanted
        return False

    return found


def reads_of_environment(name: str) -> Finder:
    """Find where the environment is asked for something by this name."""

    def found(node: ast.AST) -> bool:
        match node:
            case ast.Subscript(value=asked, slice=ast.Constant(value=given)):
                return given == name and ast.unparse(asked).endswith("environ")
            case ast.Call(func=asked, args=[ast.Constant(value=given), *_]):
                return given == name and ast.unparse(asked).endswith(("environ.get", "getenv"))
        return False

    return found


def any_of(*finders: Finder) -> Finder:
    """Find what one of several finds."""
    return lambda node: any(finder(node) for finder in finders)


ROLES = tuple(role.value for role in Role)
FACTS = (
    Fact(
        "the names of roles",
        ("vib.roles",),
        any_of(lists(ROLES, 2), compares((*ROLES, SERVICE))),
        (
            'class Role(StrEnum):\n    a = "trainee"\n    b = "counsellor"',
            'NAMES: dict[str, Text] = {"trainee": one, "supervisor": two}',
            'READERS = frozenset({"supervisor", "counsellor"})',
            'ACCOUNTS = (("administrator", "a@b.example"), ("trainee", "c@d.example"))',
            'if role == "administrator":\n    pass',
            'Role = Literal["trainee", "counsellor"]',
        ),
        ("if role is Role.TRAINEE:\n    pass", 'HELP = {"supervisor": one, "rater": two}'),
    ),
    Fact(
        "the parts in a round",
        ("vib.roles",),
        lists(tuple(part.value for part in Part), 2, alone=True),
        ('class Part(TextChoices):\n    A = "rater"\n    B = "supervisor"', 'parts = {"supervisor", "rater"}'),
        ('HELP = {"supervisor": one, "rater": two, "clip": three}',),
    ),
    Fact(
        "the states of a job",
        ("vib.job",),
        lists(STATES, 3, typed="Stage|State"),
        (
            'State = Literal["queued", "working", "done", "failed", "dead"]',
            'ENDED = ("done", "failed", "dead")',
            "SQL = \"SELECT 1 WHERE state IN ('done', 'failed', 'dead')\"",
        ),
        (
            'WORDS: Mapping[State, str] = {"queued": a, "working": b, "done": c}',
            "SQL = \"UPDATE jobs SET state = 'working' WHERE state = 'queued'\"",
        ),
    ),
    Fact(
        "the key of a project",
        ("vib.project_key",),
        says(r"^VIB Studio, |\b(family|practice):$|\bmethod: $|'(family|practice):"),
        (
            'text = f"VIB Studio, {key}"',
            'key = f"family:{name}"',
            'PRACTICE = "practice:"',
            'method = text.rpartition("method: ")',
            "SQL = \"SELECT key LIKE 'family:%'\"",
        ),
        ('"""A project such as VIB Studio, family:F-0001."""', 'text = "VIB Studio: who may see what"'),
    ),
    Fact(
        "who acts",
        ("vib.actor",),
        any_of(
            names("getpass", "pwd", "os.getlogin", "os.getuid", "os.geteuid"),
            says(r"^(LOGNAME|LNAME|USERNAME|SUDO_USER)$|^console:"),
            reads_of_environment("USER"),
        ),
        (
            "import getpass",
            "from getpass import getuser",
            "from pwd import getpwuid",
            'name = os.environ["LOGNAME"]',
            'name = os.environ["USER"]',
            'name = os.environ.get("USER", "")',
            'name = os.getenv("USER")',
            'who = f"console:{name}"',
            "name = os.getlogin()",
        ),
        ('name = database.settings_dict["USER"]',),
    ),
    Fact(
        "how an event names who acted",
        ("vib.actor", "plugins.audit.line", "plugins.audit.log"),
        lambda node: isinstance(node, ast.Call) and names("AccessEvent", "access_event.AccessEvent")(node.func),
        ('event = AccessEvent(who="anna", role="", what="x", allowed=True)',),
        ("def hear(event: AccessEvent) -> None: ...",),
    ),
    Fact(
        "how Django starts",
        ("plugins.host.start",),
        names("django.setup"),
        ("import django\ndjango.setup()", "from django import setup"),
    ),
    Fact(
        "how SQLite is used",
        ("plugins.host.database",),
        says(r"^transaction_mode$"),
        ('options["transaction_mode"] = "IMMEDIATE"',),
    ),
    Fact(
        "which settings Django has",
        ("plugins.host.start", "plugins.settings", "plugins.wsgi", "scripts.serve"),
        says(r"^DJANGO_SETTINGS_MODULE$"),
        ('os.environ["DJANGO_SETTINGS_MODULE"] = "plugins.settings"',),
    ),
    Fact(
        "what languages are called",
        ("vib.language",),
        says(r"^Nederlands$"),
        ('NAMES = {"nl": "Nederlands", "en": "English"}',),
    ),
    Fact(
        "how a page is made",
        ("plugins.host.pages",),
        any_of(names("render_to_string", "django.shortcuts.render"), says(r"^default-src 'self'; base-uri")),
        ('page = render_to_string("a.html", {})', "POLICY = \"default-src 'self'; base-uri 'none'\""),
    ),
    Fact(
        "how pages are changed on their way out",
        ("plugins.host.inserting",),
        lambda node: isinstance(node, ast.Constant) and node.value in (b"</head>", "</head>"),
        ('content = content.replace(b"</head>", added)',),
    ),
    Fact(
        "which family a clip is of",
        ("vib.family.clips",),
        lambda node: isinstance(node, ast.Subscript) and ast.unparse(node).endswith(".partition('/')[0]"),
        ('family = clip.partition("/")[0]',),
        ('last = path.rpartition("/")[2]',),
    ),
    Fact(
        "which role an account has",
        ("plugins.host.accounts", "plugins.access.granting", "plugins.access.admin"),
        any_of(
            names("Group.objects", "user.groups"),
            lambda node: isinstance(node, ast.keyword) and (node.arg or "").startswith("groups__name"),
        ),
        ('found = set(user.groups.values_list("name", flat=True))', "User.objects.filter(groups__name__in=wanted)"),
    ),
)


INTERESTING = (
    *(ast.ClassDef, ast.AnnAssign, ast.Subscript, ast.Set, ast.List, ast.Tuple, ast.Dict, ast.Constant),
    *(ast.Compare, ast.Import, ast.ImportFrom, ast.Attribute, ast.Name, ast.Call, ast.keyword),
)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Return what a module says, each before what lies below it, without its docstrings."""
    every = list(ast.walk(ast.parse(text)))
    docstrings = {id(one.value) for one in every if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)}
    return tuple(node for node in every if isinstance(node, INTERESTING) and id(node) not in docstrings)


@cache
def sources() -> Mapping[str, str]:
    """Return the text of every module of the house, migrations left out: these stay as they were."""
    found = {name: path.read_text(encoding="utf-8") for name, path in modules(ROOT).items()}
    return {name: text for name, text in found.items() if ".migrations" not in name}


def places(fact: Fact, texts: Mapping[str, str]) -> list[str]:
    """Return where a fact is said outside of where it stands."""
    return [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name, text in texts.items()
        if name not in fact.modules
        for node in nodes(text)
        if fact.found_in(node)
    ]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_stands_in_one_place(fact: Fact) -> None:
    assert places(fact, sources()) == []


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_is_said_where_it_is_said_to_stand(fact: Fact) -> None:
    for name in fact.modules:
        assert places(fact, {f"copy of {name}": sources()[name]}), name


@pytest.mark.parametrize(("fact", "copy"), [(fact, copy) for fact in FACTS for copy in fact.copies])
def test_a_second_definition_is_found(fact: Fact, copy: str) -> None:
    assert places(fact, {"plugins.one.x": copy})
    assert not places(fact, {fact.modules[0]: copy})


@pytest.mark.parametrize(("fact", "use"), [(fact, use) for fact in FACTS for use in fact.uses])
def test_what_only_uses_a_fact_is_let_be(fact: Fact, use: str) -> None:
    assert not places(fact, {"plugins.one.x": use})
