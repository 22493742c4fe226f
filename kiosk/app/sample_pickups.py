"""A pick-up area in staff mode for the album of screens: cards, tests, and what is asked about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.app.sample_return_desk import CLERK, NAMES
from kiosk.app.sample_returns import BOUGHT, RECEIPT
from kiosk.desks.service.returning import LookedUp
from kiosk.desks.staff.pickup_matters import NEW, SHOWN, VOID, deeds_for, deeds_of, of_card, told_of_card
from kiosk.desks.staff.return_matters import of_receipt
from kiosk.desks.staff.returns_corner import SCAN
from kiosk.ports.staff_view import Kind, Matter, StaffView
from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Chose, Next, Read
from kiosk.rules.forms.form import Choice, Form
from kiosk.rules.front.pickup_pages import tries_out
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.pickup import Card, Occasion, Stage, Trial, Tried
from kiosk.rules.returns.pickup_sheets import VOIDS

NAME = "pickup"
_TOLD = {"serial": "AB-2201", "whole": "each", "works": "wrong", "quiet": "untried", "note": ""}


def pickup_states(whole: StaffView, now: datetime) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """Each state by its name."""
    cards = _cards(now)
    shelf = tuple(of_card(one, NAME) for one in cards if not one.is_over)
    begins = tuple(replace(one, about=f"{NAME} desk") for one in (NEW, SHOWN))
    area = replace(whole, returns=shelf, counter=(SCAN, *begins))
    yield "pickups", StaffMode(Room.RETURNS), area
    for card in cards:
        yield f"pickup-{card.stage.value}", *_at(_opened(card, _tests(card, now)), area)
    known = of_receipt(LookedUp(RECEIPT.number, RECEIPT), NAME)
    deeds = tuple(deeds_of(RECEIPT, CLERK, now))
    yield "pickup-receipt", *_at(replace(known, kind=Kind.PICKUP, deeds=deeds), area)
    assert deeds[0].asks is not None
    yield "pickup-line", _asks(opened(deeds[0].asks, chinese=True)), area
    yield from _tried(cards[1], area)
    for name, form in (("shown", SHOWN.asks), ("papers", deeds_for(cards[1], ())), ("why-void", VOID.asks)):
        asked = form if isinstance(form, Form) else next(one.asks for one in form or () if one.deed == "hand-out")
        assert asked is not None
        yield f"pickup-{name}", _asks(opened(asked, chinese=True)), area


def _at(matter: Matter, area: StaffView) -> tuple[StaffMode, StaffView]:
    return StaffMode(Room.RETURNS, matter.key), replace(area, opened=matter)


def _opened(card: Card, tests: tuple[Trial, ...]) -> Matter:
    told = tuple(told_of_card(card, tests, NAMES))
    return replace(of_card(card, NAME), told=told, deeds=tuple(deeds_for(card, tests)))


def _tried(card: Card, area: StaffView) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """A test, page by page."""
    filling = opened(tries_out(card), chinese=True)
    while (shown := filling.shown) is not None:
        yield f"pickup-test-{shown.id}", _asks(filling), area
        said = _TOLD.get(shown.id, "fine")
        turns = (Chose(said),) if isinstance(shown, Choice) else (*((Read(said),) if said else ()), Next())
        for act in turns:
            after = filling.after(act).flow
            assert isinstance(after, Filling)
            filling = after
    yield "pickup-test-review", _asks(filling), area


def _asks(filling: Filling) -> StaffMode:
    return StaffMode(Room.RETURNS, f"{NAME} card 7", deed="test", asks=filling)


def _cards(now: datetime) -> tuple[Card, ...]:
    soon = now - timedelta(minutes=25)
    about = {"receipt": RECEIPT.number, "bought": BOUGHT, "line": 2, "item": "20417", "invoiced": True}
    issued = Card(8, soon, "mei", **about, name="家用静音空调 1.5匹", pieces=2, since=soon)  # type: ignore[arg-type]
    tested = replace(issued, number=7, name="电热水壶 1.7L", pieces=1, serial="AB-2201", stage=Stage.TESTED)
    papers = frozenset({Paper.RECEIPT, Paper.INVOICE})
    collected = replace(tested, number=6, stage=Stage.COLLECTED, handed_by="tao", papers=papers)
    return issued, tested, collected, replace(issued, number=5, stage=Stage.VOID, void_why=VOIDS[1])


def _tests(card: Card, now: datetime) -> tuple[Trial, ...]:
    if card.stage in (Stage.ISSUED, Stage.VOID):
        return ()
    about = (card.number, card.receipt, card.line, now, "mei", Occasion.PICK_UP)
    wrong = Trial(11, *about, "AB-2201", frozenset(Tried) - {Tried.QUIET}, frozenset({Tried.POWER}), "按键没有反应")
    return wrong, Trial(12, *about, "AB-2201", frozenset(Tried))
