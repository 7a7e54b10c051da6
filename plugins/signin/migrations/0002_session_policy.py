"""Shorten the sessions of organizations that were there before; a policy set by hand stays."""

from django.db import migrations

from plugins.signin.sessions import THEIRS
from plugins.signin.settings import IDLE_MINUTES, SESSION_MINUTES


def shorten(apps, schema_editor):
    untouched = {"max_session_age": THEIRS[0], "max_time_between_activity": THEIRS[1]}
    ours = {"max_session_age": SESSION_MINUTES, "max_time_between_activity": IDLE_MINUTES}
    apps.get_model("session_policy", "SessionTimeoutPolicy").objects.filter(**untouched).update(**ours)


class Migration(migrations.Migration):
    dependencies = [
        ("vib_signin", "0001_invitation"),
        ("session_policy", "0003_alter_sessiontimeoutpolicy_max_session_age_and_more"),
    ]
    operations = [migrations.RunPython(shorten, migrations.RunPython.noop)]
