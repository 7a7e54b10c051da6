"""Label Studio with our plugins in it. Each folder with a ``plugin.py`` is a plugin."""
