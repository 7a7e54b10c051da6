"""Train what `backend_ml.turns` ships: ``python -m research.training FOLDER --out DIR``."""

import sys

from research.training.command import main

if __name__ == "__main__":
    sys.exit(main())
