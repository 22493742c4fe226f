"""A shopper says with one touch how the service was (rule S19)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.form import Choice, Form, Option, Page
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Service
from kiosk.sentences import N_

MARKS = (
    Option("5", N_("Very good"), icon="smiley-sticker", tone="good"),
    Option("4", N_("Good"), icon="smiley", tone="good"),
    Option("3", N_("Fair"), icon="smiley-meh", tone="plain"),
    Option("2", N_("Poor"), icon="smiley-sad", tone="care"),
    Option("1", N_("Very poor"), icon="smiley-angry", tone="call"),
)

LOW = frozenset(("2", "1"))

_ONE_TOUCH: tuple[Page, ...] = (Choice("mark", N_("How was our service today?"), MARKS),)


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """One page, one touch."""
    return _ONE_TOUCH


def told(record: Record) -> str:
    """Who was not content may want to be called back."""
    return "rating.sorry" if record.answers.get("mark", "") in LOW else "rating.thanks"


SERVICE = Service(
    "rating", Form("rating", N_("Rate us"), pages), begins="closed", keep_days=400, sentence=told, taken=False
)
