"""Migrations of the access plugin."""
