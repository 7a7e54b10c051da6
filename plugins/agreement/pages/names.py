"""What tiers and codes are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

from plugins.agreement.view.writing import label
from vib.codebook import TO_CONFIRM, Codebook
from vib.language import Language, Text

Page = dict[str, Any]
"""What a template is given."""


@final
@dataclass(frozen=True, slots=True)
class Names:
    """How tiers and codes are called in one language, and which are still to be confirmed."""

    labels: Mapping[str, Text]
    unconfirmed: frozenset[str]
    language: Language

    @classmethod
    def of(cls, codebook: Codebook | None, language: Language) -> Names:
        """Return the names of a codebook; without one, everything is called by its id."""
        if codebook is None:
            return cls({}, frozenset(), language)
        codes = [code for tier in codebook.tiers for code in tier.codes]
        return cls(codebook.labels(), frozenset(c.id for c in codes if c.confirm_by is not None), language)

    def __call__(self, name: str | None) -> str:
        """Return what something is called."""
        return label(self.labels, name, self.language)

    def code(self, name: str) -> Page:
        """Return a code as templates show it: label, id, and a badge where it is to be confirmed."""
        badge = TO_CONFIRM.to(self.language) if name in self.unconfirmed else ""
        return {"id": name, "label": self(name), "badge": badge}
