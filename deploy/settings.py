"""Django settings behind the proxy of docker-compose.yml: `plugins.settings` made fit for a network.

Chosen by ``DJANGO_SETTINGS_MODULE=deploy.settings``.
"""

import os

from plugins.settings import *  # noqa: F403

os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
"""Trusted because only the proxy reaches this server, and it always sets this header itself."""

VIB_BEHIND_PROXY = True
"""X-Forwarded-For says who asks, for the same reason: the proxy puts there whom it saw itself."""

SECURE_HSTS_SECONDS = 365 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True

CORS_ALLOW_ALL_ORIGINS = False

# Label Studio's community settings leave Redis off and have no variables for it.
REDIS_ENABLED = bool(os.environ.get("REDIS_HOST"))
RQ_QUEUES = {
    name: {
        "HOST": os.environ.get("REDIS_HOST", "localhost"),
        "PORT": int(os.environ.get("REDIS_PORT", "6379")),
        "DB": 0,
        "PASSWORD": os.environ.get("REDIS_PASSWORD"),
        "DEFAULT_TIMEOUT": 180,
    }
    for name in ("critical", "high", "default", "low")
}
