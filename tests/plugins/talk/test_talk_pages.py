"""Saying, answering, having seen, settling: as the pages and the front door show it."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside
from tests.plugins.talk.talk_world import FORM, INDEX, clip_of, panel, read, reply, say, silence


@inside
def test_a_doubt_waits_on_the_front_door_of_the_supervisor_until_it_is_settled(world: World) -> None:
    silence()
    assert panel(world, "opleider") == ""
    number = say(world, "anna", "toren", "Is dit een ontvangst?", audience="supervisor", kind="doubt")
    said = panel(world, "opleider")
    assert "1 conversation has something new for you." in said
    assert "1 doubt is open." in said
    assert f"/vib/talk/{number}/" in said
    assert "Is dit een ontvangst?" not in said
    seen = world.ask("opleider", "POST", f"{INDEX}{number}/seen", "until=", kind=FORM, by="session")
    assert seen.status == 302
    assert "something new" not in panel(world, "opleider")
    assert "1 doubt is open." in panel(world, "opleider")
    settled = world.ask("opleider", "POST", f"{INDEX}{number}/resolved", "settled=yes", kind=FORM, by="session")
    assert settled.status == 302
    assert panel(world, "opleider") == ""
    assert "settled" in read(world, "anna", number).text
    opened = world.ask("anna", "POST", f"{INDEX}{number}/resolved", "settled=no", kind=FORM, by="session")
    assert opened.status == 302
    assert "1 twijfel staat open." in panel(world, "opleider", "nl")


@inside
def test_a_reply_is_new_to_who_asked_until_they_have_seen_it_and_then_the_other_sees_that(world: World) -> None:
    silence()
    number = say(world, "anna", "toren", "Is dit een ontvangst?", audience="supervisor")
    assert panel(world, "anna") == ""
    reply(world, "opleider", number, "Ja.")
    assert "1 conversation has something new for you." in panel(world, "anna")
    assert "<small>Opleider · " in panel(world, "anna")
    page = read(world, "anna", number)
    until = page.text.partition('name="until" value="')[2].partition('"')[0]
    assert "Seen by" not in read(world, "opleider", number).text
    world.ask("anna", "POST", f"{INDEX}{number}/seen", f"until={until.replace('+', '%2B')}", kind=FORM, by="session")
    assert panel(world, "anna") == ""
    assert "Seen by Anna" in read(world, "opleider", number).text
    reply(world, "opleider", number, "Of toch niet.")
    assert "1 conversation" in panel(world, "anna")


@inside
def test_reading_a_page_alone_changes_nothing(world: World) -> None:
    silence()
    number = say(world, "anna", "toren", "Is dit een ontvangst?")
    before = panel(world, "opleider")
    for address in (f"{INDEX}{number}/", INDEX, clip_of(world, "toren"), f"{INDEX}clips/{world.task('toren')}/"):
        assert world.ask("opleider", "GET", address, by="session").status == 200
    assert panel(world, "opleider") == before != ""
    assert world.ask("opleider", "GET", f"{INDEX}{number}/seen", by="session").status in (403, 405)


@inside
def test_only_who_wrote_a_remark_or_leads_the_round_settles_it(world: World) -> None:
    number = say(world, "anna", "open", "Zag jij dit ook?")
    asked = world.ask("bram", "POST", f"{INDEX}{number}/resolved", "settled=yes", kind=FORM, by="session")
    assert asked.status == 403
    assert 'value="yes"' not in read(world, "bram", number).text
    assert 'value="yes"' in read(world, "anna", number).text


@inside
def test_what_people_type_is_shown_as_they_typed_it_and_never_as_a_page(world: World) -> None:
    silence()
    typed = "<script>alert(1)</script> & 'x'"
    number = say(world, "anna", "open", typed, about="<b>kind</b>", code='"><i>', turn="t1")
    for page in (read(world, "bram", number), world.ask("bram", "GET", INDEX, by="session")):
        assert "<script>alert" not in page.text
        assert "<b>kind" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#x27;x&#x27;" in page.text
    assert "<b>kind" not in panel(world, "bram")


@inside
def test_what_is_wrong_with_a_remark_is_said_with_field_and_reason_and_what_was_typed_is_still_there(
    world: World,
) -> None:
    for sent, said in (
        ({"text": "  "}, "text: "),
        ({"text": "x" * 4001}, "text: "),
        ({"text": "a\0b"}, "text: "),
        ({"text": "x", "second": "overmorgen"}, "moment: "),
        ({"text": "x", "second": -1}, "moment: "),
        ({"text": "x", "second": 1e9}, "moment: "),
        ({"text": "x", "audience": "everybody"}, "For whom?: "),
        ({"text": "x", "kind": "order"}, "What is it?: "),
        ({"text": "x", "by": 1}, "by: "),
        ({"text": "x", "task": world.task("puzzel")}, "task: "),
    ):
        answer = world.ask("anna", "POST", clip_of(world, "open"), sent, by="session")
        assert (answer.status, answer.json["detail"][: len(said)]) == (400, said), sent
    for body in (b"{", b"[]", b"\xff", b"[" * 50_000):
        assert world.ask("anna", "POST", clip_of(world, "open"), body, by="session").status == 400
    form = world.ask(
        "anna",
        "POST",
        f"{INDEX}clips/{world.task('open')}/",
        "text=Nog+even&second=later&kind=doubt",
        kind=FORM,
        by="session",
    )
    assert form.status == 400
    assert "Nog even</textarea>" in form.text
    assert 'value="doubt" checked' in form.text
    empty = reply(world, "anna", world.made.remarks["anna-open-shared"].pk, "")
    assert (empty.status, 'role="alert"' in empty.text or "_problem" in empty.text) == (400, True)


@inside
def test_a_moment_is_taken_as_people_write_it_and_need_not_be_one(world: World) -> None:
    from plugins.talk.models import Remark

    for written, second in (("1:04,5", 64.5), ("0:07", 7.0), ("12.25", 12.25), ("", None), ("1:00:01", 3601.0)):
        body = f"text=x&second={written}&audience=self"
        sent = world.ask("anna", "POST", f"{INDEX}clips/{world.task('open')}/", body, kind=FORM, by="session")
        assert sent.status == 302
        assert Remark.objects.order_by("-at").values_list("second", flat=True)[0] == second
    number = say(world, "anna", "open", "De hele clip.", second=None)
    assert "whole clip" in read(world, "anna", number).text


@inside
def test_a_conversation_leads_to_its_moment_in_the_clip_and_to_the_coding_screen(world: World) -> None:
    number = say(world, "anna", "open", "Hier.", second=2.5)
    page = read(world, "bram", number).text
    assert "/vib/media/F-OEFEN3/open.mp4#t=2.5" in page
    assert f"/projects/{world.project('oefenset')}/data?task={world.task('open')}" in page


@inside
def test_mail_goes_to_whom_it_is_meant_for_in_their_language_and_says_nothing_of_what_was_said(world: World) -> None:
    from django.core import mail
    from django.test import TestCase, override_settings

    from plugins.host.models import Preferences

    silence()
    for who, language in (("anna", "nl"), ("opleider", "en")):
        Preferences.objects.create(user=world.made.users[who], language=language)
    mailing = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
    with mailing, TestCase.captureOnCommitCallbacks(execute=True):
        mail.outbox = []
        number = say(world, "anna", "toren", "Is dit een ontvangst?")
        say(world, "anna", "toren", "Alleen voor mij.", audience="self")
        reply(world, "opleider", number, "Ja.")
        number_of_family = say(world, "begeleider", "ontbijt", "Moeder volgt.", audience="supervisor")
    sent = [(one.to, one.subject, one.body) for one in mail.outbox]
    assert [to for to, _, _ in sent] == [["opleider@vib.example"], ["anna@vib.example"], ["opleider@vib.example"]]
    assert [subject.endswith("in een gesprek") for _, subject, _ in sent] == [False, True, False]
    assert f"/vib/talk/{number_of_family}/" in sent[2][2]
    for _, subject, body in sent:
        for word in ("ontvangst", "Moeder", "toren", "ontbijt", "F-", "nna", "egeleider"):
            assert word not in subject + body


@inside
def test_what_was_said_is_listed_page_by_page_with_the_newest_first(world: World) -> None:
    from plugins.talk.models import Remark
    from plugins.talk.views import ON_A_PAGE

    silence()
    task, anna = world.made.tasks["open"], world.made.users["anna"]
    for number in range(ON_A_PAGE + 2):
        Remark.objects.create(task=task, by=anna, kind="remark", audience="shared", text=f"nummer {number}.")
    for address in (INDEX, f"{INDEX}clips/{task.pk}/"):
        first = world.ask("bram", "GET", address, by="session").text
        second = world.ask("bram", "GET", f"{address}?page=2", by="session").text
        assert f"nummer {ON_A_PAGE + 1}." in first
        assert "nummer 1." not in first
        assert 'rel="next"' in first
        assert "nummer 1." in second
        assert 'rel="prev"' in second
