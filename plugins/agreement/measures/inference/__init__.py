"""How sure a figure is: resampling of clips, and pass marks."""
