"""How Label Studio is found and told to stay on this machine.

This is the one place that knows how Label Studio 1.23.2 wants to be imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from importlib.util import find_spec
from pathlib import Path

SETTINGS = "core.settings.label_studio"

OFFLINE: dict[str, str] = {
    "LATEST_VERSION_CHECK": "False",
    "COLLECT_ANALYTICS": "False",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "FEATURE_FLAGS_OFFLINE": "True",
}
"""No version check, no telemetry, no error reports to others: not to be switched on."""

DEFAULTS: dict[str, str] = {
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "ML_BLOCK_LOCAL_IP": "False",
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "CORS_ALLOW_ALL_ORIGINS": "False",
    "LOG_LEVEL": "WARNING",
}
"""Our choices where Label Studio's default does not fit; the environment may differ."""


def configure(environment: MutableMapping[str, str] = os.environ) -> None:
    """Prepare an environment and the import path for Label Studio's settings."""
    environment.update(OFFLINE)
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)
    root = package_folder()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))


def package_folder() -> Path:
    """Return the folder of the installed Label Studio, whose modules import from it."""
    spec = find_spec("label_studio")
    if spec is None or spec.origin is None:
        raise ImportError("label-studio is not installed in this environment; run scripts/up --setup-only")
    return Path(spec.origin).parent
