"""Train what `backend_ml.turns` ships: ``python -m backend_ml.training FOLDER --out DIR``."""

import sys

from backend_ml.training.command import main

if __name__ == "__main__":
    sys.exit(main())
