"""The settings of a deployment, with passwords that cost little to check: these tests guess at hundreds."""

from deploy.settings import *  # noqa: F403

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
