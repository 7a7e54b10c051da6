"""Pages of Label Studio that are shut here, or that this plugin answers instead.

This is the one place that knows the names of their routes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from users.forms import UserSignupForm
from users.functions import proceed_registration

from plugins.host import errors
from plugins.host.language import language_of
from vib.roles import ROLES, Role

from . import examples, pages, texts
from .invitations import NotOpen, find, take_up


class Doors:
    """Answer in place of Label Studio where it would let anybody in, or ask somebody else's server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        for name in ANSWERS:
            try:
                reverse(name)
            except NoReverseMatch as error:
                raise RuntimeError(f"Label Studio has no page {name} any more: see plugins/signin/doors.py") from error
        examples.keep_here()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Answer for Label Studio, once its own middleware has checked the request."""
        match = request.resolver_match
        answer = ANSWERS.get(match.view_name) if match else None
        return answer(request) if answer else None


def sign_up(request: HttpRequest) -> HttpResponse:
    """Let who was invited make the account they were invited to, with Label Studio's own form."""
    if request.user.is_authenticated:
        return redirect("main")
    invitation = find(request.GET.get("token"))
    if invitation is None:
        return _no_invitation(request)
    language = language_of(request)
    form = UserSignupForm()
    if request.method == "POST":
        form = UserSignupForm({"email": request.POST.get("email"), "password": request.POST.get("password")})
        if form.is_valid() and form.cleaned_data["email"] != invitation.email:
            form.add_error("email", texts.OTHER_ADDRESS.to(language))
        if form.is_valid():
            try:
                answer: HttpResponse = take_up(
                    invitation,
                    lambda: proceed_registration(request, form, None, reverse("main")),
                    request.META.get("REMOTE_ADDR", ""),
                )
            except NotOpen:
                return _no_invitation(request)
            return answer
    context = {
        "form": form,
        "email": invitation.email,
        "role": ROLES[Role(invitation.role)].to(language),
        "action": request.get_full_path(),
    }
    return pages.form_page(request, "sign_up.html", context)


def _no_invitation(request: HttpRequest) -> HttpResponse:
    return errors.answer(request, 403, texts.NO_INVITATION, texts.NO_INVITATION_WHY)


def _organisation_link(request: HttpRequest) -> HttpResponse:
    """Show, where Label Studio shows one link for everybody, the page that says how it is done here."""
    if not request.user.is_authenticated:
        return errors.answer(request, 403, texts.NO_INVITATION, texts.NO_INVITATION_WHY)
    return JsonResponse({"token": "", "invite_url": reverse("user-signup")})


def _no_tips(request: HttpRequest) -> HttpResponse:
    """Answer with no tips: Label Studio would fetch advertisements of its makers, on the server."""
    return JsonResponse({})


def _docs(request: HttpRequest) -> HttpResponse:
    return errors.answer(request, 404, errors.NOT_HERE, texts.DOCS_ELSEWHERE)


ANSWERS: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "user-signup": sign_up,
    "organizations:organization-invite": _organisation_link,
    "organizations:organization-reset-token": _organisation_link,
    "heidi_tips": _no_tips,
    "swagger-ui": _docs,
    "redoc": _docs,
}
