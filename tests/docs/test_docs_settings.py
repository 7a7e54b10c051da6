"""Every setting is documented with its default, and no other is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from backend_ml.config import Config
from backend_ml.learning.settings import LearningSettings
from backend_ml.weights.files import WeightsSettings
from tests.docs.pages import (
    ROOT,
    every_text,
    read,
    rows,
    sections,
)
from vib.language import language_of
from vib.settings import HOME_VARIABLE, Settings

BACKEND = (Config, LearningSettings, WeightsSettings)


def settings_of(model: type[BaseSettings]) -> dict[str, object]:
    """Return the default of each setting by the name of its environment variable."""
    prefix = str(model.model_config.get("env_prefix"))
    return {f"{prefix}{name.upper()}": field.default for name, field in model.model_fields.items()}


def environment_names() -> set[str]:
    """Return the settings that are for the environment alone."""
    constants = [(HOME_VARIABLE,), *(c for c in language_of.__code__.co_consts if isinstance(c, tuple))]
    return {name for names in constants for name in names if isinstance(name, str) and name.startswith("VIB_")}


def in_source() -> set[str]:
    """Return every name of a setting in the code, the deployment included."""
    files = [*ROOT.glob("deploy/**/*"), *ROOT.glob("docker-compose*"), ROOT / "scripts/up", ROOT / "scripts/test"]
    files += [path for folder in ("vib", "scripts", "plugins", "backend_ml") for path in (ROOT / folder).rglob("*.py")]
    texts = (path.read_bytes().decode("utf-8", "replace") for path in files if path.is_file())
    return {name for text in texts for name in re.findall(r"\bVIB_[A-Z][A-Z_]*[A-Z]\b", text)}


def all_settings() -> set[str]:
    """Return the name of every setting that a model declares."""
    return {name for model in (Settings, *BACKEND) for name in settings_of(model)}


@pytest.mark.parametrize("model", [Settings, *BACKEND])
def test_every_setting_is_documented_with_its_default(model: type[BaseSettings]) -> None:
    text = sections(read("reference/settings.md"))["VIB Studio" if model is Settings else "The ML backend"]
    documented = rows(text)
    for name, default in settings_of(model).items():
        assert name in documented
        if isinstance(default, str | int | float) and default != "":
            said = f"{default:g}" if isinstance(default, float) else str(default)
            assert documented[name][1] == f"`{said}`", name


def test_what_is_for_the_environment_only_is_documented() -> None:
    assert environment_names()
    assert environment_names() <= set(rows(read("reference/settings.md")))


@every_text
def test_no_text_names_a_setting_that_does_not_exist(page: Path) -> None:
    known = {*all_settings(), *environment_names(), *in_source()}
    named = set(re.findall(r"\bVIB_[A-Z][A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))
    assert named <= known


def test_the_reference_names_no_setting_that_is_gone() -> None:
    known = {*all_settings(), *environment_names()}
    assert {name for name in rows(read("reference/settings.md")) if name.startswith("VIB_")} == known
