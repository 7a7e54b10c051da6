"""What Label Studio asks the database again for each row of a list, and for each request, asked at once.

Its lists name what comes with their rows; here more is named. Of what the database holds nothing is kept from one
request to the next: access can be withdrawn at any moment.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from annoying.fields import AutoSingleRelatedObjectDescriptor  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from tasks.models import AnnotationDraft
    from users.models import User

Method = Callable[..., Any]

CODERS = "annotations__completed_by__om_through"
"""Whether a coder is still a member: asked of each code, twice."""

ROWS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("projects.api", "ProjectListAPI", "get_queryset", ("created_by__om_through",)),
    ("data_manager.api", "TaskListAPI", "prefetch", ("comment_authors", "drafts__user", CODERS)),
    ("tasks.api", "TaskAPI", "prefetch", ("drafts__user", CODERS)),
    ("tasks.api", "AnnotationsListAPI", "get_queryset", ("completed_by",)),
    ("tasks.api", "AnnotationDraftListAPI", "filter_queryset", ("user",)),
)
"""Module, view and method of a list of Label Studio 1.23.2, and what else its rows will be asked for."""

OF_REQUEST = ("active_organization__created_by", "active_organization__session_timeout_policy")
"""What Label Studio asks at each request of who is signed in."""

INTERFACES = 256
"""Labelling interfaces of which is kept what they ask of a task; Label Studio reads one for each project it loads."""


def install() -> None:
    """Ask at once from now on.

    Raises
    ------
    RuntimeError
        Label Studio has moved something.
    """
    from data_manager.serializers import DataManagerTaskSerializer
    from django.contrib.auth.backends import ModelBackend
    from organizations.models import Organization
    from users.admin import UserAdminShort

    for module, view, method, names in ROWS:
        _replace(getattr(import_module(module), view), method, partial(_with, names))
    UserAdminShort.list_select_related = ("active_organization", "organization")
    _replace(DataManagerTaskSerializer, "get_drafts_queryset", lambda _: _own_drafts)
    _replace(ModelBackend, "get_user", lambda _: _user)
    _replace(import_module("projects.models"), "extract_data_types", _read_once)
    _replace(import_module("tasks.api").TaskAPI, "initial", _opened_once)
    _replace(Organization, "session_timeout_policy", lambda plain: _Policy(plain.related))


def _replace(owner: type[Any] | ModuleType, name: str, made: Callable[[Any], Any]) -> None:
    plain = vars(owner).get(name)
    if plain is None:
        raise RuntimeError(f"Label Studio has moved {owner.__name__}.{name}: see plugins/host/prefetching.py")
    if isinstance(plain, staticmethod):
        setattr(owner, name, staticmethod(made(plain.__func__)))
    else:
        setattr(owner, name, made(plain))


def _with(names: tuple[str, ...], plain: Method) -> Method:
    return lambda *arguments: plain(*arguments).prefetch_related(*names)


def _own_drafts(serializer: Any, user: User, drafts: Any) -> list[AnnotationDraft]:
    """Return somebody's drafts of a task, in the place of a query for each task."""
    return [draft for draft in drafts.all() if draft.user_id == user.pk]


def _user(backend: Any, number: int) -> User | None:
    """Return who is signed in, with what is asked of them at each request."""
    from users.models import User

    # `first` would sort by each of a hundred columns' place, which takes longer than the query.
    found: User | None = next(iter(User._default_manager.select_related(*OF_REQUEST).filter(pk=number)), None)
    return found if found is not None and backend.user_can_authenticate(found) else None


def _opened_once(plain: Method) -> Method:
    def initial(view: Any, *given: Any, **named: Any) -> None:
        plain(view, *given, **named)
        project = view.task.project
        if project.ml_backend is None and not view.task.predictions.exists():
            # There is nobody to ask for the turns that are not there, so the clip is not read again for them.
            project.show_collab_predictions = project.evaluate_predictions_automatically = False

    return initial


def _read_once(plain: Method) -> Method:
    kept = lru_cache(INTERFACES)(plain)
    return lambda interface: dict(kept(interface))


class _Policy(AutoSingleRelatedObjectDescriptor):  # type: ignore[misc]  # it has no types
    """The session policy of an organization, without a transaction of its own where it is there already."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is not None and (known := self.related.get_cached_value(instance, default=None)) is not None:
            return known
        return super().__get__(instance, owner)
