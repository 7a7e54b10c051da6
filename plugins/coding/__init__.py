"""Coding a clip so that nothing is lost: a log of changes, and submits that count once."""
