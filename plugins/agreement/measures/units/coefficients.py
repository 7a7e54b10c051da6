"""All coefficients of agreement for categories, by name."""

from __future__ import annotations

from .conger import conger_kappa, weighted_kappa
from .fleiss import fleiss_kappa
from .gwet import gwet_ac1, gwet_ac2
from .light import light_kappa
from .percent import bennett_s, percent_agreement
from .two_raters import cohen_kappa, scott_pi

__all__ = [
    "bennett_s",
    "cohen_kappa",
    "conger_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "light_kappa",
    "percent_agreement",
    "scott_pi",
    "weighted_kappa",
]
