"""More people for a server, each with a number and a name that stand out.

`main` runs where Django is, with VIB_DATA; it adds them to logins.json there.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

PEOPLE = {
    "wilhelmina": "trainee",
    "ferdinand": "trainee",
    "godelieve": "trainee",
    "leopold": "trainee",
    "clementine": "trainee",
    "cornelius": "counsellor",
    "rosamunde": "counsellor",
}
FIRST = 7_110_001
STEP = 11_111


def main() -> None:
    """Make them."""
    from django.contrib.auth.models import Group
    from organizations.models import Organization
    from rest_framework.authtoken.models import Token
    from users.models import User

    logins = Path(os.environ["VIB_DATA"]) / "logins.json"
    content = json.loads(logins.read_text(encoding="utf-8"))
    organization = Organization.objects.get()
    for number, (name, role) in enumerate(PEOPLE.items()):
        email, password = f"{name}@vib.example", f"woord-van-{name}-17"
        user = User.objects.create_user(
            pk=FIRST + number * STEP,
            email=email,
            password=password,
            username=name,
            first_name=name.title(),
            active_organization=organization,
        )
        organization.add_user(user)
        user.groups.add(Group.objects.get(name=role))
        token, _ = Token.objects.get_or_create(user=user)
        content["accounts"].append({"role": role, "email": email, "password": password, "token": token.key})
    logins.write_text(json.dumps(content), encoding="utf-8")


def talk() -> None:
    """Have people say something about each clip, and be answered."""
    from tasks.models import Task
    from users.models import User

    from plugins.talk.models import Remark

    for task in Task.objects.order_by("pk"):
        for role, kind, audience in (("trainee", "doubt", "supervisor"), ("counsellor", "remark", "shared")):
            writer = User.objects.filter(groups__name=role).order_by("pk")[0]
            said = {
                "second": 2.5,
                "about": "kind, verbaal ontvangen",
                "text": "Hier keek het kind op.\nOntvangst?",
            }
            remark = Remark.objects.create(task=task, by=writer, kind=kind, audience=audience, **said)
            leader = User.objects.filter(groups__name="supervisor").order_by("pk")[0]
            remark.replies.create(by=leader, text="Mooi gezien: het volgt het kind.")
