"""Files that `vib agreement` reads."""
