"""Agreement between raters: how much, on what, and where they differ."""
