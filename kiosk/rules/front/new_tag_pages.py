"""What staff are asked who hang another tag at a locker: which number it has, and the tag itself where it is there."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.rules.front.lost_tag_pages import FORM, LONGEST_CODE, TAG
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_

WHICH, OWN, SUBSTITUTE, SCANNED = "which", "own", "substitute", "scanned"

_WHICH = Choice(
    WHICH,
    N_("Which tag is to hang there?"),
    (
        Option(OWN, N_("A new one with its own number"), icon="tag", tone="store"),
        Option(SUBSTITUTE, N_("One with a substitute number"), icon="stack", tone="store"),
        Option(SCANNED, N_("One that is printed already: scan it"), icon="scan", tone="fetch"),
    ),
)
_TAG = Words(TAG, N_("Scan the tag that is to hang there"), kind=Kind.LETTERS, longest=LONGEST_CODE)


def _pages(answers: Mapping[str, str]) -> tuple[Page, ...]:
    return (_WHICH, _TAG) if answers.get(WHICH) == SCANNED else (_WHICH,)


ANOTHER_TAG = Form(FORM, N_("Hang another tag"), _pages)
