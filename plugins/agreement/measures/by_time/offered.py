"""What is offered by time: each statistic with its source and its explanation."""

from __future__ import annotations

from plugins.agreement.measures.sources import BAKEMAN, CICCHETTI_FEINSTEIN, COHEN, KRIPPENDORFF_1995
from vib.language import Text
from vib.statistic import Statistic

from . import explained, positive, time_units

STATISTICS = (
    Statistic(
        "time_unit_percent",
        Text(nl="Tijd gelijk", en="Time agreed"),
        "time",
        BAKEMAN,
        time_units.time_unit_percent,
        additive=time_units.time_unit_percent_parts,
        measured_in="share",
        explained=explained.PERCENT,
    ),
    Statistic(
        "time_unit_kappa",
        Text(nl="Kappa op tijd", en="Time kappa"),
        "time",
        f"{BAKEMAN}; {COHEN}",
        time_units.time_unit_kappa,
        additive=time_units.time_unit_kappa_parts,
        explained=explained.KAPPA,
    ),
    Statistic(
        "time_unit_positive_agreement",
        Text(nl="Gecodeerde tijd gelijk", en="Coded time agreed"),
        "time",
        CICCHETTI_FEINSTEIN,
        positive.time_unit_positive_agreement,
        usual=False,
        additive=positive.time_unit_positive_agreement_parts,
        measured_in="share",
        explained=explained.POSITIVE,
    ),
    Statistic(
        "time_unit_alpha",
        Text(nl="Alfa op tijd", en="Time alpha"),
        "time",
        KRIPPENDORFF_1995,
        time_units.time_unit_alpha,
        raters="many",
        usual=False,
        additive=time_units.time_unit_alpha_parts,
        explained=explained.ALPHA,
    ),
)
