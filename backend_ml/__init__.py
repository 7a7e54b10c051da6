"""The ML backend: cuts clips into turns before anyone codes them."""
