"""Checks texts and titles for the languages they lack and for words that staff may not say (S02)."""

from __future__ import annotations

from kiosk.config.findings import Findings, Loc, Source
from kiosk.config.schema import Words
from kiosk.rules.broadcast.binder import unfit_words
from kiosk.units import LANGUAGES


def titled(source: Source, loc: Loc, words: Words, findings: Findings) -> None:
    """A title must be there in one language at least and should be there in all."""
    if not words.by_language():
        findings.error(source, loc, "is empty", f"write it in {', '.join(LANGUAGES)}")
    else:
        complete(source, loc, words, findings)


def complete(source: Source, loc: Loc, words: Words, findings: Findings) -> None:
    """Warn of languages that are missing."""
    missing = [language for language in LANGUAGES if language not in words.by_language()]
    if missing:
        what = f"is missing in {' and '.join(missing)}"
        findings.warning(source, loc, what, "shoppers who read that language see another one until it is there")


def fit_to_say(source: Source, loc: Loc, words: Words, findings: Findings) -> None:
    """Warn of words that staff may not say; whether the sentence is a harmless one, a person decides."""
    for language, text in words.by_language().items():
        unfit = unfit_words(text)
        if unfit:
            what = f"says {', '.join(unfit)}, which staff may not say to a shopper (S02)"
            findings.warning(source, (*loc, language), what, "say what can be done instead")
