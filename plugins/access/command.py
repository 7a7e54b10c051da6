"""`vib access`."""


def add(app, host): ...
