"""Django's and Label Studio's settings as this plugin wants them. How often may be tried is in `limits`.

This module names the middleware and the settings of Label Studio 1.23.2 that it builds upon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .inline import hashes_of_inline_scripts
from .limits import ACCOUNT_FAILURES, WAIT

SESSION_MINUTES = 12 * 60
"""The longest that a login lasts."""

IDLE_MINUTES = 2 * 60
"""How long somebody may do nothing before they log in again."""

HERE = "plugins.signin"
LABEL_STUDIO_CSP = "core.middleware.HumanSignalCspMiddleware"
X_API_KEY = "core.middleware.XApiKeySupportMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"


def stricter(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that are to be different.

    Raises
    ------
    RuntimeError
        Label Studio has other middleware than that of 1.23.2.
    """
    return {
        "MIDDLEWARE": middleware(settings["MIDDLEWARE"]),
        "TEMPLATES": _templates(settings["TEMPLATES"]),
        "USER_AUTH": _authenticate,
        **_throttling(settings["AUTHENTICATION_BACKENDS"]),
        **_sessions(),
        **content_security_policy(Path(settings["BASE_DIR"]).parent),
    }


def middleware(theirs: Sequence[str]) -> list[str]:
    """Put ours around and between Label Studio's."""
    found = list(theirs)
    for name in (LABEL_STUDIO_CSP, X_API_KEY, AUTHENTICATION):
        if name not in found:
            raise RuntimeError(f"Label Studio has no {name} any more: see plugins/signin/settings.py")
    # Outermost, so that an answer which other middleware gives has the policy too.
    found.remove(LABEL_STUDIO_CSP)
    found.insert(found.index(AUTHENTICATION) + 1, f"{HERE}.sessions.Inactivity")
    found.insert(found.index(X_API_KEY) + 1, f"{HERE}.throttling.TokenGuesses")
    first = ["proxy.ClientAddress", "headers.Headers", "crosssite.NoOtherSite"]
    last = [f"{HERE}.doors.Doors", "axes.middleware.AxesMiddleware"]
    return [*(f"{HERE}.{name}" for name in first), *found, *last]


def _templates(theirs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Let our sign-in page come before Label Studio's."""
    first, *others = theirs
    ours = str(Path(__file__).parent / "overrides")
    return [{**first, "DIRS": [ours, *first["DIRS"]]}, *map(dict, others)]


def _authenticate(user_model: Any, email: str, password: str) -> Any:
    from .throttling import authenticate

    return authenticate(email, password)


def _throttling(backends: Sequence[str]) -> dict[str, Any]:
    return {
        "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", *backends],
        "AXES_HANDLER": f"{HERE}.throttling.Handler",
        "AXES_FAILURE_LIMIT": ACCOUNT_FAILURES,
        # Together: nobody can lock somebody out from everywhere by guessing at their account.
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_COOLOFF_TIME": WAIT,
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
        "AXES_USERNAME_CALLABLE": f"{HERE}.throttling.account_of",
        "AXES_CLIENT_IP_CALLABLE": f"{HERE}.proxy.address_of",
        "AXES_LOCKOUT_CALLABLE": f"{HERE}.throttling.wait_page",
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_SENSITIVE_PARAMETERS": ["username", "email", "ip_address", "csrfmiddlewaretoken"],
        "AXES_VERBOSE": False,
    }


def _sessions() -> dict[str, Any]:
    return {
        # For an account without organization; those with one go by its session policy.
        "MAX_SESSION_AGE": SESSION_MINUTES * 60,
        "MAX_TIME_BETWEEN_ACTIVITY": IDLE_MINUTES * 60,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
    }


def content_security_policy(label_studio: Path) -> dict[str, Any]:
    """Return the policy that every answer has; `docs/how-to/sign-in.md` says why each part is there.

    Parameters
    ----------
    label_studio : Path
        The folder of the installed Label Studio, whose templates have inline scripts.
    """
    own = "'self'"
    return {
        "CSP_REPORT_ONLY": False,
        "CSP_REPORT_URI": None,
        "CSP_DEFAULT_SRC": (own,),
        "CSP_SCRIPT_SRC": (
            own,
            "blob:",
            "'wasm-unsafe-eval'",
            "'unsafe-hashes'",
            *hashes_of_inline_scripts(label_studio),
        ),
        "CSP_STYLE_SRC": (own, "'unsafe-inline'"),
        "CSP_IMG_SRC": (own, "data:", "blob:"),
        "CSP_MEDIA_SRC": (own, "data:", "blob:"),
        "CSP_FONT_SRC": (own, "data:"),
        "CSP_CONNECT_SRC": (own, "data:", "blob:"),
        "CSP_WORKER_SRC": (own, "blob:"),
        "CSP_FRAME_ANCESTORS": ("'none'",),
        "CSP_BASE_URI": (own,),
        "CSP_FORM_ACTION": (own,),
        "CSP_OBJECT_SRC": ("'none'",),
        "CSP_INCLUDE_NONCE_IN": ("script-src",),
    }
