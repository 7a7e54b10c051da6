"""For each family and practice set there is one project, whoever asks for it and however often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.plugins.access.inside import World, inside

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.registering import Projects

KEY = "family:F-NIEUW"
DESCRIPTION = f"VIB Studio, {KEY}, method: vib-pleegzorg"
ASKED = {"title": "F-NIEUW", "description": DESCRIPTION, "label_config": "<View></View>"}


def numbers() -> list[int]:
    """Return the projects that say they are for the new family."""
    from projects.models import Project

    return list(Project.objects.filter(description=DESCRIPTION).order_by("pk").values_list("pk", flat=True))


def registered() -> list[int]:
    from plugins.access.models import VibProject

    return list(VibProject.objects.filter(key=KEY).values_list("project", flat=True))


def ask(world: World, who: str = "dienst") -> Any:
    answer = world.ask(who, "POST", "/api/projects/", ASKED)
    assert answer.status == 201, answer.text
    return answer.json


@inside
def test_who_asks_for_a_project_again_gets_the_one_that_is_there(world: World) -> None:
    from tasks.models import Task

    first = ask(world)
    assert (numbers(), registered(), first["task_number"]) == ([first["id"]], [first["id"]], None)
    Task.objects.create(project_id=first["id"], data={"clip": "F-NIEUW/a"})
    again = ask(world)
    assert (again["id"], again["task_number"]) == (first["id"], 1)
    assert numbers() == [first["id"]]


@inside
def test_a_project_that_was_deleted_is_made_anew(world: World) -> None:
    first = ask(world)["id"]
    assert world.ask("dienst", "DELETE", f"/api/projects/{first}/").status == 204
    assert registered() == []
    second = ask(world)["id"]
    assert second != first
    assert registered() == [second]


@inside
def test_an_administrators_own_project_with_that_description_is_neither_refused_nor_taken_for_it(world: World) -> None:
    own = ask(world, "beheer")["id"]
    assert registered() == []
    ours = ask(world)["id"]
    assert ours != own
    assert registered() == [ours]


def projects_of(world: World, library: Path) -> Projects:
    """Return the projects as `vib sync` sees them, through the SDK into this process."""
    import httpx
    from label_studio_sdk.client import LabelStudio

    from scripts.registering import Projects
    from vib.library import Library

    def answer(request: httpx.Request) -> httpx.Response:
        given = world.ask("dienst", request.method, request.url.raw_path.decode(), request.content)
        return httpx.Response(given.status, text=given.text, headers={"Content-Type": given.headers["Content-Type"]})

    through = httpx.Client(transport=httpx.MockTransport(answer))
    client = LabelStudio(base_url="http://testserver", api_key="-", httpx_client=through)  # type: ignore[no-untyped-call]  # the SDK types its client in part
    return Projects(client, Library(library))


@inside
def test_projects_beyond_the_first_page_are_not_made_again(world: World) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory
    from unittest.mock import patch

    from projects.api import ProjectListPagination

    from plugins.access.models import VibProject
    from scripts.registering import Project
    from vib.methods import read_method
    from vib.project_key import ProjectKey

    codebook = read_method("vib-pleegzorg")
    wanted = [Project(ProjectKey("family", f"V-{n}"), f"V-{n}", codebook, "nl") for n in range(4)]
    with TemporaryDirectory() as folder, patch.object(ProjectListPagination, "max_page_size", 2):
        library = Path(folder) / "library.sqlite3"
        made = [projects_of(world, library).ensure(project) for project in wanted]
        again = projects_of(world, library)
        assert [again.ensure(project) for project in wanted] == made
        # Without what the library knows, and without what the server registered of it.
        VibProject.objects.filter(key__startswith="family:V-").delete()
        anew = projects_of(world, Path(folder) / "other.sqlite3")
        assert [anew.ensure(project) for project in wanted] == made


@inside
def test_a_number_that_is_another_familys_by_now_is_not_taken_for_ours(world: World) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from scripts.registering import Project
    from vib.library import Library
    from vib.methods import read_method
    from vib.project_key import ProjectKey

    codebook = read_method("vib-pleegzorg")
    ours, other = (Project(ProjectKey("family", name), name, codebook, "nl") for name in ("V-1", "V-2"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite3"
        numbers = [projects_of(world, path).ensure(project) for project in (ours, other)]
        # As after a database that was put back.
        Library(path).put_project(ours.key, numbers[1])
        assert projects_of(world, path).ensure(ours) == numbers[0]
        assert projects_of(world, path).doubles() == []


@inside
def test_of_what_there_are_several_projects_sync_can_tell(world: World) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from projects.models import Project

    first = ask(world)["id"]
    there = Project.objects.get(pk=first)
    double = Project.objects.create(title="double", description=DESCRIPTION, organization=there.organization)
    with TemporaryDirectory() as folder:
        projects = projects_of(world, Path(folder) / "library.sqlite3")
        assert [str(key) for key in projects.doubles()] == [KEY]
        assert projects.of(projects.doubles()[0]) == [first, double.pk]
