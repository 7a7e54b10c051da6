"""The examples in the modules give what they say."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.docs.pages import (
    ROOT,
)
from vib.language import LANGUAGES

DJANGO = (
    *("django", "rest_framework", "rest_framework_simplejwt", "axes", "core", "users", "organizations", "projects"),
    *("tasks", "ml", "data_export", "data_manager"),
)
"""Packages that cannot be imported before Django has its settings."""


def modules() -> list[str]:
    paths = [path for folder in ("vib", "plugins", "backend_ml") for path in sorted((ROOT / folder).rglob("*.py"))]
    named = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if "migrations" not in path.parts]
    return [name.removesuffix(".__init__") for name in named]


@cache
def needs_django(module: str) -> bool:
    """Tell whether a module imports Django, or one that does, as it is itself imported."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    if not path.exists():
        return False
    imported: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return any(
        name.split(".")[0] in DJANGO or (name.startswith("plugins.") and needs_django(name)) for name in imported
    )


@pytest.mark.parametrize("name", [module for module in modules() if not needs_django(module)])
def test_the_examples_in_a_module_give_what_they_say(name: str) -> None:
    if name == "backend_ml.wsgi":
        # Importing it makes the application of the environment.
        assert ">>>" not in (ROOT / "backend_ml/wsgi.py").read_text(encoding="utf-8")
        return
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_examples_in_modules_that_need_django_give_what_they_say(tmp_path: Path) -> None:
    program = (
        "import doctest, importlib, sys, django; django.setup();"
        "print(sum(doctest.testmod(importlib.import_module(n)).failed for n in sys.argv[1:]))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "plugins.settings", "VIB_DATA": str(tmp_path), "HOME": str(tmp_path)}
    names = [name for name in modules() if needs_django(name) and name not in ("plugins.settings", "plugins.wsgi")]
    run = subprocess.run(
        [sys.executable, "-c", program, *names],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.strip().splitlines()[-1] == "0", run.stdout


def test_every_language_has_its_guide_in_every_method() -> None:
    for codebook in (ROOT / "label_configs").glob("*/codebook.yaml"):
        assert {f"guide.{language}.md" for language in LANGUAGES} <= {path.name for path in codebook.parent.iterdir()}
