from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.lockers.cabinet import (
    FORCED,
    JAMMED,
    TRANSITIONS,
    Event,
    Refused,
    after,
    assignable,
    awoken,
    concerns_staff,
    doubted,
)
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind
from kiosk.rules.lockers.warrants import ByTag, objection
from kiosk.units import LockerId

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = TEN + timedelta(minutes=5)
LOCKER = Locker(LockerId(7), Size.SMALL, 7, 1, Assignment.FREE, Door.CLOSED, TEN)

# In words: F free, R reserved, O occupied, N overnight, Q quarantined, X out of service; c closed, p opening, o open,
# h held open, f forced, j jammed, u unknown; a dot is a refusal. A decision's rows are what it makes of the assignment
# at the doors c p o h f j u; a door's row is what becomes of the doors c p o h f j u, whosever the locker is.
ASSIGNMENTS = dict(
    zip("FROQNX", ("free", "reserved", "occupied", "quarantined", "overnight", "out of service"), strict=True)
)
DOORS = dict(zip("cpohfju", ("closed", "opening", "open", "held open", "forced", "jammed", "unknown"), strict=True))

DECISIONS = {
    "reserved": "F R...... R ....... O ....... N ....... Q ....... X .......",
    "kept": "F ....... R O.....O O ....... N ....... Q ....... X .......",
    "left": "F FFFFFFF R OOOOOOO O OOOOOOO N NNNNNNN Q QQQQQQQ X XXXXXXX",
    "given up": "F ....... R F....XX O ....... N ....... Q ....... X .......",
    "fetched": "F ....... R ....... O F..XXXX N F..XXXX Q Q..QQQQ X .......",
    "stayed": "F ....... R ....... O NNNNNNN N NNNNNNN Q ....... X .......",
    "doubted": "F QQQQQQQ R ....... O QQQQQQQ N QQQQQQQ Q QQQQQQQ X QQQQQQQ",
    "withdrawn": "F XXXXXXX R ....... O ....... N ....... Q ....... X XXXXXXX",
    "looked": "F ....... R ....... O OOOOOOO N NNNNNNN Q QQQQQQQ X .......",
    "trusted": "F ....... R ....... O ....... N ....... Q OOOOOOO X .......",
    "tagged": "F FFFFFFF R ....... O ....... N ....... Q XXXXXXX X XXXXXXX",
    "returned": "F F...... R ....... O ....... N ....... Q ....... X F......",
}
MOVES = {
    "ordered": "ppppppp",
    "opened": "foohfff",
    "closed": "cpcccjc",
    "unreadable": "upuuuju",
    "overdue": "cphhfju",
    "stuck": "cjohfju",
    "unseen": "cuohfju",
}
SOMEBODY_STANDS_THERE = "ooohfoo"  # "opened" of a locker that is reserved


def decided() -> list[tuple[str, str, str, str | None]]:
    cells: list[tuple[str, str, str, str | None]] = []
    for event, text in DECISIONS.items():
        words = text.split()
        for assignment, row in zip(words[::2], words[1::2], strict=True):
            for door, letter in zip("cpohfju", row, strict=True):
                cells.append((assignment, door, event, None if letter == "." else letter + door))
    for event, row in MOVES.items():
        for assignment in "FRONQX":
            at = SOMEBODY_STANDS_THERE if (event, assignment) == ("opened", "R") else row
            cells += [
                (assignment, door, event, assignment + letter) for door, letter in zip("cpohfju", at, strict=True)
            ]
    return cells


def state(letters: str) -> tuple[Assignment, Door]:
    return Assignment(ASSIGNMENTS[letters[0]]), Door(DOORS[letters[1]])


def test_every_locker_at_every_door_is_decided_for_every_event() -> None:
    pictured = {(state(who + door), Event(event)): then and state(then) for who, door, event, then in decided()}

    table = {(before, event): then for before, row in TRANSITIONS.items() for event, then in row.items()}

    assert len(table) == len(Assignment) * len(Door) * len(Event) == 798
    assert {cell: (pictured[cell], then) for cell, then in table.items() if pictured[cell] != then} == {}


@pytest.mark.parametrize("event", Event)
def test_a_refusal_says_how_the_locker_stands_and_changes_nothing(event: Event) -> None:
    for (assignment, door), row in TRANSITIONS.items():
        locker, then = replace(LOCKER, assignment=assignment, door=door), row[event]

        found = after(locker, event, LATER)

        if isinstance(found, Refused):
            assert then is None
            assert found.why == f"locker 7 is {assignment.value}, its door {door.value}"
        else:
            assert (found.assignment, found.door) == then
            assert found.since == (TEN if then == (assignment, door) else LATER)


@pytest.mark.parametrize("door", set(Door) - {Door.CLOSED})
def test_nobody_is_given_a_locker_that_is_not_seen_closed(door: Door) -> None:
    assert assignable(LOCKER)
    assert not assignable(replace(LOCKER, door=door))


def test_nobody_is_given_a_locker_that_is_to_be_looked_at_first() -> None:
    doubtful = replace(LOCKER, unconfirmed=True, why="the power went")

    assert after(doubtful, Event.RESERVED, LATER) == Refused("locker 7 is to be looked at first: the power went")


