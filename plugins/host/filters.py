"""Lists are not filtered by patterns: one short pattern can keep a server process busy for minutes.

A database matches regular expressions by trying; SQLite does so inside the process that answers. What a
person looks for is found by "contains".
"""

from __future__ import annotations

from typing import Any

from core.current_request import get_current_request
from rest_framework.exceptions import ValidationError

from plugins.host.language import language_of
from vib.language import Text

PATTERNS = frozenset({"regex", "iregex"})
"""Django's lookups, and Label Studio's operator, that match a pattern."""

NO_PATTERNS = Text(
    nl="Filteren met een reguliere expressie kan hier niet; kies 'contains'.",
    en="Lists cannot be filtered by a regular expression here; choose 'contains'.",
)


def is_pattern(name: str) -> bool:
    """Tell whether a lookup as Django writes it matches a pattern.

    Examples
    --------
    >>> is_pattern("data__situation__iregex"), is_pattern("regex"), is_pattern("data__situation")
    (True, True, False)
    """
    return not PATTERNS.isdisjoint(name.split("__"))


def without_patterns(asked: Any, field_name: str) -> Any:
    """Return a filter of the data manager as it is, by its setting ``DATA_MANAGER_PREPROCESS_FILTER``.

    Raises
    ------
    ValidationError
        It matches a pattern, by its operator or by the name of its column.
    """
    if is_pattern(str(asked.operator)) or is_pattern(field_name):
        raise ValidationError(NO_PATTERNS.to(language_of(get_current_request())))
    return asked


def install() -> None:
    """Keep filters by a pattern out of saved tabs too."""
    from data_manager.models import Filter

    for name in ("operator", "column"):
        _guard(Filter._meta.get_field(name))


def _guard(field: Any) -> None:
    plain = field.pre_save

    def pre_save(instance: Any, add: bool) -> Any:
        value = plain(instance, add)
        if is_pattern(str(value).replace(".", "__")):
            raise ValidationError(NO_PATTERNS.to(language_of(get_current_request())))
        return value

    field.pre_save = pre_save
