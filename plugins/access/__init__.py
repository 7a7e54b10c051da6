"""Who may see what: roles, families, rounds of blind coding."""
