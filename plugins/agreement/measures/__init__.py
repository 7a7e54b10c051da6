"""What computes: statistics of agreement, each a pure function of a question."""
