"""What `vib plugins new` writes: a working part of each kind, with its test. ``NAME`` and ``PACKAGE`` are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a plugin may add.

    Parameters
    ----------
    imports, test_imports : tuple[str, ...]
        Import lines of the plugin, and of its test.
    code, test : str
        The hook with what it needs, and a test of it.
    files : Mapping[str, str]
        More files, by path within the plugin.
    """

    imports: tuple[str, ...]
    code: str
    test_imports: tuple[str, ...]
    test: str
    files: Mapping[str, str] = field(default_factory=dict)


STATISTIC = Part(
    imports=(
        "from collections.abc import Sequence",
        "from vib.language import Text",
        "from vib.statistic import Estimate, Question, Statistic",
    ),
    code='''\
NO_CLIP = Text(nl="niemand zag dit", en="nobody saw this")


def both_saw(question: Question) -> Estimate:
    """Return the share of the clips in which everybody saw something, of those in which anybody did."""
    seen = [[clip.timelines[rater] for rater in question.raters] for clip in question.clips]
    saw = [[question.tier in (*one.tiers, *one.attribute_names) for one in clip] for clip in seen]
    anybody = [each for each in saw if any(each)]
    if not anybody:
        return Estimate("share of clips", None, 0, len(question.raters), undefined_because=NO_CLIP)
    share = sum(all(each) for each in anybody) / len(anybody)
    return Estimate("share of clips", share, len(anybody), len(question.raters))


@hookimpl
def vib_statistics() -> Sequence[Statistic]:
    """Offer the share of clips in which both saw something."""
    label = Text(nl="Allebei gezien", en="Both saw this")
    return [Statistic("NAME_both_saw", label, "event", "own", both_saw, per_code=False, measured_in="share")]
''',
    test_imports=(
        "from vib.observation import Observation, RaterSet, Timeline",
        "from vib.pluginhost import by_name",
        "from vib.statistic import Question",
    ),
    test="""\
def test_the_statistic_is_the_share_of_clips_in_which_both_saw_it() -> None:
    saw, saw_not = Timeline(60, [Observation("turn", "child", 0, 5)]), Timeline(60)
    clips = [
        RaterSet("one", 60, {"anna": saw, "bram": saw}),
        RaterSet("two", 60, {"anna": saw, "bram": saw_not}),
        RaterSet("three", 60, {"anna": saw_not, "bram": saw_not}),
    ]
    statistic = by_name(HOST.hook.vib_statistics())["NAME_both_saw"]
    assert statistic.calculate(Question(clips, ("anna", "bram"), "turn")).value == 0.5
    assert statistic.calculate(Question(clips[2:], ("anna", "bram"), "turn")).value is None
""",
)

FORMAT = Part(
    imports=(
        "from collections.abc import Sequence",
        "from vib.exporting import Export, ExportFormat",
        "from vib.language import Text",
    ),
    code='''\
def clip_names(export: Export) -> str:
    """Return a line for each clip: its name, and who coded it."""
    return "".join(f"{clip.clip}: {', '.join(sorted(clip.timelines))}\\n" for clip in export.clips)


@hookimpl
def vib_export_formats() -> Sequence[ExportFormat]:
    """Offer `vib export --format NAME`."""
    return [ExportFormat("NAME", Text(nl="Clips en codeurs", en="Clips and raters"), clip_names)]
''',
    test_imports=(
        "from vib.exporting import Export",
        "from vib.methods import read_method",
        "from vib.observation import RaterSet, Timeline",
        "from vib.pluginhost import by_name",
    ),
    test="""\
def test_the_format_names_each_clip_and_who_coded_it() -> None:
    clips = [RaterSet("F-0001/one", 60, {"bram": Timeline(60), "anna": Timeline(60)})]
    [offered] = HOST.hook.vib_export_formats()
    written = by_name([offered])["NAME"].write(Export(clips, read_method("vib-pleegzorg"), []))
    assert written == "F-0001/one: anna, bram\\n"
""",
)

