from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desks.lockers.tag_check import Asking, TagCheck
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.rules.lockers.codes import read, text_of
from kiosk.rules.lockers.guesses import Alarm
from kiosk.rules.lockers.locker import Assignment
from kiosk.rules.lockers.tags import Plaque, Printed, TagKey
from kiosk.rules.lockers.verdicts import Admitted, Purpose, Reason, Refused, Stored, Verdict
from kiosk.units import LockerId
from tests.desks.lockers.tag_books import RememberedTags
from tests.ledger.shop import ask, fill_disk, fresh_ledger
from tests.rules.lockers.tags import KEY, NOW, OTHER_STORES, PLAQUE, TICKET, a_locker

TODAY = NOW.date()
HERE = LockerId(5)


class Desk:
    """A bag in locker 5 (its number is 17), the store's real ledger, and shoppers before the scanner."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.book = TagPages(lambda: ledger, lambda: (KEY,))
        self.plaque = self.book.issue_plaque(PLAQUE, "chen", NOW)
        self.ticket, self.code = self.book.issue_ticket(TICKET, TODAY, NOW)
        self.called: list[tuple[Alarm, str]] = []
        self.stored = Stored(a_locker(), TICKET, TODAY)
        self.now = NOW
        self.begin()

    def begin(self) -> None:
        """The role starts, perhaps again."""
        self.check = TagCheck(self.book, lambda: (KEY,), lambda alarm, where: self.called.append((alarm, where)))

    def shown(self, text: str, entrance: str = "door", purpose: Purpose = Purpose.COLLECT) -> Verdict:
        asking = Asking(entrance, purpose, self.now, TODAY)
        return self.check.look(text, asking, lambda number: self.stored if number == 17 else None)

    def handed_out(self, tag: Printed) -> None:
        self.stored = Stored(a_locker(), tag, TODAY)


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
    assert desk.shown(desk.ticket) == Admitted(HERE, TICKET)
    assert desk.shown(desk.code) == Admitted(HERE, TICKET)
    assert desk.shown(desk.plaque) == Refused(Reason.OTHER_TAG, str(PLAQUE))

    desk.handed_out(PLAQUE)

    assert desk.shown(desk.plaque) == Admitted(HERE, PLAQUE)
    assert desk.shown(desk.ticket) == Refused(Reason.OVER, str(TICKET))


@pytest.mark.rule("L02")
def test_tags_of_other_stores_other_lockers_and_other_days_are_refused(desk: Desk) -> None:
    assert desk.shown(text_of(PLAQUE, OTHER_STORES)) == Refused(Reason.FORGED)
    assert desk.shown(text_of(Plaque(18, 1), KEY)) == Refused(Reason.NOT_ISSUED)
    assert desk.shown("4006381333931") == Refused(Reason.FORM)
    assert desk.shown(desk.ticket[:-1] + str((int(desk.ticket[-1]) + 1) % 10)) == Refused(Reason.CHECK_DIGIT)
    desk.book.issue_plaque(Plaque(18, 1), "chen", NOW)
    assert desk.shown(text_of(Plaque(18, 1), KEY)) == Refused(Reason.NO_LOCKER, "plaque 18 generation 1")
    desk.stored = Stored(a_locker(Assignment.QUARANTINED), TICKET, TODAY)
    assert desk.shown(desk.ticket) == Refused(Reason.QUARANTINED, str(TICKET))


@pytest.mark.rule("L02")
def test_a_tag_that_is_shown_again_once_its_things_are_out_opens_nothing(desk: Desk) -> None:
    assert isinstance(desk.shown(desk.ticket), Admitted)
    desk.stored = Stored(a_locker(Assignment.FREE, deposit=0))

    assert desk.shown(desk.ticket) == Refused(Reason.EMPTY, str(TICKET))
    desk.stored = Stored(a_locker(deposit=4712), PLAQUE, TODAY)  # the next shopper's
    assert desk.shown(desk.ticket) == Refused(Reason.OVER, str(TICKET))  # and a photograph of the slip


@pytest.mark.rule("L02")
def test_five_guessed_codes_and_the_keypad_waits_for_the_staff_though_not_for_signed_tags(desk: Desk) -> None:
    for code in wrong_codes(5):
        assert desk.shown(code, "keypad") == Refused(Reason.STRANGE_CODE)

    assert desk.called == [(Alarm.CLOSED, "keypad")]
    assert desk.check.closed("keypad")
    assert desk.shown(desk.code, "keypad") == Refused(Reason.CLOSED)
    assert desk.shown("0A1B2C3D4E", "keypad") == Refused(Reason.CLOSED)
    assert isinstance(desk.shown(desk.ticket, "keypad"), Admitted)
    assert isinstance(desk.shown(desk.code, "door"), Admitted)

    desk.check.admit("keypad", "chen", NOW)

    assert isinstance(desk.shown(desk.code, "keypad"), Admitted)


@pytest.mark.rule("L02")
def test_a_right_code_between_wrong_ones_gives_a_guesser_no_more_tries(desk: Desk) -> None:
    for code in wrong_codes(5):
        desk.shown(code)
        if not desk.check.closed("door"):
            assert isinstance(desk.shown(desk.code), Admitted)

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
    before = ask(desk.ledger.path, "SELECT count(*) FROM audit")
    for _ in range(20):
        desk.shown("rubbish")

    assert desk.called == []
    assert ask(desk.ledger.path, "SELECT count(*) FROM audit") == before


def test_whoever_goes_on_trying_fills_no_ledger(desk: Desk) -> None:
    for _ in range(50):
        desk.shown(text_of(PLAQUE, OTHER_STORES))

    assert ask(desk.ledger.path, "SELECT count(*) FROM audit WHERE action = 'is refused'") == [(5,)]
    assert desk.called == [(Alarm.FORGERIES, "door"), (Alarm.CLOSED, "door")]


def test_on_a_full_disk_things_are_given_back_and_guesses_counted(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    fill_disk(desk.ledger)
    with caplog.at_level(logging.ERROR):
        for code in wrong_codes(5):
            for _ in range(200):  # until the last page is full as well
                desk.shown(code, f"keypad of {code}")
            desk.shown(code)

    assert isinstance(desk.shown(desk.ticket), Admitted)
    assert desk.shown(desk.code) == Refused(Reason.CLOSED)
    assert "in this log only" in caplog.text


def test_without_its_keys_or_its_ledger_the_desk_says_so(desk: Desk) -> None:
    def gone() -> tuple[TagKey, ...]:
        raise DeviceFault("locker-tags.key: tags cannot be checked")

    asking = Asking("door", Purpose.COLLECT, NOW, TODAY)
    with pytest.raises(DeviceFault):
        TagCheck(desk.book, gone, lambda _alarm, _where: None).look(desk.ticket, asking, lambda _: None)
    desk.ledger.close()
    with pytest.raises(LedgerFault):
        desk.shown(desk.ticket)


@pytest.mark.rule("L02")
@given(texts=st.lists(st.text(max_size=40) | st.from_regex(r"[12]\d{21}|2\d{27}|\d{9}", fullmatch=True), max_size=8))
def test_no_text_whatever_opens_a_locker_unless_the_store_printed_it(texts: list[str]) -> None:
    check = TagCheck(RememberedTags(), lambda: (KEY,), lambda _alarm, _where: None)
    stored = Stored(a_locker(), PLAQUE, TODAY)
    at: datetime = NOW
    for text in texts:
        at += timedelta(seconds=1)
        verdict = check.look(text, Asking("door", Purpose.COLLECT, at, TODAY), lambda _: stored)
        assert isinstance(verdict, Refused)
