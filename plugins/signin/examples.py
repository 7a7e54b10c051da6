"""Label Studio's examples, without those that a browser would fetch from another host.

It shows them as a preview of a labelling interface. This module knows where it keeps them.
"""

from __future__ import annotations

import re
from typing import Any

FOREIGN = re.compile(r"https?://(?!www\.w3\.org)[\w.-]+[^\s\"'<>)]*")
NOTHING = "data:,"
"""An address that holds nothing, and that no host is asked for."""


def keep_here() -> None:
    """Take other hosts out of the example data, and templates that show pictures of others.

    Raises
    ------
    RuntimeError
        Label Studio keeps them elsewhere.
    """
    try:
        from core import label_config
        from projects.api import TemplateListAPI

        for mode in ("editor_preview", "upload"):
            examples = label_config.data_examples(mode)
            for name, value in examples.items():
                examples[name] = without_hosts(value)
        offered = TemplateListAPI.templates_and_groups
        offered["templates"] = [template for template in offered["templates"] if shows_only_own(template)]
    except (ImportError, AttributeError, KeyError) as error:
        raise RuntimeError(
            f"Label Studio keeps its examples elsewhere ({error}): see plugins/signin/examples.py"
        ) from error


def without_hosts(value: Any) -> Any:
    """Return an example with every address on another host replaced by nothing."""
    from django.conf import settings

    if isinstance(value, str):
        return FOREIGN.sub(
            lambda found: found[0] if settings.HOSTNAME and found[0].startswith(settings.HOSTNAME) else NOTHING, value
        )
    if isinstance(value, list):
        return [without_hosts(item) for item in value]
    if isinstance(value, dict):
        return {name: without_hosts(item) for name, item in value.items()}
    return value


def shows_only_own(template: dict[str, Any]) -> bool:
    """Tell whether a template of a labelling interface names no other host."""
    config = str(template.get("config", ""))
    return bool(without_hosts(config) == config)