SEGMENTER = Part(
    imports=(
        "from collections.abc import Mapping",
        "from pathlib import Path",
        "from vib.media import probe",
        "from vib.segmenting import Segmentation, Segmenter, Turn, Watch",
    ),
    code='''\
class WholeClip:
    """Takes a clip for one turn, of nobody knows whom."""

    version = "NAME-1"

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Return one turn, as long as the clip."""
        seconds = probe(path).duration
        return Segmentation(path.name, seconds, self.version, (Turn(0.0, seconds, "onbekend", 0.0),))


@hookimpl
def vib_segmenters() -> Mapping[str, type[Segmenter]]:
    """Offer a segmenter: `VIB_SEGMENTER=NAME` chooses it."""
    return {"NAME": WholeClip}
''',
    test_imports=("import wave", "from pathlib import Path"),
    test="""\
def test_the_segmenter_cuts_a_clip(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "clip.wav"), "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(8000)
        clip.writeframes(bytes(2 * 8000 * 2))
    [offered] = HOST.hook.vib_segmenters()
    found = offered["NAME"]().segment(tmp_path / "clip.wav")
    assert [(turn.start, turn.end) for turn in found.turns] == [(0.0, 2.0)]
""",
)

PAGE = Part(
    imports=(
        "from collections.abc import Sequence",
        "from vib.language import Text",
        "from vib.page import Menu, Page",
        "from vib.roles import Right",
    ),
    code='''\
HEADING = Text(nl="TITLE", en="TITLE")


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load this folder as a Django application, so that its templates and static files are found."""
    return ["PACKAGE"]


@hookimpl
def vib_pages() -> Sequence[Page]:
    """Serve the page at ``/vib/NAME/``, for everybody with an account."""
    return [
        Page(
            "NAME/",
            "PACKAGE.views:index",
            "index",
            (Right.ACCOUNT,),
            title=HEADING,
            menu=Menu.MAIN,
        )
    ]
''',
    test_imports=(
        "import os",
        "import subprocess",
        "import sys",
        "from pathlib import Path",
        "from vib.page import Menu",
        "from vib.roles import Right",
    ),
    test='''\
ASK = """
import django

django.setup()
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from PACKAGE.views import index

for language in ("nl", "en"):
    request = RequestFactory().get("/vib/NAME/", {"lang": language})
    request.user = AnonymousUser()
    print(index(request).content.decode())
"""


def test_the_page_is_there_in_both_languages(tmp_path: Path) -> None:
    # In a process of its own: Django can be given its settings once only.
    ours = {"DJANGO_SETTINGS_MODULE": "plugins.settings", "VIB_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**os.environ, **ours}, capture_output=True, text=True, check=False
    )
    assert "Een pagina van de plugin NAME." in done.stdout, done.stderr
    assert "A page of the plugin NAME." in done.stdout, done.stderr


def test_the_main_menu_leads_everybody_with_an_account_to_the_page() -> None:
    [[page]] = HOST.hook.vib_pages()
    assert (page.path, page.rights, page.menu) == ("vib/NAME/", (Right.ACCOUNT,), Menu.MAIN)
''',
    files={
        "apps.py": '''\
"""The Django application of the plugin; its label clashes with none of Label Studio."""

from __future__ import annotations

from django.apps import AppConfig


class PluginConfig(AppConfig):
    """The templates and static files of this folder."""

    name = "PACKAGE"
    label = "vib_NAME"
''',
        "views.py": '''\
"""The page of the plugin."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plugins.host.pages import page
from vib.language import Text

from .plugin import HEADING

WORDS: Mapping[str, Text] = {
    "heading": HEADING,
    "about": Text(nl="Een pagina van de plugin NAME.", en="A page of the plugin NAME."),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the page; what the template is given is escaped."""
    return page(request, "vib_NAME/index.html", WORDS, {})
''',
        "templates/vib_NAME/index.html": """\
{% extends "vib/page.html" %}
{% block title %}{{ word.heading }}{% endblock %}
{% block content %}
<h1>{{ word.heading }}</h1>
<p class="lead">{{ word.about }}</p>
{% endblock %}
""",
    },
)

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "vib-NAME"
version = "0.1.0"
description = "Plugin NAME for VIB Studio"
requires-python = ">=3.11"
dependencies = ["vib-studio"]

[project.entry-points.vib]
NAME = "NAME.plugin"

[tool.hatch.build.targets.wheel]
packages = ["NAME"]
"""
