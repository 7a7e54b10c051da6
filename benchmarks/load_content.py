"""What is coded under load, made in the database and looked up there again; run where Django is.

Usage::

    python benchmarks/load_content.py make CODERS ACCOUNTS CLIPS
    python benchmarks/load_content.py verify < submitted.json
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

PASSWORD = "load-load-load"  # noqa: S105 - of accounts that live as long as the benchmark
SENDER, FAMILY = "sender@vib.example", "F-SEND"
CLIP_BYTES, SOUND_BYTES = 3_000_000, 150_000


def make(coders: int, accounts: int, clips: int) -> dict[str, Any]:
    """Make a practice set whose clips are handed out to all coders, and other accounts beside them."""
    from core.label_config import parse_config
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group
    from io_storages.localfiles.models import LocalFilesImportStorage  # type: ignore[import-not-found]  # untyped
    from organizations.models import Organization, OrganizationMember
    from projects.models import Project
    from tasks.models import Prediction, Task
    from users.models import User

    from plugins.access.models import HandedOut, Round, RoundMember
    from vib.interface import render_interface
    from vib.methods import read_method

    organization = Organization.objects.get()
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(email=f"coder{n}@vib.example", username=f"c{n}", active_organization=organization, password=password)
        for n in range(max(coders, accounts))
    )
    OrganizationMember.objects.bulk_create(OrganizationMember(user=one, organization=organization) for one in people)
    group, _ = Group.objects.get_or_create(name="trainee")
    User.groups.through.objects.bulk_create(User.groups.through(user=one, group=group) for one in people)
    config = render_interface(read_method("vib-pleegzorg"), "nl")
    project = Project.objects.create(
        title="load",
        label_config=config,
        parsed_label_config=parse_config(config),
        description="VIB Studio, practice:load, method: vib-pleegzorg",
        organization=organization,
        created_by=User.objects.get(email="dienst@vib.example"),
        maximum_annotations=coders + 1,
    )
    media = settings.VIB_MEDIA_ROOT
    rows = []
    for number in range(clips):
        clip = f"F-LOAD/clip{number}"
        _fill(media / f"{clip}.mp4", CLIP_BYTES)
        _fill(media / f"{clip}.m4a", SOUND_BYTES)
        data = {"clip": clip, "family": "F-LOAD", "duration": 20.0, "fps": 25}
        data |= {"video": f"/vib/media/{clip}.mp4", "audio": f"/vib/media/{clip}.m4a"}
        rows.append(Task(project=project, data=data, overlap=coders + 1, inner_id=number + 1))
    tasks = Task.objects.bulk_create(rows)
    turn = {"id": "p", "from_name": "turn", "to_name": "audio", "type": "labels"}
    turns = [{**turn, "id": f"p{n}", "value": {"start": n, "end": n + 0.9, "labels": ["kind"]}} for n in range(19)]
    Prediction.objects.bulk_create(
        Prediction(task=task, project=project, result=turns, model_version="load") for task in tasks
    )
    # Where plain Label Studio finds the clips.
    LocalFilesImportStorage.objects.create(project=project, title="load", path=str(media / "F-LOAD"))
    held = Round.objects.create(name="load", project=project)
    RoundMember.objects.bulk_create(RoundMember(round=held, user=one, part="rater") for one in people[:coders])
    HandedOut.objects.bulk_create(HandedOut(round=held, task=task, clip=task.data["clip"]) for task in tasks)
    _sender(organization, password)
    return {"project": project.pk, "accounts": [{"email": one.email, "password": PASSWORD} for one in people[:coders]]}


def _sender(organization: Any, password: str) -> None:
    """Make somebody with a family, in the folder to which recordings can be sent."""
    from django.conf import settings
    from django.contrib.auth.models import Group
    from organizations.models import OrganizationMember
    from projects.models import Project
    from users.models import User

    from plugins.access.models import Family, FamilyGrant

    user = User.objects.create(email=SENDER, username="sender", active_organization=organization, password=password)
    OrganizationMember.objects.create(user=user, organization=organization)
    user.groups.add(Group.objects.get_or_create(name="counsellor")[0])
    description = f"VIB Studio, family:{FAMILY}, method: vib-pleegzorg"
    Project.objects.create(title=FAMILY, description=description, organization=organization, created_by=user)
    family, _ = Family.objects.get_or_create(pseudonym=FAMILY)
    FamilyGrant.objects.get_or_create(user=user, family=family)
    folder = settings.VIB.families / FAMILY
    folder.mkdir(parents=True)
    folder.joinpath("family.yaml").write_text(
        f"family: {FAMILY}\nmethod: vib-pleegzorg\nlanguage: nl\nmembers: [{{id: kind, role: kind}}]\n"
        "consent: {given: 2026-01-01, until: 2099-01-01, uses: [begeleiding]}\n",
        encoding="utf-8",
    )


def _fill(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(size))


Row = tuple[int, int, str, list[dict[str, Any]]]
"""What is stored: number, task, whose it is, and the codes."""


def verify(submitted: list[dict[str, Any]]) -> dict[str, int]:
    """Compare what was answered to coders with what is stored."""
    from tasks.models import Annotation

    found = Annotation.objects.filter(task__in={one["task"] for one in submitted})
    return judged(submitted, list(found.values_list("pk", "task", "completed_by__email", "result")))


def judged(submitted: list[dict[str, Any]], rows: list[Row]) -> dict[str, int]:
    """Count what was lost, changed and doubled."""
    results = {number: result for number, _, _, result in rows}
    pairs = Counter((task, by) for _, task, by, _ in rows)
    marks = Counter(result[0]["id"][:7] for _, _, _, result in rows if result)
    good = [one for one in submitted if one["number"] is not None]
    there = [one for one in good if one["number"] in results]
    return {
        "acknowledged": len(good),
        "lost": len(good) - len(there),
        "changed": sum(not _as_sent(results[one["number"]], one["marker"], one["regions"]) for one in there),
        "submits stored twice": sum(marks[marker] > 1 for marker in {one["marker"] for one in submitted}),
        "coders twice on a clip": sum(number > 1 for number in pairs.values()),
        "stored but never acknowledged": sum(marks[one["marker"]] > 0 for one in submitted if one["number"] is None),
    }


def _as_sent(result: list[dict[str, Any]], marker: str, regions: int) -> bool:
    return len(result) == regions and all(one["id"].startswith(marker) for one in result)


def main() -> None:
    """Do what is asked and print what came of it as JSON."""
    import django

    django.setup()
    if sys.argv[1] == "make":
        print(json.dumps(make(*map(int, sys.argv[2:5]))))
    else:
        print(json.dumps(verify(json.load(sys.stdin))))


if __name__ == "__main__":
    main()
