"""Calculated codes: what follows from the codes of a timeline, and is never given by hand.

Each calculation is a pure function of a `Seen`: a timeline, and what its codebook says that codes mean.
"""
