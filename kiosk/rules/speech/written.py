"""Mandarin text as it is written, cut into what can be said: runs of hanzi, Latin words, and the marks of pauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from kiosk.rules.speech.amounts import AMOUNTS, PRICES
from kiosk.rules.speech.codes import CODES
from kiosk.rules.speech.latin import is_spelled_in_mandarin, spoken_words, with_brands
from kiosk.rules.speech.passes import Manner, spelled_out
from kiosk.rules.speech.times import TIMES
from kiosk.rules.speech.tokens import PAUSES_MS

_MARKS = MappingProxyType(
    {
        **dict(zip(",;:!?、，；：。！？", "，；：！？、，；：。！？", strict=True)),
        **dict.fromkeys("()[]{}【】〔〕〖〗（）—–•●■◆|", "，"),
        **dict.fromkeys("/\\", "、"),
        **dict.fromkeys("\n\r\v\f\x85\u2028\u2029｡", "。"),
    }
)

_SYMBOLS = MappingProxyType(
    {
        "&": "和", "+": "加", "=": "等于", "@": "艾特", "%": "百分号", "‰": "千分号", "°": "度", "×": "乘", "÷": "除以",
        "≥": "大于等于", "≤": "小于等于", "±": "正负", "≈": "约", "¥": "元", "€": "欧元", "£": "英镑", "〇": "零",
    }
)  # fmt: skip

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_DOTS = re.compile(r"…+|‥+|\.{2,}|。{2,}")
_WITHIN_ADDRESS = re.compile(r"(?<=[A-Za-z])\.(?=[a-z]{2})")
_ROMAN = re.compile(r"(?<![A-Za-z])(?:II|III)(?![A-Za-z])")
_INITIAL = re.compile(r"(?:^|[^A-Za-z'])(?:(?<![A-Za-z] )[A-Z]|Dr|Mr|Ms|Mrs|St|No|Jr|Sr)$")
_APART = re.compile(r"(?<=[一-鿿]{2})[ \t\u3000]+(?=[一-鿿]{2})")  # a gap between two words is a short rest
_RUNS = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]+|\s+|.", re.DOTALL)
_LETTERS_APART = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L",
     "ı": "i", "þ": "th", "ð": "d", "’": "'", "‘": "'"}
)  # fmt: skip
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Kind(Enum):
    """What a piece of speakable text is."""

    HANZI = "hanzi"
    LATIN = "latin"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of hanzi, one Latin word, or one mark of PAUSES_MS."""

    kind: Kind
    text: str


def plain(text: str) -> str:
    """The text with full-width and ornamental forms made plain, no accents on Latin letters, and digits 0 to 9."""
    text = _DOTS.sub("，", text)
    text = "".join(map(_digit, _TAG.sub(" ", text.translate(_LETTERS_APART))))
    # A full-width comma parts two numbers, an ASCII one is inside a number: it is kept out of the folding.
    text = "，".join(unicodedata.normalize("NFKC", part) for part in text.split("，"))
    return _APART.sub("、", "".join(map(_bare, text.translate(_LETTERS_APART))))


def _digit(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    if unicodedata.decomposition(char).startswith("<circle>") and unicodedata.normalize("NFKC", char).isdecimal():
        return f"、{unicodedata.normalize('NFKC', char)}"
    if "\u2160" <= char <= "\u217b":  # Roman numerals as single characters
        return str(int(unicodedata.numeric(char)))
    return char


def _bare(char: str) -> str:
    if char.isascii() or not char.isalpha() or char > "\u1eff":
        return char
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


def spelled(text: str, manner: Manner) -> str:
    """Plain text with every number and code spelled out; no digit is left."""
    text = _ROMAN.sub(lambda found: "零一二三"[len(found[0])], with_brands(text))
    for passes in (PRICES, TIMES, CODES, AMOUNTS):
        text = spelled_out(text, passes, manner)
    return _WITHIN_ADDRESS.sub("点", text)


def pieces(
    text: str, sayable: Callable[[str], bool], spell: Callable[[str], bool] = is_spelled_in_mandarin
) -> tuple[list[Piece], list[str]]:
    """Spelled-out text cut up, and what no voice can say.

    sayable: whether a hanzi has a reading. spell: whether a run of letters is said letter by letter.
    """
    found: list[Piece] = []
    lost: list[str] = []
    for run in _RUNS.finditer(text):
        said = run[0]
        if said.isascii() and said[0].isalpha():
            found += (Piece(Kind.LATIN, word) for word in spoken_words(said, spell))
        elif _HANZI.match(said):
            kept = "".join(char for char in said if sayable(char))
            lost += (char for char in said if not sayable(char))
            _append_hanzi(found, kept)
        elif said in _SYMBOLS:
            _append_hanzi(found, _SYMBOLS[said])
        elif mark := _mark(text, run):
            found.append(Piece(Kind.MARK, mark))
        elif unicodedata.category(said[0])[0] in "LNS" and said not in "~^`#*$<>_|":
            lost.append(said)
    return _rested(found), lost


def _append_hanzi(found: list[Piece], text: str) -> None:
    if text and found and found[-1].kind is Kind.HANZI:
        found[-1] = Piece(Kind.HANZI, found[-1].text + text)
    elif text:
        found.append(Piece(Kind.HANZI, text))


def _mark(text: str, run: re.Match[str]) -> str:
    """The pause that something between the words stands for, "" for none."""
    said = run[0]
    if said.isspace():
        return "。" if any(char in _MARKS for char in said) else ""
    before, behind = text[max(0, run.start() - 4) : run.start()], text[run.end() : run.end() + 1]
    latin_before = before[-1:].isascii() and before[-1:].isalpha()
    if said == ".":
        return "" if (latin_before and behind.isascii() and behind.isalpha()) or _INITIAL.search(before) else "。"
    if said == "-":
        return "" if latin_before or (behind.isascii() and behind.isalpha()) else "，"
    return _MARKS.get(said, "")


def _rested(found: Iterable[Piece]) -> list[Piece]:
    """Marks that meet become the longest of them; none stands at the beginning, and only one that closes at the end."""
    rested: list[Piece] = []
    for piece in found:
        if piece.kind is Kind.MARK:
            if not rested:
                continue
            last = rested[-1]
            if last.kind is Kind.MARK:
                if PAUSES_MS[piece.text] > PAUSES_MS[last.text]:
                    rested[-1] = piece
                continue
        rested.append(piece)
    if rested and rested[-1].kind is Kind.MARK and rested[-1].text not in "。！？":
        rested.pop()
    return rested
