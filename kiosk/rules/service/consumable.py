"""What is handed out and gets less: first aid, gift wrapping, parking coupons, leaflets (rule S11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.service.asking import some
from kiosk.rules.service.choices import Consumable
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Others, Refused, Service
from kiosk.rules.service.stock import MOVES, level
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, in_languages, tell

COUNTED_WITHIN = timedelta(days=35)


def form_of(things: tuple[Consumable, ...]) -> Form:
    """What, which way, how many."""
    options = tuple(Option(thing.id, in_languages(thing.title), literal=True) for thing in things)
    asked: tuple[Page, ...] = (
        Choice("thing", N_("What is it?"), options),
        Choice("move", N_("What happens to it?"), MOVES),
        Words("quantity", N_("How many?"), kind=Kind.DIGITS, longest=5, check=some),
    )
    return Form("consumable", N_("Consumables"), Always(asked))


def objects(record: Record, others: Others) -> Refused | None:
    """No more goes out than is there."""
    there = level(others, record.answers["thing"])
    if record.answers["move"] == "out" and there is not None and int(record.answers["quantity"]) > there:
        return Refused(
            tell(
                "{count} of {thing} are there: count them again if that is not so",
                count=there,
                thing=record.answers["thing"],
            )
        )
    return None


def low_of(thing: Consumable, records: Others) -> str:
    """What staff are told of a low stock, as a sentence; "" for enough."""
    there = level(records, thing.id)
    low = there is not None and there < thing.low
    return tell("{count} of {thing} are left: order more", count=there or 0, thing=thing.id) if low else ""


def kept_here(service: Service, things: tuple[Consumable, ...]) -> Service:
    """What a store hands out."""
    return replace(service, form=form_of(things))


SERVICE = Service(
    "consumable",
    form_of(()),
    begins="closed",
    objects=objects,
    sees=COUNTED_WITHIN,
    keep_days=400,
    offered=False,
    icon="first-aid-kit",
)
