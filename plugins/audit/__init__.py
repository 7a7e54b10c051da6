"""Who did what, line after line, so that a change to it is found."""
