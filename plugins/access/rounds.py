"""Rounds of blind coding: who is in them, which clips, and when they are opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import final

from django.db.models import prefetch_related_objects
from django.utils import timezone
from projects.models import Project
from tasks.models import Annotation, Task
from users.models import User

from plugins.access import texts_command as texts
from plugins.access.consenting import not_for_rounds
from plugins.access.granting import By, Outcome, account, check_part, problem, unknown
from plugins.access.models import HandedOut, Round, VibProject
from plugins.access.viewer import viewer_of
from plugins.host.accounts import rater_names
from vib.coding_round import CodingRound
from vib.family import family_of
from vib.language import Text
from vib.project_key import ProjectDescription, ProjectKey
from vib.roles import Part

RATER, SUPERVISOR = Part.RATER, Part.SUPERVISOR


def round_named(name: str) -> Round:
    """Return the round with a name, or else with this number."""
    found = Round.objects.filter(name=name).first()
    if found is None and name.isdecimal() and len(name) < 10:
        found = Round.objects.filter(pk=int(name)).first()
    if found is None:
        raise unknown(name, texts.NO_ROUND, Round.objects.values_list("name", flat=True))
    return found


def practice_sets() -> dict[str, int]:
    """Return the number of the project of each practice set, by key."""
    rows = VibProject.objects.filter(family=None).order_by("key").values_list("key", "project_id")
    return {name: number for key, number in rows if (name := practice_named(key)) is not None}


def practice_of(round_: Round) -> str:
    """Return the key of the practice set of a round."""
    return next((key for key, number in practice_sets().items() if number == round_.project_id), "")


def clips_of(project: int) -> dict[str, int]:
    """Return the task of each clip of a project."""
    rows = Task.objects.filter(project=project).order_by("pk").values_list("data__clip", "pk")
    return {str(clip): task for clip, task in rows if clip}


def families_of(clips: Iterable[str]) -> list[str]:
    """Return the families that clips are of."""
    return sorted({family_of(clip) for clip in clips})


def clips_in(round_: Round) -> list[str]:
    """Return the clips that are handed out in a round."""
    return list(round_.clips.order_by("clip").values_list("clip", flat=True))


def rounds_of(user: int) -> list[CodingRound]:
    """Return the rounds in which an account has the part that goes with its role, the newest first."""
    account = User.objects.get(pk=user)
    part = viewer_of(account).part
    if part is None:
        return []
    rounds = Round.objects.filter(members__user=user, members__part=part).order_by("-created_at", "name")
    names = rater_names()
    found = [replace(one, part=part) for one in _coding_rounds(rounds, names)]
    return found if part is SUPERVISOR else [_alone(one, names[user]) for one in found]


def _alone(round_: CodingRound, rater: str) -> CodingRound:
    """Return a round as a rater knows it: while it is blind, as if there were nobody else."""
    return round_ if round_.opened else replace(round_, raters=frozenset({rater}), supervisors=frozenset())


def coding_rounds(rounds: Iterable[Round]) -> list[CodingRound]:
    """Return rounds as other plugins know them."""
    return _coding_rounds(rounds, rater_names())


def _coding_rounds(rounds: Iterable[Round], names: Mapping[int, str]) -> list[CodingRound]:
    found = list(rounds)
    prefetch_related_objects(found, "members", "clips")

    def members(round_: Round, part: str) -> frozenset[str]:
        return frozenset(names[member.user_id] for member in round_.members.all() if member.part == part)

    def clips(round_: Round) -> frozenset[str]:
        return frozenset(handed.clip for handed in round_.clips.all())

    return [
        CodingRound(
            one.name,
            one.project_id,
            clips(one),
            members(one, RATER),
            members(one, SUPERVISOR),
            due=one.due,
            opened=one.opened_at,
        )
        for one in found
    ]


def make_round(
    by: By,
    name: str,
    practice: str | None = None,
    *,
    supervisors: Sequence[str] = (),
    raters: Sequence[str] = (),
    clips: Sequence[str] | None = (),
    predictions_shown: bool | None = None,
    level: str | None = None,
) -> list[Outcome]:
    """Make a round, or add to the one with this name.

    Parameters
    ----------
    practice : str or None
        Key of the practice set, or number of its project; needed for a new round.
    clips : Sequence of str or None
        None hands out every clip of the practice set.
    predictions_shown : bool or None
        None leaves it as it is; a new round shows them.
    level : str or None
        At which level it is meant to be coded: that of its practice set, as Label Studio has one interface a project.

    Raises
    ------
    InputProblem
        The practice set has another level; or something else is not there or cannot be.
    """
    outcomes = _ensure(by, name, practice, predictions_shown, level)
    # Clips first: the log then says of each member which families they come to see.
    outcomes += hand_out(by, name, clips)
    outcomes += add_members(by, name, supervisors, SUPERVISOR)
    return outcomes + add_members(by, name, raters, RATER)


def _ensure(by: By, name: str, practice: str | None, shown: bool | None, level: str | None) -> list[Outcome]:
    round_ = Round.objects.filter(name=name).first()
    number = None if practice is None else _project(practice)
    if level is not None and (round_ or number):
        _check_level(name, round_.project_id if round_ else number, level)
    if round_ is not None:
        if number not in (None, round_.project_id):
            raise problem(name, texts.OTHER_PRACTICE, practice=practice_of(round_))
        return [] if shown is None else show_predictions(by, name, shown)
    if number is None:
        raise unknown(name, texts.WHICH_PRACTICE, Round.objects.values_list("name", flat=True))
    if not 1 <= len(name.strip()) <= 100 or not name.isprintable() or {"/", "\\"} & set(name):
        raise problem(name, texts.BAD_NAME)
    round_ = Round.objects.create(name=name, project_id=number, predictions_shown=shown is not False)
    key = practice_of(round_)
    by.note("round", f"round {name} of {key}, predictions {'shown' if round_.predictions_shown else 'hidden'}")
    return [Outcome(texts.MADE.filled(round=name, practice=key))]


def _check_level(name: str, project: int | None, level: str) -> None:
    descriptions = Project.objects.filter(pk=project).values_list("description", flat=True)
    described = ProjectDescription.parse(descriptions.first())
    there = None if described is None else described.level
    if there != level:
        raise problem(name, texts.OTHER_LEVEL, level=level, there=there or "-")


def practice_named(text: str) -> str | None:
    key = ProjectKey.parse(text)
    return key.name if key is not None and key.kind == "practice" else None


def _project(practice: str) -> int:
    known = practice_sets()
    key = practice_named(practice) or practice
    if key in known:
        return known[key]
    if key.isdecimal() and int(key) in known.values():
        return int(key)
    raise unknown(key, texts.NO_PRACTICE, known)


def show_predictions(by: By, name: str, shown: bool) -> list[Outcome]:
    """Show the suggested turns to the members of a round, or hide them."""
    round_ = round_named(name)
    changed = round_.predictions_shown != shown
    if changed:
        round_.predictions_shown = shown
        round_.save(update_fields=["predictions_shown"])
        by.note("round", f"round {name}, predictions {'shown' if shown else 'hidden'}", families_of(clips_in(round_)))
    return [Outcome(texts.PREDICTIONS[shown].filled(round=name), changed)]


def set_due(by: By, name: str, due: date | None) -> list[Outcome]:
    """Say until when a round is to be coded, the day itself included; None takes that back. Nothing closes by it."""
    round_ = round_named(name)
    changed = round_.due != due
    if changed:
        round_.due = due
        round_.save(update_fields=["due"])
        by.note("round", f"round {name}, until {due or 'no day'}", families_of(clips_in(round_)))
    text = texts.NOT_DUE if due is None else texts.DUE
    return [Outcome(text.filled(round=name, day=due), changed)]


def add_members(by: By, name: str, emails: Sequence[str], part: str) -> list[Outcome]:
    """Add raters or supervisors to a round."""
    round_, outcomes = round_named(name), []
    clips = clips_in(round_)
    for user in {user.pk: user for user in map(account, emails)}.values():
        check_part(user, part)
        member = round_.members.filter(user=user).first()
        if member is not None and member.part != part:
            raise problem(user.email, texts.OTHER_PART, part=member.part)
        if member is None:
            if part == RATER:
                check_unopened(round_)
                check_once(round_, [user.pk], clips)
            round_.members.create(user=user, part=part)
            by.note("round", f"round {name}, {part} {user.email}", families_of(clips))
        text = texts.WAS_IN if member else texts.JOINED
        outcomes.append(Outcome(in_part(text, part, email=user.email, round=name), member is None))
    return outcomes


def in_part(text: Text, part: str, **values: object) -> Text:
    """Return a text with a part of a round in its own language, and its other places filled."""
    words = texts.PARTS[part]
    return Text(nl=text.nl.format(part=words.nl, **values), en=text.en.format(part=words.en, **values))


def remove_members(by: By, name: str, emails: Sequence[str]) -> list[Outcome]:
    """Take people out of a round; what they coded stays, but no longer belongs to it."""
    round_, outcomes = round_named(name), []
    for user in map(account, emails):
        if not round_.members.filter(user=user).delete()[0]:
            raise unknown(user.email, texts.NOT_IN_ROUND, round_.members.values_list("user__email", flat=True))
        by.note("round", f"round {name}, without {user.email}", families_of(clips_in(round_)))
        outcomes.append(Outcome(texts.OUT.filled(email=user.email, round=name)))
    return outcomes


def hand_out(by: By, name: str, clips: Sequence[str] | None) -> list[Outcome]:
    """Hand out clips in a round; None hands out all of its practice set for which there is consent.

    Raises
    ------
    InputProblem
        A clip is not there, its consent for training is over, the round was opened, or a rater has it elsewhere.
    """
    if clips is not None and not clips:
        return []
    round_ = round_named(name)
    known, there = clips_of(round_.project_id), set(clips_in(round_))
    wanted = dict.fromkeys(known if clips is None else clips)
    for clip in wanted:
        if clip not in known:
            raise unknown(clip, texts.NO_CLIP, known)
    new = [clip for clip in wanted if clip not in there]
    closed = not_for_rounds(new)
    if closed and clips is not None:
        raise problem(closed[0], texts.NO_CONSENT)
    new = [clip for clip in new if clip not in closed]
    left_out = [Outcome(texts.LEFT_OUT.filled(round=name, clips=", ".join(closed)), changed=False)] if closed else []
    if not new:
        there_already = [clip for clip in wanted if clip in there]
        return [Outcome(texts.WERE_HANDED.filled(round=name, clips=", ".join(there_already)), changed=False), *left_out]
    check_unopened(round_)
    check_once(round_, list(round_.members.filter(part=RATER).values_list("user", flat=True)), new)
    HandedOut.objects.bulk_create(HandedOut(round=round_, task_id=known[clip], clip=clip) for clip in new)
    by.note("round", f"round {name}, handed out {', '.join(new)}", families_of(new))
    return [Outcome(texts.HANDED.filled(round=name, clips=", ".join(new))), *left_out]


def take_back(by: By, name: str, clips: Sequence[str]) -> list[Outcome]:
    """Take clips out of a round; what was coded of them stays, but no longer belongs to it."""
    round_ = round_named(name)
    rows = round_.clips.filter(clip__in=clips)
    gone = sorted(rows.values_list("clip", flat=True))
    rows.delete()
    if gone:
        by.note("round", f"round {name}, taken back {', '.join(gone)}", families_of(gone))
    return [Outcome(texts.TAKEN.filled(round=name, clips=", ".join(gone)))] if gone else []


def check_unopened(round_: Round) -> None:
    """See to it that a round still is blind, so that raters and clips can join it."""
    if round_.opened_at is not None:
        raise problem(round_.name, texts.IS_OPEN)


@final
@dataclass(frozen=True, slots=True)
class Held:
    """A clip that a rater has in another round."""

    rater: str
    clip: str
    round: str


def held_elsewhere(round_: Round | None, raters: Sequence[int], clips: Sequence[str]) -> Held | None:
    """Return the first of these clips that one of these raters has in another round.

    Were both unopened, then opening one would show what is still to be coded blind in the
    other; was the other opened, then they have seen it.
    """
    others = HandedOut.objects.filter(clip__in=clips, round__members__part=RATER, round__members__user__in=raters)
    columns = ("round__members__user__email", "clip", "round__name")
    found = others.exclude(round=round_).order_by("clip", "round__name").values_list(*columns).first()
    return None if found is None else Held(*found)


def check_once(round_: Round | None, raters: Sequence[int], clips: Sequence[str]) -> None:
    """See to it that no rater has one of these clips in another round.

    Raises
    ------
    InputProblem
        Somebody has; names who, the clip and the round.
    """
    found = held_elsewhere(round_, raters, clips)
    if found is not None:
        place = round_.name if round_ else found.clip
        raise problem(place, texts.TWICE, rater=found.rater, clip=found.clip, round=found.round)


def open_round(by: By, name: str) -> list[Outcome]:
    """Let the raters of a round see each other's codes; from now on they cannot change their own."""
    round_ = round_named(name)
    if round_.opened_at is not None:
        return [Outcome(texts.WAS_OPEN.filled(round=name), changed=False)]
    round_.opened_at = timezone.now()
    round_.save(update_fields=["opened_at"])
    by.note("open", f"round {name}", families_of(clips_in(round_)))
    count = codings(round_)
    return [Outcome(texts.OPENED.filled(round=name, done=count["done"], all=count["all"]))]


def close_round(by: By, name: str) -> list[Outcome]:
    """Close a round again that was opened too early."""
    round_ = round_named(name)
    if round_.opened_at is None:
        return [Outcome(texts.WAS_CLOSED.filled(round=name), changed=False)]
    round_.opened_at = None
    round_.save(update_fields=["opened_at"])
    by.note("close", f"round {name}", families_of(clips_in(round_)))
    return [Outcome(texts.CLOSED.filled(round=name))]


def codings(round_: Round) -> Mapping[str, int]:
    """Count how many codings of a round are submitted (``done``), and how many there should be (``all``)."""
    raters = round_.members.filter(part=RATER).values_list("user", flat=True)
    tasks = round_.clips.values_list("task", flat=True)
    submitted = Annotation.objects.filter(task__in=tasks, completed_by__in=raters, was_cancelled=False)
    done = submitted.order_by().values("task", "completed_by").distinct().count()
    return {"done": done, "all": len(raters) * len(tasks)}
