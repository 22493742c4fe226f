"""Small change, up to so much a day and a person; notes are not changed into notes (rule S13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.forms.money import fen_of, shown_fen, wrong_price
from kiosk.rules.service.choices import ChangeLimits
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import DESK, Others, Refused, Service
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, tell

WANTED = (Option("coins", N_("Small change")), Option("notes", N_("Notes for notes")))
FEN = 100  # of a yuan, in which the store's limits are
POLITELY = "we keep our notes for the tills and are sorry; the bank beside the entrance gladly changes them"

_ASKED: tuple[Page, ...] = (
    Choice("wanted", N_("What is wanted?"), WANTED),
    Words("yuan", N_("How many yuan?"), kind=Kind.AMOUNT, longest=7, check=wrong_price),
    Words("whose", N_("Whose? A card, a telephone, a till"), private=True),
)


def objects(record: Record, others: Others, limits: ChangeLimits) -> Refused | None:
    """Within the limits of the day."""
    if record.answers["wanted"] == "notes":
        return Refused(tell("please say: {words}", words=tell(POLITELY)))
    wanted, each, daily = fen_of(record.answers["yuan"]), limits.each * FEN, limits.daily * FEN
    today = [one for one in others if one.at.date() == record.at.date()]
    theirs = sum(_fen(one) for one in today if one.answers.get("whose") == record.answers["whose"])
    if theirs + wanted > each:
        left = shown_fen(max(0, each - theirs))
        return Refused(tell("{left} yuan more for this person today, of {all}", left=left, all=shown_fen(each)))
    given = sum(map(_fen, today))
    if given + wanted > daily:
        left = shown_fen(max(0, daily - given))
        return Refused(tell("{left} yuan of change are left for today, of {all}", left=left, all=shown_fen(daily)))
    return None


def _fen(record: Record) -> int:
    return fen_of(record.answers.get("yuan", "0"))


def within(service: Service, limits: ChangeLimits) -> Service:
    """With a store's limits."""
    return replace(service, objects=partial(objects, limits=limits))


SERVICE = Service(
    "change",
    Form("change", N_("Small change"), Always(_ASKED)),
    begins="closed",
    keep_days=2,
    objects=partial(objects, limits=ChangeLimits()),
    sees=timedelta(days=1),
    writes=DESK,
    offered=False,
    icon="money",
)
