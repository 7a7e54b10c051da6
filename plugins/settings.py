"""Django settings: Label Studio's own, with our plugins added.

Chosen by ``DJANGO_SETTINGS_MODULE=plugins.settings``, under ``label-studio start`` and
under gunicorn alike.
"""

import os

from plugins.host import labelstudio
from vib.pluginhost import PluginHost
from vib.settings import Settings

VIB = Settings()
os.environ.setdefault("LABEL_STUDIO_BASE_DATA_DIR", str(VIB.data / "label-studio"))
labelstudio.configure()

# Label Studio reads django.conf.settings while its own settings are imported.
os.environ["DJANGO_SETTINGS_MODULE"] = labelstudio.SETTINGS
from core.settings.label_studio import *  # noqa: E402, F403
from core.settings.label_studio import INSTALLED_APPS  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = "plugins.settings"

VIB_MEDIA_ROOT = VIB.media_root
VIB_PLUGIN_HOST = PluginHost(only=VIB.plugins)

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "plugins.host",
    *(app for apps in VIB_PLUGIN_HOST.hook.vib_django_apps() for app in apps),
]
ROOT_URLCONF = "plugins.urls"

for _plugin in VIB_PLUGIN_HOST.hook.vib_django_settings.get_hookimpls():
    globals().update(_plugin.function(settings={name: value for name, value in globals().items() if name.isupper()}))
