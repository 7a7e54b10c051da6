"""Statistics that count durations."""
