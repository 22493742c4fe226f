from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desks.lockers.messages import AdmitAsked, Answer
from kiosk.desks.lockers.readmission import Readmission
from kiosk.desks.lockers.tag_check import TagCheck
from kiosk.desks.lockers.tag_reader import TagReader
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.rules.lockers.codes import read, text_of
from kiosk.rules.lockers.guesses import Alarm
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind, TagRefused, TagVerdict
from kiosk.rules.lockers.tags import Plaque, Printed, TagKey
from kiosk.rules.lockers.verdicts import Reason, Refused, Stored
from tests.desks.lockers.tag_books import RememberedTags
from tests.ledger.shop import ask, fill_disk, fresh_ledger
from tests.rules.lockers.tags import KEY, NOW, OTHER_STORES, PLAQUE, TICKET, a_locker


class Desk:
    """A bag in locker 5 (its number is 17), the store's real ledger, and shoppers before the scanner."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.book = TagPages(lambda: ledger, lambda: (KEY,))
        self.plaque = self.book.issue_plaque(PLAQUE, "chen", NOW)
        self.ticket, self.code = self.book.issue_ticket(TICKET, NOW.date(), NOW)
        self.called: list[tuple[Alarm, str]] = []
        self.locker = a_locker()
        self.begin()

    def begin(self) -> None:
        """The role starts, perhaps again."""
        self.check = TagCheck(self.book, lambda: (KEY,), lambda alarm, where: self.called.append((alarm, where)))

    def shown(self, text: str, entrance: str = "door") -> Printed | Refused:
        return self.check.look(text, entrance, NOW, self.whose)

    def read(self, text: str) -> TagVerdict:
        """By the desk's own reader."""
        return TagReader(self.check, self.book, lambda number: self.locker if number == 17 else None)(text, "door", NOW)

    def whose(self, number: int) -> Stored | None:
        return Stored(self.locker, self.book.ticket_of(self.locker.deposit)) if number == 17 else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Desk(ledger)


def wrong_codes(count: int) -> list[str]:
    """Nine digits each, whose check digit is right."""
    found = [code for code in map("{:09}".format, range(400)) if not isinstance(read(code, (KEY,)), Refused)]
    return found[:count]


@pytest.mark.rule("L02")
def test_a_bag_goes_to_whoever_shows_the_tag_that_was_handed_out(desk: Desk) -> None:
    assert desk.shown(desk.ticket) == desk.shown(desk.code) == TICKET
    assert desk.shown(desk.plaque) == Refused(Reason.OTHER_TAG, str(PLAQUE))

    desk.locker = a_locker(deposit=4712)  # somebody else's, who was given the plaque

    assert desk.shown(desk.plaque) == PLAQUE


@pytest.mark.rule("L02")
def test_what_the_desk_learns_of_a_tag_is_its_kind_its_number_and_its_deposit(desk: Desk) -> None:
    assert desk.read(desk.code) == desk.read(desk.ticket) == ShownTag(TagKind.TICKET, 17, 3, 4711)
    assert desk.read(desk.plaque) == TagRefused(
        "plaque 17 generation 3: a ticket was handed out with what lies in its locker", "tag.refused"
    )
    assert desk.read("rubbish") == TagRefused("it has not the form of a tag", "tag.again")
    desk.locker = a_locker(Assignment.FREE, deposit=0)
    assert desk.read(desk.plaque) == ShownTag(TagKind.PLAQUE, 17, 3)


@pytest.mark.rule("L02")
def test_tags_of_other_stores_and_of_no_locker_are_refused(desk: Desk) -> None:
    assert desk.shown(text_of(PLAQUE, OTHER_STORES)) == Refused(Reason.FORGED)
    assert desk.shown(text_of(Plaque(18, 1), KEY)) == Refused(Reason.NOT_ISSUED)
    assert desk.shown("4006381333931") == Refused(Reason.FORM)
    assert desk.shown("0A1B2C3D4E") == Refused(Reason.STRANGE_CHIP)
    assert desk.shown(desk.ticket[:-1] + str((int(desk.ticket[-1]) + 1) % 10)) == Refused(Reason.CHECK_DIGIT)
    desk.book.issue_plaque(Plaque(18, 1), "chen", NOW)
    assert desk.shown(text_of(Plaque(18, 1), KEY)) == Refused(Reason.NO_LOCKER, "plaque 18 generation 1")
    assert desk.read(text_of(Plaque(18, 1), KEY)) == TagRefused(
        "plaque 18 generation 1: no locker has its number", "tag.refused"
    )


