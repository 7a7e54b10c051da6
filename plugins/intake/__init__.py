"""Bringing families in by browser: the pages on which recordings are sent, and the server that takes them (tus)."""
