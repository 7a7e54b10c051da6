"""Packages with a plugin each, installed by entry point, of which all but two fail in a way of their own."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[3]

HEAD = "from vib.hookspecs import hookimpl\n"
PAGE = """\
    from django.http import HttpResponse
    from django.urls import path

    urlpatterns = [path("", lambda request: HttpResponse("page of {name}"))]
"""


def hook(name: str, body: str, arguments: str = "") -> str:
    return f"@hookimpl\ndef {name}({arguments}):\n    {body}\n"


def app(name: str) -> str:
    return hook("vib_django_apps", f"return ['{name}']")


def urls(name: str, prefix: str) -> str:
    return hook("vib_urls", f"return {{'{prefix}': '{name}.urls'}}")


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
    "a_urls_gone": {"plugin": urls("a_urls_gone", "a-urls-gone/")},
    "a_urls_raise": {"plugin": urls("a_urls_raise", "a-urls-raise/"), "urls": "raise RuntimeError('fails')"},
    "a_urls_regex": {
        "plugin": urls("a_urls_regex", "a-urls-regex/"),
        "urls": "from django.urls import re_path\n\nurlpatterns = [re_path('(', print)]",
    },
    "a_urls_taken": {"plugin": urls("a_urls_taken", "agreement/"), "urls": PAGE.format(name="a thief")},
    "a_urls_name": {"plugin": urls("a_urls_name", "a-urls-name/"), "urls": "app_name = 'vib_guide'\nurlpatterns = []"},
    "a_page": {
        "plugin": urls("a_page", "a-page/"),
        "urls": """\
        from django.http import Http404
        from django.urls import path

        def fails(request):
            raise RuntimeError("fails a_page")

        def gone(request):
            raise Http404

        urlpatterns = [path("", fails), path("gone/", gone)]
        """,
    },
    "a_rights": {"plugin": hook("vib_route_rights", "return {'GET vib/a-page/': ('fly',)}")},
    "a_links": {"plugin": hook("vib_start_links", "raise RuntimeError('fails a_links')", "user")},
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
        "plugin": urls("works", "works/")
        + app("works")
        + middleware("works")
        + hook("vib_route_rights", "return {'GET vib/works/': ('see',), 'GET vib/works/count/': ('see',)}"),
        "urls": """\
        from django.http import HttpResponse
        from django.shortcuts import render
        from django.urls import path

        count = []

        def page(request):
            count.append(1)
            return render(request, "works/page.html", {"count": len(count)})

        urlpatterns = [path("", page)]
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
    """Write the package that `docs/how-to/write-a-plugin.md` shows, from its blocks of code, as if it was installed."""
    said = (
        (ROOT / "docs" / "how-to" / "write-a-plugin.md").read_text(encoding="utf-8").partition("## As an installed")[2]
    )
    files = dict(re.findall(r"^`([\w./]+)`.*?\n\n```\w+\n(.*?)^```$", said, flags=re.M | re.S))
    [entry] = re.findall(r"^\[project\.entry-points\.vib\]\n(.+)$", files["pyproject.toml"], flags=re.M)
    (site / "talk").mkdir(parents=True)
    (site / "talk" / "__init__.py").touch()
    for name, text in files.items():
        (site / name).write_text(text, encoding="utf-8")
    info = site / "vib_talk-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vib-talk\nVersion: 0.1.0\n", encoding="utf-8")
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
