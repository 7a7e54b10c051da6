"""How the house is built: which part may know which, and where a fact stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("vib", "plugins", "backend_ml", "scripts")

MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "vib": (),
    "plugins": ("vib", "plugins.host"),
    "backend_ml": ("vib",),
    "scripts": ("vib", "backend_ml"),
}
"""Arrows point inward; plugins know the host beside the kernel, and meet one another through hooks."""

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
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
