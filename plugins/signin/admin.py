"""Invitations in Django's administration: to read, and to withdraw."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from plugins.host.accounts import actor_of

from .invitations import state, withdraw
from .models import Invitation


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Nothing can be added or changed here; `vib invite` makes invitations."""

    list_display = ("email", "role", "how_it_stands", "made_by", "made_at", "expires", "used_at")
    list_filter = ("role",)
    search_fields = ("email",)
    actions = ("withdraw_chosen",)

    @admin.display(description="state")
    def how_it_stands(self, invitation: Invitation) -> str:
        """Say whether it can still be used."""
        return state(invitation)

    @admin.action(description="Withdraw", permissions=["view"])
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
