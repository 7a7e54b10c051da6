"""Somebody's families: their clips, how far each is and for whom it waits, and recordings that could not be used."""
