"""Migrations of the coding plugin."""
