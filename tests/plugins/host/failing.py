"""Packages with a plugin each, installed by entry point, of which all but two fail in a way of their own."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[3]

HEAD = "from vib.hookspecs import hookimpl\n"
PAGES = "from vib.language import Text\nfrom vib.page import Menu, Page\nfrom vib.roles import Right\n"
THEIRS = """\
    from django.http import HttpResponse

    def page(request):
        return HttpResponse("page of a thief")
"""


def hook(name: str, body: str, arguments: str = "") -> str:
    return f"@hookimpl\ndef {name}({arguments}):\n    {body}\n"


def app(name: str) -> str:
    return hook("vib_django_apps", f"return ['{name}']")


def page(name: str, address: str, more: str = "(Right.ACCOUNT,)", view: str = "page") -> str:
    return PAGES + hook("vib_pages", f"return [Page('{address}', '{name}.views:{view}', '{view}', {more})]")


def middleware(name: str, more: str = "") -> str:
    add = f"return {{'MIDDLEWARE': [*settings['MIDDLEWARE'], '{name}.middleware.Middle']}}"
    return hook("vib_django_settings", add, "settings") + more


def config(name: str, body: str, label: str = "") -> str:
    return f"""\
    from django.apps import AppConfig

    class Config(AppConfig):
        name = "{name}"
        label = "{label or name}"
        default_auto_field = "django.db.models.BigAutoField"
        {body}
    """


def middle(*methods: str) -> str:
    head = "class Middle:\n    def __init__(self, get_response):\n        self.get_response = get_response\n"
    return head + "".join(f"    {method}\n" for method in methods)


PASSES = "def __call__(self, request): return self.get_response(request)"

PACKAGES: dict[str, dict[str, str]] = {
    "a_importing": {"plugin": "raise RuntimeError('fails a_importing')"},
    "a_app_gone": {"plugin": app("no_such_app")},
    "a_app_config": {"plugin": app("a_app_config"), "apps": "raise RuntimeError('fails a_app_config')"},
    "a_app_label": {"plugin": app("a_app_label"), "apps": config("a_app_label", "pass", "tasks")},
    "a_app_models": {
        "plugin": app("a_app_models"),
        "apps": config("a_app_models", "pass"),
        "models": """\
        from django.db import models

        class Half(models.Model):
            user = models.ForeignKey("users.User", on_delete=models.CASCADE)

        raise RuntimeError("fails a_app_models")
        """,
    },
    "a_app_ready": {
        "plugin": app("a_app_ready"),
        "apps": config("a_app_ready", "def ready(self): raise RuntimeError('fails a_app_ready')"),
    },
    "a_page_gone": {"plugin": page("a_page_gone", "a-page-gone/")},
    "a_page_raises": {"plugin": page("a_page_raises", "a-page-raises/"), "views": "raise RuntimeError('fails')"},
    "a_page_no_view": {"plugin": page("a_page_no_view", "a-page-no-view/"), "views": "pages = 3"},
    "a_page_address": {"plugin": page("a_page_address", "a-page/<number:of>/"), "views": THEIRS},
    "a_page_taken": {"plugin": page("a_page_taken", "agreement/"), "views": THEIRS},
    "a_page_open": {"plugin": page("a_page_open", "a-page-open/", "()"), "views": THEIRS},
    "a_page_twice": {
        "plugin": PAGES
        + hook(
            "vib_pages",
            "return [Page('a-page-twice/', 'a_page_twice.views:' + view, view, (Right.ACCOUNT,), methods=(method,))"
            " for view, method in (('page', 'GET'), ('change', 'POST'))]",
        ),
        "views": THEIRS + "\n    change = page\n",
    },
    "a_page_right": {"plugin": page("a_page_right", "a-page-right/", "('fly',)"), "views": THEIRS},
    "a_page": {
        "plugin": PAGES
        + hook(
            "vib_pages",
            "return [Page('a-page/', 'a_page.views:fails', 'fails', (Right.ACCOUNT,)),"
            " Page('a-page/gone/', 'a_page.views:gone', 'gone', (Right.ACCOUNT,))]",
        ),
        "views": """\
        from django.http import Http404

        def fails(request):
            raise RuntimeError("fails a_page")

        def gone(request):
            raise Http404
        """,
    },
    "a_settings": {"plugin": hook("vib_django_settings", "raise RuntimeError('fails a_settings')", "settings")},
    "a_settings_less": {"plugin": hook("vib_django_settings", "return {'MIDDLEWARE': ['one.only']}", "settings")},
    "a_middle_gone": {"plugin": middleware("a_middle_gone")},
    "a_middle_init": {
        "plugin": middleware("a_middle_init"),
        "middleware": "class Middle:\n    def __init__(self, get_response):\n        raise RuntimeError('fails')\n",
    },
    "a_middle_before": {
        "plugin": middleware("a_middle_before"),
        "middleware": middle("def __call__(self, request): raise RuntimeError('fails')"),
    },
    "a_middle_after": {
        "plugin": middleware("a_middle_after"),
        "middleware": middle("def __call__(self, request): return self.get_response(request) and None"),
    },
    "a_middle_view": {
        "plugin": middleware("a_middle_view"),
        "middleware": middle(
            PASSES, "def process_view(self, request, view, arguments, named): raise RuntimeError('fails')"
        ),
    },
    "a_middle_template": {
        "plugin": middleware("a_middle_template"),
        "middleware": middle(
            PASSES, "def process_template_response(self, request, response): raise RuntimeError('fails')"
        ),
    },
    "works": {
        "plugin": page("works", "works/", "(Right.SEE,), title=Text(nl='Werkt', en='It works'), menu=Menu.MAIN")
        + app("works")
        + middleware("works"),
        "views": """\
        from django.shortcuts import render

        count = []

        def page(request):
            count.append(1)
            return render(request, "works/page.html", {"count": len(count)})
        """,
        "apps": config("works", "pass"),
        "models": """\
        from django.db import models

        class Note(models.Model):
            text = models.TextField()
        """,
        "migrations/__init__": "",
        "migrations/0001_initial": """\
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel(
                    "Note", [("id", models.BigAutoField(primary_key=True)), ("text", models.TextField())]
                )
            ]
        """,
        "middleware": """\
        from django.core.exceptions import PermissionDenied

        class Middle:
            def __init__(self, get_response):
                self.get_response = get_response
            def __call__(self, request):
                if "no" in request.GET:
                    raise PermissionDenied
                response = self.get_response(request)
                response["X-Works"] = "yes"
                return response
            def process_template_response(self, request, response):
                response["X-Template"] = "yes"
                return response
        """,
    },
}


def install_from_docs(site: Path) -> None:
    """Write the packages that `docs/how-to` shows, from the blocks of code there, as if they were installed."""
    for page, after in (("write-a-plugin", "## As an installed"), ("write-a-page", "# Write a page")):
        said = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8").partition(after)[2]
        files = dict(re.findall(r"^`([\w./]+)`.*?\n\n```\w+\n(.*?)^```$", said, flags=re.M | re.S))
        described = files.pop("pyproject.toml", '[project.entry-points.vib]\nlately = "lately.plugin"\n')
        [entry] = re.findall(r"^\[project\.entry-points\.vib\]\n(.+)$", described, flags=re.M)
        name = entry.split()[0]
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").touch()
        for file, text in files.items():
            (site / file).parent.mkdir(parents=True, exist_ok=True)
            (site / file).write_text(text, encoding="utf-8")
        info = site / f"vib_{name}-0.1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: vib-{name}\nVersion: 0.1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[vib]\n{entry.replace(chr(34), '')}\n", encoding="utf-8")


def install(site: Path) -> None:
    """Write the packages into a folder, each with the entry point of its plugin."""
    for name, files in PACKAGES.items():
        package = site / name
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        for file, text in files.items():
            path = package / f"{file}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text((HEAD if file == "plugin" else "") + dedent(text), encoding="utf-8")
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[vib]\n{name} = {name}.plugin\n", encoding="utf-8")
    templates = site / "works" / "templates" / "works"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text("asked {{ count }} time", encoding="utf-8")
