"""Words in what people type about a family that look like names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vib.family import Family

NAME = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,}(?![\w-])")
"""A capital with small letters behind it; pseudonyms as ``F-0012`` and ``K1`` are none."""

KNOWN = frozenset(
    """kind pleegkind baby peuter kleuter puber tiener zoon dochter broer broertje zus zusje moeder vader ouder ouders
    pleegmoeder pleegvader pleegouder pleegouders stiefmoeder stiefvader opa oma oom tante voogd gezinsvoogd verzorger
    begeleider leerkracht juf meester zelf gezin eigen beide met namens
    child toddler teenager son daughter brother sister mother father parent parents foster guardian grandmother
    grandfather uncle aunt teacher carer self family own both""".split()
)
"""Words that say who somebody is, which a phone likes to begin with a capital."""


def like_names(texts: Iterable[str]) -> list[str]:
    """Return the words that look like names, each once.

    Examples
    --------
    >>> like_names(["Pleegmoeder", "moeder van Sanne", "F-0012", "k1"])
    ['Sanne']
    """
    found = (word for text in texts for word in NAME.findall(text))
    return list(dict.fromkeys(word for word in found if word.lower() not in KNOWN))


def free_texts(family: Family) -> list[str]:
    """Return what people typed in their own words about a family, in which a name could be."""
    return [
        family.family,
        *(text for member in family.members for text in (member.id, member.role)),
        *(consent.by for consent in family.consent),
        *(clip.situation for clip in family.clips or ()),
        *family.labels.values(),
    ]
