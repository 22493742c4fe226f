"""The slip of a lost tag comes out of the printer by itself, in two copies, once, whatever the printer does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.lost_slips import RETRY_S, LostSlips
from kiosk.desks.lockers.messages import LostSlipAsked
from kiosk.ledger.lost_slips import LedgerLostSlips
from kiosk.ledger.store import Ledger
from kiosk.ports.lost_slips import SlipReport, SlipStage
from kiosk.rules.lockers.lost_tag import Case
from kiosk.rules.lockers.lost_tag_deeds import Withdraw
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import PROCEDURE
from tests.stories.bag_day_room import DayRoom

TO_FEE, TO_SIGNATURE = 5, 6
PAPER = "it is out of paper"


class Press:
    """A printer beside the lockers: it prints at once, unless it is away."""

    def __init__(self) -> None:
        self.away: SlipReport | None = None
        self.asked: list[int] = []
        self.silent = False
        self.reports: list[SlipReport] = []

    def print_lost_slip(self, case: Case) -> None:
        self.asked.append(case.n)
        if not self.silent:
            self.reports.append(self.away or SlipReport(case.n, SlipStage.PRINTED))


class PrintingRoom(DayRoom):
    """A room with that printer."""

    def __init__(self, ledger: Ledger) -> None:
        self.press = Press()
        super().__init__(ledger)

    def others(self) -> tuple[Attendant, ...]:
        self.slips = LedgerLostSlips(self.opened)
        return (*super().others(), LostSlips(self.lost, self.slips, self.press))

    def pays(self) -> Case:
        """A shopper who lost the tag comes as far as the fee."""
        id, _ = self.leaves_a_bag("li's bag")
        case = self.loses_the_tag(id)
        for deed, by in PROCEDURE[:TO_FEE]:
            self.does(case.n, deed, by)
        return self.waits(2.0).case(case.n)

    def waits(self, seconds: float) -> PrintingRoom:
        """Time passes, and the printer says what became of it."""
        self.passes(seconds)
        while self.press.reports:
            self.posts(self.press.reports.pop(0))
        self.passes(1.5)
        return self

    def told(self) -> list[str]:
        return [text for text in self.desk.warnings if text.startswith("the slip of lost tag")]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def room(ledger: Ledger) -> PrintingRoom:
    room = PrintingRoom(ledger)
    room.in_service()
    return room


@pytest.mark.rule("L08")
def test_the_slip_is_printed_as_soon_as_the_fee_is_taken_and_once(room: PrintingRoom) -> None:
    case = room.pays()

    assert room.press.asked == [case.n]
    assert room.slips.stages() == {case.n: SlipStage.PRINTED}
    room.waits(120).power_goes()
    room.waits(120)
    assert room.press.asked == [case.n]
    assert room.told() == []


@pytest.mark.rule("L08")
def test_a_printer_that_takes_nothing_is_told_and_gets_it_again_until_it_prints(room: PrintingRoom) -> None:
    room.press.away = SlipReport(1, SlipStage.REFUSED, PAPER)
    case = room.pays()
    assert room.told() == [f"the slip of lost tag 1 is not printed yet, it is tried again: {PAPER}"]

    room.waits(RETRY_S / 2)
    assert room.press.asked == [case.n], "not in one go"
    room.power_goes()
    room.waits(2)
    assert room.press.asked == [case.n, case.n], "a start tries again: the printer has nothing of it"
    room.press.away = None
    room.waits(RETRY_S + 2)

    assert room.press.asked == [case.n] * 3
    assert room.slips.stages() == {case.n: SlipStage.PRINTED}
    assert room.told() == []


@pytest.mark.rule("L08")
def test_a_slip_that_was_in_hand_when_the_power_went_is_never_printed_twice_by_itself(room: PrintingRoom) -> None:
    room.press.silent = True
    case = room.pays()
    assert room.slips.stages() == {case.n: SlipStage.PRINTING}
    room.waits(120)
    assert room.press.asked == [case.n], "it is in hand"

    room.power_goes()
    room.waits(120)

    assert room.press.asked == [case.n]
    assert room.slips.stages() == {case.n: SlipStage.UNSURE}
    [told] = room.told()
    assert told.endswith("look at the printer, else print it: kiosk lockers lost slip 1")


def test_a_printer_of_which_nobody_can_say_what_it_did_is_told(room: PrintingRoom) -> None:
    room.press.away = SlipReport(1, SlipStage.UNSURE, "the printer does not answer")

    room.pays()
    room.waits(120)

    assert room.press.asked == [1]
    assert "may not have come out: the printer does not answer" in room.told()[0]


def test_a_slip_that_waits_in_the_printers_queue_is_told_until_it_is_on_paper(room: PrintingRoom) -> None:
    room.pays()

    room.posts(SlipReport(1, SlipStage.PRINTED, "waits for its printer"))
    assert room.told() == ["the slip of lost tag 1 waits for its printer"]
    room.posts(SlipReport(1, SlipStage.PRINTED))

    assert room.told() == []
    assert room.press.asked == [1]


def test_a_case_that_goes_on_by_hand_is_printed_no_more(room: PrintingRoom) -> None:
    room.press.away = SlipReport(1, SlipStage.REFUSED, PAPER)
    case = room.pays()

    room.does(case.n, Withdraw("the tag was found", tag_found=True))
    room.waits(RETRY_S + 5)

    assert room.press.asked == [case.n]
    assert room.told() == []


def test_on_a_full_disk_nothing_is_printed_that_is_not_written_down_and_it_goes_on_afterwards(
    room: PrintingRoom,
) -> None:
    room.press.silent = True
    case = room.pays()
    room.away = True
    room.posts(SlipReport(case.n, SlipStage.PRINTED))
    room.waits(3)
    assert any(text.startswith("slips of lost tags are not printed") for text in room.desk.warnings)

    room.away = False
    room.waits(3)

    assert room.slips.stages() == {case.n: SlipStage.PRINTED}
    assert not any(text.startswith("slips of lost tags") for text in room.desk.warnings)


@pytest.mark.rule("L08")
def test_staff_have_both_copies_printed_once_more_and_that_is_written_down(room: PrintingRoom) -> None:
    case = room.pays()

    answer = room.answer(LostSlipAsked(case.n, "mei", room.answers.append))

    assert answer.text == "both copies of the slip go to the printer"
    assert room.press.asked == [case.n, case.n]
    assert room.answer(LostSlipAsked(case.n, "mei", room.answers.append)).refused, "it is in hand"
    room.waits(2.0)
    assert room.slips.stages() == {case.n: SlipStage.PRINTED}
    assert room.memory.notes[-1].action == "has the slip printed"
    room.waits(120.0)
    assert room.press.asked == [case.n, case.n]


@pytest.mark.rule("L08")
def test_no_slip_is_printed_of_a_case_whose_fee_was_not_taken_nor_while_the_book_cannot_be_read(
    room: PrintingRoom,
) -> None:
    id, _ = room.leaves_a_bag("li's bag")
    n = room.loses_the_tag(id).n

    assert room.answer(LostSlipAsked(n, "mei", room.answers.append)).text == f"case {n} has no slip to print"
    assert room.answer(LostSlipAsked(99, "mei", room.answers.append)).refused
    room.goes_through(n, TO_FEE)
    room.waits(2.0)
    room.away = True
    assert "the disk is full" in room.answer(LostSlipAsked(n, "mei", room.answers.append)).text
    assert room.press.asked == [n]
