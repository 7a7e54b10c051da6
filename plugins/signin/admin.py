"""Invitations in Django's administration: to read, and to withdraw."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from plugins.host.accounts import actor_of
from plugins.host.administration import later, name_model, spoken
from vib.roles import ROLES, Role

from . import texts
from .invitations import state, withdraw
from .models import Invitation

name_model(
    Invitation,
    texts.ADMIN["one"],
    texts.ADMIN["many"],
    {name: texts.ADMIN[name] for name in ("email", "role", "made_by", "made_at", "expires", "used_at", "withdrawn_at")},
)


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Nothing can be added or changed here; `vib invite` makes invitations."""

    list_display = ("email", "as_role", "how_it_stands", "made_by", "made_at", "expires", "used_at")
    list_filter = ("role",)
    search_fields = ("email",)
    actions = ("withdraw_chosen",)

    @admin.display(description=later(texts.ADMIN["role"]), ordering="role")
    def as_role(self, invitation: Invitation) -> str:
        """Name the role that the account gets."""
        return spoken(ROLES[Role(invitation.role)])

    @admin.display(description=later(texts.ADMIN["state"]))
    def how_it_stands(self, invitation: Invitation) -> str:
        """Say whether it can still be used."""
        return spoken(texts.STATES[state(invitation)])

    @admin.action(description=later(texts.ADMIN["withdraw"]), permissions=["view"])
    def withdraw_chosen(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        """Make links stop working."""
        by = actor_of(request)
        for email in set(chosen.values_list("email", flat=True)):
            withdraw(email, by)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """No: who was invited stays known."""
        return False
