"""Statistics of what follows what."""
