"""Publications that several families follow."""

from __future__ import annotations

BAKEMAN = "Bakeman, Quera & Gnisci (2009), doi 10.3758/BRM.41.1.137"
COHEN = "Cohen (1960), doi 10.1177/001316446002000104"
KRIPPENDORFF_1995 = "Krippendorff (1995), doi 10.2307/271061"
CICCHETTI_FEINSTEIN = "Cicchetti & Feinstein (1990), doi 10.1016/0895-4356(90)90159-M"
