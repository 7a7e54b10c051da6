"""The application for a WSGI server: ``gunicorn --threads 8 backend_ml.wsgi:app``."""

from __future__ import annotations

from backend_ml.app import create_app
from backend_ml.config import Config
from vib.chosen import load_plugins
from vib.settings import read_settings

_settings = read_settings()
_plugins = load_plugins(_settings)
_plugins.failures.keep_in(_settings.failed / "backend")

app = create_app(Config(), plugins=_plugins)
