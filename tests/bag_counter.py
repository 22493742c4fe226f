"""The bag-storage counter, at which staff give commands."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.app.commands import who
from kiosk.app.commands.bag_counter import BagCounter
from kiosk.app.sealing_key import sealing_key
from kiosk.app.tag_keys import make_keys, read_keys
from kiosk.cli import main
from kiosk.ledger import secrets
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.migrate import migrate
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import open_ledger
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.codes import accepted, text_of
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.lost_tag import Case, event_of
from kiosk.rules.lockers.tags import Plaque
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests import sites
from tests.ledger.shop import ask
from tests.ledger.values import SHANGHAI
from tests.rules.lockers.lost_tag_people import PROCEDURE as DEEDS
from tests.rules.lockers.lost_tag_people import done

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
PINS = {"mei": "482913", "tao": "739184"}
CARD = "11010519491231002X"
LOCKERS = '\n[lockers]\n[[lockers.rows]]\nsize = "small"\nlockers = "1-3"\nplace = "左墙上排"\n'


class Counter:
    """The bag-storage counter: a keyboard, three lockers, a bag in the second. now: what the store's clock says."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = sites.write_site(root / "site", site=sites.SITE + LOCKERS)
        self.state = root / "state"
        self.state.mkdir()
        self.path = self.state / "ledger.sqlite"
        self.now = TEN
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.code, self.out, self.err = 0, "", ""
        migrate(self.path)
        make_keys(self.state / "locker-tags.key")

    def say(self, by: str, *words: str, typed: str = "") -> int:
        """A command of a person, who types these lines."""
        pin = self.state / "pin"
        pin.write_text(PINS[by] + "\n")
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        self._capsys.readouterr()
        where = ("--site", str(self.site), "--state", str(self.state), "--as", by, "--as-pin-file", str(pin))
        try:
            self.code = main(["lockers", *words, *where])
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return self.code

    def case(self, n: int = 1) -> Case:
        with open_ledger(self.path) as ledger:
            found = LedgerLostTags(lambda: ledger, SHANGHAI, sealing_key(self.state / "lost-tags.key")).case(n)
        assert found is not None
        return found

    def tag(self, number: int, generation: int = 1) -> str:
        key = accepted(read_keys(self.state / "locker-tags.key"), TEN)[0]
        return text_of(Plaque(number, generation), key)

    def goes_through(self, most: int) -> None:
        """The steps up to so many of them, straight in the book."""
        with open_ledger(self.path) as ledger:
            book = LedgerLostTags(lambda: ledger, SHANGHAI, sealing_key(self.state / "lost-tags.key"))
            case = most and book.enter(Case(LockerId(2), 2, 1, 1, TEN, "mei", TEN))
            for deed, by in DEEDS[: max(0, most - 1)]:
                assert case
                after = replace(done(case, deed, by, TEN), receipt=case.receipt)
                case = book.keep(after, was=case, by=by.id, action=event_of(deed).value)
                assert case, deed

    def audit(self) -> list[tuple[object, ...]]:
        return ask(self.path, "SELECT actor, action, subject FROM audit ORDER BY n")


def furnished(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """With its people, and a bag in the second locker."""
    monkeypatch.setattr(who, "login_name", lambda: "clerk")
    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # quick
    monkeypatch.setattr(BagCounter, "now", property(lambda _: counter.now))
    free = Locker(LockerId(1), Size.SMALL, 1, 1, Assignment.FREE, Door.CLOSED, TEN)
    taken = replace(free, id=LockerId(2), number=2, assignment=Assignment.OCCUPIED, deposit=1)
    with open_ledger(counter.path) as ledger:
        people = PeoplePages(ledger, b"")
        mei = Person("mei", "李梅", frozenset({Right.BAGS}), trained_on=date(2026, 1, 1))
        people.add(mei, "test", TEN, pin=PINS["mei"])
        people.add(Person("tao", "陈涛", frozenset({Right.SUPERVISOR})), "test", TEN, pin=PINS["tao"])
        lies = Deposit(1, LockerId(2), 2, 1, TEN - timedelta(hours=1))
        rows = (free, taken, replace(free, id=LockerId(3), number=3))
        LedgerLockers(lambda: ledger, SHANGHAI).write(Entry(TEN, rows, (lies,)))
    return counter
