"""Which codes are hardest for the raters of the rounds that somebody leads; for nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from users.models import User

from plugins.guide import texts
from plugins.guide.shelf import SHELF
from plugins.guide.views import refused, shown
from plugins.host.accounts import role_of
from plugins.host.language import language_of
from plugins.host.recording import record
from vib.codebook import Codebook
from vib.hard_code import HardCode, HardCodes
from vib.language import Language
from vib.roles import May, Right, may

MOST_SHOWN = 15
MOST_INSTEAD = 3


def leads_rounds(user: User) -> bool:
    """Tell whether somebody's role leads rounds."""
    return user.pk is not None and may(role_of(user), Right.AGREEMENT) is May.ROUNDS


@require_safe
def hardest(request: HttpRequest, method: str) -> HttpResponse:
    """Show the hardest codes of a method, round by round; 404 for a method that is not there."""
    book = SHELF.readable().get(method)
    if book is None:
        return refused(request, texts.NOT_FOUND, texts.NO_METHOD, 404)
    offered = settings.VIB_PLUGIN_HOST.hook.vib_hard_codes(user=request.user.pk, method=method)
    rounds = [one for found in offered for one in found]
    if rounds:
        try:
            record(request, {family for one in rounds for family in one.families}, _names(rounds))
        except OSError:
            return refused(request, texts.NOT_NOW, texts.NO_RECORD, 503)
    language = language_of(request)
    context = {
        "method": method,
        "title": book.title.to(language),
        "rounds": [_round(one, book, language) for one in rounds],
    }
    return shown(request, "hardest.html", context, kept_by_browser=False)


def _names(rounds: Sequence[HardCodes]) -> str:
    return ", ".join(one.round for one in rounds)


def _round(one: HardCodes, book: Codebook, language: Language) -> dict[str, Any]:
    coded = texts.HARD_CODED.to(language).format(one.raters, one.clips)
    labels = {name: code.label.to(language) for name, code in book.codes.items()}
    codes = [_code(code, labels, language) for code in one.codes if code.code in labels and code.share < 1]
    return {"name": one.round, "coded": coded, "codes": codes[:MOST_SHOWN]}


def _code(one: HardCode, labels: Mapping[str, str], language: Language) -> dict[str, Any]:
    return {
        "id": one.code,
        "label": labels[one.code],
        "said": texts.HARD_AGREED.to(language).format(one.agreed, one.given),
        "agreed": one.agreed,
        "given": one.given,
        "instead": [(labels.get(name, name), number) for name, number in one.instead[:MOST_INSTEAD]],
    }
