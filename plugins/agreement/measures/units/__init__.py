"""Coefficients for what raters said of the same units: a turn, a clip.

Conventions
-----------
A unit of a rating is a clip; of a tier it is an event that at least one rater has, linked as by event (`linked`). Who
has no event there, or gave no rating, is missing: not a category. Categories are those that somebody used.
Differences count by `weights`, or by the level of measurement.

Validation
----------
`ratings` refuses what is no table of ratings; `asked` what has no order; `distribution` and `texts` say why there is
no value.

Measures
--------
`percent`, `two_raters`, `light`, `conger`, `fleiss`, `gwet` and `krippendorff` are for categories, by name in
`coefficients`; `icc` and `tolerance` for ratings of whole clips. `tables`, `distribution`, `weights` and `estimates`
have what they share.

What runs them
--------------
`asked` goes from a question to ratings; `offered` has a row for each, `explained` and `explained_ratings` what is
said of it; `catalogue` joins all families.
"""
