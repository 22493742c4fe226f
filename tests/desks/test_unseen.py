"""What merely happened, kept for the next start of a role: on a real ledger, with a desk that dies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desks.unseen import KEEP, LATER_S, MOST, Unseen
from kiosk.errors import LedgerFault
from kiosk.ledger.seen_warnings import LedgerUnseen
from kiosk.ledger.store import Ledger
from kiosk.ports.staff_view import Warned
from kiosk.sentences import Sentence, tell
from tests.ledger.shop import by_hand, fresh_ledger
from tests.ledger.values import SHANGHAI, TEN

SLIP = Warned(tell("{slip} was in hand when the power went", slip="slip 3"), TEN, happened=True)
EXPORT = Warned("an export was refused", TEN + timedelta(minutes=5), happened=True)
STUCK = Warned("button talk: it is stuck", TEN)


class Role:
    """A role that tells its people things, and may be killed at any moment."""

    def __init__(self, ledger: Ledger, name: str = "front") -> None:
        self.ledger, self.name, self.now_s, self.away = ledger, name, 0.0, ""
        self.starts()

    def starts(self) -> None:
        self.told: tuple[Warned, ...] = ()
        book = LedgerUnseen(self._opened, self.name, SHANGHAI)
        self.unseen = Unseen(book, self._recall, self.sees)

    def _opened(self) -> Ledger:
        if self.away:
            raise LedgerFault(self.away)
        return self.ledger

    def _recall(self, before: tuple[Warned, ...]) -> None:
        self.told = (*before, *(one for one in self.told if one.text not in {other.text for other in before}))

    def tells(self, *told: Warned) -> None:
        self.told = (*self.told, *told)
        self.passes()

    def sees(self, one: Warned) -> None:
        self.told = tuple(other for other in self.told if other != one)

    def passes(self, seconds: float = 0.0) -> bool:
        self.now_s += seconds
        return self.unseen.keep(self.told, TEN + timedelta(seconds=self.now_s), self.now_s)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


def test_what_happened_in_the_night_is_told_again_by_a_role_that_was_killed(ledger: Ledger) -> None:
    role = Role(ledger)
    role.tells(SLIP, STUCK, EXPORT)

    role.starts()
    role.passes()

    assert role.told == (SLIP, EXPORT), "what is broken tells itself again, if it still is"
    assert isinstance(role.told[0].text, Sentence), "a screen says it in its language"
    assert Role(ledger, "broadcast").passes()


def test_what_somebody_has_seen_to_is_told_by_no_later_start_and_what_happens_again_is(ledger: Ledger) -> None:
    role = Role(ledger)
    role.tells(SLIP, EXPORT)
    role.sees(SLIP)
    role.passes()
    role.starts()
    role.passes()
    assert [one.text for one in role.told] == [EXPORT.text]

    later = Warned(SLIP.text, TEN + timedelta(hours=1), happened=True)
    role.tells(later)
    role.starts()
    role.passes()

    assert role.told == (EXPORT, later)


def test_the_roles_tell_each_what_happened_to_it(ledger: Ledger) -> None:
    front, broadcast = Role(ledger), Role(ledger, "broadcast")
    front.tells(SLIP)
    broadcast.tells(SLIP, EXPORT)
    front.sees(SLIP)
    front.passes()

    broadcast.starts()
    broadcast.passes()

    assert broadcast.told == (SLIP, EXPORT)


def test_what_happens_while_the_ledger_is_away_is_kept_once_it_is_back_and_nothing_is_told_twice(
    ledger: Ledger,
) -> None:
    role = Role(ledger)
    role.tells(EXPORT)
    role.starts()
    role.away = "the disk is gone"
    with pytest.raises(LedgerFault, match="the disk is gone"):
        role.tells(SLIP, EXPORT)
    assert not role.passes(LATER_S / 2), "a disk that is gone is not asked at every message"

    role.away = ""
    assert role.passes(LATER_S)

    assert role.told == (EXPORT, SLIP)
    role.starts()
    role.passes()
    assert role.told == (EXPORT, SLIP)


def test_what_nobody_saw_to_for_a_month_goes_and_of_very_many_the_newest_stay(ledger: Ledger) -> None:
    role = Role(ledger)
    role.tells(EXPORT)
    role.passes(KEEP.total_seconds() + 3600.0)
    assert role.told == (EXPORT,), "it goes when something else is written"

    role.tells(
        *(Warned(f"song {n} broke off", TEN + KEEP + timedelta(seconds=n), happened=True) for n in range(MOST + 3))
    )

    assert [one.text for one in role.told] == [f"song {n} broke off" for n in range(3, MOST + 3)]
    role.starts()
    role.passes()
    assert len(role.told) == MOST


def test_a_line_that_makes_no_sense_is_told_and_does_not_pass_for_none(ledger: Ledger) -> None:
    role = Role(ledger)
    role.tells(SLIP)
    by_hand(ledger.path, "UPDATE warning_unseen SET at = 'yesterday'")

    role.starts()
    with pytest.raises(LedgerFault, match="makes no sense"):
        role.passes()
