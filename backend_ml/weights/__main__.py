"""Fetch the weights of the models: ``python -m backend_ml.weights``. Part of the set-up."""

from __future__ import annotations

import os
import sys

from backend_ml.weights.files import WeightsProblem, WeightsSettings
from backend_ml.weights.install import install_weights
from vib.language import language_of


def main() -> int:
    """Fetch what is missing and return the exit code."""
    language = language_of(os.environ)
    if len(sys.argv) > 1:
        print("python -m backend_ml.weights", file=sys.stderr)
        return 2
    try:
        install_weights(WeightsSettings().models, lambda text: print(text.to(language), flush=True))
    except WeightsProblem as problem:
        print(problem.message(language), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
