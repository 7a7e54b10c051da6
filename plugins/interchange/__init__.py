"""Formats for `vib export`."""
