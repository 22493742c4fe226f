from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import PlaqueRow, TagPages
from kiosk.ledger.verify import Broken, Flaw, Intact, verify
from kiosk.rules.lockers.codes import accepted, mark_of, read, text_of, typed_code
from kiosk.rules.lockers.guesses import Guesses, Wrong
from kiosk.rules.lockers.tags import Chip, Plaque, TagKey, Ticket, Typed
from kiosk.rules.lockers.verdicts import Issued
from tests.ledger.shop import ask, by_hand, fresh_ledger, unguarded
from tests.ledger.values import SHANGHAI
from tests.rules.lockers.tags import KEY, NEXT, NOW, PLAQUE, TICKET

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)


class Ring:
    """The keys of now, as the key ring would give them."""

    def __init__(self) -> None:
        self.keys: tuple[TagKey, ...] = (KEY,)

    def __call__(self) -> tuple[TagKey, ...]:
        return accepted(self.keys, NOW)

    def rotate(self) -> None:
        self.keys = (NEXT, replace(KEY, until=LATER))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as one:
        yield one


@pytest.fixture
def ring() -> Ring:
    return Ring()


@pytest.fixture
def book(ledger: Ledger, ring: Ring) -> TagPages:
    return TagPages(lambda: ledger, ring)


@pytest.mark.rule("L01")
def test_a_plaque_is_known_once_it_is_issued_and_nothing_once_it_is_withdrawn(book: TagPages) -> None:
    assert book.issued(PLAQUE) is None

    text = book.issue_plaque(PLAQUE, "chen", NOW)

    assert read(text, (KEY,)) == PLAQUE
    assert book.issued(PLAQUE) == Issued(PLAQUE)
    assert book.issued(Plaque(17, 2)) is None
    assert book.withdraw_plaque(PLAQUE, "lost on Monday", "chen", LATER)
    assert book.issued(PLAQUE) == Issued(PLAQUE, "lost on Monday")
    assert not book.withdraw_plaque(PLAQUE, "again", "chen", LATER)
    assert not book.withdraw_plaque(Plaque(17, 9), "who knows", "chen", LATER)
    with pytest.raises(ValueError, match="withdrawn: lost on Monday"):
        book.issue_plaque(PLAQUE, "chen", LATER)


@pytest.mark.rule("L02")
def test_a_new_generation_takes_the_place_of_those_before(book: TagPages) -> None:
    for generation in (1, 2, 3):
        book.issue_plaque(Plaque(17, generation), "chen", NOW)
    book.issue_plaque(Plaque(18, 1), "chen", NOW)

    assert [row.plaque for row in book.plaques() if not row.withdrawn] == [PLAQUE, Plaque(18, 1)]
    assert book.issued(Plaque(17, 1)) == Issued(Plaque(17, 1), "generation 2 follows it")


@pytest.mark.rule("L02")
def test_the_audit_chain_vouches_for_every_plaque(book: TagPages, ledger: Ledger) -> None:
    book.issue_plaque(PLAQUE, "chen", NOW)
    book.withdraw_plaque(PLAQUE, "lost", "chen", LATER)

    with ledger.read() as connection:
        lines = [(one.actor, one.action, one.subject, one.details) for one in audit.lines(connection, SHANGHAI)]
    assert lines == [
        ("chen", "issues", "plaque 17 generation 3", {}),
        ("chen", "withdraws", "plaque 17 generation 3", {"why": "lost"}),
    ]
    assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("L02")
def test_a_plaque_that_was_written_into_the_file_by_hand_shows(book: TagPages, ledger: Ledger) -> None:
    book.issue_plaque(PLAQUE, "chen", NOW)
    book.withdraw_plaque(PLAQUE, "lost", "chen", LATER)
    by_hand(unguarded(ledger.path), "UPDATE locker_plaque SET withdrawn = '' WHERE n = 2")

    verdict = verify(ledger)

    assert isinstance(verdict, Broken)
    assert verdict.flaw is Flaw.RECORD_ALTERED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE locker_plaque SET withdrawn = ''",
        "DELETE FROM locker_plaque",
        "UPDATE locker_ticket SET number = 18",
        "UPDATE locker_ticket SET withdrawn = NULL",
        "DELETE FROM locker_ticket",
    ],
)
def test_what_was_issued_is_not_rewritten(book: TagPages, ledger: Ledger, statement: str) -> None:
    book.issue_plaque(PLAQUE, "chen", NOW)
    book.issue_ticket(TICKET, TODAY, NOW)
    book.withdraw_ticket(TICKET.deposit, "lost", "chen", NOW)

    with pytest.raises(LedgerFault, match=r"append-only|stays|keeps"), ledger.write() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.rule("L01")
def test_a_deposit_has_one_ticket_however_often_it_is_asked_for(book: TagPages, ring: Ring) -> None:
    text, code = book.issue_ticket(TICKET, TODAY, NOW)
    ring.rotate()

    assert book.issue_ticket(TICKET, TODAY, LATER) == (text, code)
    assert book.ticket_of(TICKET.deposit) == TICKET
    assert book.ticket_of(4710) is None
    assert read(text, ring()) == TICKET
    assert book.issued(TICKET) == Issued(TICKET)
    typed = read(code, ring())
    assert isinstance(typed, Typed)
    assert book.issued(typed) == Issued(TICKET)


def test_a_ticket_of_another_locker_for_the_same_deposit_is_a_mistake_that_is_told(book: TagPages) -> None:
    book.issue_ticket(TICKET, TODAY, NOW)

    with pytest.raises(LedgerFault, match="has a ticket of locker 17 already"):
        book.issue_ticket(Ticket(18, TICKET.deposit), TODAY, NOW)
    assert book.issued(Ticket(18, TICKET.deposit)) is None


