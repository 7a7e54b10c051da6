"""Statistics that count durations.

Conventions
-----------
Nothing is sampled: clips are cut where anybody's coding changes, and each stretch counts by its exact duration. Of a
tier the categories are its codes and *nothing*; codes that go on at once are one category together. Of a code it is
present or absent. An instant has no duration: it is left out and counted. Seconds of clips are added up.

Validation
----------
`timelines.pairs.nothing_to_compare` says why two raters cannot be compared.

Measures
--------
`time_units` has those of all time, `positive` that of coded time only; `time_tolerance` what is alike with a tolerance.

What runs them
--------------
`offered` has a row for each, `explained` what is said of it; `catalogue` joins all families.
"""
