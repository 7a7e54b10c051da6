"""Coefficients for what raters said of the same units: a turn, a clip."""
