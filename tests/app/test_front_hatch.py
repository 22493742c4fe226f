from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.front_hatch import FrontDesk, values_of, wanted_of
from kiosk.app.front_people import FrontPeople
from kiosk.app.new_tags import NewTags
from kiosk.desks.lockers.messages import Message, StaffAsked
from kiosk.errors import LedgerFault
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.tags import Plaque
from kiosk.units import LockerId
from tests.app.front_room import Room
from tests.desks.lockers.staffed_desk import LOCKERS, PEOPLE
from tests.ledger.shop import fresh_ledger, pragma
from tests.ledger.values import TEN


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as one:
        yield one


@pytest.fixture
def room(ledger: Ledger) -> Room:
    return Room(ledger)


# who asks


def test_whoever_uses_this_machine_is_told_as_whom_they_are_registered(room: Room) -> None:
    assert room.asks("login:li", do="who") == {"ok": True, "id": "lina"}
    assert room.asks("login:root", do="who") == {"ok": True, "id": ""}


def test_a_register_that_cannot_be_read_is_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(login: str) -> str:
        raise LedgerFault("the disk is gone")

    desk = FrontDesk(room.post, unreadable, NewTags(room.pages, room.staffed.now))

    assert desk.serve({"do": "who"}, "login:li") == {"refused": "who is registered cannot be read: the disk is gone"}


@pytest.mark.parametrize("do", ["status", "open", "open-all", "care", "renumber"])
def test_a_user_of_this_machine_without_a_pin_does_nothing_at_the_lockers(room: Room, do: str) -> None:
    answer = room.asks("login:li", do=do, lockers=[1], purpose="look", care="empty", why="fire", locker=1)

    assert answer == {"refused": "every deed at the lockers wants a person and a PIN: --as ID"}
    assert [room.staffed.bank.pulses(locker) for locker in LOCKERS] == [0, 0, 0, 0]


# what is asked


def test_the_status_names_every_locker_and_why_a_person_is_to_look(room: Room) -> None:
    room.asks(do="care", care="quarantine", lockers=[2], why="its tag is lost")

    status = room.asks(do="status")["status"]

    assert [row["locker"] for row in status["lockers"]] == list(LOCKERS)
    assert (status["lockers"][0]["assignment"], status["lockers"][0]["for_staff"]) == ("free", "")
    assert status["lockers"][1]["assignment"] == "quarantined"
    assert status["lockers"][1]["for_staff"] == "its tag is lost"


def test_several_lockers_are_dealt_with_at_one_request_and_each_is_answered(room: Room) -> None:
    answer = room.asks("lina", do="open", lockers=[1, 99, 3], purpose="repair")

    assert [refused for _, refused in answer["said"]] == [False, True, False]
    assert [room.staffed.bank.pulses(locker) for locker in LOCKERS] == [1, 0, 1, 0]


def test_a_single_no_is_a_refusal(room: Room) -> None:
    assert "may not open" in room.asks("anna", do="open", lockers=[1], purpose="look")["refused"]


