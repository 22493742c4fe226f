"""Gifts of a campaign: one for each receipt, stock by vendor, the rest reconciled within three days (rule S14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.rules.service.asking import some
from kiosk.rules.service.choices import Campaign
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, Others, Refused, Service
from kiosk.rules.service.stock import level
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, in_languages, tell

MOVES = (
    Option("out", N_("To a shopper")),
    Option("in", N_("From the vendor")),
    Option("back", N_("Back to the vendor")),
    Option("count", N_("Counted")),
)
RECONCILED_WITHIN = timedelta(days=3)


def form_of(campaigns: tuple[Campaign, ...]) -> Form:
    """Which campaign, which way; a receipt for who gets one."""
    options = tuple(Option(one.id, in_languages(one.title), one.vendor, literal=True) for one in campaigns)
    return Form("gift", N_("Gifts"), _Pages(options))


@dataclass(frozen=True, slots=True)
class _Pages:
    """A value, as forms are told to the screen's process."""

    campaigns: tuple[Option, ...]

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        receipt = Words("receipt", N_("Number of the receipt"), kind=Kind.LETTERS, longest=40)
        quantity = Words("quantity", N_("How many?"), kind=Kind.DIGITS, longest=5, check=some)
        return (
            Choice("thing", N_("Which campaign?"), self.campaigns),
            Choice("move", N_("What happens to it?"), MOVES),
            quantity,
            *((receipt,) if answers.get("move") == "out" else ()),
        )


def objects(record: Record, others: Others, campaigns: Mapping[str, Campaign]) -> Refused | None:
    """In the announced days, and no more than there are."""
    told, campaign = record.answers, campaigns[record.answers["thing"]]
    if told["move"] == "out" and not campaign.begins <= record.at.date() <= campaign.ends:
        return Refused(
            tell(
                "the gifts of {campaign} are given from {begins} to {ends}",
                campaign=campaign.id,
                begins=str(campaign.begins),
                ends=str(campaign.ends),
            )
        )
    there = level(others, campaign.id)
    if told["move"] in ("out", "back") and there is not None and int(told["quantity"]) > there:
        return Refused(tell("{count} gifts of {vendor} are there", count=there, vendor=campaign.vendor))
    return None


def once(record: Record) -> str:
    """One for each receipt of a campaign."""
    told = record.answers
    return f"{told.get('thing', '')} {told['receipt']}" if told.get("receipt") else ""


def to_reconcile(campaign: Campaign, records: tuple[Record, ...], today: date) -> str:
    """What is still to be settled with a vendor after a campaign, as a sentence; "" for nothing."""
    if today <= campaign.ends:
        return ""
    after = [one for one in records if one.at.date() > campaign.ends and one.answers.get("move") in ("back", "count")]
    settled = any(one.answers.get("thing") == campaign.id for one in after)
    rest = level(records, campaign.id)
    if settled and rest == 0:
        return ""
    left = tell("{count} are left", count=str(rest)) if settled else tell("nobody has counted what is left")
    return tell(
        "gifts of {campaign}: {left}; settle with {vendor} by {day}",
        campaign=campaign.id,
        left=left,
        vendor=campaign.vendor,
        day=str(campaign.ends + RECONCILED_WITHIN),
    )


def given_here(service: Service, campaigns: tuple[Campaign, ...]) -> Service:
    """The campaigns of a store."""
    known = {one.id: one for one in campaigns}
    return replace(service, form=form_of(campaigns), objects=partial(objects, campaigns=known))


SERVICE = Service(
    "gift",
    form_of(()),
    begins="closed",
    keep_days=400,
    once=once,
    stays=True,
    objects=partial(objects, campaigns={}),
    sees=timedelta(days=60),
    writes=DESK,
    offered=False,
    icon="gift",
)
