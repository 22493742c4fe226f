"""Complaints: taken at once, complete, answered within three business days by who took them first (S03-S06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.service.asking import NAME, PHONE, at_length, remark
from kiosk.rules.service.business_days import OpenOn, open_always, within
from kiosk.rules.service.printed import in_english, in_words
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, LEADS, Deed, Rows, Say, Service
from kiosk.sentences import N_

ANSWER_DAYS, DECIDE_DAYS, FOLLOW_DAYS = 3, 1, 3

ABOUT = (
    Option("goods", N_("Goods"), N_("Price, quality, label, sold out"), icon="shopping-bag", tone="store"),
    Option("service", N_("Service"), N_("Staff, checkout, what we offer"), icon="handshake", tone="fetch"),
    Option("safety", N_("Safety"), N_("An accident, the surroundings"), icon="shield-warning", tone="care"),
)
CLASSES: Mapping[str, tuple[Option, ...]] = {
    "goods": (
        Option("price", N_("The price"), icon="money", tone="store"),
        Option("quality", N_("The quality"), icon="seal-check", tone="fetch"),
        Option("incomplete", N_("Something is missing"), icon="puzzle-piece", tone="ease"),
        Option("expired", N_("Past its date"), icon="calendar-x", tone="call"),
        Option("labelling", N_("The label"), icon="tag", tone="care"),
        Option("out-of-stock", N_("Sold out"), icon="package", tone="plain"),
    ),
    "service": (
        Option("attitude", N_("How staff behaved"), icon="smiley-meh", tone="care"),
        Option("checkout", N_("At the checkout"), icon="cash-register", tone="fetch"),
        Option("missing-service", N_("A service that is missing"), icon="question", tone="ease"),
        Option("badly-done", N_("A service done badly"), icon="thumbs-down", tone="call"),
        Option("withdrawn", N_("A service that was ended"), icon="x-circle", tone="plain"),
    ),
    "safety": (
        Option("accident", N_("An accident"), icon="first-aid-kit", tone="call"),
        Option("environment", N_("The surroundings"), icon="leaf", tone="store"),
    ),
}
PLACES = (
    Option("food", N_("Food"), icon="basket", tone="store"),
    Option("clothes", N_("Clothes"), icon="t-shirt", tone="ease"),
    Option("household", N_("Household"), icon="couch", tone="care"),
    Option("checkout", N_("Checkout"), icon="cash-register", tone="fetch"),
    Option("service-desk", N_("Service desk"), icon="headset", tone="call"),
    Option("elsewhere", N_("Somewhere else"), icon="map-pin", tone="plain"),
)
WISHES = (
    Option("refund", N_("Money back or an exchange"), icon="money", tone="store"),
    Option("repair", N_("That it is put right"), icon="wrench", tone="care"),
    Option("explanation", N_("An explanation"), icon="chat-text", tone="fetch"),
    Option("apology", N_("An apology"), icon="handshake", tone="ease"),
    Option("improvement", N_("That it gets better"), icon="trend-up", tone="store"),
    Option("contact", N_("That you call me"), icon="phone", tone="fetch"),
)
CHANNELS = (
    Option("screen", N_("At the touchscreen")),
    Option("desk", N_("At the desk")),
    Option("telephone", N_("By telephone")),
    Option("letter", N_("By letter or internet")),
)


def pages(answers: Mapping[str, str]) -> tuple[Page, ...]:
    """Short at the screen: what about, where, what happened, what is wished for; who it was, if they like."""
    classes = CLASSES.get(answers.get("about", ""), ())
    return (
        Choice("about", N_("What is it about?"), ABOUT),
        *((Choice("class", N_("What exactly?"), classes),) if classes else ()),
        Choice("place", N_("Where did it happen?"), PLACES),
        at_length("what", N_("What happened?"), line=N_("In a few words; we ask you if we need more")),
        Choice("wish", N_("What would you like us to do?"), WISHES),
        replace(PHONE, optional=True, line=N_("So that we can answer you; you may leave it empty")),
        *((NAME,) if answers.get("phone") else ()),
    )


def _completion(_: Mapping[str, str]) -> tuple[Page, ...]:
    """What staff find out: the five facts, and what else the form has room for."""
    return (
        Words("subject", N_("Subject"), longest=60),
        Choice("channel", N_("How did it reach us?"), CHANNELS),
        Words("why", N_("Why is the shopper dissatisfied?"), longest=200),
        Words("served", N_("Who served the shopper?"), optional=True, private=True),
        Words("bought", N_("When was it bought?"), optional=True, longest=20),
        Words("happened", N_("When did it happen?"), optional=True, longest=20),
        Words("exactly", N_("Where exactly?"), optional=True, longest=60),
        replace(NAME, optional=True),
        Words("address", N_("Address"), optional=True, private=True, longest=100),
        replace(PHONE, optional=True),
    )


_SOLUTION: tuple[Page, ...] = (
    Words("policy", N_("Which policy applies?"), longest=200),
    at_length("handling", N_("How was it handled?")),
    at_length("result", N_("What came of it?")),
)
_solution = Form("complaint", N_("Answer"), Always(_SOLUTION))
_OPEN = frozenset(("received", "taken", "escalated", "answered", "agreed"))

DEEDS = (
    Deed("take", N_("Take responsibility"), frozenset(("received",)), "taken", rights=DESK, takes=True),
    Deed("complete", N_("Complete the form"), _OPEN, asks=Form("complaint", N_("Complete"), _completion), rights=DESK),
    Deed("answer", N_("Answer it"), frozenset(("taken",)), "answered", asks=_solution, rights=DESK),
    Deed("escalate", N_("To the supervisor"), frozenset(("received", "taken")), "escalated", remark("complaint"), DESK),
    Deed("decide", N_("Decide"), frozenset(("escalated",)), "answered", asks=_solution, rights=LEADS),
    Deed("agree", N_("The shopper agrees"), frozenset(("answered",)), "agreed", rights=DESK),
    Deed("disagree", N_("The shopper disagrees"), frozenset(("answered",)), "escalated", remark("complaint"), DESK),
    Deed("call-back", N_("Called back"), frozenset(("agreed",)), "closed", remark("complaint"), DESK),
    Deed("remark", N_("Write a remark"), _OPEN, asks=remark("complaint"), rights=DESK),
    Deed("withdraw", N_("The shopper withdraws it"), _OPEN - {"agreed"}, "withdrawn", remark("complaint"), DESK),
)
CONTACTS = frozenset(("take", "complete", "agree", "disagree", "call-back", "withdraw"))


def due(record: Record, open_on: OpenOn = open_always) -> datetime | None:
    """Three business days to answer; one for who decides; three for the shopper to agree, and to be called."""
    if record.stage in ("received", "taken"):
        return within(ANSWER_DAYS, record.at, open_on)
    return within(DECIDE_DAYS if record.stage == "escalated" else FOLLOW_DAYS, record.since, open_on)


def by_calendar(service: Service, open_on: OpenOn) -> Service:
    """The same, with the clock of a store's business days."""
    return replace(service, due=partial(due, open_on=open_on))


