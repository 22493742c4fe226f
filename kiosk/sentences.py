"""A sentence for people that still knows what it was made of, so that a screen can say it in another language.

Everywhere else it is a text in English: in logs, in the audit chain, at the hatch, in a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

from kiosk.units import LANGUAGES, Language

Say = Callable[[str], str]  # puts an English text of ours into a language
Fact = str | int | Sequence[str]  # a sentence is said in the language too, any other text as it is; several are listed


def N_(english: str) -> str:
    """A text that is put into a language where it is shown."""
    return english


LISTED = ", "
KEY, FACTS, TEXT = "key", "facts", "text"  # of its form on the wire and in the ledger
THIS = N_("en")  # each catalogue says here which language it is
DEEPEST = 8  # sentences within sentences, when they are read back


class Sentence(str):
    """key: in English, with {names} of the facts. Its value is the whole in English. words: by the tags of languages,
    for what the store or the house has written in each of them; such a one has no key."""

    key: str
    facts: Mapping[str, Fact]
    words: Mapping[str, str] = MappingProxyType({})

    def __new__(cls, key: str, facts: Mapping[str, Fact], text: str) -> Self:
        made = super().__new__(cls, text)
        made.key, made.facts = key, facts
        return made

    def __str__(self) -> str:  # else what an exception says would be a bare text
        return self

    def __reduce__(self) -> tuple[Callable[..., Sentence], tuple[object, ...]]:
        return _remade, (self.key, dict(self.facts), "".join(self), dict(self.words))


def _remade(key: str, facts: Mapping[str, Fact], text: str, words: Mapping[str, str]) -> Sentence:
    made = Sentence(key, facts, text)
    made.words = words
    return made


def tell(key: str, /, **facts: object) -> Sentence:
    """A sentence; its key is found by tools/words wherever it is written as a literal. What is neither a text, a number
    nor several texts is told as Python says it: a path, a day, a fault."""
    known = {name: _fact(fact) for name, fact in facts.items()}
    return Sentence(key, known, key.format(**{name: _english(fact) for name, fact in known.items()}) if facts else key)


def alias(key: str, text: str) -> Sentence:
    """What a screen calls by the words of a key, and a command by an id."""
    return Sentence(key, {}, text)


def in_languages(words: Mapping[Language, str]) -> Sentence:
    """What is written in several languages, by their tags; said in the first of them where its own is missing."""
    made = Sentence("", {}, words.get(LANGUAGES[2]) or next(iter(words.values()), ""))
    made.words = {str(language): said for language, said in words.items() if said}
    return made


def said_in(say: Say, text: str) -> str:
    """A text in a language: a sentence with all that it is made of, anything else as far as the language knows it."""
    if not isinstance(text, Sentence):
        return say(text) if text else ""
    if text.words:
        return text.words.get(say(THIS)) or next(iter(text.words.values()))
    said = say(text.key) if text.key else ""
    return said.format(**{name: _fact_in(say, fact) for name, fact in text.facts.items()}) if text.facts else said


def to_wire(text: str) -> Any:
    """As JSON has it: a plain text stays one."""
    if not isinstance(text, Sentence) or text.words:
        return "".join(text)
    return {KEY: text.key, FACTS: {name: _fact_to_wire(fact) for name, fact in text.facts.items()}, TEXT: "".join(text)}


def from_wire(value: Any, depth: int = 0) -> str:
    """What was written so. Raises nothing: what is not of the form is a text, or "" for nothing that can be read."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping) or depth > DEEPEST:
        return ""
    key, facts, text = value.get(KEY), value.get(FACTS), value.get(TEXT)
    if not (isinstance(key, str) and isinstance(facts, Mapping) and isinstance(text, str)):
        return text if isinstance(text, str) else ""
    read = Sentence(key, {str(name): _fact_from_wire(fact, depth + 1) for name, fact in facts.items()}, text)
    try:
        said_in(str, read)
    except (KeyError, IndexError, ValueError, AttributeError):  # of another version
        return text
    return read


def _fact(told: object) -> Fact:
    if isinstance(told, str | int):
        return told
    return tuple(map(str, told)) if isinstance(told, tuple | list) else str(told)


def _english(fact: Fact) -> str | int:
    return fact if isinstance(fact, str | int) else LISTED.join(fact)


def _fact_in(say: Say, fact: Fact) -> str | int:
    if isinstance(fact, Sentence):
        return said_in(say, fact)
    if isinstance(fact, str | int):
        return fact
    return say(N_(", ")).join(str(_fact_in(say, one)) for one in fact)


def _fact_to_wire(fact: Fact) -> Any:
    return fact if isinstance(fact, int) else to_wire(fact) if isinstance(fact, str) else [to_wire(one) for one in fact]


def _fact_from_wire(value: Any, depth: int) -> Fact:
    if isinstance(value, int):
        return value
    if isinstance(value, list):
        return tuple(from_wire(one, depth) for one in value)
    return from_wire(value, depth)
