"""What many services ask in the same words: a name, a telephone, a remark."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_

LONG = 400


def telephone(answer: str) -> str:
    """What is wrong with a telephone number."""
    return "" if answer.isascii() and answer.isdigit() and 5 <= len(answer) <= 15 else N_("Please check the number")


def a_number(answer: str) -> str:
    """What is wrong with a number of things, 0 or more."""
    return "" if answer.isascii() and answer.isdigit() else N_("Please write a number")


def some(answer: str) -> str:
    """What is wrong with a number of things, 1 or more."""
    return a_number(answer) or ("" if int(answer) else N_("Please write a number"))


PHONE = Words("phone", N_("Your telephone number"), kind=Kind.DIGITS, longest=15, private=True, check=telephone)
NAME = Words("name", N_("Your name"), kind=Kind.NAME, longest=30, private=True)


def at_length(id: str, ask: str, line: str = "") -> Words:
    """Some sentences; what shoppers and staff write freely may name people."""
    return Words(id, ask, line, longest=LONG, private=True)


TAKERS = (Option("self", N_("The person it is for")), Option("other", N_("Somebody for them")))
_TAKER = Choice("taker", N_("Who took it?"), TAKERS)
_NAMED = Words("taker_name", N_("The name of whoever took it"), kind=Kind.NAME, longest=30, private=True)


def took(answers: Mapping[str, str]) -> tuple[Page, ...]:
    """To whom a message was handed: the person it is for, or another by name (S18)."""
    return (_TAKER, _NAMED) if answers.get(_TAKER.id) == "other" else (_TAKER,)


def taker(told: Mapping[str, str]) -> str:
    """Who took it, as a log says it."""
    if told.get(_TAKER.id) == "other":
        return f"handed to {told.get(_NAMED.id, '').strip()}"
    return "handed to the person it is for"


def remark(service: str) -> Form:
    """One remark, which a deed asks for."""
    asked = (at_length("remark", N_("What is to be noted?")),)
    return Form(service, N_("A remark"), Always(asked))
