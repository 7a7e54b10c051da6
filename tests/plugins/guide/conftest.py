"""Label Studio's real settings with our plugins, in a data folder that is thrown away; no database."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

Visit = Callable[..., Any]


@pytest.fixture(scope="session", autouse=True)
def label_studio(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Start Django once, unless other tests already did."""
    import django
    from django.conf import settings

    if not settings.configured:
        data = str(tmp_path_factory.mktemp("data"))
        ours = {"DJANGO_SETTINGS_MODULE": "plugins.settings", "VIB_DATA": data, "HOME": data}
        with mock.patch.dict(os.environ, ours):
            os.environ.pop("LABEL_STUDIO_BASE_DATA_DIR", None)
            django.setup()


@pytest.fixture
def visit() -> Visit:
    """Answer a request for `path` as the server would, by a person who is logged in."""
    from django.test import RequestFactory
    from django.urls import resolve
    from users.models import User

    def answer(path: str, language: str = "", **person: Any) -> Any:
        request = RequestFactory().get(path, headers={"Accept-Language": language})
        request.user = User(**{"email": "anna@vib.example", "first_name": "Anna", **person})
        view, arguments, named = resolve(request.path)
        return view(request, *arguments, **named)

    return answer


@pytest.fixture
def static() -> Callable[[str], Any]:
    """Answer a request for a file of a plugin as the server would; None where it is left to others."""
    from django.test import RequestFactory

    from plugins.host.static_files import StaticFiles

    files = StaticFiles(lambda request: None)  # type: ignore[arg-type,return-value]  # nobody else is there
    return lambda address: files(RequestFactory().get(address))
