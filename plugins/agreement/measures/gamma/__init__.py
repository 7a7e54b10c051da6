"""Gamma: agreement on where units are and what they are, in one figure.

Conventions
-----------
Units of one rater may overlap; silence does not count. An instant counts as the second around it. The best alignment is
exact, or there is no value. Chance samples are the raters' own timelines, shifted, each clip within itself; the same
seed gives the same samples. A clip that one of the raters did not code is left out.

Validation
----------
`settings` refuses choices that mean nothing; `continuum` takes what was marked; `texts` says why there is no value.

Measures
--------
`measure` has gamma and gamma-cat. Below it: `sampling` and `chance` (disorder, by chance too), `codes`, `alignment`,
`candidates`, `packing` (the best alignment), `dissimilarity` (how far two units are apart), `work` (how much of it may
be done).

What runs them
--------------
`offered` has a row for each, `explained` what is said of it; `catalogue` joins all families.
"""
