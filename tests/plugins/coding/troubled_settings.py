"""The settings of a server that gets into trouble while people submit: see `trouble`."""

from plugins.settings import *  # noqa: F403
from plugins.settings import MIDDLEWARE

MIDDLEWARE = ["tests.plugins.coding.trouble.Trouble", *MIDDLEWARE]
