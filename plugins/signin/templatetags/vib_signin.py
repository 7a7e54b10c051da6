"""What the sign-in page needs that Label Studio's view does not give it."""

from __future__ import annotations

from typing import Any

from django import template

from plugins.signin.pages import words_for

register = template.Library()


@register.simple_tag(takes_context=True)
def signin_words(context: Any) -> dict[str, Any]:
    """Return language, languages and words for the request of this page."""
    return words_for(context["request"])
