"""The forms with which a family is made and changed, and its consent recorded."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from plugins.host.accounts import actor_of, role_of
from plugins.host.language import language_of
from plugins.host.pages import page
from vib.family import Family, read_family, stamp_of
from vib.language import Text
from vib.problem import InputProblem
from vib.recordings import VIDEO_SUFFIXES, folder_of
from vib.roles import May, Right, may

from . import family_texts as texts
from .family_changing import change, make_family, offered_pseudonym
from .family_form import (
    CLIP,
    CLIP_TICKED,
    CONSENT,
    MEMBER,
    Fault,
    Row,
    WrongForm,
    clip_rows,
    consent_rows,
    empty_consent,
    family_made,
    faults_by_field,
    member_rows,
    rows_of,
    with_clips,
    with_consent,
    with_members,
)
from .family_names import free_texts, like_names
from .family_shown import consent_page, families_offered, members_page, recordings_page

FIRST_ROWS = 2
"""Empty rows for members of a new family."""

LISTS = {"rows": "members", "consents": "consent", "clips": "clips"}
"""How a page calls its rows, and how their fields begin."""

log = logging.getLogger("vib.intake")

EMPTY: Row = dict.fromkeys(MEMBER, "")


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Offer the families that somebody has, and the form for a new one; on POST, make it."""
    sent = request.POST
    rows = _members_sent(sent) if request.method == "POST" else [dict(EMPTY) for _ in range(FIRST_ROWS)]
    pseudonym = str(sent.get("family", "")).strip() or offered_pseudonym()
    if request.method != "POST" or _rows_changed(sent, rows):
        return _index(request, pseudonym, rows)

    def make() -> str:
        family = family_made(sent, pseudonym, rows)
        _refuse_names(sent, family)
        make_family(family, _user(request), actor_of(request))
        return reverse("vib_intake:consent", args=[family.family])

    return _done(request, make, lambda faults: _index(request, pseudonym, rows, faults))


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, family: str) -> HttpResponse:
    """Show who is in a family, and with what it is coded; on POST, keep what the form says."""
    folder = folder_of(settings.VIB.families, family)
    if folder is None:
        return _without_folder(request, family)
    before, sent = read_family(folder), request.POST
    rows = _members_sent(sent) if request.method == "POST" else member_rows(before)
    if request.method != "POST" or _rows_changed(sent, rows):
        return _members(request, folder, before, rows)

    def keep() -> str:
        _change(request, folder, lambda now: with_members(sent, rows, now))
        return _kept(request, "vib_intake:members", family)

    return _done(request, keep, lambda faults: _members(request, folder, before, rows, faults))


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, family: str) -> HttpResponse:
    """Show who agreed to what; on POST, keep what the form says."""
    folder = folder_of(settings.VIB.families, family)
    if folder is None:
        return _without_folder(request, family)
    before, sent = read_family(folder), request.POST
    rows = rows_of(sent, "consent", CONSENT, ("uses",)) if request.method == "POST" else consent_rows(before)
    if request.method != "POST" or _consents_changed(sent, rows):
        return _consent(request, folder, before, rows)

    def keep() -> str:
        _change(request, folder, lambda now: with_consent(rows, now))
        if sent.get("do") == "send":
            return reverse("vib_intake:send", args=[family])
        return _kept(request, "vib_intake:consent", family)

    return _done(request, keep, lambda faults: _consent(request, folder, before, rows, faults))


@require_http_methods(["GET", "HEAD", "POST"])
def recordings(request: HttpRequest, family: str) -> HttpResponse:
    """Show what is said of each recording; on POST, keep what the form says."""
    folder = folder_of(settings.VIB.families, family)
    if folder is None:
        return _without_folder(request, family)
    before, sent = read_family(folder), request.POST
    there = clip_rows(before, _films(folder))
    if request.method != "POST":
        return _recordings(request, folder, before, there)
    rows = rows_of(sent, "clips", CLIP, CLIP_TICKED)

    def keep() -> str:
        _change(request, folder, lambda now: with_clips(rows, now))
        return _kept(request, "vib_intake:recordings", family)

    return _done(request, keep, lambda faults: _recordings(request, folder, before, rows, faults))


def _films(folder: Path) -> list[str]:
    """Return the files of a family's folder that look like films, by their names."""
    files = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(path.name for path in files if path.suffix.lower() in VIDEO_SUFFIXES and path.is_file())


def _done(
    request: HttpRequest, do: Callable[[], str], again: Callable[[Sequence[Fault]], HttpResponse]
) -> HttpResponse:
    """Do what a form asks and go on from there; where that cannot be, show the form again with what is wrong."""
    try:
        return HttpResponseRedirect(do())
    except WrongForm as wrong:
        return again(wrong.faults)
    except InputProblem as problem:
        return again([Fault("", problem.reason)])
    except OSError:
        log.exception("a family could not be kept")
        return again([Fault("", texts.NOT_WRITTEN)])


def _change(request: HttpRequest, folder: Path, to: Callable[[Family], Family]) -> None:
    """Make of a family what a form says, unless something in it looks like a name."""

    def changed(now: Family) -> Family:
        after = to(now)
        _refuse_names(request.POST, after, now)
        return after

    change(folder, changed, actor_of(request), str(request.POST.get("stamp", "")))


