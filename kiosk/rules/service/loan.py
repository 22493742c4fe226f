"""Loans: an umbrella, a wheelchair, a pushchair against a record; reminded of, returned (rule S10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page
from kiosk.rules.service.asking import NAME, PHONE, remark
from kiosk.rules.service.business_days import OpenOn, open_always
from kiosk.rules.service.choices import Lendable
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Deed, Lapse, Others, Refused, Service
from kiosk.sentences import N_, in_languages, tell

KEPT_FOR = timedelta(minutes=30)  # so long it waits for who asked for it at the screen
AWAY = frozenset(("asked", "lent"))
NONE_LEFT = "loan.none-left"


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be lent, and how many of each there are now, None where nobody has counted; for the screens."""

    things: tuple[Lendable, ...]
    left: tuple[int | None, ...]


def left_of(things: tuple[Lendable, ...], records: Iterable[Record]) -> Stock:
    """How many of each are neither lent nor waited for."""
    away = [one.answers.get("thing") for one in records if one.service == SERVICE.id and one.stage in AWAY]
    return Stock(things, tuple(max(0, thing.count - away.count(thing.id)) for thing in things))


def form_of(stock: Stock) -> Form:
    """What is asked where these things are lent."""
    options = tuple(
        Option(thing.id, in_languages(thing.title), icon=thing.icon, tone="fetch", left=left, literal=True)
        for thing, left in zip(stock.things, stock.left, strict=True)
    )
    asked: tuple[Page, ...] = (
        Choice("thing", N_("What would you like to borrow?"), options),
        replace(PHONE, line=N_("So that we can remind you; it is deleted after you bring it back")),
        NAME,
    )
    return Form("loan", N_("Borrow"), Always(asked))


def objects(record: Record, others: Others, counts: Mapping[str, int]) -> Refused | None:
    """The last one is lent once."""
    thing = record.answers["thing"]
    away = sum(one.answers.get("thing") == thing and one.stage in AWAY for one in others)
    return Refused(tell("every {thing} is lent", thing=thing), NONE_LEFT) if away >= counts[thing] else None


def due(record: Record, open_on: OpenOn = open_always) -> datetime | None:
    """What was lent is back before the store closes; where nobody says when that is, within half a day."""
    if record.stage != "lent":
        return None
    evening = open_on(record.since.date() - timedelta(days=1))  # a night may belong to the day before
    hours = evening if evening is not None and record.since < evening[1] else open_on(record.since.date())
    return record.since + timedelta(hours=12) if hours is None else max(hours[1], record.since + timedelta(hours=1))


def lent_here(service: Service, things: tuple[Lendable, ...], open_on: OpenOn = open_always) -> Service:
    """Loans of a store: what it has, and until when it is open."""
    every = Stock(things, (None,) * len(things))
    counts = {thing.id: thing.count for thing in things}
    return replace(
        service, form=form_of(every), objects=partial(objects, counts=counts), due=partial(due, open_on=open_on)
    )


SERVICE = Service(
    "loan",
    form_of(Stock((), ())),
    (
        Deed("hand-out", N_("Hand it out"), frozenset(("asked",)), "lent", takes=True),
        Deed("not-fetched", N_("It was not fetched"), frozenset(("asked",)), "lapsed"),
        Deed("extend", N_("Lend it for longer"), frozenset(("lent",)), "lent"),
        Deed("return", N_("It is back"), frozenset(("lent",)), "returned"),
        Deed("damaged", N_("It is back, damaged"), frozenset(("lent",)), "returned", remark("loan")),
        Deed("lost", N_("It is lost"), frozenset(("lent",)), "lost", remark("loan")),
    ),
    begins="asked",
    over=frozenset(("returned", "lapsed", "lost")),
    slip=True,
    keep_days=7,
    due=due,
    lapses=(Lapse("asked", KEPT_FOR, "lapsed"),),
    icon="umbrella",
)
