"""Gamma: agreement on where units are and what they are, in one figure."""
