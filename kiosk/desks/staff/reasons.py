"""What staff are asked before a deed that wants a reason: one of the usual ones, or a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.sentences import N_

OTHER = "other"
OWN_WORDS = Words("words", N_("Why?"), longest=80)


def why_form(title: str, reasons: tuple[tuple[str, str], ...]) -> Form:
    """One of the reasons, id and words, or another one in the person's own words."""
    options = (*(Option(id, words) for id, words in reasons), Option(OTHER, N_("Another reason")))
    return Form("staff", title, _Why(Choice("why", N_("Why?"), options)))


@dataclass(frozen=True, slots=True)
class _Why:
    usual: Choice

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        return (self.usual, OWN_WORDS) if answers.get("why") == OTHER else (self.usual,)


def reason(told: Mapping[str, str]) -> str:
    """What was said, for the audit and for the next who asks."""
    why = told.get("why", "")
    return told.get("words", "").strip() if why == OTHER else why
