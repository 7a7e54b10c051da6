"""Statistics that count matched events.

Conventions
-----------
Events of two raters are linked whatever their codes, those that share most of the longer one first, each at most once
(`timelines.linking`). A linked pair counts two, one for the event of each rater; an event of one rater alone counts one
and is *no match*. What neither saw cannot be counted: that cell is a structural zero. Events of clips are added up.
Against a reference an event is *found* when it is matched and has the same code.

Validation
----------
`timelines.pairs.nothing_to_compare` says why two raters cannot be compared; `reference` whether one is the reference.

Measures
--------
`events` has those of any two raters, `positive` that of one code alone, `reference` those against a reference; `texts`
why there is no value.

What runs them
--------------
`offered` has a row for each, `explained` what is said of it; `catalogue` joins all families.
"""
