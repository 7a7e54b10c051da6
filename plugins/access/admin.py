"""Django's administration of who may see what: families, who has them, and rounds.

All goes through `granting` and `rounds`, so the rules and the log are those of `vib access`. What
an administrator sees is narrowed, also here: names of practice sets and of clips are read past that,
and nothing of what is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Prefetch, QuerySet
from django.http import HttpRequest
from users.models import User

from plugins.access import granting, rounds, seeing, texts_command
from plugins.access import texts_admin as texts
from plugins.access.granting import By, Outcome
from plugins.access.models import Family, FamilyGrant, Round, RoundMember
from plugins.access.narrowing import everything
from plugins.access.viewer import Viewer
from plugins.host.accounts import actor_of, role_of
from plugins.host.administration import capital, later, name_model, page_language, spoken
from vib.actor import nobody
from vib.language import Text
from vib.problem import InputProblem
from vib.roles import ROLES, Role

Choices = list[tuple[str, str]]
RATER, SUPERVISOR = rounds.RATER, rounds.SUPERVISOR

name_model(Family, texts.FAMILY, texts.FAMILIES, {"pseudonym": texts.PSEUDONYM})
name_model(
    FamilyGrant,
    texts.GRANT,
    texts.GRANTS,
    {"family": texts.FAMILY, "user": texts.ACCOUNT, "granted_at": texts.GRANTED_AT},
)
name_model(
    Round,
    texts.ROUND,
    texts.ROUNDS,
    {"name": texts.NAME, "predictions_shown": texts.TURNS_SHOWN, "opened_at": texts.OPENED_AT, "due": texts.DUE},
)


def people(rule: Callable[[Viewer], bool], others: Iterable[str] = ()) -> Choices:
    """Return the accounts whose role fits a rule, and others, each with its role."""
    names = [role.value for role in granting.roles_that(rule)]
    found = User.objects.filter(is_active=True, groups__name__in=names) | User.objects.filter(email__in=list(others))
    accounts = found.distinct().order_by("email").prefetch_related("groups")
    return [(user.email, f"{user.email} ({_role(role_of(user))})") for user in accounts]


def _role(role: Role | None) -> str:
    return spoken(ROLES[role] if role else texts.NO_ROLE)


def has_part(part: str) -> Callable[[Viewer], bool]:
    """Return the rule that somebody's role has a part in rounds."""
    return lambda viewer: viewer.part == part


class _Rehearsed(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


def rehearse(do: Callable[[By], Sequence[Outcome]]) -> None:
    """Find out whether something can be done, without doing it.

    Raises
    ------
    ValidationError
        It cannot; says why.
    """
    try:
        with everything(), transaction.atomic():
            do(By(nobody()))
            raise _Rehearsed
    except _Rehearsed:
        return
    except InputProblem as problem:
        raise ValidationError(problem.message(page_language())) from problem


class Kept(admin.ModelAdmin):  # type: ignore[type-arg]  # takes no argument when it runs
    """Pages whose rows are kept and changed by our own rules."""

    def done(self, request: HttpRequest, do: Callable[[By], Sequence[Outcome]]) -> None:
        """Do something in the administrator's name, and say what was done."""
        with granting.acting(actor_of(request)) as by:
            outcomes = do(by)
        for outcome in outcomes:
            if outcome.changed:
                messages.success(request, f"{spoken(outcome.text)}.")


@admin.register(Family)
class FamilyAdmin(Kept):
    """Families, and who can see each. They come with `vib sync`: nothing is changed here."""

    list_display = ("pseudonym", "has_it")
    fields = ("pseudonym", "sees_it")
    readonly_fields = fields
    search_fields = ("pseudonym",)

    @admin.display(description=later(texts.ASSIGNED_TO))
    def has_it(self, family: Family) -> str:
        """Name the accounts that have the family."""
        return ", ".join(grant.user.email for grant in family.grants.all()) or spoken(texts.NOBODY)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Family]:
        """Return families with who has them."""
        grants = FamilyGrant.objects.select_related("user").order_by("user__email")
        return super().get_queryset(request).prefetch_related(Prefetch("grants", grants))

    @admin.display(description=later(texts.WHO_CAN_SEE))
    def sees_it(self, family: Family) -> str:
        """Name everybody who can see clips of the family, and why."""
        found = [f"{who.email} ({_role(Role(who.role))}): {spoken(who.why)}" for who in seeing.who_can_see(family.pk)]
        return "\n".join([*(found or [spoken(texts_command.NOBODY)]), "", spoken(texts_command.OTHERS_TOO)])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Family | None = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Family | None = None) -> bool:
        """No."""
        return False


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """Assign a family to somebody."""

    account = forms.ChoiceField(label=capital(texts.ACCOUNT), help_text=later(texts.ONLY_WITH_FAMILIES))
    assigned = forms.ChoiceField(label=capital(texts.FAMILY))

    class Meta:
        model = FamilyGrant
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families = Family.objects.order_by("pseudonym").values_list("pseudonym", flat=True)
        offered: dict[str, Any] = self.fields
        offered["account"].choices = [("", "---------"), *people(lambda viewer: viewer.has_families)]
        offered["assigned"].choices = [("", "---------"), *((family, family) for family in families)]

    def clean(self) -> dict[str, Any]:
        """Check it by the rules of `granting`, and that it is not there yet."""
        content = super().clean() or {}
        if {"account", "assigned"} <= content.keys():
            email, family = content["account"], content["assigned"]
            rehearse(lambda by: granting.grant(by, email, [family]))
            if FamilyGrant.objects.filter(user__email=email, family=family).exists():
                raise ValidationError(spoken(texts_command.HAD, email=email, family=family))
        return content


