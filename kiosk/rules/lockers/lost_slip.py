"""The slip of the lost-tag procedure, in two copies: its fields as L08 lists them, in three languages, and as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.rules.forms.money import shown_fen
from kiosk.rules.lockers.lost_tag import Case
from kiosk.units import LANGUAGES, Language

NARROW = 32  # columns of a 58 mm printer
SIGN_HERE = 16


class SlipField(Enum):
    """What L08 wants on the slip, in its order."""

    DATE = "date"
    NAME = "shopper's name"
    ADDRESS = "address"
    TAG_AND_LOCKER = "tag number and locker position"
    FEE = "fee"
    RECEIVED = "amount received and receipt number"
    EMPLOYEE = "signature of the employee who took it"
    SHOPPER = "signature of the shopper"  # more than L08 asks: they confirm that these are their things


class Copy(Enum):
    """For whom a copy is."""

    CASH_OFFICE = "cash office"
    SHOPPER = "shopper"


_ZH_CN, _ZH_TW, _EN = LANGUAGES
_LABELS: Mapping[SlipField, tuple[str, str, str]] = {
    SlipField.DATE: ("日期", "日期", "Date"),
    SlipField.NAME: ("顾客姓名", "顧客姓名", "Name"),
    SlipField.ADDRESS: ("地址", "地址", "Address"),
    SlipField.TAG_AND_LOCKER: ("标示牌号与柜位", "標示牌號與櫃位", "Tag and locker"),
    SlipField.FEE: ("工本费", "工本費", "Fee"),
    SlipField.RECEIVED: ("实收与收据号", "實收與收據號", "Received, receipt"),
    SlipField.EMPLOYEE: ("收款员工签名", "收款員工簽名", "Employee"),
    SlipField.SHOPPER: ("顾客签名", "顧客簽名", "Shopper"),
}
_TITLES = ("遗失标示牌登记单", "遺失標示牌登記單", "Lost tag slip")
_COPIES: Mapping[Copy, tuple[str, str, str]] = {
    Copy.CASH_OFFICE: ("第一联 财务室", "第一聯 財務室", "Copy 1: cash office"),
    Copy.SHOPPER: ("第二联 顾客", "第二聯 顧客", "Copy 2: shopper"),
}
_NUMBER = ("编号", "編號", "No.")
_TAG_AND_LOCKER = ("{number} 号，第 {locker} 柜", "{number} 號，第 {locker} 櫃", "No. {number}, locker {locker}")
_AMOUNT = ("￥{amount}", "￥{amount}", "￥{amount}")  # the full-width sign: printers know no other
_CASH_OFFICE = (
    "款项、证件复印件与本单一并交财务室，凭正式收据为准。",
    "款項、證件影本與本單一併交財務室，憑正式收據為準。",
    "Money, copy of the document and this slip go to the cash office, which makes out the receipt.",
)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A field with its label. value: "" where somebody is to sign."""

    field: SlipField
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One copy, ready to be set or printed. lines: in the order of L08."""

    store: str
    title: str
    number: str
    copy: str
    lines: tuple[SlipLine, ...]
    footer: str


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What a slip says beside its case. employee: the name of who took the fee. place: where the locker stands."""

    store: str
    employee: str
    place: str = ""


def slips_of(case: Case, words: SlipWords, language: Language) -> tuple[Slip, Slip]:
    """Both copies of a case whose fee was taken."""
    first, second = (_slip(case, words, language, copy) for copy in Copy)
    return first, second


def text_of(slip: Slip, columns: int = NARROW) -> str:
    """The slip for a printer that knows only lines, every line at most so many columns wide, 24 or more."""
    rule = "-" * columns
    head = [*_wrapped(slip.store, columns), *_wrapped(slip.title, columns), slip.number, slip.copy, rule]
    return "\n".join([*head, *_body(slip, columns), rule, *_wrapped(slip.footer, columns)]) + "\n"


def _slip(case: Case, words: SlipWords, language: Language, copy: Copy) -> Slip:
    at = LANGUAGES.index(language)
    position = _TAG_AND_LOCKER[at].format(number=case.number, locker=case.locker)
    values = {
        SlipField.DATE: f"{case.reported:%Y-%m-%d}",
        SlipField.NAME: case.name,
        SlipField.ADDRESS: case.address,
        SlipField.TAG_AND_LOCKER: f"{position} ({words.place})" if words.place else position,
        SlipField.FEE: _AMOUNT[at].format(amount=shown_fen(case.fee_fen)),
        SlipField.RECEIVED: f"{_AMOUNT[at].format(amount=shown_fen(case.received_fen))}, {case.receipt:06}",
        SlipField.EMPLOYEE: f"({words.employee})",
        SlipField.SHOPPER: "",
    }
    lines = tuple(SlipLine(field, _LABELS[field][at], values[field]) for field in SlipField)
    number = f"{_NUMBER[at]} {case.n:06}"
    return Slip(words.store, _TITLES[at], number, _COPIES[copy][at], lines, _CASH_OFFICE[at])


def _body(slip: Slip, columns: int) -> Iterator[str]:
    for line in slip.lines:
        if line.field in (SlipField.EMPLOYEE, SlipField.SHOPPER):
            yield from _wrapped(f"{line.label}: {'_' * SIGN_HERE}", columns)
            yield from _wrapped(line.value, columns)
        else:
            yield from _wrapped(f"{line.label}: {line.value}", columns)


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """Lines of at most so many columns; Chinese breaks anywhere, a Latin word is kept whole where it fits a line."""
    line, width = "", 0
    for word in _words(text):
        takes = _width(word)
        if line and width + takes > columns:
            yield line.rstrip()
            line, width = "", 0
            word = word.lstrip()
            takes = _width(word)
        while takes > columns:
            yield word[:columns]
            word = word[columns:]
            takes = _width(word)
        line, width = line + word, width + takes
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Pieces that stay together: one wide character, or a run of narrow ones with the space before it."""
    word = ""
    for sign in text:
        if _width(sign) == 2 or sign == " ":
            if word:
                yield word
            word = ""
        if _width(sign) == 2:
            yield sign
        else:
            word += sign
    if word:
        yield word


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
