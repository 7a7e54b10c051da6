"""Migrations of the rounds plugin."""
