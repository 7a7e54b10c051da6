"""The methods that are installed: folders with a codebook, and no way out of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_codebook import SMALL

from vib.codebook import FOLDER
from vib.methods import check_off, method_names, offered_methods, read_method, refuse_off
from vib.problem import InputProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one method, and one next to it."""
    for name in ("configs/small", "configs/empty", "outside"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("configs/small", "outside"):
        (tmp_path / name / "codebook.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path / "configs"


def test_the_foster_care_method_is_installed() -> None:
    assert "vib-pleegzorg" in method_names()
    for name in method_names():
        assert read_method(name).method == name
        assert (FOLDER / name / "interface.xml").is_file()


def test_a_method_is_a_folder_with_a_codebook(folder: Path) -> None:
    assert method_names(folder) == ("small",)
    assert read_method("small", folder).title.en == "Small"
    assert method_names(folder / "gone") == ()


@pytest.mark.parametrize("name", ["gone", "empty", "", ".", "..", "../outside", "small/", "SMALL", "/etc"])
def test_what_is_no_method_is_refused_with_the_names_of_those_that_are(folder: Path, name: str) -> None:
    with pytest.raises(InputProblem, match="these are: small") as caught:
        read_method(name, folder)
    assert "niet geïnstalleerd" in caught.value.message("nl")


def test_a_folder_and_its_codebook_have_one_name(folder: Path) -> None:
    (folder / "small").rename(folder / "other")
    with pytest.raises(InputProblem, match="'method' is small, but the folder is called other") as caught:
        read_method("other", folder)
    assert caught.value.place.endswith("other/codebook.yaml")
    assert "de map heet other" in caught.value.message("nl")


def test_a_codebook_that_is_wrong_is_refused_with_its_place(folder: Path) -> None:
    (folder / "small" / "codebook.yaml").write_text("format: x\n", encoding="utf-8")
    with pytest.raises(InputProblem, match=r"codebook.yaml:1: "):
        read_method("small", folder)


def test_a_method_that_is_off_is_not_begun_with_and_can_still_be_read(folder: Path) -> None:
    assert offered_methods((), folder) == ("small",)
    assert offered_methods(("small",), folder) == ()
    assert read_method("small", folder).method == "small"
    refuse_off("small", ())
    with pytest.raises(InputProblem, match="small: this method is switched off here"):
        refuse_off("small", ("small",))


def test_a_method_that_is_switched_off_is_one_that_is_there(folder: Path) -> None:
    check_off(("small",), folder)
    with pytest.raises(InputProblem, match="methods_off: there is no method smal; these are: small"):
        check_off(("smal",), folder)
