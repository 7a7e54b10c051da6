"""The alphas of unitizing that are offered: each with its source and its explanation."""

from __future__ import annotations

from plugins.agreement.measures.sources import KRIPPENDORFF_1995
from vib.language import Text
from vib.statistic import Statistic

from . import explained, unitizing, unitizing_1995

STATISTICS = (
    Statistic(
        "u_alpha",
        Text(nl="u-alfa (knippen en coderen)", en="u-alpha (cutting and coding)"),
        "unitizing",
        unitizing.SOURCE,
        unitizing.u_alpha,
        raters="many",
        usual=False,
        additive=unitizing.u_alpha_parts,
        explained=explained.U_ALPHA,
    ),
    Statistic(
        "bar_u_alpha",
        Text(nl="|u-alfa (alleen knippen)", en="|u-alpha (cutting only)"),
        "unitizing",
        unitizing.SOURCE,
        unitizing.bar_u_alpha,
        raters="many",
        usual=False,
        additive=unitizing.bar_u_alpha_parts,
        explained=explained.BAR_U_ALPHA,
    ),
    Statistic(
        "cu_alpha",
        Text(nl="cu-alfa (alleen coderen)", en="cu-alpha (coding only)"),
        "unitizing",
        unitizing.SOURCE,
        unitizing.cu_alpha,
        raters="many",
        usual=False,
        additive=unitizing.cu_alpha_parts,
        explained=explained.CU_ALPHA,
    ),
    Statistic(
        "k_u_alpha",
        Text(nl="(k)u-alfa (één code)", en="(k)u-alpha (one code)"),
        "unitizing",
        unitizing.SOURCE,
        unitizing.k_u_alpha,
        raters="many",
        usual=False,
        additive=unitizing.k_u_alpha_parts,
        explained=explained.K_U_ALPHA,
    ),
    Statistic(
        "alpha_u_1995",
        Text(nl="Alfa-u van 1995", en="Alpha-u of 1995"),
        "unitizing",
        KRIPPENDORFF_1995,
        unitizing_1995.alpha_u_1995,
        raters="many",
        usual=False,
        explained=explained.ALPHA_U_1995,
    ),
)
