"""The settings of a deployment, with passwords that cost little to check: these tests guess at hundreds."""

from deploy.settings import *  # noqa: F403
from deploy.settings import VIB

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VIB.data / "mail"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
