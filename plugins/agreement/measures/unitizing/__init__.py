"""Krippendorff's alphas of where units begin and end.

Conventions
-----------
A *unit* is a stretch that a rater gave a code, a *gap* what was left between. Clips are laid end to end; no unit or gap
crosses from one into the next. Pairs of raters in a clip weigh 1 / (m - 1) for its m raters. A rater who did not code a
clip is missing there, not silent. Instants have no length: they are left out and counted.

Validation
----------
`unitizing_parts.units_of` takes the clips that count; `unitizing_parts.apart` refuses units of one rater that overlap.

Measures
--------
`unitizing` has the four of 2016, `unitizing_1995` the older one; `unitizing_parts` what they start from, `texts` why
there is no value.

What runs them
--------------
`offered` has a row for each, `explained` what is said of it; `catalogue` joins all families.
"""
