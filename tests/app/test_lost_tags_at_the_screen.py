"""A lost tag by finger: the shopper stands beside whoever serves them, from the report to the cash office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.album import PANELS
from kiosk.display.marks import Line, opened
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.lost_tag import Step
from kiosk.rules.people.person import Person
from kiosk.units import LockerId
from tests.app.staffed_screen import PIN, StaffedScreen
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import ANNA, MEI, TAO
from tests.stories.test_counting_at_the_reader import CountedRoom

ONE = LockerId(1)
BAG = "wang's bag"
NUMBER = "11010519491231002X"
PERSONAL = (NUMBER, NUMBER[:6], "水水", "包包")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture
def screen(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[StaffedScreen]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    room = CountedRoom(ledger)
    room.in_service()
    one = StaffedScreen(room, PANELS["1280x800"], finger=True, ledger=ledger, people=(MEI, TAO, ANNA))
    room.leaves_a_bag(BAG, seat="other")
    with one.window:
        yield one


def offered(screen: StaffedScreen) -> set[str]:
    return {target.name for target in screen.looks().targets}


def writes(screen: StaffedScreen, letters: str, candidate: str) -> None:
    screen.types(letters)
    screen.taps(f"candidate {candidate}")


def signs(screen: StaffedScreen, person: Person, pin: str = PIN) -> None:
    screen.face.knocks(person.id)
    screen.looks()
    screen.types(pin)
    screen.taps("next")


def describes(screen: StaffedScreen) -> None:
    """As far as somebody knows what is inside."""
    screen.enters(MEI)
    screen.taps("lockers", f"locker {ONE}")
    screen.finds("report")
    screen.taps("report", "describe")
    writes(screen, "bao", "包")
    writes(screen, "bao", "包")
    screen.taps("next")
    assert "包包" in screen.reads()


def identifies(screen: StaffedScreen) -> None:
    screen.taps("compare", "fits", "identify", "choose identity-card")
    screen.types(NUMBER)
    screen.taps("next")
    for letters in ("shui", "shui"):
        writes(screen, letters, "水")
    screen.taps("next")
    writes(screen, "lu", "路")
    screen.taps("next", "choose yes")


@pytest.mark.rule("L07")
@pytest.mark.rule("L08")
@pytest.mark.rule("L09")
def test_the_whole_procedure_is_done_at_the_screen_by_two_people(screen: StaffedScreen, ledger: Ledger) -> None:
    describes(screen)
    identifies(screen)
    assert not any(word in screen.reads() for word in (NUMBER, "水水")), "the last look is masked"
    screen.taps("send")
    assert "水• · 11**************2X" in screen.reads()

    screen.taps("fee", "choose 1000")
    assert "收 10.00 元 · 收据 000001 · 李梅" in screen.reads()
    screen.taps("signed", "approve")
    signs(screen, MEI)
    assert "当值主管" in screen.reads()
    assert screen.counted.case(1).step is Step.SIGNED
    screen.taps("approve")
    signs(screen, TAO, "111111")
    assert screen.counted.case(1).step is Step.SIGNED
    screen.types(PIN)
    screen.taps("next")
    assert screen.counted.case(1).step is Step.APPROVED
    screen.taps("open")
    assert screen.room.cells[ONE].open
    assert screen.room.takes_out(ONE) == BAG
    screen.room.shuts(ONE)
    screen.taps("hand-over", "choose at the desk")
    screen.taps("file")
    assert screen.face.reads("A-0193")
    screen.looks()
    screen.taps("next")

    case = screen.counted.case(1)
    assert (case.step, case.approved_by, case.official) == (Step.FILED, "tao", "A-0193")
    assert "登记单和" not in screen.reads()
    assert screen.counted.memory.all_deposits[1].outcome is Outcome.HANDED_OUT
    assert screen.room.locker(ONE).assignment is Assignment.QUARANTINED
    assert [kept.place for kept in screen.counted.lost.kept_tags()] == ["at the desk"]
    screen.taps("lockers", "locker 1")
    assert "1 号剩下的标示牌" in screen.reads()
    assert "柜台 · 2026-11-23 起 · 李梅" in screen.reads()
    assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("L07")
@pytest.mark.rule("S20")
def test_one_that_was_left_in_the_middle_waits_among_the_matters_and_leaves_nothing_personal(
    screen: StaffedScreen,
) -> None:
    describes(screen)
    screen.taps("compare", "fits", "identify", "choose identity-card")
    assert screen.face.reads(NUMBER)
    screen.looks()

    screen.waits(61.0)

    placed = screen.looks()
    assert placed.key == "home"
    shown = " ".join(mark.text for mark in opened(placed.marks, seen=True) if isinstance(mark, Line))
    assert not any(word in shown for word in PERSONAL)
    assert NUMBER not in repr(screen.face.session)

    screen.enters(MEI)
    assert "接下来：请顾客出示证件，并留复印件" in screen.reads()
    screen.taps("lost case 1")
    assert "identify" in offered(screen)
    assert ("mei", "looks at", "lost tag 1") in screen.noted()
    screen.taps("leave")
    screen.enters(ANNA)
    assert "lost case 1" not in offered(screen)


@pytest.mark.rule("L07")
def test_a_number_that_cannot_be_right_is_refused_where_it_is_typed(screen: StaffedScreen) -> None:
    describes(screen)
    screen.taps("compare", "fits", "identify", "choose identity-card")
    assert screen.face.reads("110105194912310021")

    screen.taps("next")

    assert "身份证号码有一位不对" in screen.reads()
    assert screen.counted.case(1).document is None


def test_it_is_taken_up_among_the_new_records_and_whoever_thinks_better_of_it_is_back_there(
    screen: StaffedScreen,
) -> None:
    screen.enters(MEI)
    screen.taps("new", "begin lost desk", "back")
    assert screen.looks().key == "staff-new"

    screen.taps("begin lost desk")
    screen.types("2")
    screen.taps("next")
    assert "这个柜子里未存物品" in screen.reads()
    screen.taps("erase")
    screen.types("1")
    screen.taps("next")

    assert "describe" in offered(screen)
    screen.taps("describe", "back")
    assert "describe" in offered(screen), "back at the case"
    screen.taps("back")
    assert screen.looks().key == "staff-matters"
    assert "lost case 1" in offered(screen)


@pytest.mark.rule("L07")
def test_a_tag_that_the_shopper_finds_is_scanned_and_opens_its_locker_again(screen: StaffedScreen) -> None:
    describes(screen)
    screen.taps("withdraw", "choose found")
    assert screen.face.reads("P1.1")
    screen.taps("next")
    screen.waits(2.0)

    assert screen.room.locker(ONE).assignment is Assignment.OCCUPIED
    assert screen.counted.case(1).tag_found
