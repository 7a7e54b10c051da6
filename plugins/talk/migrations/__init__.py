"""Migrations of the talk plugin."""
