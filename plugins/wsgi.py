"""For gunicorn: ``gunicorn plugins.wsgi:application``."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plugins.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from vib.failures import start_of

application = get_wsgi_application()
settings.VIB_PLUGIN_HOST.failures.keep_in(settings.VIB.failed / "server", start_of(os.getppid()))
