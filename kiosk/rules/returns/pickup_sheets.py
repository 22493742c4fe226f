"""Pick-up cards and test records as sheets to print, in the three languages (R17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.rules.printing.document import Align, Code, Document, Field, Line, Part, Rule, Sign, Size, Stamp
from kiosk.rules.returns.pickup import Card, Result, Stage, Trial, Tried, numbered
from kiosk.units import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class PickupWords:
    """Every word is a label or a sentence. voids: the usual reasons, by their ids."""

    card: str
    record: str
    receipt: str
    bought: str
    line: str
    item: str
    name: str
    pieces: str
    serial: str
    issued: str
    bring: str
    bring_invoice: str
    tested: str
    date: str
    tried: Mapping[Tried, str]
    good: str
    bad: str
    untried: str
    results: Mapping[Result, str]
    result: str
    note: str
    shopper: str
    by: str
    keep: str
    void: str
    void_why: str
    voids: Mapping[str, str]


VOIDS = ("nobody wants it any more", "the wrong line", "the goods are defective", "the card was lost")
"""Why a card is void, as the ledger and the audit say it."""


def _voids(*words: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(VOIDS, words, strict=True)))


def _by(kind: type[Tried], *words: str) -> Mapping[Tried, str]:
    return MappingProxyType(dict(zip(kind, words, strict=True)))


_CN = PickupWords(
    "提货卡", "商品检测记录", "小票号", "购买日期", "行", "货号", "品名", "件数", "机号", "开卡人",
    "提货时请出示购物小票和本卡，并当面验机。", "提货时请出示购物小票、发票和本卡，并当面验机。",
    "检测人", "检测时间",
    _by(Tried, "外观完好，无划痕、无磕碰", "配件齐全", "开机、关机正常", "各项功能正常", "无异味、无异响、不发烫"),
    "正常", "有问题", "未检测",
    {Result.WORKS: "合格", Result.DEFECTIVE: "有故障"}, "检测结果", "说明", "顾客签名（当面验机）", "经办人",
    "请妥善保存：电器退换货时需要本记录和保修卡。", "作废", "作废原因",
    _voids("顾客不再需要", "开错了商品", "商品有问题", "提货卡遗失，另开新卡"),
)  # fmt: skip
_TW = PickupWords(
    "提貨卡", "商品檢測紀錄", "明細單號", "購買日期", "行", "貨號", "品名", "件數", "機號", "開卡人",
    "提貨時請出示購物明細和本卡，並當面驗機。", "提貨時請出示購物明細、發票和本卡，並當面驗機。",
    "檢測人", "檢測時間",
    _by(Tried, "外觀完好，無刮痕、無碰傷", "配件齊全", "開機、關機正常", "各項功能正常", "無異味、無異音、不發燙"),
    "正常", "有問題", "未檢測",
    {Result.WORKS: "合格", Result.DEFECTIVE: "有故障"}, "檢測結果", "說明", "顧客簽名（當面驗機）", "經辦人",
    "請妥善保存：電器退換貨時需要本紀錄和保固卡。", "作廢", "作廢原因",
    _voids("顧客不再需要", "開錯了商品", "商品有問題", "提貨卡遺失，另開新卡"),
)  # fmt: skip
_EN = PickupWords(
    "Pick-up card", "Test record", "Receipt", "Bought", "Line", "Item number", "Item", "Pieces", "Serial number",
    "Issued by", "Please bring your receipt and this card; it is tested while you watch.",
    "Please bring your receipt, the invoice and this card; it is tested while you watch.",
    "Tested by", "Tested",
    _by(Tried, "Casing and screen without a scratch", "All parts are there", "Switches on and off",
        "Does what it is for", "No smell, heat or noise that should not be"),
    "fine", "not as it should be", "not tried",
    {Result.WORKS: "works", Result.DEFECTIVE: "defective"}, "Result", "Note", "Shopper's signature (saw the test)",
    "Clerk", "Please keep this: a return of an appliance needs this record and the warranty card.",
    "VOID", "Void because", _voids(*VOIDS),
)  # fmt: skip
WORDS: Mapping[Language, PickupWords] = MappingProxyType(dict(zip(LANGUAGES, (_CN, _TW, _EN), strict=True)))


def card_sheet(card: Card, store: str, language: Language, code: str, names: Mapping[str, str]) -> Document:
    """What the shopper shows where goods are collected; a void one says so, and why. code: what its square says."""
    words = WORDS[language]
    void = card.stage is Stage.VOID
    parts: tuple[Part, ...] = (
        *((Stamp(words.void),) if void else ()),
        Line(store, align=Align.CENTRE),
        Line(words.card, Size.LARGE, bold=True, align=Align.CENTRE),
        Line(numbered(card.number), Size.HUGE, bold=True, align=Align.CENTRE),
        *(() if void else (Code(code, 30.0),)),
        Rule(),
        *_about(words, card.receipt, card.line),
        Field(words.bought, f"{card.bought:%Y-%m-%d}"),
        Field(words.item, card.item),
        Field(words.name, card.name, bold=True),
        Field(words.pieces, str(card.pieces)),
        *((Field(words.serial, card.serial),) if card.serial else ()),
        Field(words.issued, f"{names.get(card.by, card.by)}　{card.at:%Y-%m-%d %H:%M}"),
        Rule(),
        Field(words.void_why, words.voids.get(card.void_why, card.void_why or "-"))
        if void
        else Line(words.bring_invoice if card.invoiced else words.bring, Size.SMALL),
    )
    return Document(f"{words.card} {numbered(card.number)}", parts)


def record_sheet(test: Trial, article: str, store: str, language: Language, names: Mapping[str, str]) -> Document:
    """What was tried and what came of it, signed by the shopper who saw it. article: its name on the receipt."""
    words = WORDS[language]

    def said(one: Tried) -> str:
        return words.bad if one in test.found else words.good if one in test.tried else words.untried

    parts: tuple[Part, ...] = (
        Line(store, align=Align.CENTRE),
        Line(words.record, Size.LARGE, bold=True, align=Align.CENTRE),
        Line(numbered(test.number), Size.HUGE, bold=True, align=Align.CENTRE),
        Rule(),
        *_about(words, test.receipt, test.line),
        *((Field(words.card, numbered(test.card)),) if test.card else ()),
        Field(words.name, article, bold=True),
        Field(words.serial, test.serial, bold=True),
        Field(words.date, f"{test.at:%Y-%m-%d %H:%M}"),
        Rule(),
        *(Field(words.tried[one], said(one)) for one in Tried),
        Rule(),
        Field(words.result, words.results[test.result], bold=True),
        *((Field(words.note, test.note),) if test.note else ()),
        Sign(words.shopper),
        Sign(words.tested, names.get(test.by, test.by)),
        Line(words.keep, Size.SMALL),
    )
    return Document(f"{words.record} {numbered(test.number)}", parts)


def _about(words: PickupWords, receipt: str, line: int) -> tuple[Part, ...]:
    return (Field(words.receipt, f"{receipt}　{words.line} {line}"),)
