"""Statistics that count matched events."""
