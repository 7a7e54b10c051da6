"""The kernel as a whole: explained, small, and without the programs around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import vib

MODULES = sorted(Path(vib.__file__).parent.rglob("*.py"))
OUTSIDE = {
    *("django", "flask", "label_studio", "label_studio_sdk", "requests", "httpx", "urllib3"),
    *("plugins", "scripts", "backend_ml", "demo", "tests"),
}
LONGEST = 400

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public(tree: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, Definition]]:
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield within + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{within}{node.name}.")


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "the kernel imports itself by its full name"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_explained_small_and_stands_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert [name for name, node in public(tree) if not ast.get_docstring(node)] == []
    assert sorted({name.split(".")[0] for name in imported(tree)} & OUTSIDE) == []
    assert len(text.splitlines()) <= LONGEST
