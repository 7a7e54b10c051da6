"""The way from a task to the guide of its method, at a code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe
from tasks.models import Task

from vib.methods import read_method
from vib.problem import InputProblem
from vib.project_key import ProjectDescription
from vib.wording import described_at

GUIDE, CODE = "vib_guide:guide", "vib_guide:code"
"""Routes of whatever plugin shows guides."""


@require_safe
def guide(request: HttpRequest, task: int) -> HttpResponse:
    """Go to the code, else to the guide of the method; 404 where the task is not in sight or has no guide."""
    found = Task.objects.filter(pk=task).select_related("project").first() if task < 2**63 else None
    described = ProjectDescription.parse(found.project.description) if found else None
    if described is None:
        raise Http404
    try:
        name = described_at(read_method(described.method), request.GET.get("code", ""))
        return redirect(
            reverse(CODE, args=[described.method, name]) if name else reverse(GUIDE, args=[described.method])
        )
    except (InputProblem, NoReverseMatch) as error:
        raise Http404 from error
