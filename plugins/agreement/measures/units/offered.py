"""The coefficients of units and of ratings of whole clips that are offered: each with its source and explanation."""

from __future__ import annotations

from plugins.agreement.measures.sources import COHEN
from vib.language import Text
from vib.statistic import Statistic

from . import asked, explained, explained_ratings, icc
from .coefficients import (
    bennett_s,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    light_kappa,
    percent_agreement,
    scott_pi,
    weighted_kappa,
)

GWET = "Gwet (2008), doi 10.1348/000711006X126600"
MCGRAW_WONG = "McGraw & Wong (1996), doi 10.1037/1082-989X.1.1.30"

UNITS = (
    Statistic(
        "percent_agreement",
        Text(nl="Zelfde oordeel", en="Same judgement"),
        "unit",
        "Gwet (2014), ISBN 978-0970806284",
        asked.plain(percent_agreement),
        raters="many",
        usual=False,
        measured_in="share",
        explained=explained.PERCENT_AGREEMENT,
    ),
    Statistic(
        "bennett_s",
        Text(nl="S van Bennett", en="Bennett's S"),
        "unit",
        "Bennett, Alpert & Goldstein (1954), doi 10.1086/266520",
        asked.plain(bennett_s),
        raters="many",
        usual=False,
        explained=explained.BENNETT_S,
    ),
    Statistic(
        "scott_pi",
        Text(nl="Pi van Scott", en="Scott's pi"),
        "unit",
        "Scott (1955), doi 10.1086/266577",
        asked.plain(scott_pi),
        usual=False,
        explained=explained.SCOTT_PI,
    ),
    Statistic(
        "cohen_kappa",
        Text(nl="Kappa van Cohen", en="Cohen's kappa"),
        "unit",
        COHEN,
        asked.plain(cohen_kappa),
        usual=False,
        explained=explained.COHEN_KAPPA,
    ),
    Statistic(
        "weighted_kappa",
        Text(nl="Gewogen kappa", en="Weighted kappa"),
        "unit",
        "Cohen (1968), doi 10.1037/h0026256",
        asked.weighted(weighted_kappa),
        usual=False,
        explained=explained.WEIGHTED_KAPPA,
    ),
    Statistic(
        "light_kappa",
        Text(nl="Kappa van Light", en="Light's kappa"),
        "unit",
        "Light (1971), doi 10.1037/h0031643",
        asked.plain(light_kappa),
        raters="many",
        usual=False,
        explained=explained.LIGHT_KAPPA,
    ),
    Statistic(
        "conger_kappa",
        Text(nl="Kappa van Conger", en="Conger's kappa"),
        "unit",
        "Conger (1980), doi 10.1037/0033-2909.88.2.322",
        asked.plain(conger_kappa),
        raters="many",
        usual=False,
        explained=explained.CONGER_KAPPA,
    ),
    Statistic(
        "fleiss_kappa",
        Text(nl="Kappa van Fleiss", en="Fleiss' kappa"),
        "unit",
        "Fleiss (1971), doi 10.1037/h0031619",
        asked.plain(fleiss_kappa),
        raters="many",
        usual=False,
        explained=explained.FLEISS_KAPPA,
    ),
    Statistic(
        "gwet_ac1",
        Text(nl="AC1 van Gwet", en="Gwet's AC1"),
        "unit",
        GWET,
        asked.plain(gwet_ac1),
        raters="many",
        usual=False,
        explained=explained.GWET_AC1,
    ),
    Statistic(
        "gwet_ac2",
        Text(nl="AC2 van Gwet", en="Gwet's AC2"),
        "unit",
        GWET,
        asked.weighted(gwet_ac2),
        raters="many",
        usual=False,
        explained=explained.GWET_AC2,
    ),
    Statistic(
        "krippendorff_alpha",
        Text(nl="Alfa van Krippendorff", en="Krippendorff's alpha"),
        "unit",
        "Hayes & Krippendorff (2007), doi 10.1080/19312450709336664",
        asked.alpha_asked,
        raters="many",
        explained=explained.KRIPPENDORFF_ALPHA,
    ),
)

RATINGS = (
    *(
        Statistic(
            name,
            Text(nl=label, en=label),
            "rating",
            MCGRAW_WONG,
            asked.plain(calculate),
            raters="many",
            usual=name == "icc_a_1",
            per_code=False,
            explained=said,
        )
        for name, label, calculate, said in (
            ("icc_1_1", "ICC(1,1)", icc.icc_1_1, explained_ratings.ICC_1_1),
            ("icc_a_1", "ICC(A,1)", icc.icc_a_1, explained_ratings.ICC_A_1),
            ("icc_c_1", "ICC(C,1)", icc.icc_c_1, explained_ratings.ICC_C_1),
            ("icc_1_k", "ICC(1,k)", icc.icc_1_k, explained_ratings.ICC_1_K),
            ("icc_a_k", "ICC(A,k)", icc.icc_a_k, explained_ratings.ICC_A_K),
            ("icc_c_k", "ICC(C,k)", icc.icc_c_k, explained_ratings.ICC_C_K),
        )
    ),
    Statistic(
        "within_tolerance",
        Text(nl="Binnen de marge", en="Within tolerance"),
        "rating",
        "R irr, agree(); Wilson (1927), doi 10.1080/01621459.1927.10502953",
        asked.tolerance_asked,
        raters="many",
        measured_in="share",
        per_code=False,
        explained=explained_ratings.WITHIN_TOLERANCE,
    ),
)

STATISTICS = (*UNITS, *RATINGS)
