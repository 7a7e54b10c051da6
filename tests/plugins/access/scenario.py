"""People, families and rounds with a canary in everything that not everybody may see.

Made in-process, on a prepared data folder: import it after ``django.setup()``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from data_manager.models import View
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from ml.models import MLBackend
from organizations.models import Organization
from projects.models import Project
from rest_framework.authtoken.models import Token
from tasks.models import Annotation, AnnotationDraft, Prediction, Task
from users.models import User

from plugins.access.models import Family, FamilyGrant, HandedOut, Round, RoundMember
from plugins.talk.models import Remark, Reply
from vib.interface import render_interface
from vib.methods import read_method

PEOPLE = {
    "beheer": "administrator",
    "beheer2": "administrator",
    "opleider": "supervisor",
    "opleider2": "supervisor",
    "begeleider": "counsellor",
    "collega": "counsellor",
    "vreemd": "counsellor",
    "anna": "trainee",
    "bram": "trainee",
    "carla": "trainee",
    "nieuw": "",
}
"""Everybody, with their role; `nieuw` has none yet."""


@dataclass
class Scenario:
    """What was made, by name, and who may read which canary."""

    users: dict[str, User] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    codes: dict[tuple[str, str], Annotation] = field(default_factory=dict)
    drafts: dict[tuple[str, str], AnnotationDraft] = field(default_factory=dict)
    predictions: dict[str, Prediction] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    backends: dict[str, MLBackend] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    readers: dict[str, frozenset[str]] = field(default_factory=dict)

    def forbidden(self, who: str) -> list[str]:
        """Return the canaries that somebody must never be shown."""
        return [canary for canary, readers in self.readers.items() if who not in readers]


FAMILY = ("begeleider", "collega", "opleider")
"""Who has family F-EIGEN, besides the administrator `beheer`."""


def build() -> Scenario:
    """Make everything; call it once, on a database without projects."""
    made = Scenario()
    organization = Organization.objects.get()
    service = _person(made, "dienst", "service", organization)
    for name, role in PEOPLE.items():
        _person(made, name, role, organization)
    config = render_interface(read_method("vib-pleegzorg"), "nl")

    def project(name: str, key: str, readers: tuple[str, ...]) -> None:
        canary = _canary(made, f"project-{name}", readers)
        made.projects[name] = Project.objects.create(
            title=f"{name} {canary}",
            description=f"VIB Studio, {key}, method: vib-pleegzorg",
            label_config=config,
            organization=organization,
            created_by=service,
            maximum_annotations=2,
            show_collab_predictions=True,
            model_version="turns-1",
        )

    def task(name: str, where: str, family: str, readers: tuple[str, ...]) -> None:
        canary = _canary(made, f"task-{name}", readers)
        data = {"clip": f"{family}/{name}", "family": family, "situation": canary, "duration": 9.0, "fps": 25}
        data |= {"video": f"/vib/media/{family}/{name}.mp4", "audio": f"/vib/media/{family}/{name}.m4a"}
        made.tasks[name] = Task.objects.create(project=made.projects[where], data=data)
        clip = settings.VIB_MEDIA_ROOT / family / f"{name}.mp4"
        clip.parent.mkdir(parents=True, exist_ok=True)
        canary = _canary(made, f"media-{name}", readers)
        for ending in (".mp4", ".m4a", ".peaks", ".overview"):
            clip.with_suffix(ending).write_text(canary, encoding="ascii")
        MLBackend.objects.get_or_create(project=made.projects[where], url="http://127.0.0.1:9", title="uit")

    def codes(who: str, name: str, readers: tuple[str, ...]) -> None:
        result = [_region(_canary(made, f"codes-{who}-{name}", (who, *readers)))]
        made.codes[who, name] = Annotation.objects.create(
            task=made.tasks[name], project=made.tasks[name].project, completed_by=made.users[who], result=result
        )

    def draft(who: str, name: str) -> None:
        result = [_region(_canary(made, f"draft-{who}-{name}", (who,)))]
        made.drafts[who, name] = AnnotationDraft.objects.create(
            task=made.tasks[name], user=made.users[who], result=result
        )

    def predict(name: str, readers: tuple[str, ...]) -> None:
        result = [_region(_canary(made, f"prediction-{name}", readers))]
        made.predictions[name] = Prediction.objects.create(
            task=made.tasks[name], project=made.tasks[name].project, result=result, model_version="turns-1"
        )

    def view(who: str, where: str) -> None:
        canary = _canary(made, f"tab-{who}-{where}", (who,))
        made.views[who] = View.objects.create(
            project=made.projects[where], user=made.users[who], data={"title": canary}
        )

    def remark(who: str, name: str, audience: str, readers: tuple[str, ...], kind: str = "remark") -> None:
        key = f"{who}-{name}-{audience}"
        made.remarks[key] = Remark.objects.create(
            task=made.tasks[name],
            by=made.users[who],
            audience=audience,
            kind=kind,
            second=1.5,
            about=_canary(made, f"about-{key}", (who, *readers)),
            text=_canary(made, f"remark-{key}", (who, *readers)),
        )

    def reply(who: str, key: str, readers: tuple[str, ...]) -> None:
        said = _canary(made, f"reply-{who}-{key}", (who, *readers))
        Reply.objects.create(remark=made.remarks[key], by=made.users[who], text=said)

    project("eigen", "family:F-EIGEN", (*FAMILY, "beheer"))
    project("ander", "family:F-ANDER", ("vreemd",))
    practice = ("anna", "bram", "carla", "opleider", "opleider2")
    project("oefenset", "practice:oefenset", practice)

    task("ontbijt", "eigen", "F-EIGEN", (*FAMILY, "beheer"))
    task("bad", "eigen", "F-EIGEN", (*FAMILY, "beheer"))
    task("geheim", "ander", "F-ANDER", ("vreemd",))
    task("toren", "oefenset", "F-OEFEN", ("anna", "bram", "opleider"))
    task("puzzel", "oefenset", "F-OEFEN2", ("carla", "opleider2"))
    task("open", "oefenset", "F-OEFEN3", ("anna", "bram", "opleider"))

    for who, family in (("begeleider", "F-EIGEN"), ("collega", "F-EIGEN"), ("opleider", "F-EIGEN")):
        FamilyGrant.objects.create(user=made.users[who], family=Family.objects.get(pk=family))
    FamilyGrant.objects.create(user=made.users["beheer"], family=Family.objects.get(pk="F-EIGEN"))
    FamilyGrant.objects.create(user=made.users["vreemd"], family=Family.objects.get(pk="F-ANDER"))
    # A trainee to whom a family was assigned by mistake has no more than the table gives.
    FamilyGrant.objects.create(user=made.users["carla"], family=Family.objects.get(pk="F-EIGEN"))
    _round(made, "ronde", "oefenset", ["toren"], ["anna", "bram"], "opleider", predictions_shown=False)
    _round(made, "andere ronde", "oefenset", ["puzzel"], ["carla"], "opleider2", predictions_shown=True)
    opened = timezone.now() - timedelta(hours=1)
    _round(made, "open ronde", "oefenset", ["open"], ["anna", "bram"], "opleider", opened_at=opened)

    codes("begeleider", "ontbijt", ("collega",))
    codes("collega", "ontbijt", ("begeleider",))
    codes("collega", "bad", ())
    codes("vreemd", "geheim", ())
    codes("anna", "toren", ("opleider",))
    codes("bram", "toren", ("opleider",))
    codes("opleider", "toren", ())
    codes("carla", "puzzel", ("opleider2",))
    codes("anna", "open", ("opleider", "bram"))
    codes("bram", "open", ("opleider", "anna"))
    for who, name in (("anna", "toren"), ("bram", "toren"), ("collega", "bad"), ("vreemd", "geheim")):
        draft(who, name)
    predict("ontbijt", (*FAMILY, "beheer"))
    predict("geheim", ("vreemd",))
    predict("toren", ())
    predict("puzzel", ("carla", "opleider2"))
    for who, where in (("begeleider", "eigen"), ("collega", "eigen"), ("anna", "oefenset"), ("bram", "oefenset")):
        view(who, where)

    remark("anna", "toren", "shared", ("opleider",))
    remark("bram", "toren", "supervisor", ("opleider",), kind="doubt")
    remark("bram", "toren", "self", ())
    remark("opleider", "toren", "shared", ())
    remark("carla", "puzzel", "shared", ("opleider2",))
    remark("anna", "open", "shared", ("opleider", "bram"))
    remark("bram", "open", "supervisor", ("opleider",))
    remark("begeleider", "ontbijt", "shared", ("collega", "opleider"))
    remark("collega", "bad", "supervisor", ("opleider",))
    remark("beheer", "ontbijt", "self", ())
    remark("vreemd", "geheim", "shared", ())
    reply("opleider", "bram-toren-supervisor", ("bram",))
    reply("bram", "anna-open-shared", ("anna", "opleider"))
    reply("opleider", "begeleider-ontbijt-shared", ("begeleider", "collega"))
    return made


def _person(made: Scenario, name: str, role: str, organization: Organization) -> User:
    email = f"{name}@vib.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email=email, password=name, username=name
    )
    if not organization.has_user(user):
        organization.add_user(user)
    user.active_organization = organization
    user.is_staff = user.is_superuser = role == "administrator"
    if role == "service":
        user.set_unusable_password()
    user.save()
    user.groups.set([Group.objects.get_or_create(name=role)[0]] if role else [])
    Token.objects.get_or_create(user=user)
    made.users[name] = user
    return user


def _round(
    made: Scenario, name: str, where: str, clips: list[str], raters: list[str], supervisor: str, **options: Any
) -> None:
    held = Round.objects.create(name=name, project=made.projects[where], **options)
    for clip in clips:
        HandedOut.objects.create(round=held, task=made.tasks[clip], clip=made.tasks[clip].data["clip"])
    for rater in raters:
        RoundMember.objects.create(round=held, user=made.users[rater], part="rater")
    RoundMember.objects.create(round=held, user=made.users[supervisor], part="supervisor")


def _canary(made: Scenario, name: str, readers: tuple[str, ...]) -> str:
    canary = f"KANARIE-{name}-{len(made.readers):03d}"
    made.readers[canary] = frozenset(readers)
    return canary


def _region(canary: str) -> dict[str, Any]:
    value = {"start": 1.0, "end": 2.0, "channel": 0, "labels": ["kind"], "meta": {"text": [canary]}}
    return {"id": canary, "from_name": "turn", "to_name": "audio", "type": "labels", "value": value}