@pytest.mark.rule("L02")
def test_five_guessed_codes_and_the_keypad_waits_for_the_staff_though_not_for_signed_tags(desk: Desk) -> None:
    for code in wrong_codes(5):
        assert desk.shown(code, "keypad") == Refused(Reason.STRANGE_CODE)

    assert desk.called == [(Alarm.CLOSED, "keypad")]
    assert desk.check.closed("keypad")
    assert desk.shown(desk.code, "keypad") == Refused(Reason.CLOSED)
    assert desk.shown("0A1B2C3D4E", "keypad") == Refused(Reason.CLOSED)
    assert desk.shown(desk.ticket, "keypad") == TICKET
    assert desk.shown(desk.code, "door") == TICKET

    desk.check.admit("keypad", "chen", NOW)

    assert desk.shown(desk.code, "keypad") == TICKET


@pytest.mark.rule("L02")
def test_a_right_code_between_wrong_ones_gives_a_guesser_no_more_tries(desk: Desk) -> None:
    for code in wrong_codes(5):
        desk.shown(code)
        if not desk.check.closed("door"):
            assert desk.shown(desk.code) == TICKET

    assert desk.check.closed("door")


@pytest.mark.rule("L02")
def test_pulling_the_plug_gives_a_guesser_no_more_tries(desk: Desk) -> None:
    for code in wrong_codes(5):
        desk.begin()
        desk.shown(code)

    desk.begin()

    assert desk.shown(desk.code) == Refused(Reason.CLOSED)


@pytest.mark.rule("L02")
def test_the_third_forgery_calls_the_staff(desk: Desk) -> None:
    for generation in (1, 2, 3, 4):
        desk.shown(text_of(Plaque(17, generation), OTHER_STORES))

    assert desk.called == [(Alarm.FORGERIES, "door")]


def test_what_was_misread_is_no_guess_and_fills_no_ledger(desk: Desk) -> None:
    for _ in range(20):
        desk.shown("rubbish")

    assert desk.called == []
    assert ask(desk.ledger.path, "SELECT * FROM locker_guesses") == []


def test_whoever_goes_on_trying_calls_nobody_again(desk: Desk) -> None:
    for _ in range(50):
        desk.shown(text_of(PLAQUE, OTHER_STORES))

    assert desk.called == [(Alarm.FORGERIES, "door"), (Alarm.CLOSED, "door")]


def test_on_a_full_disk_things_are_given_back_and_guesses_counted(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    fill_disk(desk.ledger)
    with caplog.at_level(logging.ERROR):
        for n in range(200):  # until the last page is full as well
            desk.shown(wrong_codes(1)[0], f"keypad {n}")
        for code in wrong_codes(5):
            desk.shown(code)

    assert desk.shown(desk.ticket) == TICKET
    assert desk.shown(desk.code) == Refused(Reason.CLOSED)
    assert "is not written down" in caplog.text


def test_without_its_keys_or_its_ledger_the_desk_says_so(desk: Desk) -> None:
    def gone() -> tuple[TagKey, ...]:
        raise DeviceFault("locker-tags.key: tags cannot be checked")

    desk.check = TagCheck(desk.book, gone, lambda _alarm, _where: None)
    with pytest.raises(DeviceFault):
        desk.shown(desk.ticket)
    assert desk.read(desk.ticket) == TagRefused("locker-tags.key: tags cannot be checked", "door.staff")
    desk.begin()
    desk.ledger.close()
    with pytest.raises(LedgerFault):
        desk.shown(desk.ticket)


@pytest.mark.rule("L02")
@given(texts=st.lists(st.text(max_size=40) | st.from_regex(r"[12]\d{21}|2\d{27}|\d{9}", fullmatch=True), max_size=8))
def test_no_text_whatever_opens_a_locker_unless_the_store_printed_it(texts: list[str]) -> None:
    check = TagCheck(RememberedTags(), lambda: (KEY,), lambda _alarm, _where: None)
    for after_s, text in enumerate(texts):
        found = check.look(text, "door", NOW + timedelta(seconds=after_s), lambda _: Stored(a_locker()))
        assert isinstance(found, Refused)


def test_codes_count_again_once_that_could_be_written_down(desk: Desk) -> None:
    class FullDisk(RememberedTags):
        def admit(self, entrance: str, by: str, at: datetime) -> bool:
            raise LedgerFault("the disk is full")

    answers: list[Answer] = []
    check = TagCheck(FullDisk(), lambda: (KEY,), lambda _alarm, _where: None)

    Readmission(check, frozenset(("reader",))).take(AdmitAsked("lina", answers.append), NOW)

    assert answers == [Answer("it cannot be written down, so it is not done: the disk is full", refused=True)]
