"""Migrations of the host: what is kept beside the tables of Label Studio."""
