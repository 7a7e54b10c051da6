"""The kernel of VIB Studio: codebooks, observations, and the hooks that plugins use."""
