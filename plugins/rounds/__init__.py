"""Rounds for who is in them: how far each is, and for its supervisor the means to go on with it."""
