"""Every hook and every plugin is documented, and no other is."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.docs.offered import hooks
from tests.docs.pages import (
    blocks,
    every_page,
    read,
    rows,
    sections,
)
from vib.pluginhost import PluginHost
from vib.segmenting import Seen


def test_every_hook_is_documented_with_its_exact_signature_and_no_other_is() -> None:
    assert set(sections(read("reference/hooks.md"))) == {f"`{signature}`" for signature in hooks().values()}


@pytest.mark.parametrize("hook", sorted(hooks()))
def test_a_hook_says_who_when_with_what_and_shows_an_example(hook: str) -> None:
    said = sections(read("reference/hooks.md"))[f"`{hooks()[hook]}`"]
    for part in ("**Who:**", "**When:**", "**With:**", "**Returns:**", "Used by:"):
        assert part in said
    examples = [code for language, code in blocks(said) if language == "python"]
    assert any(f"@hookimpl\ndef {hook}(" in code for code in examples)


@pytest.mark.parametrize(
    "plugin", [info for info in PluginHost().found if info.origin == "folder"], ids=lambda p: p.name
)
def test_every_plugin_is_documented_and_named_at_the_hooks_it_uses(plugin: Any) -> None:
    assert f"plugins/{plugin.name}/" in rows(read("architecture.md"))
    said = sections(read("reference/hooks.md"))
    for hook in plugin.hooks:
        used_by = said[f"`{hooks()[hook]}`"].partition("Used by:")[2]
        assert f"`{plugin.name}`" in used_by, hook


@every_page
def test_no_page_names_a_hook_that_does_not_exist(page: Path) -> None:
    named = set(re.findall(r"(?<![\w'])vib_[a-z_]+(?=`|\()", page.read_text(encoding="utf-8")))
    assert named <= set(hooks())


def test_what_was_seen_of_a_clip_is_documented_field_by_field() -> None:
    said = sections(read("reference/formats.md"))["What was seen of a clip"]
    assert set(rows(said)) == {field.name for field in fields(Seen)}
