"""`kiosk lockers` as staff give it: what they type reaches the running front role, and what it says comes back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.app.front_hatch import front_hatch
from kiosk.cli import main
from kiosk.rules.lockers.locker import Assignment
from kiosk.units import LockerId
from tests.app.front_room import Room
from tests.desks.lockers.staffed_desk import LOCKERS
from tests.ledger.shop import fresh_ledger

PIN = "482913"
Kiosk = Callable[..., tuple[int, str, str]]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A front role of this state directory."""
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        room = Room(ledger)
        with front_hatch(tmp_path / "front.sock", room.desk, lambda id, pin: "" if pin == PIN else "wrong PIN"):
            yield room


@pytest.fixture
def kiosk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kiosk:
    """`kiosk lockers …`, as the supervisor unless told."""
    (tmp_path / "pin").write_text(f"{PIN}\n")

    def run(*words: str, by: str = "lina") -> tuple[int, str, str]:
        capsys.readouterr()
        who = ["--as", by, "--as-pin-file", str(tmp_path / "pin")] if by else []
        try:
            code = main(["lockers", *words, *who, "--state", str(tmp_path)])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))


# how they stand


def test_the_status_begins_with_what_a_person_is_to_look_after(kiosk: Kiosk, room: Room) -> None:
    kiosk("quarantine", "3", "--why", "its tag is lost")

    code, out, _ = kiosk("status")

    rows = [line for line in out.splitlines() if line.startswith("│")]
    assert code == 0
    assert [row.split("│")[1].strip() for row in rows[:2]] == ["3", "1"]
    assert "its tag is lost" in rows[0]
    assert "3 free, 1 quarantined; 1 to look after" in out


def test_the_status_is_json_too(kiosk: Kiosk, room: Room) -> None:
    room.staffed.desk.warn("the door of the room stands open")

    code, out, _ = kiosk("status", "--json")

    status = json.loads(out)
    assert code == 0
    assert [row["locker"] for row in status["lockers"]] == list(LOCKERS)
    assert set(status) == {"now", "lockers", "warnings"}


def test_a_warning_stands_under_the_table(kiosk: Kiosk, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    report = room.report()
    monkeypatch.setattr(room, "report", lambda: type(report)(report.now, report.lockers, warnings=("look out",)))

    assert "! look out" in kiosk("status")[1]


# who asks


def test_whoever_is_not_registered_here_is_asked_to_say_who_they_are(kiosk: Kiosk, room: Room) -> None:
    code, _, err = kiosk("status", by="")

    assert code == 1
    assert "say who you are with --as ID" in err


def test_a_user_who_is_registered_is_asked_for_the_pin_alone(
    kiosk: Kiosk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def pin(question: str) -> str:
        asked.append(question)
        return PIN

    monkeypatch.setattr(room.desk, "_person_of", lambda login: "lina")
    monkeypatch.setattr("getpass.getpass", pin)

    code, _, _ = kiosk("status", by="")

    assert (code, asked) == (0, ["PIN of lina: "])


def test_a_wrong_pin_opens_nothing(kiosk: Kiosk, room: Room, tmp_path: Path) -> None:
    (tmp_path / "pin").write_text("111111\n")

    code, _, err = kiosk("open", "1", "--purpose", "repair")

    assert (code, err) == (1, "kiosk: refused: wrong PIN\n")
    assert room.staffed.bank.pulses(LockerId(1)) == 0


def test_without_a_front_role_a_command_says_how_to_begin(kiosk: Kiosk) -> None:
    code, _, err = kiosk("status")

    assert code == 3
    assert "no front role listens at" in err
    assert "start kiosk run front" in err


# doors


def test_lockers_open_and_those_that_may_not_are_told_one_by_one(kiosk: Kiosk, room: Room) -> None:
    code, out, err = kiosk("open", "1-2,99", "--purpose", "repair")

    assert code == 1
    assert out.count("is ordered open") == 2
    assert err == "kiosk: refused: locker 99 is not known\n"
    assert [room.staffed.bank.pulses(locker) for locker in LOCKERS] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    "words",
    [
        ("open",),
        ("open", "--all"),
        ("open", "--emergency"),
        ("open", "1", "--emergency"),
        ("open", "1", "--all"),
        ("open", "1", "--all", "--emergency"),
    ],
)
def test_an_opening_that_is_half_an_emergency_is_wrong_usage(kiosk: Kiosk, room: Room, words: tuple[str, ...]) -> None:
    code, _, err = kiosk(*words)

    assert code == 2
    assert "--all --emergency" in err
    assert [room.staffed.bank.pulses(locker) for locker in LOCKERS] == [0, 0, 0, 0]


@pytest.mark.parametrize("line", ["", "\n", "emergency\n", "yes\n"])
def test_an_emergency_that_was_not_meant_opens_nothing(
    kiosk: Kiosk, room: Room, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    typed(monkeypatch, line)

    code, _, err = kiosk("open", "--all", "--emergency", "--why", "fire")

    assert code == 1
    assert "nothing was opened" in err
    assert [room.staffed.bank.pulses(locker) for locker in LOCKERS] == [0, 0, 0, 0]


def test_an_emergency_that_was_meant_opens_every_door(
    kiosk: Kiosk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "EMERGENCY\n")

    code, out, _ = kiosk("open", "--all", "--emergency", "--why", "fire")

    assert code == 0
    assert "4 doors open one after another" in out
    assert "all 4 doors are open" in out


def test_an_emergency_is_nobodys_who_may_not(kiosk: Kiosk, room: Room) -> None:
    code, _, err = kiosk("open", "--all", "--emergency", "--yes", by="wang")

    assert code == 1
    assert "may not open every door: the department head or the supervisor may" in err
    assert [room.staffed.bank.pulses(locker) for locker in LOCKERS] == [0, 0, 0, 0]


def test_doors_that_stay_shut_in_an_emergency_are_named_for_their_keys(kiosk: Kiosk, room: Room) -> None:
    room.staffed.bank.jam(LockerId(3))
    room.hurry_s = 5.0

    code, out, _ = kiosk("open", "--all", "--emergency", "--yes")

    assert code == 3
    assert "3 of 4 doors are open; use the keys at 3" in out


# care


def test_what_was_found_in_a_locker_puts_it_back_into_service(kiosk: Kiosk, room: Room) -> None:
    assert kiosk("withdraw", "2", "--why", "its hinge is broken")[0] == 0
    withdrawn = room.staffed.desk.cabinet.lockers[LockerId(2)].assignment

    code, out, _ = kiosk("confirm", "2", "--empty")

    assert withdrawn is Assignment.OUT_OF_SERVICE
    assert (code, out) == (0, "locker 2 is free\n")


def test_a_locker_gets_another_tag(kiosk: Kiosk, room: Room) -> None:
    code, out, _ = kiosk("renumber", "4", "--substitute")

    assert code == 0
    assert "its tag is plaque 901 generation 2" in out


# the demo


def test_a_shopper_of_the_demo_needs_no_pin(kiosk: Kiosk, room: Room) -> None:
    code, out, _ = kiosk("demo", "force", "1", by="")

    assert code == 0
    assert "locker 1: forced" in out
    assert kiosk("demo", "pull", "x", by="") == (
        1, "", "kiosk: refused: name a locker by its position, as kiosk lockers demo pull 3, not 'x'\n"
    )  # fmt: skip
