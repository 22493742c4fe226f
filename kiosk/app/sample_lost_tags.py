"""Lost tags in staff mode for the album of screens: a case at every step, and what is asked about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.app.sample_return_desk import NAMES
from kiosk.desks.staff.lost_tag_corner import TAKE_UP
from kiosk.desks.staff.lost_tag_matters import NAME, Known, deeds_for, of_case, told_of_case
from kiosk.ports.staff_view import Matter, StaffView
from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Chose, Next, Read
from kiosk.rules.forms.form import Choice, Form
from kiosk.rules.front.lost_tag_pages import (
    DESCRIBES,
    DIFFERS,
    HANDS_OVER,
    NOTHING_THERE,
    WITHDRAWS,
    files,
    identifies,
    takes_fee,
    which_locker,
)
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.identity import Document, DocumentKind
from kiosk.rules.lockers.lost_tag import USUAL, Case, Step
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId

LEAD = Person("tao", "陈涛", frozenset({Right.SUPERVISOR}))
DESCRIBED = "黑色双肩包，里面有一把红伞、一个保温杯和一本绿色封面的笔记本"
NOTED = "背包 · 黑色"
CARD = "11010519491231002X"
_TOLD = {"document": "identity-card", "number": CARD, "name": "王小明", "address": "上海市南京路1号", "copied": "yes"}


def lost_tag_states(whole: StaffView, now: datetime) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """Each state by its name."""
    cases = [_case(step, now) for step in Step]
    open_ones = tuple(of_case(case, LEAD, now, USUAL) for case in cases if not case.is_over)
    yield "lost-tags", StaffMode(Room.MATTERS), replace(whole, matters=open_ones)
    for case in cases:
        yield f"lost-{case.step.name.lower().replace('_', '-')}", *_at(_opened(case, now), whole)
    unprinted = _opened(_case(Step.PAID, now), now, prints=False)
    yield "lost-paid-unprinted", *_at(unprinted, whole)
    yield (
        "lost-take-up",
        StaffMode(Room.NEW, f"{NAME} desk", asks=opened(which_locker(frozenset({7})), chinese=True)),
        whole,
    )
    yield from _identified(now, whole)
    withdrawn = _case(Step.WITHDRAWN, now)
    forms = {
        "describe": DESCRIBES, "differs": DIFFERS, "fee": takes_fee(USUAL), "withdraw": WITHDRAWS,
        "hand-over": HANDS_OVER, "file": files(withdrawn),
    }  # fmt: skip
    for name, form in forms.items():
        yield f"lost-asks-{name}", _asks(opened(form, chinese=True)), whole
    found = opened(WITHDRAWS, chinese=True).after(Chose("found")).flow
    assert isinstance(found, Filling)
    yield "lost-found-again", _asks(found), whole
    desk = Matter(f"{NAME} desk", open_ones[0].kind, TAKE_UP)
    refused = replace(whole, opened=desk, said=NOTHING_THERE, refused=True)
    yield "lost-desk", StaffMode(Room.MATTERS, desk.key), refused


def _identified(now: datetime, whole: StaffView) -> Iterator[tuple[str, StaffMode, StaffView]]:
    """Who it is, page by page; the first number is too short."""
    form: Form = identifies(now.date())
    filling = opened(form, chinese=True)
    while (shown := filling.shown) is not None:
        yield f"lost-identify-{shown.id}", _asks(filling), whole
        said = _TOLD[shown.id]
        if shown.id == "number":
            wrong = filling.after(Read(CARD[:-2])).flow
            assert isinstance(wrong, Filling)
            wrong_one = wrong.after(Next()).flow
            assert isinstance(wrong_one, Filling)
            yield "lost-identify-wrong", _asks(wrong_one), whole
        filling = _answered(filling, said, tap=isinstance(shown, Choice))
    yield "lost-identify-review", _asks(filling), whole


def _answered(filling: Filling, said: str, *, tap: bool) -> Filling:
    if not tap and filling.written is not None:
        filling = replace(filling, written=replace(filling.written, text=said))
    after = filling.after(Chose(said) if tap else Next()).flow
    assert isinstance(after, Filling)
    return after


def _at(matter: Matter, whole: StaffView) -> tuple[StaffMode, StaffView]:
    return StaffMode(Room.MATTERS, matter.key), replace(whole, opened=matter)


def _asks(filling: Filling) -> StaffMode:
    return StaffMode(Room.MATTERS, f"{NAME} case 12", deed="identify", asks=filling)


def _opened(case: Case, now: datetime, *, prints: bool = True) -> Matter:
    lies = Deposit(41, case.locker, 7, 2, now - timedelta(hours=2))
    known = Known(NAMES, "左墙，上排", lies, NOTED if case.step is not Step.MATCHED else "", prints)
    deeds = tuple(deeds_for(case, LEAD, now, USUAL, prints=prints))
    return replace(of_case(case, LEAD, now, USUAL), told=tuple(told_of_case(case, known)), deeds=deeds)


def _case(step: Step, now: datetime) -> Case:
    """A case at a step, with all that is known there at most."""
    soon = now - timedelta(minutes=6)
    money = step not in (Step.REPORTED, Step.DESCRIBED, Step.COMPARING, Step.MATCHED, Step.IDENTIFIED, Step.DIFFERS)
    known = step not in (Step.REPORTED, Step.DESCRIBED, Step.COMPARING, Step.MATCHED, Step.DIFFERS)
    approved = step in (Step.APPROVED, Step.OPENED, Step.HANDED_OVER, Step.HELD_BACK, Step.FILED)
    return Case(
        LockerId(7), 7, 2, 41, soon, "mei", soon, step, 12,
        description="" if step is Step.REPORTED else DESCRIBED,
        name="王小明" if known else "", address="上海市南京路1号" if known else "",
        document=Document(DocumentKind.IDENTITY_CARD, CARD) if known else None,
        fee_fen=500 * money, received_fen=1000 * money, receipt=31 * money, cashier="mei" if money else "",
        approved_by="tao" if approved else "", handed_by="mei" if step is Step.HANDED_OVER else "",
        why="Other things are inside" if step is Step.HELD_BACK else "",
    )  # fmt: skip
