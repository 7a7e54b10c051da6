"""What statistics of timelines share: a tier as arrays, links between events, tables."""
