"""A form with every kind of page, for tests."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.form import Choice, Form, Notice, Option, Page, Words
from kiosk.rules.writing.writing import Kind


def even(answer: str) -> str:
    return "" if answer.isdigit() and int(answer) % 2 == 0 else "Please write an even number"


READ = Notice("read", "Please read this", points=(("info", "First"),))
THING = Choice("thing", "What?", (Option("umbrella", "An umbrella", left=2), Option("pushchair", "Pushchair", left=0)))
MANY = Words("many", "How many?", kind=Kind.DIGITS, longest=3, check=even)
NAME = Words("name", "Your name", kind=Kind.NAME, longest=8, optional=True, private=True)
WHY = Words("why", "Why so many?")


def pages(answers: Mapping[str, str]) -> tuple[Page, ...]:
    return (READ, THING, MANY, *((WHY,) if len(answers.get("many", "")) > 1 else ()), NAME)


FORM = Form("loan", "Borrow", pages, review=True)
AT_ONCE = Form("rating", "Rate", lambda _: (THING,))
GOOD = {"read": "yes", "thing": "umbrella", "many": "2", "name": ""}
