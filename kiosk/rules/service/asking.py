"""What many services ask in the same words: a name, a telephone, a remark."""

from __future__ import annotations

from kiosk.rules.forms.form import Always, Form, Words
from kiosk.rules.forms.words import N_
from kiosk.rules.writing.writing import Kind

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


def remark(service: str) -> Form:
    """One remark, which a deed asks for."""
    asked = (at_length("remark", N_("What is to be noted?")),)
    return Form(service, N_("A remark"), Always(asked))
