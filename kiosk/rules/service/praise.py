"""Praise: passed on to those whom it is about (S19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.rules.forms.form import Choice, Form, Option, Page
from kiosk.rules.service.asking import NAME, at_length
from kiosk.rules.service.service import DESK, Deed, Service
from kiosk.sentences import N_

ABOUT = (
    Option("staff", N_("Somebody of the staff"), icon="user-circle", tone="fetch"),
    Option("goods", N_("Goods"), icon="shopping-bag", tone="store"),
    Option("store", N_("The store"), icon="storefront", tone="ease"),
)


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    """Whom or what, why, and who says so, if they like."""
    return (
        Choice("about", N_("Who or what would you like to compliment?"), ABOUT),
        at_length("what", N_("What did you like?"), line=N_("We will gladly pass it on")),
        replace(NAME, optional=True, line=N_("You may leave this empty")),
    )


SERVICE = Service(
    "praise",
    Form("praise", N_("Compliments"), pages),
    (Deed("pass-on", N_("Passed on"), frozenset(("open",)), "closed", rights=DESK),),
    keep_days=90,
    writes=DESK,
    icon="heart",
)
