"""The key of a project is read exactly as it is written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vib.project_key import ProjectDescription, ProjectKey

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", fullmatch=True)
METHODS = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,63}", fullmatch=True)
KEYS = st.builds(ProjectKey, st.sampled_from(("family", "practice")), NAMES)
VERSIONS = st.from_regex(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", fullmatch=True)
DESCRIPTIONS = st.builds(ProjectDescription, KEYS, METHODS, st.none() | VERSIONS, st.none() | METHODS)

WRITTEN = "VIB Studio, family:F-0001, method: vib-pleegzorg"


@given(DESCRIPTIONS)
def test_what_is_written_is_read_back(description: ProjectDescription) -> None:
    assert ProjectDescription.parse(str(description)) == description
    assert ProjectKey.parse(str(description.key)) == description.key


@given(st.one_of(st.text(), st.builds(lambda one, text: str(one) + text, DESCRIPTIONS, st.text())))
def test_what_is_read_is_what_would_be_written(text: str) -> None:
    found, key = ProjectDescription.parse(text), ProjectKey.parse(text)
    assert found is None or str(found) == text
    assert key is None or str(key) == text


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "VIB Studio", "VIB Studio, een ander model", "method: vib-pleegzorg", WRITTEN + "\n"),
        *(f" {WRITTEN}", f"{WRITTEN}, ", f"{WRITTEN}, and more", WRITTEN.replace("Studio, ", "Studio,")),
        *(f"{WRITTEN}, level: begin, version: 0.2.0", f"{WRITTEN}, version: 2", f"{WRITTEN}, version: 0.2.0, key: x"),
        *(WRITTEN.replace("family:", "round:"), WRITTEN.replace("F-0001", ""), WRITTEN.replace("F-0001", "F:1")),
        *(WRITTEN.replace("F-0001", "../F"), WRITTEN.replace("F-0001", "F-0001\n"), WRITTEN.replace("method", "x")),
    ],
)
def test_another_description_is_of_no_project_of_ours(text: str | None) -> None:
    assert ProjectDescription.parse(text) is None


def test_a_family_is_that_of_its_own_project_only() -> None:
    assert ProjectKey("family", "F-0001").family == "F-0001"
    assert ProjectKey("practice", "F-0001").family is None


def test_a_description_of_before_versions_were_remembered_is_of_the_version_that_there_was() -> None:
    own = WRITTEN.replace("vib-pleegzorg", "own")
    texts = (WRITTEN, own, f"{WRITTEN}, version: 0.2.0, level: begin")
    found = [description.made_with for text in texts if (description := ProjectDescription.parse(text))]
    assert [str(one) for one in found] == ["vib-pleegzorg 0.1.0", "None", "vib-pleegzorg 0.2.0 (begin)"]


def test_a_key_that_could_not_be_read_back_cannot_be_made() -> None:
    with pytest.raises(ValidationError):
        ProjectKey("family", "F-0001, method: other")
