from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.register import LedgerRegister
from kiosk.ledger.releases import ReleasePages
from kiosk.ledger.store import Ledger
from kiosk.ports.broadcast import Register
from kiosk.rules.broadcast.releases import Release
from kiosk.rules.people.person import Person, Right
from kiosk.units import ScriptId
from tests.desks.broadcast.registers import KEY, FakeRegister
from tests.ledger.shop import by_hand, fresh_ledger
from tests.ledger.values import SHANGHAI, TEN

ANNA = Person("anna", "Anna", frozenset({Right.ANNOUNCER}))
PAGE = ScriptId("member-day")


class Office(Protocol):
    """What people do to the register, from another process's point of view."""

    @property
    def register(self) -> Register: ...

    def registers(self, person: Person, badge: str = "") -> None: ...
    def removes(self, id: str) -> None: ...
    def decides(self, script: ScriptId, digest: str, at: datetime, *, released: bool) -> None: ...
    def breaks(self, why: str) -> None: ...
    def is_mended(self) -> None: ...


class FakeOffice(FakeRegister):
    @property
    def register(self) -> Register:
        return self


class LedgerOffice:
    """The ledger, written through one connection and watched through another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ledger = fresh_ledger(path)
        self._fault = ""
        self.register = LedgerRegister(self._opened, KEY, SHANGHAI)

    def registers(self, person: Person, badge: str = "") -> None:
        PeoplePages(self._ledger, KEY).add(person, "root", TEN, badge=badge)

    def removes(self, id: str) -> None:
        PeoplePages(self._ledger, KEY).remove(id, "root", TEN)

    def decides(self, script: ScriptId, digest: str, at: datetime, *, released: bool) -> None:
        ReleasePages(self._ledger, SHANGHAI).write(Release(script, digest, released, at, "p3"))

    def breaks(self, why: str) -> None:
        self._fault = why

    def is_mended(self) -> None:
        self._fault = ""

    def broadcasts(self) -> None:
        AsRunPages(self._ledger, SHANGHAI).note(TEN, "anna", "presses", "promo", {})

    def is_set_aside(self) -> None:
        """As a damaged ledger is: another file takes its place."""
        self._ledger.close()
        self._path.rename(self._path.with_suffix(".aside"))
        self._ledger = fresh_ledger(self._path)

    def _opened(self) -> Ledger:
        if self._fault:
            raise LedgerFault(self._fault)
        return self._ledger

    def close(self) -> None:
        self.register.close()
        self.register.close()
        self._ledger.close()


@pytest.fixture
def on_file(tmp_path: Path) -> Iterator[LedgerOffice]:
    with closing(LedgerOffice(tmp_path / "ledger.sqlite")) as one:
        yield one


@pytest.fixture(params=["fake", "ledger"])
def office(request: pytest.FixtureRequest) -> Office:
    if request.param == "fake":
        return FakeOffice()
    made: LedgerOffice = request.getfixturevalue("on_file")
    return made


def test_the_first_look_finds_what_is_there_and_the_second_nothing_new(office: Office) -> None:
    first = office.register.changed()

    assert first is not None
    assert (dict(first.people), dict(first.releases)) == ({}, {})
    assert office.register.changed() is None


def test_somebody_new_is_seen_at_the_next_look_and_known_by_the_badge(office: Office) -> None:
    office.register.changed()

    office.registers(ANNA, badge="0A1B2C3D4E")
    roster = office.register.changed()

    assert roster is not None
    assert roster.of_badge("0A1B2C3D4E") == roster.person("anna")
    assert office.register.changed() is None


def test_whoever_left_is_there_no_more(office: Office) -> None:
    office.registers(ANNA)
    office.register.changed()

    office.removes("anna")
    roster = office.register.changed()

    assert roster is not None
    assert roster.person("anna") is None
    assert roster.people["anna"].removed


def test_a_release_is_seen_at_the_next_look(office: Office) -> None:
    office.register.changed()

    office.decides(PAGE, "beef", TEN, released=True)
    roster = office.register.changed()

    assert roster is not None
    assert roster.releases == {PAGE: Release(PAGE, "beef", True, TEN, "p3")}


def test_a_register_that_cannot_be_read_says_so_and_is_read_when_it_can(office: Office) -> None:
    office.breaks("the card is gone: put it back")
    with pytest.raises(LedgerFault, match="the card is gone"):
        office.register.changed()

    office.is_mended()
    office.registers(ANNA)

    assert office.register.changed() is not None


def test_what_goes_on_the_air_is_no_reason_to_read_the_register_again(on_file: LedgerOffice) -> None:
    on_file.register.changed()

    on_file.broadcasts()

    assert on_file.register.changed() is None


def test_a_ledger_that_was_set_aside_leaves_nobody_registered(on_file: LedgerOffice) -> None:
    on_file.registers(ANNA)
    on_file.register.changed()

    on_file.is_set_aside()
    roster = on_file.register.changed()

    assert roster is not None
    assert roster.people == {}


def test_a_ledger_whose_tables_are_gone_is_a_fault_that_names_it(on_file: LedgerOffice, tmp_path: Path) -> None:
    by_hand(tmp_path / "ledger.sqlite", "DROP TABLE releases")

    with pytest.raises(LedgerFault, match=r"ledger\.sqlite"):
        on_file.register.changed()
