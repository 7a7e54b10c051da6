"""Turns inside the server: taking them in from the ML backend, showing how far it is, handing on corrections."""
