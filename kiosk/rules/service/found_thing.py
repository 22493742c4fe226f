"""Something was found: kept, and handed out for a description that fits and an identity (rule S09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from kiosk.rules.forms.form import Choice, Form, Notice, Option, Page, Words
from kiosk.rules.service.asking import NAME, PHONE, at_length, remark
from kiosk.rules.service.lost_and_found import CATEGORY, COLOR, PLACE
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, LEADS, Deed, Service
from kiosk.sentences import N_

KEPT_FOR = timedelta(days=90)  # then who leads the desk decides
DOCUMENTS = (
    Option("identity-card", N_("Identity card")),
    Option("passport", N_("Passport")),
    Option("travel-permit", N_("Travel permit")),
    Option("other", N_("Another document")),
)


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """What, where, how it looks, where it is kept."""
    return (
        CATEGORY,
        COLOR,
        PLACE,
        at_length("looks", N_("How does it look?"), N_("What only its owner knows: what is inside, a mark")),
        Words("kept", N_("Where is it kept?"), longest=30),
        Words("finder", N_("Who found it?"), optional=True, private=True),
    )


def _handing_out(_: Mapping[str, str]) -> tuple[Page, ...]:
    """Description first, then who it is: of the document only its kind is kept."""
    return (
        Notice("described", N_("The description fits"), N_("What the shopper says was compared before it was shown.")),
        Choice("document", N_("Which document was shown?"), DOCUMENTS),
        NAME,
        PHONE,
    )


def due(record: Record) -> datetime:
    """When somebody decides what becomes of it."""
    return record.at + KEPT_FOR


_HANDED = Form("found", N_("Hand it out"), _handing_out)

SERVICE = Service(
    "found",
    Form("found", N_("Something was found"), pages),
    (
        Deed("hand-out", N_("Hand it out"), frozenset(("kept",)), "handed-out", _HANDED, DESK, takes=True),
        Deed("move", N_("Keep it elsewhere"), frozenset(("kept",)), asks=remark("found"), rights=DESK),
        Deed("give-away", N_("Give it to the authorities"), frozenset(("kept",)), "given-away", remark("found"), LEADS),
    ),
    begins="kept",
    over=frozenset(("handed-out", "given-away")),
    keep_days=180,
    due=due,
    offered=False,
    icon="binoculars",
)