def _kept(request: HttpRequest, name: str, family: str) -> str:
    """Have the page of this name say that what its form said is kept; return its address."""
    messages.success(request, texts.WORDS["kept"].to(language_of(request)))
    return f"{reverse(name, args=[family])}#_done"


def _refuse_names(sent: Mapping[str, Any], family: Family, before: Family | None = None) -> None:
    """Point out what looks like a name and was not there before, until somebody says that it is none.

    Raises
    ------
    WrongForm
        Something does.
    """
    known = set(free_texts(before)) if before else set()
    names = like_names(text for text in free_texts(family) if text not in known)
    if names and not sent.get("no-names"):
        raise WrongForm([Fault("names", texts.LOOKS_LIKE_NAMES.filled(", ".join(names)))])


def _members_sent(sent: Any) -> list[Row]:
    return rows_of(sent, "members", MEMBER)


def _rows_changed(sent: Any, rows: list[Row]) -> bool:
    """Add or take out a row where a button of the form asks that; tell whether one did."""
    asked, _, number = str(sent.get("do", "")).partition("-")
    if asked == "more":
        rows.append(dict(EMPTY))
    elif asked == "remove" and number.isdecimal() and int(number) < len(rows):
        del rows[int(number)]
    else:
        return False
    return True


def _consents_changed(sent: Any, rows: list[Row]) -> bool:
    """Add a row, or put the same in each, where a button of the form asks that; tell whether one did."""
    asked, _, person = str(sent.get("do", "")).partition("-")
    if asked == "more":
        places = [number for number, row in enumerate(rows) if row["person"] == person]
        rows.insert(places[-1] + 1 if places else len(rows), empty_consent(person))
    elif asked == "all":
        same = {field: str(sent.get(f"all-{field}", "")).strip() for field in CONSENT if field != "person"}
        for row in rows:
            row.update(same, uses=list(sent.getlist("all-uses")))
    else:
        return False
    return True


def _index(request: HttpRequest, pseudonym: str, rows: Sequence[Row], faults: Sequence[Fault] = ()) -> HttpResponse:
    language, role = language_of(request), role_of(request.user)
    context = {
        **members_page(request.POST, None, rows, language, settings.VIB.methods_off),
        "pseudonym": pseudonym,
        "families": families_offered(_user(request), role),
        "own_practice": may(role, Right.BRING) is May.OWN_PRACTICE,
    }
    return _page(request, "make.html", context, faults)


def _members(
    request: HttpRequest, folder: Path, family: Family, rows: Sequence[Row], faults: Sequence[Fault] = ()
) -> HttpResponse:
    context = members_page(request.POST, family, rows, language_of(request), settings.VIB.methods_off)
    return _page(request, "members.html", context | _of(request, folder, family), faults)


def _consent(
    request: HttpRequest, folder: Path, family: Family, rows: Sequence[Row], faults: Sequence[Fault] = ()
) -> HttpResponse:
    own_practice = may(role_of(request.user), Right.BRING) is May.OWN_PRACTICE
    context = consent_page(request.POST, family, rows, language_of(request)) | {"own_practice": own_practice}
    return _page(request, "consent.html", context | _of(request, folder, family), faults)


def _recordings(
    request: HttpRequest, folder: Path, family: Family, rows: Sequence[Row], faults: Sequence[Fault] = ()
) -> HttpResponse:
    context = recordings_page(family, rows, language_of(request)) | _of(request, folder, family)
    return _page(request, "recordings.html", context, faults)


def _of(request: HttpRequest, folder: Path, family: Family) -> dict[str, Any]:
    # What was looked at stays what was looked at, however often the form is shown again.
    return {"family": family, "stamp": str(request.POST.get("stamp", "")) or stamp_of(folder)}


def _without_folder(request: HttpRequest, family: str) -> HttpResponse:
    return _page(request, "elsewhere.html", {"family": family}, status=404)


def _page(
    request: HttpRequest, template: str, context: Mapping[str, Any], faults: Sequence[Fault] = (), status: int = 200
) -> HttpResponse:
    language = language_of(request)
    found = faults_by_field(faults)
    said: dict[str, Any] = {
        "faults": {field: reason.to(language) for field, reason in found.items()},
        "problem": _whole(found).to(language) if found else "",
        "names": "names" in found,
        "said": [str(one) for one in messages.get_messages(request)],
    }
    shown = {**context, **said}
    for name, fields in LISTS.items():
        for number, row in enumerate(shown.get(name, ())):
            row["faults"] = _of_row(said["faults"], fields, number)
    return page(request, f"vib_intake/family/{template}", texts.WORDS, shown, status=400 if faults else status)


def _whole(found: Mapping[str, Text]) -> Text:
    """Return what is said of the form as a whole."""
    return next((found[name] for name in ("", "names") if name in found), texts.WORDS["look_below"])


def _of_row(faults: Mapping[str, str], name: str, number: int) -> dict[str, str]:
    start = f"{name}-{number}-"
    return {field.removeprefix(start): said for field, said in faults.items() if field.startswith(start)}


def _user(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
