"""The `vib` command, one module a subcommand."""
