"""What the templates of plugins are given: ``{% load vib %}``."""

from __future__ import annotations

from django import template

from plugins.host.static_files import static_address

register = template.Library()


@register.simple_tag
def static_file(name: str) -> str:
    """Return the address of a file in the ``static/`` of a plugin: ``{% static_file "vib_talk/talk.css" %}``."""
    return static_address(name)
