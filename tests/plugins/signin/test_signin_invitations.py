"""Whoever is invited gets in, once, in the role they were invited to, and nobody else does."""

from __future__ import annotations

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import count

import httpx
import pytest

from plugins.host.mailing import settings_of
from tests.conftest import free_port
from tests.plugins.signin.conftest import FORGED, Studio

PASSWORD = "paarse-olifant-73"  # noqa: S105 - of accounts in a folder that is thrown away
NUMBERS = count(1)


def invited(studio: Studio, role: str = "trainee", email: str = "") -> tuple[str, str]:
    """Invite somebody; return their address and the path of the link."""
    email = email or f"new-{next(NUMBERS)}@vib.example"
    run = studio.vib("invite", email, "--role", role)
    assert run.returncode == 0, run.stderr
    host, _, path = run.stdout.strip().partition("/user/")
    assert host.startswith("http")
    return email, f"/user/{path}"


def sign_up(studio: Studio, path: str, email: str) -> httpx.Response:
    return studio.visitor().post_form(path, email=email, password=PASSWORD)


def row(studio: Studio, email: str) -> tuple[object, ...]:
    return studio.sql(
        "select g.name, u.is_staff, u.is_superuser, m.organization_id, u.active_organization_id"
        " from htx_user u join htx_user_groups ug on ug.user_id = u.id join auth_group g on g.id = ug.group_id"
        " join organizations_organizationmember m on m.user_id = u.id where u.email = ?",
        email,
    )[0]


@pytest.mark.parametrize("role", ["trainee", "counsellor", "supervisor", "administrator"])
def test_who_is_invited_gets_an_account_of_that_role(studio: Studio, role: str) -> None:
    email, path = invited(studio, role)
    visitor = studio.visitor()
    form = visitor.ask("GET", path)
    assert form.status_code == 200
    assert email in form.text
    assert visitor.post_form(path, email=email, password=PASSWORD).status_code == 302
    assert visitor.logged_in()
    powers = int(role == "administrator")
    assert row(studio, email) == (role, powers, powers, 1, 1)


def test_an_invitation_works_once(studio: Studio) -> None:
    email, path = invited(studio)
    assert sign_up(studio, path, email).status_code == 302
    assert studio.visitor().ask("GET", path).status_code == 403
    assert sign_up(studio, path, "second@vib.example").status_code == 403


@pytest.mark.waits
def test_of_many_who_use_one_link_at_once_one_gets_in(studio: Studio) -> None:
    email, path = invited(studio)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sign_up(studio, path, email).status_code, range(4)))
    assert answers.count(302) == 1
    assert set(answers) <= {200, 302, 403}
    assert len(studio.sql("select id from htx_user where email = ?", email)) == 1


def test_an_invitation_is_for_one_address_and_stays_open_for_it(studio: Studio) -> None:
    email, path = invited(studio)
    assert sign_up(studio, path, "somebody.else@vib.example").status_code == 200
    assert studio.visitor().post_form(path, email=email, password="short").status_code == 200  # noqa: S106
    assert studio.sql("select id from htx_user where email like 'somebody.else%'") == []
    assert sign_up(studio, path, email).status_code == 302


def organisation_link(studio: Studio) -> str:
    (token,) = studio.sql("select token from organization")[0]
    return f"/user/signup/?token={token}"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("language", "says"), [("nl", "uitnodiging"), ("en", "invitation")])
@pytest.mark.parametrize("query", ["", "?token=", "?token=made-up", "organisation"])
def test_without_an_invitation_a_page_explains(
    studio: Studio, method: str, language: str, says: str, query: str
) -> None:
    path = organisation_link(studio) if query == "organisation" else f"/user/signup/{query}"
    visitor = studio.visitor(**{"Accept-Language": language})
    fields = {"email": "intruder@vib.example", "password": PASSWORD}
    answer = visitor.ask("GET", path) if method == "GET" else visitor.post_form(path, **fields)
    assert answer.status_code == 403
    assert says in answer.text
    assert f'lang="{language}"' in answer.text
    assert studio.sql("select id from htx_user where email = 'intruder@vib.example'") == []


def test_label_studios_own_link_for_everybody_is_not_shown(studio: Studio) -> None:
    token = {"Authorization": f"Token {studio.account('administrator')['token']}"}
    shown = studio.visitor().ask("GET", "/api/invite", headers=token)
    assert studio.sql("select token from organization")[0][0] not in shown.text


def test_a_withdrawn_an_expired_and_an_earlier_link_are_dead(studio: Studio) -> None:
    email, withdrawn = invited(studio)
    assert studio.vib("invite", email, "--withdraw").returncode == 0
    other, earlier = invited(studio)
    _, later = invited(studio, email=other)
    third, expired = invited(studio)
    studio.sql("update vib_signin_invitation set expires = datetime('now', '-1 minute') where email = ?", third)
    statuses = [studio.visitor().ask("GET", path).status_code for path in (withdrawn, earlier, expired, later)]
    assert statuses == [403, 403, 403, 200]
    listed = studio.vib("invite", "--list").stdout
    assert f"{email}  trainee  withdrawn" in listed
    assert f"{third}  trainee  expired" in listed


