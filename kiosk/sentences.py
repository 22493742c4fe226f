"""A sentence for people that still knows what it was made of, so that a screen can say it in another language.

Everywhere else it is a text in English: in logs, in the audit chain, at the hatch, in a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

Say = Callable[[str], str]  # puts an English text of ours into a language
Fact = str | int | Sequence[str]  # a sentence is said in the language too, any other text as it is; several are listed

LISTED = ", "
KEY, FACTS, TEXT = "key", "facts", "text"  # of its form on the wire and in the ledger
DEEPEST = 8  # sentences within sentences, when they are read back


def N_(english: str) -> str:
    """A text that is put into a language where it is shown."""
    return english


class Sentence(str):
    """key: in English, with {names} of the facts. Its value is the whole in English."""

    key: str
    facts: Mapping[str, Fact]

    def __new__(cls, key: str, facts: Mapping[str, Fact], text: str) -> Self:
        made = super().__new__(cls, text)
        made.key, made.facts = key, facts
        return made

    def __str__(self) -> str:  # else what an exception says would be a bare text
        return self

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, dict[str, Fact], str]]:
        return Sentence, (self.key, dict(self.facts), "".join(self))


def tell(key: str, /, **facts: Fact) -> Sentence:
    """A sentence; its key is found by tools/words wherever it is written as a literal."""
    return Sentence(key, facts, key.format(**{name: _english(fact) for name, fact in facts.items()}) if facts else key)


def alias(key: str, text: str) -> Sentence:
    """What a screen calls by the words of a key, and a command by an id."""
    return Sentence(key, {}, text)


def said_in(say: Say, text: str) -> str:
    """A text in a language: a sentence with all that it is made of, anything else as far as the language knows it."""
    if not isinstance(text, Sentence):
        return say(text) if text else ""
    said = say(text.key) if text.key else ""
    return said.format(**{name: _fact_in(say, fact) for name, fact in text.facts.items()}) if text.facts else said


def to_wire(text: str) -> Any:
    """As JSON has it: a plain text stays one."""
    if not isinstance(text, Sentence):
        return text
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
