"""Whom the message platform greets on a day: on festivals and birthdays, who wants it, each once (rule S08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.rules.service.festival import Festival, festivals_on
from kiosk.rules.service.member import consents, greeted, to_wish
from kiosk.rules.service.record import Record

BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class Greeting:
    """A member who is to be greeted. occasion: with its year, so that it comes once: "mid-autumn 2026"."""

    member: Record
    occasion: str


def greetings(
    members: Iterable[Record], festivals: Iterable[Festival], day: date, *, again: bool = False
) -> tuple[Greeting, ...]:
    """Who is greeted on a day, for what: those who hold a card and want to be. again: those who were noted already."""
    holders = tuple(one for one in members if one.stage == "issued" and consents(one))
    wanted = [(one, f"{festival.id} {day.year}") for festival in festivals_on(festivals, day) for one in holders]
    wanted += [(one, f"{BIRTHDAY} {day.year}") for one in to_wish(holders, day)]
    return tuple(Greeting(one, occasion) for one, occasion in wanted if greeted(one, occasion) is again)
