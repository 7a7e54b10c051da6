"""Seeded changes of behaviour: mistakes that somebody could make, which the tests must notice."""