def sheet(record: Record, say: Say = in_english) -> Rows:
    """The form of the house, its 21 fields in their order (S04); who signs on paper signs on the empty lines."""
    told = in_words(SERVICE.form, record.answers, say)
    remarks = []
    for done in record.history:
        deed = SERVICE.deed(done.deed)
        if deed is None or deed.asks is None:
            continue
        if "remark" in done.told:
            remarks.append(f"{say(deed.words)}: {done.told['remark']}")
        else:
            told.update({name: said for name, said in in_words(deed.asks, done.told, say).items() if said})
    over = record.stage in SERVICE.over
    contact = next((done.at for done in reversed(record.history) if done.deed in CONTACTS), None)
    decided = next((done.by for done in reversed(record.history) if done.deed == "decide"), "")
    place = " ".join(filter(None, (told.get("place", ""), told.get("exactly", ""))))
    return (
        (say(N_("Store")), ""),
        (say(N_("Form number")), str(record.number)),
        (say(N_("Name")), told.get("name", "")),
        (say(N_("Address")), told.get("address", "")),
        (say(N_("Telephone")), told.get("phone", "")),
        (say(N_("Subject")), told.get("subject", "") or told.get("class", "")),
        (say(N_("Place of the event")), place),
        (say(N_("Date received")), _day(record.at)),
        (say(N_("Date of the event")), told.get("happened", "") or _day(record.at)),
        (say(N_("Date of last contact")), _day(contact)),
        (say(N_("Date closed")), _day(record.since if over else None)),
        (say(N_("Channel")), told.get("channel", "") or say(N_("At the touchscreen"))),
        (
            say(N_("Content")),
            "; ".join(filter(None, (told.get("what", ""), told.get("why", ""), told.get("wish", "")))),
        ),
        (say(N_("Policy applied")), told.get("policy", "")),
        (say(N_("How it was handled")), told.get("handling", "")),
        (say(N_("Result")), told.get("result", "")),
        (say(N_("Handler")), record.owner),
        (say(N_("Supervisor on duty")), decided),
        (say(N_("Service manager")), ""),
        (say(N_("Store manager")), ""),
        (say(N_("Remarks")), "; ".join(remarks)),
    )


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"


SERVICE = Service(
    "complaint",
    Form("complaint", N_("Complaints"), pages, send=N_("Send")),
    DEEDS,
    begins="received",
    over=frozenset(("closed", "withdrawn")),
    keep_days=365,
    due=due,
    late={"received": "escalated", "taken": "escalated"},
    writes=DESK,
    sheet=sheet,
    slip=True,
    icon="chat-circle-text",
)
