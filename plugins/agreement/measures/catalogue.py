"""Every statistic that the plugin offers, with its source: one row each."""

from __future__ import annotations

from vib.language import Text
from vib.statistic import Statistic

from .by_event import events, reference
from .by_time import time_units
from .gamma import measure
from .sequences import sequences
from .unitizing import unitizing, unitizing_1995
from .units import asked, icc
from .units.coefficients import (
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

BAKEMAN = "Bakeman, Quera & Gnisci (2009), doi 10.3758/BRM.41.1.137"
COHEN = "Cohen (1960), doi 10.1177/001316446002000104"
GWET = "Gwet (2008), doi 10.1348/000711006X126600"
MCGRAW_WONG = "McGraw & Wong (1996), doi 10.1037/1082-989X.1.1.30"
REFERENCE = events.HOLLE_REIN
SEQUENCES = "Bakeman & Quera (2011), doi 10.1017/CBO9781139017343"

TIME = (
    Statistic(
        "time_unit_percent",
        Text(nl="Tijd gelijk", en="Time agreed"),
        "time",
        BAKEMAN,
        time_units.time_unit_percent,
        additive=time_units.time_unit_percent_parts,
        measured_in="share",
    ),
    Statistic(
        "time_unit_kappa",
        Text(nl="Kappa op tijd", en="Time kappa"),
        "time",
        f"{BAKEMAN}; {COHEN}",
        time_units.time_unit_kappa,
        additive=time_units.time_unit_kappa_parts,
    ),
    Statistic(
        "time_unit_alpha",
        Text(nl="Alfa op tijd", en="Time alpha"),
        "time",
        "Krippendorff (1995), doi 10.2307/271061",
        time_units.time_unit_alpha,
        raters="many",
        usual=False,
        additive=time_units.time_unit_alpha_parts,
    ),
)

EVENTS = (
    Statistic(
        "event_percent",
        Text(nl="Momenten gelijk", en="Events agreed"),
        "event",
        events.HOLLE_REIN,
        events.event_percent,
        additive=events.event_percent_parts,
        measured_in="share",
    ),
    Statistic(
        "percent_linked",
        Text(nl="Beiden gezien", en="Seen by both"),
        "event",
        events.HOLLE_REIN,
        events.percent_linked,
        additive=events.percent_linked_parts,
        measured_in="share",
    ),
    Statistic(
        "event_kappa",
        Text(nl="Kappa op momenten", en="Event kappa"),
        "event",
        events.HOLLE_REIN,
        events.event_kappa,
        additive=events.event_kappa_parts,
    ),
    Statistic(
        "event_kappa_max",
        Text(nl="Hoogst mogelijke kappa op momenten", en="Largest possible event kappa"),
        "event",
        f"{events.HOLLE_REIN}; {COHEN}",
        events.event_kappa_max,
        usual=False,
        additive=events.event_kappa_max_parts,
    ),
)

UNITIZING = (
    Statistic(
        "u_alpha",
        Text(nl="u-alfa (knippen en coderen)", en="u-alpha (cutting and coding)"),
        "unitizing",
        unitizing.SOURCE,
        unitizing.u_alpha,
        raters="many",
        usual=False,
        additive=unitizing.u_alpha_parts,
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
    ),
    Statistic(
        "alpha_u_1995",
        Text(nl="Alfa-u van 1995", en="Alpha-u of 1995"),
        "unitizing",
        "Krippendorff (1995), doi 10.2307/271061",
        unitizing_1995.alpha_u_1995,
        raters="many",
        usual=False,
    ),
    Statistic(
        "gamma",
        Text(nl="Gamma", en="Gamma"),
        "unitizing",
        measure.SOURCE,
        measure.gamma,
        raters="many",
        usual=False,
    ),
    Statistic(
        "gamma_cat",
        Text(nl="Gamma-cat (alleen coderen)", en="Gamma-cat (coding only)"),
        "unitizing",
        measure.SOURCE_CAT,
        measure.gamma_cat,
        raters="many",
        usual=False,
    ),
)

AGAINST_REFERENCE = tuple(
    Statistic(
        name,
        Text(nl=nl, en=en),
        "event",
        REFERENCE,
        calculate,
        raters="reference",
        usual=False,
        additive=additive,
        measured_in="seconds" if name.startswith(("onset", "offset")) else "share",
    )
    for name, nl, en, calculate, additive in (
        ("event_precision", "Precisie", "Precision", reference.event_precision, reference.event_precision_parts),
        (
            "event_recall",
            "Gevonden van de referentie",
            "Recall",
            reference.event_recall,
            reference.event_recall_parts,
        ),
        ("event_f1", "F1", "F1", reference.event_f1, reference.event_f1_parts),
        ("onset_error_median", "Begin: mediaan", "Onset: median", reference.onset_error_median, None),
        (
            "onset_error_mean",
            "Begin: gemiddeld",
            "Onset: mean",
            reference.onset_error_mean,
            reference.onset_error_mean_parts,
        ),
        ("onset_error_p90", "Begin: 90 %", "Onset: 90 %", reference.onset_error_p90, None),
        ("offset_error_median", "Einde: mediaan", "Offset: median", reference.offset_error_median, None),
        (
            "offset_error_mean",
            "Einde: gemiddeld",
            "Offset: mean",
            reference.offset_error_mean,
            reference.offset_error_mean_parts,
        ),
        ("offset_error_p90", "Einde: 90 %", "Offset: 90 %", reference.offset_error_p90, None),
    )
)

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
    ),
    Statistic(
        "bennett_s",
        Text(nl="S van Bennett", en="Bennett's S"),
        "unit",
        "Bennett, Alpert & Goldstein (1954), doi 10.1086/266520",
        asked.plain(bennett_s),
        raters="many",
        usual=False,
    ),
    Statistic(
        "scott_pi",
        Text(nl="Pi van Scott", en="Scott's pi"),
        "unit",
        "Scott (1955), doi 10.1086/266577",
        asked.plain(scott_pi),
        usual=False,
    ),
    Statistic(
        "cohen_kappa",
        Text(nl="Kappa van Cohen", en="Cohen's kappa"),
        "unit",
        COHEN,
        asked.plain(cohen_kappa),
        usual=False,
    ),
    Statistic(
        "weighted_kappa",
        Text(nl="Gewogen kappa", en="Weighted kappa"),
        "unit",
        "Cohen (1968), doi 10.1037/h0026256",
        asked.weighted(weighted_kappa),
        usual=False,
    ),
    Statistic(
        "light_kappa",
        Text(nl="Kappa van Light", en="Light's kappa"),
        "unit",
        "Light (1971), doi 10.1037/h0031643",
        asked.plain(light_kappa),
        raters="many",
        usual=False,
    ),
    Statistic(
        "conger_kappa",
        Text(nl="Kappa van Conger", en="Conger's kappa"),
        "unit",
        "Conger (1980), doi 10.1037/0033-2909.88.2.322",
        asked.plain(conger_kappa),
        raters="many",
        usual=False,
    ),
    Statistic(
        "fleiss_kappa",
        Text(nl="Kappa van Fleiss", en="Fleiss' kappa"),
        "unit",
        "Fleiss (1971), doi 10.1037/h0031619",
        asked.plain(fleiss_kappa),
        raters="many",
        usual=False,
    ),
    Statistic("gwet_ac1", Text(nl="AC1 van Gwet", en="Gwet's AC1"), "unit", GWET, asked.plain(gwet_ac1), "many", False),
    Statistic(
        "gwet_ac2", Text(nl="AC2 van Gwet", en="Gwet's AC2"), "unit", GWET, asked.weighted(gwet_ac2), "many", False
    ),
    Statistic(
        "krippendorff_alpha",
        Text(nl="Alfa van Krippendorff", en="Krippendorff's alpha"),
        "unit",
        "Hayes & Krippendorff (2007), doi 10.1080/19312450709336664",
        asked.alpha_asked,
        raters="many",
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
        )
        for name, label, calculate in (
            ("icc_1_1", "ICC(1,1)", icc.icc_1_1),
            ("icc_a_1", "ICC(A,1)", icc.icc_a_1),
            ("icc_c_1", "ICC(C,1)", icc.icc_c_1),
            ("icc_1_k", "ICC(1,k)", icc.icc_1_k),
            ("icc_a_k", "ICC(A,k)", icc.icc_a_k),
            ("icc_c_k", "ICC(C,k)", icc.icc_c_k),
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
    ),
)

SEQUENCE = (
    Statistic(
        "contingency_yules_q",
        Text(nl="Samenhang initiatief en ontvangst (Q)", en="Initiative and reception (Q)"),
        "sequence",
        SEQUENCES,
        sequences.contingency_yules_q,
        usual=False,
        additive=sequences.contingency_yules_q_parts,
        per_code=False,
    ),
    Statistic(
        "contingency_log_odds",
        Text(nl="Samenhang initiatief en ontvangst (log odds)", en="Initiative and reception (log odds)"),
        "sequence",
        SEQUENCES,
        sequences.contingency_log_odds,
        usual=False,
        measured_in="log odds",
        additive=sequences.contingency_log_odds_parts,
        per_code=False,
    ),
    Statistic(
        "latency_to_reception",
        Text(nl="Tijd tot ontvangst", en="Latency to reception"),
        "sequence",
        SEQUENCES,
        sequences.latency_to_reception,
        usual=False,
        measured_in="seconds",
        per_code=False,
    ),
)

STATISTICS: tuple[Statistic, ...] = (*TIME, *EVENTS, *UNITIZING, *AGAINST_REFERENCE, *UNITS, *RATINGS, *SEQUENCE)
