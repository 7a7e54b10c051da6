"""Django settings: Label Studio's own, with our plugins added.

Chosen by ``DJANGO_SETTINGS_MODULE=plugins.settings``, under ``label-studio start`` and
under gunicorn alike.
"""

import os

from plugins.host import database, guarded_apps, labelstudio, mailing
from plugins.host.body_limits import LARGEST, MEGABYTE, MOST_FIELDS
from plugins.host.guarded_middleware import settings_of
from plugins.host.sparing import spared
from vib.chosen import check_left_out, check_protecting, left_out, load_plugins
from vib.settings import read_settings

VIB = read_settings()
check_left_out(VIB)
os.environ.setdefault("LABEL_STUDIO_BASE_DATA_DIR", str(VIB.data / "label-studio"))
labelstudio.configure()

# Label Studio reads django.conf.settings while its own settings are imported.
os.environ["DJANGO_SETTINGS_MODULE"] = labelstudio.SETTINGS
from core.settings.label_studio import *  # noqa: E402, F403
from core.settings.label_studio import DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = "plugins.settings"

VIB_MEDIA_ROOT = VIB.media_root
VIB_PLUGIN_HOST = load_plugins(VIB)
VIB_LEFT_OUT = left_out(VIB)

_apps = {app: plugin for plugin, apps in VIB_PLUGIN_HOST.answers("vib_django_apps") for app in apps or ()}
guarded_apps.guard(_apps, VIB_PLUGIN_HOST)
VIB_APPS = ("plugins.host", *_apps)
INSTALLED_APPS = [*INSTALLED_APPS, *VIB_APPS]
LOGGING = spared(LOGGING)
DATA_UPLOAD_MAX_MEMORY_SIZE = TASKS_MAX_FILE_SIZE = LARGEST
DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS
FILE_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE
DATA_MANAGER_PREPROCESS_FILTER = "plugins.host.filters.without_patterns"
ROOT_URLCONF = "plugins.urls"
CSRF_FAILURE_VIEW = "plugins.host.errors.stale_form"
# Django chooses no other language by itself: Label Studio has none. The administration pages do.
USE_I18N = True
LANGUAGES = [("en", "English")]
DATABASES = {name: database.tuned(used) for name, used in DATABASES.items()}
globals().update(mailing.settings_of(VIB.mail, VIB.mail_from))
RQ = {"QUEUE_CLASS": "plugins.host.after_commit.JobsAfterCommit"}
MIDDLEWARE = [name for name in MIDDLEWARE if name != database.RETRYING]
# The first: what is too large is not read by any other.
MIDDLEWARE = ["plugins.host.bodies.Bodies", "plugins.host.static_files.StaticFiles", *MIDDLEWARE]
MIDDLEWARE = [*MIDDLEWARE, "plugins.host.administration.AdministrationLanguage", "plugins.host.preferences.OwnTime"]
MIDDLEWARE = [*MIDDLEWARE, "plugins.host.framing.Frame"]
if VIB_LEFT_OUT:
    MIDDLEWARE = [*MIDDLEWARE, "plugins.host.left_out.Banner"]

globals().update(settings_of(VIB_PLUGIN_HOST, {name: value for name, value in globals().items() if name.isupper()}))
# The last, so that what comes before the view is outside of its transaction.
MIDDLEWARE = [*MIDDLEWARE, "plugins.host.whole.WholeRequests"]
check_protecting(VIB_PLUGIN_HOST, VIB)