@admin.register(FamilyGrant)
class FamilyGrantAdmin(Kept):
    """Who has which family: to add and to take away."""

    form = GrantForm
    list_display = ("family", "user", "granted_at")
    list_display_links = None
    list_filter = ("family",)
    search_fields = ("family__pseudonym", "user__email")
    list_select_related = ("user", "family")
    actions = ("take_away",)

    @admin.action(description=later(texts.TAKE_AWAY), permissions=["delete"])
    def take_away(self, request: HttpRequest, chosen: QuerySet[FamilyGrant]) -> None:
        """Take each of these families away from who has it."""
        pairs = list(chosen.values_list("user__email", "family"))
        self.done(request, lambda by: [one for email, family in pairs for one in granting.revoke(by, email, [family])])

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer ours in the place of Django's own."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request: HttpRequest, obj: FamilyGrant, form: Any, change: bool) -> None:
        """Assign the family."""
        email, family = form.cleaned_data["account"], form.cleaned_data["assigned"]
        self.done(request, lambda by: granting.grant(by, email, [family]))
        made = FamilyGrant.objects.get(user__email=email, family=family)
        obj.pk, obj.user, obj.family = made.pk, made.user, made.family

    def delete_model(self, request: HttpRequest, obj: FamilyGrant) -> None:
        """Take the family away."""
        self.done(request, lambda by: granting.revoke(by, obj.user.email, [obj.family.pk]))

    def has_change_permission(self, request: HttpRequest, obj: FamilyGrant | None = None) -> bool:
        """No: one is taken away and another given."""
        return False


