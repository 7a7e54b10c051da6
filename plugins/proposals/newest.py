"""Who opens a clip in Label Studio sees its newest turns, and no tabs with older ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from projects.models import Project

from .storing import is_turns

CLIP = re.compile(r"/api/tasks/\d+/?")
"""Where the editor asks for one task; the label stream, which asks elsewhere, leaves out older ones itself."""


class Newest:
    """Leave older turns out of the answer with a task. They stay in the database for codes made from them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Leave them out, before the answer is written."""
        found = request.method == "GET" and response.status_code == 200 and CLIP.fullmatch(request.path_info)
        if found and (predictions := response.data.get("predictions")):
            project = Project.objects.filter(pk=response.data.get("project")).only("model_version").first()
            version = project.model_version if project else ""
            response.data = {**response.data, "predictions": newest(predictions, version)}
        return response


def newest(predictions: Sequence[Mapping[str, Any]], version: str) -> list[Mapping[str, Any]]:
    """Return predictions with the newest turns only; those of the version that the project shows count first.

    What others than the backend predicted stays.
    """
    turns = [one for one in predictions if is_turns(one["result"])]
    kept = max(turns, key=lambda one: (one["model_version"] == version, one["id"]), default=None)
    return [one for one in predictions if one is kept or one not in turns]
