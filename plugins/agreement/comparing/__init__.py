"""From who saw what to every figure about it, and the moments that differ."""
