"""What a shopper is told: which clause decided, in plain words, and what can be done next (R16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kiosk.rules.returns.clause import Clause, Effect, Remedy, Words
from kiosk.rules.returns.decision import Decision, Outcome
from kiosk.rules.returns.policy import Phrases
from kiosk.units import LANGUAGES, Language

REMEDY = "{remedy}"
UNTIL = "{until}"  # in a next step: the last day on which it can be had
MOST_SENTENCES = 3

_ENGLISH = Language("en")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def reason(phrases: Phrases, decision: Decision, language: Language) -> str:
    """Why it was decided so: the text of the deciding clause, and of each further paper that is missing."""
    deciding = decision.deciding
    if deciding is None:
        return _filled(phrases.person, decision, language, phrases)
    if decision.outcome is Outcome.PERSON and deciding in decision.open:
        return _filled(deciding.open_text or deciding.text, decision, language, phrases)
    return _joined((_filled(one.text, decision, language, phrases) for one in _spoken(decision)), language)


def next_step(phrases: Phrases, decision: Decision, language: Language) -> str:
    """What the shopper can do now."""
    deciding = decision.deciding
    if deciding is None or decision.outcome is Outcome.PERSON:
        return _filled(phrases.person, decision, language, phrases)
    spoken = _spoken(decision)
    papers = [one for one in spoken if one.missing]
    steps = [_filled(one.next_step, decision, language, phrases) for one in papers or spoken]
    if decision.outcome is Outcome.REFUSE and decision.remedy is not None:
        steps.insert(0, _filled(phrases.instead, decision, language, phrases))
    return _joined(dict.fromkeys(steps), language)


def in_words(words: Words, language: Language) -> str:
    """A text in a language, in another one where it is not there yet, "" where there is none."""
    return words.get(language) or next((words[other] for other in LANGUAGES if words.get(other)), "")


def written_day(day: date, language: Language) -> str:
    """A day as a person says it."""
    if language == _ENGLISH:
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日"


def remedy_name(names: Mapping[Remedy, Words], remedy: Remedy, language: Language) -> str:
    """What a remedy is called within a sentence."""
    return in_words(names[remedy], language)


def _spoken(decision: Decision) -> tuple[Clause, ...]:
    """The deciding clause; with it every paper that is missing where that helps, so that nobody has to come twice."""
    first = decision.hits[0]
    if decision.outcome is not Outcome.REFUSE or (first.effect is Effect.REFUSE and not first.missing):
        return (first,)
    papers = (one for one in decision.hits[1:] if one.missing)
    return (first, *papers)[:MOST_SENTENCES]


def _filled(words: Words, decision: Decision, language: Language, phrases: Phrases) -> str:
    text = in_words(words, language)
    if REMEDY in text and decision.remedy is not None:
        text = text.replace(REMEDY, remedy_name(phrases.remedies, decision.remedy, language))
    if UNTIL in text and decision.until is not None:
        text = text.replace(UNTIL, written_day(decision.until, language))
    return text


def _joined(sentences: Iterable[str], language: Language) -> str:
    return (" " if language == _ENGLISH else "").join(one for one in sentences if one)
