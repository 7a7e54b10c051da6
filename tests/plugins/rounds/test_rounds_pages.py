"""The page of a round, as its supervisor, its raters and everybody else see it."""

from __future__ import annotations

from datetime import date, timedelta

from tests.plugins.access.inside import World, inside
from tests.plugins.rounds.rounds_world import INDEX, do, page_of, panels, see


@inside
def test_a_supervisor_sees_who_submitted_which_clip_and_who_did_not(world: World) -> None:
    world.made.codes["bram", "toren"].delete()
    page = see(world, "opleider", "ronde")
    assert page.status == 200
    assert page.forbidden == []
    assert "1 of 2 submitted" in page.text
    assert "anna@vib.example" in page.text
    assert f'href="/projects/{world.project("oefenset")}/data?task={world.task("toren")}"' in page.text
    assert "not begun yet" in page.text
    assert "Your own codes as a reference: 1 of 1 submitted." in page.text
    assert "no-store" in page.headers["Cache-Control"]


@inside
def test_a_rater_of_a_blind_round_sees_only_what_they_did_themselves(world: World) -> None:
    page = see(world, "anna", "ronde")
    assert page.status == 200
    assert page.forbidden == []
    assert "1 of 1 submitted" in page.text
    assert "You submitted everything" in page.text
    assert "still blind" in page.text
    for word in ("bram", "opleider", "/vib/agreement/"):
        assert word not in page.text
    assert "<form" not in page.text.partition("</header>")[2]


@inside
def test_a_rater_is_led_to_the_next_clip_that_they_have_not_coded(world: World) -> None:
    world.made.codes["anna", "toren"].delete()
    page = see(world, "anna", "ronde")
    assert (
        f'<a class="button main" href="/projects/{world.project("oefenset")}/data?task={world.task("toren")}"'
        in page.text
    )


@inside
def test_a_round_is_not_there_for_who_is_not_in_it(world: World) -> None:
    for who in ("opleider2", "carla", "begeleider", "beheer"):
        for name in ("ronde", "there is none"):
            assert see(world, who, name).status == 404
        assert ">ronde<" not in world.ask(who, "GET", f"{INDEX}?lang=en", by="session").text
    assert ">ronde<" in world.ask("opleider", "GET", f"{INDEX}?lang=en", by="session").text
    assert world.ask("", "GET", page_of("ronde"), by="").status in (302, 401)


@inside
def test_only_who_leads_a_round_can_change_it(world: World) -> None:
    from plugins.access.models import Round

    for who, status in (("anna", 403), ("opleider2", 404), ("begeleider", 404), ("beheer", 403)):
        assert do(world, who, "ronde", "open").status == status
    assert Round.objects.get(name="ronde").opened_at is None


@inside
def test_a_supervisor_adds_and_takes_out_a_trainee_and_it_is_recorded(world: World) -> None:
    from django.conf import settings

    from tests.plugins.access.desk import Log

    log = Log()
    settings.VIB_PLUGIN_HOST.add("log", log)
    try:
        page = do(world, "opleider", "ronde", "add-rater", which="Carla@vib.example")
        assert page.status == 200
        assert "carla@vib.example is now rater in round ronde." in page.text.lower()
        assert "carla@vib.example" in see(world, "opleider", "ronde").text
        do(world, "opleider", "ronde", "remove-rater", which="carla@vib.example")
    finally:
        settings.VIB_PLUGIN_HOST.remove("log")
    said = [(event.who, event.which, event.families) for event in log.events if event.what == "access round"]
    assert said == [
        ("opleider@vib.example", "round ronde, rater carla@vib.example", ("F-OEFEN",)),
        ("opleider@vib.example", "round ronde, without carla@vib.example", ("F-OEFEN",)),
    ]
    assert see(world, "carla", "ronde").status == 404


@inside
def test_who_is_no_trainee_and_who_is_not_there_are_refused_in_the_same_words(world: World) -> None:
    said = set()
    for address in ("collega@vib.example", "beheer@vib.example", "niemand@vib.example"):
        page = do(world, "opleider", "ronde", "add-rater", which=address)
        assert page.status == 400
        assert f'value="{address}"' in page.text
        said.add(page.text.partition('role="alert"')[2].partition("</div>")[0].replace(address, ""))
    assert len(said) == 1
    assert "is not the address of a trainee" in said.pop()


@inside
def test_a_clip_that_a_trainee_has_in_another_round_is_refused_without_naming_it(world: World) -> None:
    do(world, "opleider", "ronde", "add-rater", which="carla@vib.example")
    page = do(world, "opleider", "ronde", "hand-out", which="F-OEFEN2/puzzel")
    assert page.status == 400
    assert "carla@vib.example: has clip F-OEFEN2/puzzel in another round already" in page.text
    assert "andere ronde" not in page.text


@inside
def test_a_supervisor_hands_out_a_clip_of_the_practice_set_and_takes_it_back(world: World) -> None:
    page = do(world, "opleider", "ronde", "hand-out", which="F-OEFEN2/puzzel")
    assert f"task={world.task('puzzel')}" in page.text
    assert "1 of 2 submitted" in page.text
    page = do(world, "opleider", "ronde", "take-back", which="F-OEFEN2/puzzel")
    assert f"task={world.task('puzzel')}" not in page.text
    assert do(world, "opleider", "ronde", "hand-out", which="F-EIGEN/ontbijt").status == 400