@pytest.mark.parametrize("event", [Event.TAGGED, Event.RETURNED])
def test_a_locker_with_things_in_it_gets_no_new_tag_and_does_not_go_back_to_use(event: Event) -> None:
    locker = replace(LOCKER, assignment=Assignment.OUT_OF_SERVICE, deposit=5)

    assert after(locker, event, LATER) == Refused("things are in locker 7: they are to be handed out first")


@pytest.mark.parametrize(
    ("before", "event", "why"),
    [
        (LOCKER, Event.OPENED, FORCED),
        (replace(LOCKER, door=Door.OPENING), Event.STUCK, JAMMED),
        (replace(LOCKER, door=Door.OPENING), Event.UNSEEN, "it was pulsed, and its sensor does not tell"),
        (replace(LOCKER, assignment=Assignment.RESERVED), Event.LEFT, "went without showing its tag"),
        (LOCKER, Event.LEFT, "nobody saw how it was left"),
        (replace(LOCKER, assignment=Assignment.RESERVED, door=Door.UNKNOWN), Event.GIVEN_UP, "nobody saw how"),
        (replace(LOCKER, assignment=Assignment.OCCUPIED, door=Door.UNKNOWN), Event.FETCHED, "nobody saw how"),
    ],
)
def test_what_is_doubtful_is_to_be_looked_at(before: Locker, event: Event, why: str) -> None:
    found = after(before, event, LATER)

    assert isinstance(found, Locker)
    assert found.unconfirmed
    assert why in found.why
    assert concerns_staff(found) == found.why


def test_the_first_reason_stays_until_somebody_has_looked() -> None:
    forced = after(LOCKER, Event.OPENED, LATER)
    assert isinstance(forced, Locker)

    left = after(forced, Event.LEFT, LATER)

    assert isinstance(left, Locker)
    assert left.why == FORCED


@pytest.mark.parametrize("assignment", [Assignment.OCCUPIED, Assignment.OVERNIGHT])
def test_things_that_were_fetched_leave_a_free_locker_and_no_doubt(assignment: Assignment) -> None:
    locker = replace(LOCKER, assignment=assignment, deposit=5, unconfirmed=True, why="jammed once")

    assert after(locker, Event.FETCHED, LATER) == replace(LOCKER, since=LATER)


def test_a_quarantined_locker_stays_quarantined_once_it_is_empty() -> None:
    locker = replace(LOCKER, assignment=Assignment.QUARANTINED, deposit=5, why="tag lost")

    assert after(locker, Event.FETCHED, LATER) == replace(locker, deposit=0)


def test_a_person_who_looked_ends_the_doubt() -> None:
    doubtful = replace(LOCKER, assignment=Assignment.OCCUPIED, deposit=5, unconfirmed=True, why="the power went")

    assert after(doubtful, Event.LOOKED, LATER) == replace(doubtful, unconfirmed=False, why="")
    assert after(replace(LOCKER, unconfirmed=True, why="forced"), Event.RETURNED, LATER) == LOCKER


def test_what_staff_say_about_a_locker_is_kept_with_it() -> None:
    found = after(LOCKER, Event.WITHDRAWN, LATER, "its hinge")

    assert isinstance(found, Locker)
    assert concerns_staff(found) == "its hinge"


@pytest.mark.parametrize("door", [Door.FORCED, Door.JAMMED, Door.HELD_OPEN, Door.UNKNOWN])
def test_a_door_that_is_not_as_it_should_be_concerns_staff(door: Door) -> None:
    assert concerns_staff(replace(LOCKER, door=door)) == f"its door is {door.value}"


@pytest.mark.parametrize("assignment", Assignment)
def test_only_what_is_out_of_use_concerns_staff_while_its_door_is_closed(assignment: Assignment) -> None:
    out = assignment in (Assignment.QUARANTINED, Assignment.OUT_OF_SERVICE)

    assert concerns_staff(replace(LOCKER, assignment=assignment)) == (f"it is {assignment.value}" if out else "")


# after a restart


@pytest.mark.parametrize(("assignment", "door"), TRANSITIONS)
def test_after_a_restart_nothing_that_was_under_way_goes_on(assignment: Assignment, door: Door) -> None:
    locker = replace(LOCKER, assignment=assignment, door=door, deposit=5)

    found = awoken(locker, LATER)

    in_use = assignment is Assignment.RESERVED or door in (Door.OPENING, Door.OPEN, Door.HELD_OPEN)
    assert found.unconfirmed == in_use
    assert found.deposit == 5
    assert found.assignment is (Assignment.OCCUPIED if assignment is Assignment.RESERVED else assignment)
    assert found.door not in (Door.OPENING, Door.OPEN, Door.HELD_OPEN)
    if not in_use:
        assert found == replace(locker, door=Door.UNKNOWN if door is Door.CLOSED else door)


@pytest.mark.rule("L02")
@pytest.mark.parametrize("deposit", [0, 5])
@pytest.mark.parametrize("assignment", Assignment)
def test_what_an_older_ledger_tells_of_a_locker_opens_it_for_nobody_until_somebody_looked(
    assignment: Assignment, deposit: int
) -> None:
    found = doubted(replace(LOCKER, assignment=assignment, deposit=deposit), LATER)

    assert found.assignment in (Assignment.QUARANTINED, Assignment.OUT_OF_SERVICE)
    assert objection(found, ByTag(ShownTag(TagKind.PLAQUE, 7, 1)), None) is not None
    assert not assignable(found)
    assert concerns_staff(found) == "the ledger is older than what lies in it: look"
    assert found.deposit == deposit
