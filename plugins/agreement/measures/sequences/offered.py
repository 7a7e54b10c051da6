"""What is offered of what follows what: each statistic with its source and its explanation."""

from __future__ import annotations

from vib.language import Text
from vib.statistic import Statistic

from . import explained, sequences

SOURCE = "Bakeman & Quera (2011), doi 10.1017/CBO9781139017343"

STATISTICS = (
    Statistic(
        "contingency_yules_q",
        Text(nl="Samenhang initiatief en ontvangst (Q)", en="Initiative and reception (Q)"),
        "sequence",
        SOURCE,
        sequences.contingency_yules_q,
        usual=False,
        additive=sequences.contingency_yules_q_parts,
        per_code=False,
        explained=explained.YULES_Q,
    ),
    Statistic(
        "contingency_log_odds",
        Text(nl="Samenhang initiatief en ontvangst (log odds)", en="Initiative and reception (log odds)"),
        "sequence",
        SOURCE,
        sequences.contingency_log_odds,
        usual=False,
        measured_in="log odds",
        additive=sequences.contingency_log_odds_parts,
        per_code=False,
        explained=explained.LOG_ODDS,
    ),
    Statistic(
        "latency_to_reception",
        Text(nl="Tijd tot ontvangst", en="Latency to reception"),
        "sequence",
        SOURCE,
        sequences.latency_to_reception,
        usual=False,
        measured_in="seconds",
        per_code=False,
        explained=explained.LATENCY,
    ),
)
