"""Learning from corrected turns: a head of one's own, used only when it proves better on voices it did not hear."""