def _boxes(label: Text, help_text: Text) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=capital(label),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "radiolist"}),
        help_text=later(help_text),
    )


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """A round with all that is in it, on one page."""

    practice = forms.ChoiceField(label=capital(texts.PRACTICE_SET))
    supervisors = _boxes(texts.SUPERVISORS, texts.SUPERVISORS_SEE)
    raters = _boxes(texts.RATERS, texts.RATERS_SEE)
    clips = _boxes(texts.CLIPS, texts.CLIPS_ARE)
    predictions_shown = forms.BooleanField(required=False, initial=True, label=capital(texts.PREDICTIONS))

    class Meta:
        model = Round
        fields = ("name", "predictions_shown", "due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = self.instance if self.instance.pk else None
        # Django puts the new day on the instance before it is carried out.
        self.due = self.instance.due
        with everything():
            self.sets = rounds.practice_sets()
            # Read now: Django fills in the page later, when this administrator sees none of it.
            clips = {key: list(rounds.clips_of(number)) for key, number in self.sets.items()}
        self.was: dict[str, list[str]] = {"supervisors": [], "raters": [], "clips": []}
        if there is not None:
            key = next((key for key, number in self.sets.items() if number == there.project_id), "")
            self.was["supervisors"] = list(seeing.members_of(there, SUPERVISOR))
            self.was["raters"] = list(seeing.members_of(there, RATER))
            self.was["clips"] = rounds.clips_in(there)
            clips = {key: clips.get(key, [])}
            for name in ("name", "practice"):
                self.fields[name].disabled = True
            self.initial.update(self.was, practice=key)
        offered: dict[str, Any] = self.fields
        offered["practice"].choices = [
            (key, key) for key in (self.sets if there is None else [self.initial["practice"]])
        ]
        for name, part in (("supervisors", SUPERVISOR), ("raters", RATER)):
            offered[name].choices = people(has_part(part), self.was[name])
        offered["clips"].choices = [
            (clip, clip) if len(clips) == 1 else (clip, f"{clip} ({key})") for key in clips for clip in clips[key]
        ]

    def clean(self) -> dict[str, Any]:
        """Check it by the rules of `rounds`."""
        content = super().clean() or {}
        if not self.errors:
            rehearse(self.carry_out)
        return content

    def carry_out(self, by: By) -> list[Outcome]:
        """Make the round as the page says, or change what is different."""
        content, name = self.cleaned_data, self.cleaned_data["name"]
        outcomes = []
        if self.instance.pk:
            gone = [email for part in ("supervisors", "raters") for email in self._less(part)]
            outcomes += rounds.remove_members(by, name, gone)
            outcomes += rounds.take_back(by, name, self._less("clips"))
        outcomes += rounds.make_round(
            by,
            name,
            content["practice"],
            supervisors=self._more("supervisors"),
            raters=self._more("raters"),
            clips=self._more("clips"),
            predictions_shown=content["predictions_shown"],
        )
        return outcomes if content["due"] == self.due else outcomes + rounds.set_due(by, name, content["due"])

    def _more(self, name: str) -> list[str]:
        return [value for value in self.cleaned_data[name] if value not in self.was[name]]

    def _less(self, name: str) -> list[str]:
        return [value for value in self.was[name] if value not in self.cleaned_data[name]]


@admin.register(Round)
class RoundAdmin(Kept):
    """Rounds of blind coding."""

    form = RoundForm
    list_display = ("name", "practice_set", "raters", "clips_number", "predictions_shown", "due", "opened_at")
    fields = ("name", "practice", "supervisors", "raters", "clips", "predictions_shown", "due", "opened_at")
    readonly_fields = ("opened_at",)
    search_fields = ("name",)
    actions = ("open_rounds", "close_rounds")

    @admin.display(description=later(texts.PRACTICE_SET))
    def practice_set(self, round_: Any) -> str:
        """Name the practice set."""
        return rounds.practice_named(round_.key or "") or ""

    @admin.display(description=later(texts.RATERS))
    def raters(self, round_: Any) -> str:
        """Name the raters."""
        return ", ".join(member.user.email for member in round_.coded_by) or spoken(texts.NOBODY)

    @admin.display(description=later(texts.CLIPS))
    def clips_number(self, round_: Any) -> int:
        """Count the clips."""
        return int(round_.handed)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        """Return rounds with what the list says of each."""
        raters = RoundMember.objects.filter(part=RATER).select_related("user").order_by("user__email")
        found = super().get_queryset(request).annotate(handed=Count("clips"), key=F("project__vib__key"))
        return found.prefetch_related(Prefetch("members", raters, to_attr="coded_by"))

    @admin.action(description=later(texts.OPEN))
    def open_rounds(self, request: HttpRequest, chosen: QuerySet[Round]) -> None:
        """Open these rounds."""
        names = list(chosen.values_list("name", flat=True))
        self.done(request, lambda by: [one for name in names for one in rounds.open_round(by, name)])

    @admin.action(description=later(texts.CLOSE))
    def close_rounds(self, request: HttpRequest, chosen: QuerySet[Round]) -> None:
        """Close these rounds."""
        names = list(chosen.values_list("name", flat=True))
        self.done(request, lambda by: [one for name in names for one in rounds.close_round(by, name)])

    def save_model(self, request: HttpRequest, obj: Round, form: Any, change: bool) -> None:
        """Make or change the round."""
        self.done(request, form.carry_out)
        obj.pk = Round.objects.get(name=form.cleaned_data["name"]).pk

    def has_delete_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        """No: what was coded blind stays known. An empty round shows nothing to nobody."""
        return False
