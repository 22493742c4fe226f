"""A text that is being written: what each key makes of it.

Which characters some letters can mean is looked up elsewhere: the key of a candidate says what it stands for, so that
this needs no dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

Stroke = tuple[tuple[int, int], ...]


class Kind(Enum):
    """What a text is about: which keys are offered, and which candidates come first."""

    WORDS = "words"
    SEARCH = "search"  # letters that still wait may be looked for as they are
    NAME = "name"  # of a person: surnames first
    LETTERS = "letters"  # no pinyin
    DIGITS = "digits"  # of a telephone, a receipt
    AMOUNT = "amount"  # of money: digits and a point
    CARD = "card"  # of an identity card: digits, the last may be X


CODES = (Kind.DIGITS, Kind.CARD, Kind.LETTERS)  # what a scanner may read as well
PADS = (Kind.DIGITS, Kind.CARD, Kind.AMOUNT)  # written on a number pad


class Layer(Enum):
    """Which keys are shown."""

    PINYIN = "pinyin"
    LATIN = "latin"
    CAPITALS = "capitals"
    SIGNS = "signs"  # digits and punctuation
    HAND = "hand"  # a finger draws characters


@dataclass(frozen=True, slots=True)
class Letter:
    """A key that writes what stands on it; in pinyin a small letter or the divider "'" goes to those that wait."""

    sign: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What some of the waiting letters are to be. letters: how many of them it uses up, from the first."""

    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Backspace:
    """The last one was wrong."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """All of it was wrong."""


@dataclass(frozen=True, slots=True)
class LayerAsked:
    """Other keys, please. Letters that wait become the text that they are."""

    layer: Layer


@dataclass(frozen=True, slots=True)
class MoreCandidates:
    """The next of them."""


@dataclass(frozen=True, slots=True)
class FormsAsked:
    """Characters as Taiwan writes them, or as the mainland does."""

    taiwan: bool


@dataclass(frozen=True, slots=True)
class Stroked:
    """A line of a character, drawn by a finger: places in thousandths of what it is drawn on."""

    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Recognised:
    """What all lines that wait are to be."""

    text: str


Key = Letter | Candidate | Backspace | Cleared | LayerAsked | MoreCandidates | FormsAsked | Stroked | Recognised


@dataclass(frozen=True, slots=True)
class Writing:
    """text: what is written. letters: of pinyin that wait to become characters. longest: of the text, characters.

    page: of the candidates, from 0. taiwan: which characters were asked for, None for those of the screen's language.
    strokes: lines that wait to become a character.
    """

    kind: Kind = Kind.WORDS
    layer: Layer = Layer.PINYIN
    longest: int = 40
    text: str = ""
    letters: str = ""
    page: int = 0
    taiwan: bool | None = None
    strokes: tuple[Stroke, ...] = ()

    @property
    def whole(self) -> str:
        """What would be given now: letters that wait stand for themselves."""
        return (self.text + self.letters)[: self.longest]


LONGEST_LETTERS = 40
MOST_STROKES = 36


def begun(kind: Kind, *, chinese: bool, longest: int = 40, text: str = "") -> Writing:
    """An empty field, with the keys that it wants first."""
    if kind in PADS:
        return Writing(kind, Layer.SIGNS, longest, text)
    layer = Layer.PINYIN if chinese and kind is not Kind.LETTERS else Layer.LATIN
    return Writing(kind, layer, longest, text)


def after(writing: Writing, key: Key) -> Writing:
    """What a key makes of it; one that can do nothing changes nothing."""
    match key:
        case Letter(sign):
            return _lettered(writing, sign)
        case Candidate(text, letters):
            if not 0 < letters <= len(writing.letters):
                return writing
            return replace(_written(writing, text), letters=writing.letters[letters:].lstrip("'"), page=0)
        case Stroked(stroke):
            room = writing.layer is Layer.HAND and stroke and len(writing.strokes) < MOST_STROKES
            return replace(writing, strokes=(*writing.strokes, stroke), page=0) if room else writing
        case Recognised(text):
            return replace(_written(writing, text), strokes=(), page=0) if writing.strokes else writing
        case Backspace():
            if writing.strokes:
                return replace(writing, strokes=writing.strokes[:-1], page=0)
            if writing.letters:
                return replace(writing, letters=writing.letters[:-1], page=0)
            return replace(writing, text=writing.text[:-1])
        case Cleared():
            return replace(writing, text="", letters="", page=0, strokes=())
        case LayerAsked(layer):
            return replace(writing, text=writing.whole, letters="", page=0, layer=layer, strokes=())
        case FormsAsked(taiwan):
            return replace(writing, taiwan=taiwan, page=0)
        case _:  # more candidates
            return replace(writing, page=writing.page + 1) if writing.letters or writing.strokes else writing


def _lettered(writing: Writing, sign: str) -> Writing:
    waits = writing.layer is Layer.PINYIN and (sign == "'" or (sign.isascii() and sign.islower()))
    if waits and (writing.letters or sign != "'"):
        if len(writing.letters) >= LONGEST_LETTERS or len(writing.text) >= writing.longest:
            return writing
        return replace(writing, letters=writing.letters + sign, page=0)
    written = _written(replace(writing, text=writing.whole, letters="", page=0), sign)
    if writing.layer is Layer.CAPITALS:
        return replace(written, layer=Layer.LATIN)
    return written


def _written(writing: Writing, text: str) -> Writing:
    return replace(writing, text=(writing.text + text)[: writing.longest])
