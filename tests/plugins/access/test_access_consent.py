"""Consent is enforced wherever clips are handed out: the file itself, rounds, the next clip, what is offered."""

from __future__ import annotations

from datetime import date, timedelta

from tests.plugins.access.agreed import LATER, YESTERDAY, library_file, noted, until
from tests.plugins.access.desk import Desk, at_desk
from tests.plugins.access.inside import World, inside
from vib.consent import FamilyConsent

BOTH = until(begeleiding=LATER, opleiding=LATER)
GUIDED = until(begeleiding=LATER, opleiding=YESTERDAY)
OVER = until(begeleiding=YESTERDAY, opleiding=LATER)
TRAINING = until(opleiding=LATER)
TOWER = "F-OEFEN/toren"


def plays(world: World, who: str, clip: str) -> int:
    """Ask for the two files of a clip; return how both are answered."""
    [status] = {world.ask(who, "GET", f"/vib/media/{clip}{ending}").status for ending in (".mp4", ".m4a", ".peaks")}
    return status


@inside
def test_a_clip_is_played_by_whom_the_consent_in_force_allows_it(world: World) -> None:
    asked = (("begeleider", "F-EIGEN/ontbijt"), ("opleider", "F-EIGEN/ontbijt"), ("anna", TOWER), ("opleider", TOWER))
    for consent, expected in (
        (BOTH, [200, 200, 200, 200]),
        (GUIDED, [200, 200, 403, 403]),
        (OVER, [403, 403, 403, 403]),
        (TRAINING, [403, 403, 200, 200]),
        (FamilyConsent({}), [403, 403, 403, 403]),
    ):
        with noted({"F-EIGEN": consent, "F-OEFEN": consent}):
            assert [plays(world, *one) for one in asked] == expected, consent
    assert [plays(world, *one) for one in asked] == [200, 200, 200, 200]


@inside
def test_who_does_not_have_a_clip_is_not_told_of_its_consent(world: World) -> None:
    with noted({"F-ANDER": OVER, "F-OEFEN2": OVER}):
        assert plays(world, "begeleider", "F-ANDER/geheim") == 404
        assert plays(world, "anna", "F-OEFEN2/puzzel") == 404


@inside
def test_nobody_plays_a_clip_whose_consent_is_over_the_machine_neither(world: World) -> None:
    with noted({"F-EIGEN": OVER}):
        assert plays(world, "dienst", "F-EIGEN/ontbijt") == 403


@inside
def test_a_clip_may_be_used_for_less_than_its_family(world: World) -> None:
    narrowed = FamilyConsent(BOTH.periods, {TOWER: frozenset({"begeleiding"})})
    with noted({"F-OEFEN": narrowed}):
        assert plays(world, "anna", TOWER) == 403


@inside
def test_why_a_clip_is_refused_is_said_in_the_language_of_who_asks(world: World) -> None:
    with noted({"F-EIGEN": OVER}):
        for language, said in (("nl", "toestemming"), ("en", "consent")):
            answer = world.ask(
                "begeleider", "GET", "/vib/media/F-EIGEN/ontbijt.mp4", headers={"Accept-Language": language}
            )
            assert said in answer.json["detail"]


@inside
def test_what_a_sync_notes_counts_from_the_next_request(world: World) -> None:
    with noted({"F-EIGEN": BOTH}) as library:
        for consent, status in ((OVER, 403), (BOTH, 200), (FamilyConsent({}), 403), (GUIDED, 200)):
            library.put_consent("F-EIGEN", consent)
            assert plays(world, "begeleider", "F-EIGEN/ontbijt") == status


@inside
def test_while_the_library_cannot_be_read_what_it_said_before_counts_and_no_more(world: World) -> None:
    with noted({"F-EIGEN": BOTH}) as library:
        assert plays(world, "begeleider", "F-EIGEN/ontbijt") == 200
        assert plays(world, "vreemd", "F-ANDER/geheim") == 200
        library.close()
        library_file().write_bytes(b"no database at all" * 100)
        assert plays(world, "begeleider", "F-EIGEN/ontbijt") == 200
        assert plays(world, "vreemd", "F-ANDER/geheim") == 403
    assert plays(world, "vreemd", "F-ANDER/geheim") == 200