def mails(studio: Studio) -> list[EmailMessage]:
    """Return what was mailed, the latest last."""
    files = sorted((studio.data / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    read = BytesParser(policy=policy.default).parsebytes
    return [read(file.read_bytes().split(b"\n---", 1)[0]) for file in files]


def test_an_invitation_is_mailed_where_that_is_asked_in_both_languages(studio: Studio) -> None:
    before = len(mails(studio))
    invited(studio)
    assert len(mails(studio)) == before
    run = studio.vib("invite", "mailed@vib.example", "--role", "supervisor", "--mail")
    assert run.returncode == 0, run.stderr
    sent = mails(studio)[before:]
    assert [message["To"] for message in sent] == ["mailed@vib.example"]
    text = sent[0].get_content()
    assert text.count(run.stdout.strip()) == 2
    assert "Je bent uitgenodigd" in text
    assert "You are invited" in text
    assert "opleider" in text
    assert sent[0]["Subject"] == "Uitnodiging voor VIB Studio / Invitation to VIB Studio"


UNSENT = """
import sys
from django.test import override_settings
from scripts.cli import main
sys.argv = ["vib", "invite", "{email}", "--role", "trainee", "--mail"]
with override_settings(**{settings}):
    main()
"""


def test_without_a_mail_server_nobody_is_invited_by_mail(studio: Studio) -> None:
    nowhere = {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    run = studio.commands.python(UNSENT.format(settings=nowhere, email="unmailed@vib.example"))
    assert (run.returncode, run.stdout) == (2, "")
    assert "VIB_MAIL" in run.stderr
    assert studio.sql("select id from vib_signin_invitation where email = 'unmailed@vib.example'") == []


def test_an_invitation_that_cannot_be_mailed_stands_and_says_so(studio: Studio) -> None:
    dead = settings_of(f"smtp://127.0.0.1:{free_port()}", "vib@vib.example")
    run = studio.commands.python(UNSENT.format(settings=dead, email="unreached@vib.example"))
    assert (run.returncode, len(run.stdout.splitlines())) == (1, 1)
    assert "could not be sent (ConnectionRefusedError)" in run.stderr
    assert "Traceback" not in run.stderr
    path = f"/user/{run.stdout.strip().partition('/user/')[2]}"
    assert studio.visitor().ask("GET", path).status_code == 200


def test_who_invites_is_not_what_the_environment_says(studio: Studio) -> None:
    email, _ = invited(studio)
    assert studio.environment["LOGNAME"] == FORGED
    [(made_by,)] = studio.sql("select made_by from vib_signin_invitation where email = ?", email)
    assert made_by == f"console:{pwd.getpwuid(os.getuid()).pw_name}"


def test_the_database_holds_no_token_that_works(studio: Studio) -> None:
    _, path = invited(studio)
    token = path.partition("token=")[2]
    assert token not in str(studio.sql("select * from vib_signin_invitation"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("anna@vib.example", "--role", "trainee"),
        ("no-address", "--role", "trainee"),
        ("new@vib.example",),
        ("--role", "trainee"),
        ("new@vib.example", "--role", "trainee", "--withdraw"),
        ("never.invited@vib.example", "--withdraw"),
        ("new@vib.example", "--list"),
        ("new@vib.example", "--withdraw", "--mail"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_said_in_one_line(studio: Studio, arguments: tuple[str, ...]) -> None:
    run = studio.vib("invite", *arguments)
    assert (run.returncode, run.stdout, len(run.stderr.strip().splitlines())) == (2, "", 1)


WATCH = """
from django.conf import settings
from vib.hookspecs import hookimpl
class Log:
    @hookimpl
    def vib_access_event(self, event): print(event.who, event.what, event.allowed, event.which)
settings.VIB_PLUGIN_HOST.add("log", Log())
from plugins.signin import invitations
from vib.actor import Actor
from vib.roles import Role
made, token = invitations.invite("noted@vib.example", Role.TRAINEE, 7, Actor("console:root"))
from django.contrib.auth import authenticate, get_user_model
from django.test import RequestFactory
authenticate(RequestFactory().post("/"), email="a-password-by-mistake", password="x")
invitations.take_up(made, lambda: get_user_model().objects.create_user("noted@vib.example", "x"), "203.0.113.9")
"""


def test_the_log_hears_of_invitations_failed_logins_and_sign_ups(studio: Studio) -> None:
    run = studio.commands.python(WATCH)
    assert run.returncode == 0, run.stderr[-2000:]
    assert [line for line in run.stdout.splitlines() if " True " in line or " False " in line] == [
        "console:root invite True account noted@vib.example as trainee",
        " login False unknown account",
        "noted@vib.example sign up True account noted@vib.example",
    ]
