"""What Label Studio itself keeps of somebody, as far as they may see it; its queries are narrowed to that."""

from __future__ import annotations

from collections.abc import Iterator

from data_manager.models import View
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import F
from projects.models import LabelStreamHistory, Project
from rest_framework.authtoken.models import Token
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken
from tasks.models import Annotation, AnnotationDraft
from users.models import User
from users.product_tours.models import UserProductTour

from plugins.host.accounts import role_of
from plugins.host.kept_rows import kept_rows
from vib.kept import CLIP, Kept, Record
from vib.roles import ROLES

from . import texts

OF_TASK = {CLIP: F("task__data__clip"), "project_title": F("task__project__title")}
MADE_WITH = {name: F(f"vib_made_with__{name}") for name in ("method", "version", "level")}
OF_PROJECT = {"project_title": F("project__title")}


def kept_of(user: int) -> list[Kept]:
    """Return each kind of what there is of an account."""
    return [
        _account(user),
        _codes(user),
        _drafts(user),
        _tabs(user),
        _visited(user),
        _tours(user),
        _keys(user),
        _projects(user),
        _uploads(user),
        _managing(user),
    ]


def _account(user: int) -> Kept:
    def records(start: int, stop: int | None) -> Iterator[Record]:
        account = User.objects.get(pk=user)
        record = {
            "email": account.email,
            "name": account.get_full_name(),
            "role": role_of(account),
            "joined": account.date_joined,
            "last_login": account.last_login,
            "last_activity": account.last_activity,
            "last_coding": account.activity_at,
            "username": account.username,
            "phone": account.phone,
            "picture": account.avatar.name,
            "hotkeys": account.custom_hotkeys,
            "newsletters": account.allow_newsletters,
            "active": account.is_active,
        }
        yield from [record][start:stop]

    words = {str(role): name for role, name in ROLES.items()}
    return Kept.of_texts("account", texts.ACCOUNT, records, words=words, order=10)


def _codes(user: int) -> Kept:
    rows = Annotation.objects.filter(completed_by=user).order_by("-created_at", "-pk")
    fields = ("id", "created_at", "updated_at", "was_cancelled", "lead_time", "draft_created_at", "result")
    return kept_rows("codes", texts.CODES, rows.values(*fields, **OF_TASK, **MADE_WITH), order=20)


def _drafts(user: int) -> Kept:
    rows = AnnotationDraft.objects.filter(user=user).order_by("-updated_at", "-pk")
    fields = ("id", "annotation", "created_at", "updated_at", "lead_time", "was_postponed", "result")
    return kept_rows("drafts", texts.DRAFTS, rows.values(*fields, **OF_TASK), order=21)


def _tabs(user: int) -> Kept:
    rows = View.objects.filter(user=user).order_by("-pk")

    def record(tab: View) -> Record:
        filters = tab.filter_group.filters.all() if tab.filter_group else ()
        return {
            "id": tab.pk,
            "title": (tab.data or {}).get("title"),
            "project_title": tab.project.title,
            "data": tab.data,
            "ordering": tab.ordering,
            "selected": tab.selected_items,
            "filters": [{name: getattr(one, name) for name in ("column", "operator", "value")} for one in filters],
        }

    rows = rows.select_related("project", "filter_group").prefetch_related("filter_group__filters")
    return kept_rows("tabs", texts.TABS, rows, record, order=60)


def _visited(user: int) -> Kept:
    rows = LabelStreamHistory.objects.filter(user=user, project__in=Project.objects.all()).order_by("-pk")

    def record(row: Record) -> Record:
        return {"project_title": row["project_title"], "clips": len(row["data"]), "tasks": row["data"]}

    return kept_rows("visited", texts.VISITED, rows.values("data", **OF_PROJECT), record, order=61)


def _tours(user: int) -> Kept:
    rows = UserProductTour.objects.filter(user=user).order_by("-pk")
    fields = ("name", "state", "interaction_data", "created_at", "updated_at")
    return kept_rows("tours", texts.TOURS, rows.values(*fields), order=62)


def _keys(user: int) -> Kept:
    plain = Token.objects.filter(user=user)
    signed = OutstandingToken.objects.filter(user=user).order_by("-pk")

    def records(start: int, stop: int | None) -> Iterator[Record]:
        found = [*plain.values(created_at=F("created")), *signed.values("created_at", "expires_at")]
        yield from found[start:stop]

    return Kept.of_texts("keys", texts.KEYS, records, plain.count() + signed.count(), order=63)


def _projects(user: int) -> Kept:
    rows = Project.objects.filter(created_by=user).order_by("-created_at", "-pk")
    return kept_rows("projects", texts.PROJECTS, rows.values("id", "title", "created_at"), order=71)


def _uploads(user: int) -> Kept:
    uploads = apps.get_model("data_import", "FileUpload").objects
    rows = uploads.filter(user=user, project__in=Project.objects.all()).order_by("-pk")
    return kept_rows("uploads", texts.UPLOADS, rows.values("id", "file", **OF_PROJECT), order=72)


def _managing(user: int) -> Kept:
    rows = LogEntry.objects.filter(user=user).order_by("-action_time", "-pk")
    done = rows.values("action_time", "action_flag", what=F("content_type__model"))
    return kept_rows("administration", texts.MANAGING, done, words=texts.MANAGED, order=73)