@inside
def test_the_next_clip_is_one_whose_consent_is_in_force(world: World) -> None:
    from tasks.models import Task

    from plugins.access.models import HandedOut, Round

    project, held = world.made.projects["oefenset"], Round.objects.get(name="ronde")
    made = [Task.objects.create(project=project, data={"clip": f"F-{name}/clip"}) for name in ("A", "B")]
    for task in made:
        HandedOut.objects.create(round=held, task=task, clip=task.data["clip"])
    address = f"/api/projects/{project.pk}/next/"
    for consent, expected in (
        ({"F-A": BOTH}, made[0].pk),
        ({"F-A": GUIDED}, made[1].pk),
        ({"F-A": GUIDED, "F-B": OVER}, None),
    ):
        with noted(consent):
            answer = world.ask("anna", "GET", address)
            assert (answer.json["id"] if answer.status == 200 else None) == expected


@at_desk
def test_a_clip_without_consent_for_training_is_not_handed_out(desk: Desk) -> None:
    with noted({"F-OEFEN2": GUIDED, "F-OEFEN3": OVER}):
        for clip in ("F-OEFEN2/puzzel", "F-OEFEN3/open"):
            assert "no consent" in desk.refused("make_round", "nieuw", "oefenset", clips=[clip])
        done = desk.do("make_round", "nieuw", "oefenset", clips=None)
        assert done[1:] == [
            (f"handed out in round nieuw: {TOWER}", True),
            (
                "not handed out in round nieuw, as there is no consent for training: F-OEFEN2/puzzel, F-OEFEN3/open",
                False,
            ),
        ]


@inside
def test_a_supervisor_is_offered_only_clips_with_consent(world: World) -> None:
    from plugins.access.changing import offer

    def offered() -> tuple[str, ...]:
        found = offer(world.user("opleider"), "ronde")
        assert found is not None
        return found.clips

    assert offered() == ("F-OEFEN2/puzzel", "F-OEFEN3/open")
    with noted({"F-OEFEN2": GUIDED}):
        assert offered() == ("F-OEFEN3/open",)


@inside
def test_nobody_waits_for_a_rater_with_a_clip_whose_consent_is_over(world: World) -> None:
    from plugins.access.models import HandedOut, Round
    from plugins.coding.left import portions_of
    from plugins.host.rounds import rounds_of
    from plugins.rounds.reading import progress_of

    task = world.made.tasks["puzzel"]
    HandedOut.objects.create(round=Round.objects.get(name="ronde"), task=task, clip="F-OEFEN2/puzzel")

    def waited_for() -> tuple[list[str], list[str]]:
        bram = next(one for one in portions_of(world.user("bram")) if one.title == "ronde")
        [progress] = progress_of(
            [one for one in rounds_of(world.user("opleider")) if one.name == "ronde"], world.user("opleider")
        )
        coder = next(one for one in progress.coders if one.name == "bram")
        return [clip.name for clip in bram.left], progress.left(coder)

    assert waited_for() == (["F-OEFEN2/puzzel"], ["F-OEFEN2/puzzel"])
    with noted({"F-OEFEN2": GUIDED}):
        assert waited_for() == ([], [])


@inside
def test_an_end_is_shown_weeks_ahead_to_who_has_the_family_and_nobody_else(world: World) -> None:
    from plugins.access.narrowing import look_as
    from plugins.families.panels import panels_of

    def told(who: str) -> str:
        look_as(world.viewer(who))
        return "".join(panel.content for panel in panels_of(world.user(who), "en") if panel.name == "consent")

    soon = date.today() + timedelta(weeks=7)
    with noted({"F-EIGEN": until(begeleiding=soon, opleiding=LATER), "F-ANDER": BOTH}):
        assert "F-EIGEN" in told("begeleider")
        assert "guidance: ends soon" in told("begeleider")
        assert "training" not in told("begeleider")
        assert told("vreemd") == ""
    with noted({"F-EIGEN": OVER}):
        assert "who guides the family cannot see the clips now" in told("begeleider")


@inside
def test_the_page_of_a_family_says_how_it_is_with_each_use(world: World) -> None:
    address = f"/vib/families/{world.project('eigen')}/"
    with noted({"F-EIGEN": GUIDED}):
        page = world.ask("begeleider", "GET", f"{address}?lang=nl", by="session")
        assert (page.status, page.forbidden) == (200, [])
        for said in ("Toestemming", "was tot en met", "niet iedereen stemde toe", "geldt</span>"):
            assert said in page.text
    with noted({"F-EIGEN": OVER}):
        page = world.ask("begeleider", "GET", f"{address}?lang=en", by="session")
        assert page.text.count("consent is over") == 2
        assert "data?task=" not in page.text
    assert "not noted yet" in world.ask("begeleider", "GET", f"{address}?lang=en", by="session").text