def test_a_withdrawn_ticket_opens_nothing_by_its_code_either(book: TagPages, ledger: Ledger) -> None:
    _, code = book.issue_ticket(TICKET, TODAY, NOW)
    typed = read(code, (KEY,))
    assert isinstance(typed, Typed)

    assert book.withdraw_ticket(TICKET.deposit, "lost", "chen", LATER)

    assert book.issued(typed) == book.issued(TICKET) == Issued(TICKET, "lost")
    assert book.ticket_of(TICKET.deposit) == TICKET
    assert not book.withdraw_ticket(TICKET.deposit, "lost", "chen", LATER)
    assert ask(ledger.path, "SELECT action, subject FROM audit") == [("withdraws", "ticket of deposit 4711")]


@pytest.mark.parametrize("rotated", [False, True])
def test_two_tickets_never_have_the_same_short_code(book: TagPages, ledger: Ledger, ring: Ring, rotated: bool) -> None:
    if rotated:
        ring.rotate()
    code = typed_code(TICKET, ring()[0])
    mark = mark_of(code, KEY)  # an earlier ticket happens to have it
    columns = "deposit, number, day, at, key, attempt, mark"
    by_hand(ledger.path, f"INSERT INTO locker_ticket ({columns}) VALUES (1, 1, '2026-11-22', '', 7, 0, '{mark}')")

    _, other = book.issue_ticket(TICKET, TODAY, NOW)

    assert other != code
    assert other == typed_code(TICKET, ring()[0], 1)


def test_a_chip_stands_for_its_plaque_until_that_has_another_one(book: TagPages) -> None:
    book.issue_plaque(PLAQUE, "chen", NOW)
    book.issue_plaque(Plaque(18, 1), "chen", NOW)

    assert book.enrol_chip(PLAQUE, "0A1B2C3D4E", "chen", NOW) == ""
    assert book.issued(chip("0A1B2C3D4E")) == Issued(PLAQUE)
    assert book.enrol_chip(Plaque(18, 1), "0A1B2C3D4E", "chen", NOW).startswith("that chip belongs to plaque 17")
    book.issue_plaque(PLAQUE, "chen", LATER)  # printed again: the chip stays
    assert book.issued(chip("0A1B2C3D4E")) == Issued(PLAQUE)
    assert book.enrol_chip(PLAQUE, "1111111111", "chen", LATER) == ""
    assert book.issued(chip("0A1B2C3D4E")) == Issued(PLAQUE, "it has another chip now")
    assert book.issued(chip("2222222222")) is None
    assert "is not issued" in book.enrol_chip(Plaque(19, 1), "3333333333", "chen", LATER)


def chip(number: str) -> Chip:
    return Chip((mark_of(number, KEY),))


def test_the_list_tells_which_key_signed_each_plaque_last(book: TagPages, ring: Ring) -> None:
    book.issue_plaque(Plaque(2, 1), "chen", NOW)
    book.issue_plaque(PLAQUE, "chen", NOW)
    book.enrol_chip(PLAQUE, "0A1B2C3D4E", "chen", NOW)
    ring.rotate()
    book.issue_plaque(PLAQUE, "chen", LATER)

    assert book.plaques() == (
        PlaqueRow(Plaque(2, 1), KEY.id, has_chip=False, withdrawn=""),
        PlaqueRow(PLAQUE, NEXT.id, has_chip=True, withdrawn=""),
    )
    assert book.keys_in_use() == {KEY.id, NEXT.id}
    book.withdraw_plaque(Plaque(2, 1), "worn", "chen", LATER)
    assert book.keys_in_use() == {NEXT.id}


@pytest.mark.rule("L02")
def test_guesses_survive_a_restart(book: TagPages, ledger: Ledger) -> None:
    guesses = Guesses((Wrong(NOW, True), Wrong(LATER, False)), closed=True)

    book.keep_guesses("door", Guesses((Wrong(NOW, True),)))
    book.keep_guesses("door", guesses)

    assert TagPages(lambda: ledger, lambda: (KEY,)).guesses("door") == guesses
    assert book.guesses("keypad") == Guesses()


def test_staff_let_an_entrance_begin_anew_and_the_audit_says_who(book: TagPages, ledger: Ledger) -> None:
    book.keep_guesses("door", Guesses((Wrong(NOW, True),), closed=True))

    assert book.admit("door", "chen", LATER)
    assert not book.admit("door", "chen", LATER)

    assert book.guesses("door") == Guesses()
    assert ask(ledger.path, "SELECT actor, action, subject FROM audit") == [("chen", "admits again", "door")]


def test_guesses_that_make_no_sense_wait_for_the_staff(book: TagPages, ledger: Ledger) -> None:
    by_hand(ledger.path, "INSERT INTO locker_guesses VALUES ('door', '[[1]]', 0)")

    assert book.guesses("door") == Guesses(closed=True)


def test_nothing_in_the_ledger_opens_a_locker(book: TagPages, ledger: Ledger) -> None:
    secrets = [book.issue_plaque(PLAQUE, "chen", NOW), *book.issue_ticket(TICKET, TODAY, NOW), "0A1B2C3D4E"]
    book.enrol_chip(PLAQUE, "0A1B2C3D4E", "chen", NOW)
    ledger.close()

    content = b"".join(path.read_bytes() for path in ledger.path.parent.iterdir())

    assert [secret for secret in secrets if secret.encode() in content] == []
    assert text_of(PLAQUE, KEY)[-13:-1].encode() not in content
