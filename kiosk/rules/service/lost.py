"""Somebody misses something: asked at the screen, compared with what was found (rule S09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from kiosk.rules.forms.form import Always, Choice, Form, Page, Words
from kiosk.rules.service.asking import PHONE, at_length, remark
from kiosk.rules.service.lost_and_found import CATEGORY, COLOR, DAYS, PLACE
from kiosk.rules.service.service import DESK, Deed, Lapse, Service
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_

SOUGHT_FOR = timedelta(days=60)


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """What, how it looks, when, where; and how its owner can be reached."""
    return (
        CATEGORY,
        COLOR,
        Choice("when", N_("When did you have it last?"), DAYS),
        PLACE,
        at_length("looks", N_("How does it look?"), N_("What only its owner knows: what is inside, a mark")),
        replace(PHONE, line=N_("So that we can call you when it is found")),
    )


_FOUND = Form("lost", N_("Found"), Always((Words("found", N_("Number of the thing found"), kind=Kind.DIGITS),)))

SERVICE = Service(
    "lost",
    Form("lost", N_("Lost something"), pages),
    (
        Deed("called", N_("The owner was called"), frozenset(("open",)), asks=remark("lost"), rights=DESK),
        Deed("found", N_("It was found"), frozenset(("open",)), "closed", _FOUND, DESK),
        Deed("give-up", N_("It is not looked for any more"), frozenset(("open",)), "closed", rights=DESK),
    ),
    keep_days=30,
    lapses=(Lapse("open", SOUGHT_FOR, "closed"),),
    writes=DESK,
    slip=True,
    icon="magnifying-glass",
)
