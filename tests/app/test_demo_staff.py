"""The demo's staff can live through what docs/try-it.md tells of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.demo_staff import CASH, DESK, DOOR, LEAD, PIN, register_demo_staff
from kiosk.ledger.people import PeoplePages
from kiosk.rules.people.person import Person
from kiosk.rules.returns import slip_rights as slips
from kiosk.rules.service.queue import may_call
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import TEN

TODAY = TEN.date()


def test_the_clerk_calls_numbers_and_fills_slips_which_the_lead_approves_and_the_cashier_settles() -> None:
    assert may_call(DESK, TODAY) == ""
    for who, deeds in (
        (DESK, (slips.Deed.FILL, slips.Deed.LOOK, slips.Deed.PICK_UP)),
        (LEAD, (slips.Deed.APPROVE, slips.Deed.SIGN_REGISTER, slips.Deed.RECEIVE)),
        (CASH, (slips.Deed.SETTLE, slips.Deed.LOOK)),
        (DOOR, (slips.Deed.CHECK,)),
    ):
        assert [slips.may(who, deed, TODAY) for deed in deeds] == [""] * len(deeds), who.name


def test_who_was_registered_by_an_earlier_demo_gets_the_training_that_it_forgot_and_keeps_all_else(
    tmp_path: Path,
) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        people = PeoplePages(ledger, b"k" * 32)
        people.add(replace(DESK, trained_on=None, name="Mei"), "demo", TEN, pin="135246")

        for _ in range(2):
            register_demo_staff(lambda: ledger, tmp_path / "badge.key", TEN, pytest.fail)

        mei = people.prove("desk", "135246", TEN)
        assert isinstance(mei, Person)
        assert (mei.name, mei.trained(TODAY)) == ("Mei", True)
        assert isinstance(people.prove("lead", PIN, TEN), Person)
