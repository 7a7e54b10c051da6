"""Statistics of what follows what.

Conventions
-----------
A sequence is a value of one rater's coding; of two raters it is the first's minus the second's. An event is followed
when the target starts after its onset and within the window after its offset. Events whose window the end of the clip
cuts off are left out and counted. Tables of clips are added up.

Validation
----------
`contingency.Contingency` refuses a window that means nothing; `texts` says why there is no value.

Measures
--------
`contingency` makes the table, `sequences` the figures.

What runs them
--------------
`offered` has a row for each, `explained` what is said of it; `catalogue` joins all families.
"""
