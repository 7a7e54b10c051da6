"""Routes and the role table: what is in a row, what is closed, and what nobody thought of."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside


@inside
def test_a_route_is_written_plainly(world: World) -> None:
    from plugins.access.routes import plain

    for route, written in (
        ("^api/dm/^views/(?P<pk>[^/.]+)/$", "api/dm/views/<pk>/"),
        (r"^api/predictions\.(?P<format>[a-z0-9]+)/?$", "api/predictions.<format>/?"),
        ("^static/(?P<path>.*)$", "static/<path>"),
        ("api/tasks/<int:pk>/", "api/tasks/<int:pk>/"),
        ("^$", ""),
    ):
        assert plain(route) == written


@inside
def test_every_row_names_a_route_that_is_there_and_gives_it_to_somebody(world: World) -> None:
    from plugins.access.routes import PUBLIC, ROWS, all_routes
    from vib.roles import TABLE, May

    there = set(all_routes())
    assert {row.path for row in ROWS} <= there
    assert there >= PUBLIC
    for row in ROWS:
        assert row.rights, row.path
        assert any(TABLE[right][role] is not May.NO for right in row.rights for role in TABLE[right]), row.path


@inside
def test_no_row_is_both_open_and_closed_and_none_is_there_twice(world: World) -> None:
    from plugins.access.routes import PUBLIC, ROWS, is_closed

    pairs = [(method, row.path) for row in ROWS for method in row.methods]
    assert len(pairs) == len(set(pairs))
    assert [pair for pair in pairs if is_closed(*pair)] == []
    assert [pair for pair in pairs if pair[1] in PUBLIC] == []
    assert [path for path in PUBLIC if is_closed("GET", path)] == []


@inside
def test_two_routes_that_are_written_the_same_lead_to_views_of_the_same_name(world: World) -> None:
    from django.urls import URLPattern, URLResolver, get_resolver

    from plugins.access.routes import ROWS, plain

    found: dict[str, set[str]] = {}

    def gather(patterns: list[URLPattern | URLResolver], before: str = "") -> None:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                gather(pattern.url_patterns, route)
            else:
                view = getattr(pattern.callback, "cls", pattern.callback)
                found.setdefault(plain(route), set()).add(f"{view.__module__}.{view.__qualname__}")

    gather(get_resolver().url_patterns)
    # Where everybody lands is asked first, in the place of Label Studio's home.
    written_twice = {row.path: views for row in ROWS if row.path and len(views := found[row.path]) > 1}
    assert written_twice == {}


@inside
def test_a_new_route_is_reported_and_closed_to_all_but_administrators(world: World) -> None:
    from django.http import HttpResponse
    from django.urls import clear_url_caches, get_resolver, path

    from plugins.access.routes import new_routes

    def view(_: object, pk: int) -> HttpResponse:
        return HttpResponse(f"open {pk}")

    assert new_routes() == []
    patterns = get_resolver().url_patterns
    patterns.insert(0, path("api/nieuw/<int:pk>/", view))
    clear_url_caches()
    try:
        assert new_routes() == ["api/nieuw/<int:pk>/"]
        for who, status in (
            *(("anna", 403), ("begeleider", 403), ("opleider", 403), ("nieuw", 403)),
            ("beheer", 200),
        ):
            assert world.ask(who, "GET", "/api/nieuw/1/", by="session").status == status, who
        assert world.ask("", "GET", "/api/nieuw/1/", by="").status == 401
    finally:
        del patterns[0]
        clear_url_caches()


@inside
def test_an_unknown_role_two_roles_and_no_role_open_nothing(world: World) -> None:
    from django.contrib.auth.models import Group

    anna = world.made.users["anna"]
    addresses = ("/", "/projects/", "/api/projects/", f"/api/tasks/{world.task('toren')}/", "/api/current-user/whoami")
    for names in ((), ("directeur",), ("trainee", "counsellor"), ("trainee", "service"), ("Trainee",)):
        anna.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])
        for address in addresses:
            for by in ("token", "session"):
                answer = world.ask("anna", "GET", address, by=by)
                assert answer.status in (401, 403) or (by == "token" and answer.status == 302), (names, address, by)
    anna.groups.set(Group.objects.filter(name="trainee"))
    assert world.ask("anna", "GET", addresses[2]).status == 200


@inside
def test_an_unknown_role_beside_a_known_one_changes_nothing(world: World) -> None:
    from django.contrib.auth.models import Group

    world.made.users["anna"].groups.add(Group.objects.create(name="werkgroep"))
    assert world.ask("anna", "GET", "/api/projects/").status == 200
    assert world.ask("anna", "GET", "/api/organizations/").status == 403


@inside
def test_methods_that_no_row_has_are_closed(world: World) -> None:
    for who in ("anna", "begeleider", "opleider"):
        for method, address in (
            ("PATCH", f"/api/tasks/{world.task('toren')}/"),
            ("POST", "/api/tasks/"),
            ("POST", "/api/projects/"),
            ("POST", "/api/predictions/"),
            ("OPTIONS", "/api/projects/"),
            ("TRACE", "/api/projects/"),
            ("PROPFIND", "/api/projects/"),
        ):
            override = {"X-HTTP-Method-Override": "GET"}
            assert world.ask(who, method, address, {}).status == 403, (who, method, address)
            assert world.ask(who, method, f"{address}?_method=GET", {}, headers=override).status == 403
