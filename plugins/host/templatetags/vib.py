"""What the templates of plugins are given: ``{% load vib %}``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from plugins.host.rounds import coding_address
from plugins.host.static_files import static_address
from vib.dates import written_moment

register = template.Library()


@register.simple_tag
def static_file(name: str) -> str:
    """Return the address of a file in the ``static/`` of a plugin: ``{% static_file "vib_talk/talk.css" %}``."""
    return static_address(name)


@register.simple_tag
def coding(project: int, task: int) -> str:
    """Return the address at which a clip is coded: ``{% coding project task %}``."""
    return coding_address(project, task)


@register.simple_tag(takes_context=True)
def moment(context: Any, at: datetime) -> str:
    """Say a moment in the language and the time zone of who looks: ``{% moment remark.at %}``."""
    return written_moment(timezone.localtime(at), context["language"])