def test_an_emergency_can_be_watched_by_whoever_stands_there(room: Room) -> None:
    room.asks(do="open-all", why="fire")
    room.staffed.passes(30)

    doors = room.asks("login:root", do="doors")

    assert doors == {"ok": True, "doors": 4, "open": [1, 2, 3, 4], "shut": [], "left": 0}


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "dance"},
        {"do": "open", "lockers": [], "purpose": "look"},
        {"do": "open", "lockers": [0], "purpose": "look"},
        {"do": "open", "lockers": ["1"], "purpose": "look"},
        {"do": "open", "lockers": [True], "purpose": "look"},
        {"do": "open", "lockers": list(range(1, 600)), "purpose": "look"},
        {"do": "open", "lockers": [1], "purpose": "robbery"},
        {"do": "open", "purpose": "look"},
        {"do": "care", "lockers": [1], "care": "burn"},
        {"do": "open-lost", "case": -1},
        {},
    ],
)
def test_what_is_not_of_the_form_is_no_message(asked: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        wanted_of(asked, "lina")


def test_a_desk_that_is_busy_is_said_to_be(room: Room) -> None:
    posted: list[Message] = []
    desk = FrontDesk(posted.append, room.of_login, NewTags(room.pages, room.staffed.now), patience_s=0.01)

    answer = desk.serve({"do": "open", "lockers": [1], "purpose": "look"}, "lina")

    assert answer["said"] == [["the desk is busy and will see to it; kiosk lockers status tells", False]]
    assert isinstance(posted[0], StaffAsked)
    with pytest.raises(ValueError, match="the desk is busy: ask again"):
        desk.serve({"do": "doors"}, "login:root")


# another tag


def test_a_quarantined_locker_comes_back_with_a_tag_of_the_next_generation(room: Room) -> None:
    room.pages.issue_plaque(Plaque(1, 1), "test", TEN)
    room.asks(do="care", care="quarantine", lockers=[1], why="its tag is lost")

    [[said, refused]] = room.asks(do="renumber", locker=1, number=None)["said"]

    assert not refused
    assert said.endswith("print its tag: kiosk lockers tags print --numbers 1")
    one = room.staffed.desk.cabinet.lockers[LockerId(1)]
    assert (one.number, one.generation, one.assignment) == (1, 2, Assignment.FREE)
    assert room.pages.issued(Plaque(1, 2)) is not None
    old = room.pages.issued(Plaque(1, 1))
    assert old is not None
    assert old.withdrawn


def test_a_tag_that_was_printed_for_it_already_is_the_one_that_it_gets(room: Room) -> None:
    room.pages.issue_plaque(Plaque(2, 3), "test", TEN)

    [[said, _]] = room.asks(do="renumber", locker=2, number=None)["said"]

    assert said.endswith("its tag is plaque 2 generation 3")
    assert room.staffed.desk.cabinet.lockers[LockerId(2)].generation == 3


def test_a_locker_works_under_a_number_that_nobody_has_until_its_own_has_a_pair(room: Room) -> None:
    room.asks(do="renumber", locker=3, substitute=True)
    substituted = room.staffed.desk.cabinet.lockers[LockerId(3)]
    room.asks(do="renumber", locker=3)
    back = room.staffed.desk.cabinet.lockers[LockerId(3)]

    assert (substituted.number, substituted.generation) == (901, 2)
    assert (back.number, back.generation) == (3, 3)
    withdrawn = room.pages.issued(Plaque(901, 2))
    assert withdrawn is not None
    assert withdrawn.withdrawn


@pytest.mark.parametrize(
    ("by", "asked", "why"),
    [
        ("wang", {"locker": 1}, "may not give a locker another tag: the supervisor may"),
        ("lina", {"locker": 9}, "there is no locker 9"),
        ("lina", {"locker": 1, "number": 2}, "the number 2 is locker 2's"),
    ],
)
def test_a_tag_that_cannot_be_given_changes_nothing(room: Room, by: str, asked: dict[str, Any], why: str) -> None:
    answer = room.asks(by, do="renumber", **asked)

    assert why in answer["refused"]
    assert room.staffed.desk.cabinet.lockers[LockerId(1)].generation == 1
    assert room.pages.plaques() == ()


def test_a_number_without_a_generation_left_is_told(room: Room) -> None:
    room.pages.issue_plaque(Plaque(1, 999), "test", TEN)
    room.pages.withdraw_plaque(Plaque(1, 999), "lost", "test", TEN)

    assert "had 999 generations" in room.asks(do="renumber", locker=1)["refused"]


# being a shopper


def test_nothing_is_played_on_real_lockers(ledger: Ledger) -> None:
    real = Room(ledger, simulated=False)

    assert "the lockers are real" in real.asks("login:root", do="play", verb="force", what="1")["refused"]


def test_a_door_that_is_forced_is_seen(room: Room) -> None:
    answer = room.asks("login:root", do="play", verb="force", what="1")

    assert answer["said"] == "screen: How large a locker?\nlocker 1: forced"


def test_a_tag_is_scanned_by_the_lockers_position_or_by_what_it_says(room: Room) -> None:
    room.asks("login:root", do="play", verb="scan", what="2")
    room.asks("login:root", do="play", verb="scan", what="1000200112345678")

    assert room.scanned == ["tag 2.1", "1000200112345678"]


@pytest.mark.parametrize(
    ("verb", "what", "why"),
    [
        ("take", "1", "locker 1 is shut"),
        ("pull", "seven", "name a locker by its position"),
        ("pull", "", "name a locker by its position"),
        ("scan", "77", "there is no locker 77"),
        ("jam", "99", "99"),
    ],
)
def test_what_cannot_be_done_at_the_lockers_is_told(room: Room, verb: str, what: str, why: str) -> None:
    assert why in room.asks("login:root", do="play", verb=verb, what=what)["refused"]


@pytest.mark.parametrize(("verb", "what"), [("dance", ""), ("size", "huge")])
def test_a_deed_that_nobody_knows_is_not_understood(room: Room, verb: str, what: str) -> None:
    with pytest.raises(ValueError, match=r"dance|huge"):
        room.asks("login:root", do="play", verb=verb, what=what)


@pytest.mark.parametrize("verb", ["ask", "yes", "no", "help"])
def test_what_a_shopper_does_at_the_screen_reaches_the_desk(room: Room, verb: str) -> None:
    assert room.asks("login:root", do="play", verb=verb)["ok"]


def test_a_report_is_json_through_and_through(room: Room) -> None:
    assert json.loads(json.dumps(values_of(room.report())))["lockers"][0]["door"] == "closed"


# the register, as the front role asks it


def test_people_are_known_by_login_and_proved_by_pin(ledger: Ledger) -> None:
    people = FrontPeople(lambda: ledger, lambda: TEN)
    PeoplePages(ledger, b"").add(replace(PEOPLE["lina"], login="li"), "test", TEN, pin="482913")

    assert people.of_login("li") == "lina"
    assert people.of_login("root") == ""
    assert people.person("lina") is not None
    assert people.person("nobody") is None
    assert people.prove("lina", "482913") == ""
    assert people.prove("lina", "000000") == "wrong PIN, or nobody of that id has one"


def test_a_pin_cannot_be_proved_without_the_ledger() -> None:
    def gone() -> Ledger:
        raise LedgerFault("the disk is gone")

    assert FrontPeople(gone, lambda: TEN).prove("lina", "482913") == "PINs cannot be looked at: the disk is gone"


def test_a_full_disk_keeps_no_supervisor_from_the_doors_and_no_guesser_gets_more_tries(ledger: Ledger) -> None:
    people = FrontPeople(lambda: ledger, lambda: TEN)
    PeoplePages(ledger, b"").add(PEOPLE["lina"], "test", TEN, pin="482913")
    pragma(ledger, "query_only=ON")

    right = people.prove("lina", "482913")
    guesses = [people.prove("lina", f"11111{digit}") for digit in range(6)]

    assert right == ""
    assert guesses == [*["wrong PIN, or nobody of that id has one"] * 5, "too many wrong PINs: wait 5 min"]
    assert people.prove("lina", "482913") == "too many wrong PINs: wait 5 min"
    pragma(ledger, "query_only=OFF")
    assert people.prove("lina", "482913") == ""
    assert people.prove("nobody", "482913") == "wrong PIN, or nobody of that id has one"
