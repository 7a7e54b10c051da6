"""Gamma and gamma-cat as they are offered: each with its source and its explanation."""

from __future__ import annotations

from vib.language import Text
from vib.statistic import Statistic

from . import explained, measure

STATISTICS = (
    Statistic(
        "gamma",
        Text(nl="Gamma", en="Gamma"),
        "unitizing",
        measure.SOURCE,
        measure.gamma,
        raters="many",
        usual=False,
        explained=explained.GAMMA,
    ),
    Statistic(
        "gamma_cat",
        Text(nl="Gamma-cat (alleen coderen)", en="Gamma-cat (coding only)"),
        "unitizing",
        measure.SOURCE_CAT,
        measure.gamma_cat,
        raters="many",
        usual=False,
        explained=explained.GAMMA_CAT,
    ),
)
