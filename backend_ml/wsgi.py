"""The application for a WSGI server: ``gunicorn --threads 8 backend_ml.wsgi:app``."""

from __future__ import annotations

import os

from backend_ml.app import create_app
from backend_ml.config import ending_with, read_config
from vib.chosen import load_plugins
from vib.failures import start_of
from vib.settings import read_settings

NO_START = 3
"""What gunicorn takes for an application that cannot start; after any other exit code it would try for ever."""

with ending_with(NO_START):
    _config = read_config()
    _settings = read_settings()
    _plugins = load_plugins(_settings)
    _plugins.failures.keep_in(_settings.failed / "backend", start_of(os.getppid()))
    app = create_app(_config, plugins=_plugins)
