"""How these pages are made, and how they say no."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plugins.agreement.comparing.together import NotTogether
from plugins.host import pages
from plugins.host.accounts import role_of
from plugins.host.language import language_of
from plugins.host.page_registry import REGISTRY
from plugins.host.recording import record
from vib.language import Language, Text
from vib.pluginhost import by_name
from vib.problem import InputProblem
from vib.statistic import Statistic

from . import texts, texts_settled
from .reading import Group, Material, material_of

POLICY = f"{pages.POLICY}; img-src 'self' data:"
"""As every page, with pictures that are written in it."""

KEPT = tuple("tier code clip pair one with reference also mark overlap tolerance sort calculated lang".split())
"""What of an address goes along to the next page."""

FRONT_DOOR = "/vib/"

MOST_NAMED = 20
"""Problems that a page names; it counts the others."""

WORDS: Mapping[str, Text] = {**texts.WORDS, **texts_settled.WORDS}

View = Callable[..., HttpResponse]


@final
class Refused(Exception):
    """A page that is not given, and why."""

    def __init__(self, status: int, heading: Text, why: Text) -> None:
        super().__init__(why.en)
        self.status, self.heading, self.why = status, heading, why


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Render one of our templates; never kept by a browser."""
    return pages.page(request, f"vib_agreement/{template}", WORDS, context, status=status, policy=POLICY)


def way_back(request: HttpRequest, view_name: str, **named: Any) -> str:
    """Return the address of a page of any plugin, that of the front door where it is not there or not for who asks."""
    user: Any = request.user
    return REGISTRY.way(view_name, role_of(user), **named) or FRONT_DOOR


def kept(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return what of the query of this page goes along to the next."""
    return tuple((name, request.GET[name]) for name in KEPT if request.GET.get(name))


def query(request: HttpRequest, **changed: str) -> str:
    """Return the query of this page with some of it changed; an empty value leaves it out."""
    asked = {**dict(kept(request)), **changed}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def saying_no(view: View) -> View:
    """Make a view answer with a page that says what is wrong, where it would raise."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        language = language_of(request)
        try:
            return view(request, **named)
        except Refused as refused:
            heading, why, status = refused.heading.to(language), refused.why.to(language), refused.status
        except NotTogether as problem:
            heading, why, status = texts.NOT_TOGETHER.to(language), problem.message(language), 409
        except InputProblem as problem:
            heading, why, status = texts.BAD_ADDRESS.to(language), problem.message(language), 400
        back = request.path if status == 400 and request.GET else way_back(request, "vib_agreement:index")
        return page(request, "problem.html", {"heading": heading, "problem": why, "back": back}, status=status)

    return answer


def material_for(request: HttpRequest, group: Group | None, about: str = "") -> Material:
    """Read what the raters of a group submitted, to be shown to who asks; it is recorded, with what it is `about`.

    Raises
    ------
    Refused
        There is no such group for who asks, or it cannot be recorded.
    """
    if group is None:
        raise Refused(404, texts.NOT_FOUND, texts.NOT_THERE)
    material = material_of(group)
    try:
        record(request, material.families, f"{group.kind} {group.name}{about}")
    except OSError as error:
        raise Refused(503, texts.NOT_NOW, texts.NO_RECORD) from error
    if request.GET.get("calculated") and material.codebooks:
        return material.with_calculated()
    return material


def statistics() -> list[Statistic]:
    """Return every statistic that plugins offer."""
    return list(by_name(settings.VIB_PLUGIN_HOST.hook.vib_statistics()).values())


def shared(material: Material, language: Language) -> dict[str, Any]:
    """Return what each page of a group shows of it."""
    return {
        "group": material.group,
        "group_address": material.group.address(),
        "problems": _named(material.problems, language),
        "no_codebook": material.codebook is None,
        "calculated": material.calculated,
    }


def clip_address(request: HttpRequest, group: Group, clip: str) -> str:
    """Return the address of the page of a clip, with what is chosen on this one."""
    return group.address("clip", clip) + query(request, clip="")


def _named(problems: Sequence[InputProblem], language: Language) -> list[str]:
    named = [problem.message(language) for problem in problems[:MOST_NAMED]]
    more = len(problems) - len(named)
    return [*named, texts.WORDS["more_problems"].to(language).format(more)] if more else named
