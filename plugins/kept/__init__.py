"""Everybody can see what is kept of them, and take it along."""
