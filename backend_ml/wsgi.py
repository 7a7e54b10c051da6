"""The application for a WSGI server: ``gunicorn --threads 8 backend_ml.wsgi:app``."""

from __future__ import annotations

from backend_ml.app import create_app
from backend_ml.config import Config

app = create_app(Config())