@inside
def test_opening_a_round_ends_the_blind_coding_and_it_can_be_closed_again(world: World) -> None:
    page = do(world, "opleider", "ronde", "open")
    assert "opened on" in page.text
    for what in ('value="add-rater"', 'value="hand-out"', 'value="set-due"', 'value="remind"'):
        assert what not in page.text
    assert "still blind" not in see(world, "anna", "ronde").text
    assert "still blind" in do(world, "opleider", "ronde", "close").text


@inside
def test_the_last_day_is_said_to_everybody_in_the_round_and_can_be_taken_away(world: World) -> None:
    assert "until 5 March 2027" in do(world, "opleider", "ronde", "set-due", due="2027-03-05").text
    assert "tot en met 5 maart 2027" in see(world, "anna", "ronde", "nl").text
    assert (
        "until"
        not in do(world, "opleider", "ronde", "set-due", due="").text.partition("<h1>")[2].partition("_round")[0]
    )
    page = do(world, "opleider", "ronde", "set-due", due="31-02-2027")
    assert page.status == 400
    assert "31-02-2027: is no day" in page.text


@inside
def test_a_form_that_asks_for_nothing_a_round_knows_is_refused(world: World) -> None:
    assert do(world, "opleider", "ronde", "burn").status == 400


@inside
def test_a_reminder_stands_on_the_front_door_until_all_is_submitted(world: World) -> None:
    from tasks.models import Annotation

    stored = world.made.codes["bram", "toren"]
    Annotation.objects.filter(pk=stored.pk).update(was_cancelled=True)
    assert "reminder" not in panels(world, "bram")
    page = do(world, "opleider", "ronde", "remind", rater=[world.user("anna"), world.user("bram"), world.user("carla")])
    assert "Reminded: bram." in page.text
    assert "reminded on" in page.text
    assert "Still 1 clip to code" in panels(world, "bram")
    assert "reminder" not in panels(world, "anna")
    assert "was reminded in the last" in do(world, "opleider", "ronde", "remind", rater=world.user("bram")).text
    Annotation.objects.filter(pk=stored.pk).update(was_cancelled=False)
    assert "reminder" not in panels(world, "bram")


@inside
def test_a_rater_finds_an_opened_round_on_the_front_door_with_the_way_to_its_moments(world: World) -> None:
    said = panels(world, "anna")
    assert "opened on" in said
    assert f'href="{page_of("open ronde")}"' in said
    assert 'href="/vib/agreement/round/open%20ronde/clip/F-OEFEN3/open/"' in said
    assert page_of("ronde") not in said
    assert "opened on" not in panels(world, "carla")


@inside
def test_there_is_no_way_to_moments_of_a_clip_that_somebody_did_not_submit(world: World) -> None:
    world.made.codes["anna", "open"].delete()
    said = panels(world, "anna")
    assert page_of("open ronde") in said
    assert "/vib/agreement/" not in said


@inside
def test_a_reminder_is_mailed_where_mail_is_configured_in_the_language_of_who_gets_it(world: World) -> None:
    from django.core import mail
    from django.test import override_settings

    from plugins.host.models import Preferences

    Preferences.objects.create(user_id=world.user("bram"), language="nl")
    world.made.codes["bram", "toren"].delete()
    assert "Mail is not set up here" in see(world, "opleider", "ronde").text
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        from django.test import TestCase

        mail.outbox = []
        with TestCase.captureOnCommitCallbacks(execute=True):
            do(world, "opleider", "ronde", "remind", rater=world.user("bram"))
        [sent] = mail.outbox
    assert sent.to == ["bram@vib.example"]
    assert sent.subject == "Herinnering: ronde ronde"
    assert page_of("ronde") in sent.body
    assert "F-OEFEN" not in sent.subject + sent.body


@inside
def test_the_front_door_of_a_supervisor_says_how_far_rounds_are_and_who_is_behind(world: World) -> None:
    from plugins.access.models import Round

    assert "ready to be opened" in panels(world, "opleider")
    world.made.codes["bram", "toren"].delete()
    Round.objects.filter(name="ronde").update(due=date.today() - timedelta(days=2))
    said = panels(world, "opleider")
    assert "1 of 2 submitted" in said
    assert "Behind: bram." in said
    assert page_of("ronde") in said
    assert page_of("andere ronde") not in said


@inside
def test_pages_and_panels_ask_as_many_queries_for_thirty_raters_as_for_two(world: World) -> None:
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from users.models import User

    from plugins.access.models import Round

    def asked() -> tuple[int, int]:
        counted = []
        for look in (lambda: see(world, "opleider", "ronde"), lambda: panels(world, "opleider")):
            with CaptureQueriesContext(connection) as queries:
                look()
            counted.append(len(queries))
        return counted[0], counted[1]

    asked()
    before = asked()
    trainees = Group.objects.get(name="trainee")
    for number in range(30):
        user = User.objects.create(email=f"nummer{number}@vib.example", username=f"nummer{number}")
        user.groups.add(trainees)
        Round.objects.get(name="ronde").members.create(user=user, part="rater")
    assert asked() == before
    assert before[0] < 60
