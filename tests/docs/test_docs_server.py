"""Every page of the servers and every module of the house is documented, and no other is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from backend_ml.app import create_app
from backend_ml.config import Config
from tests.docs.pages import (
    ROOT,
    read,
    rows,
    sections,
)
from vib.pluginhost import PluginHost
from vib.segmenting import Segmentation


def routes(module: str) -> Iterator[str]:
    """Yield the routes of a module's `urlpatterns`, read without Django."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("path", "re_path"):
            route = node.args[0]
            included = isinstance(node.args[1], ast.Call)
            if isinstance(route, ast.Constant) and not included:
                yield str(route.value)


STATIC = "/vib/static/<version>/<name>"
"""What is answered before any route is looked for."""


def server_pages() -> set[str]:
    pages = {f"/{page.path}" for offered in PluginHost().hook.vib_pages() for page in offered}
    return {STATIC} | {f"/{route}" for route in routes("plugins.urls")} | pages


class Nothing:
    """A segmenter that finds nothing."""

    version = "nothing"

    def segment(self, path: Path) -> Segmentation:
        return Segmentation(path.name, 1.0, self.version, ())


def backend_pages(folder: Path) -> dict[str, set[str]]:
    app = create_app(Config(media_root=folder, cache=folder, segmenter=""), Nothing())
    return {rule.rule: set(rule.methods or ()) - {"HEAD", "OPTIONS"} for rule in app.url_map.iter_rules()}


def test_every_page_of_the_server_is_documented_and_no_other_is() -> None:
    said = sections(sections(read("reference/pages.md"))["The annotation server"], level=3)
    assert {heading.strip("`") for heading in said} == server_pages()
    for text in said.values():
        assert all(part in text for part in ("**Methods:**", "**Who:**", "**Answers:**"))


def test_every_page_of_the_backend_is_documented_and_no_other_is(tmp_path: Path) -> None:
    said = sections(sections(read("reference/pages.md"))["The ML backend"], level=3)
    served = backend_pages(tmp_path)
    assert {heading.strip("`") for heading in said} == set(served)
    for heading, text in said.items():
        assert set(re.findall(r"\*\*Methods:\*\* (\w+)", text)) == served[heading.strip("`")]
        assert "**Answers:**" in text


def test_every_module_of_the_house_has_its_line_in_the_architecture() -> None:
    named = set(rows(read("architecture.md")))
    there = {f"vib/{path.name}" for path in (ROOT / "vib").glob("*.py")}
    there |= {f"scripts/{path.name}" for path in (ROOT / "scripts").iterdir() if path.is_file()}
    there |= {f"backend_ml/{path.name}" for path in (ROOT / "backend_ml").glob("*.py")}
    assert {name for name in there if not name.endswith("__init__.py")} - named == set()


def test_the_architecture_names_no_module_that_is_gone() -> None:
    below = ("vib/", "scripts/", "backend_ml/", "plugins/", "deploy/", "demo/", "benchmarks/", "research/", "tests/")
    named = {name for name in re.findall(r"`([^`\s]+)`", read("architecture.md")) if name.startswith(below)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
