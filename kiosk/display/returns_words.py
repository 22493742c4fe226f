"""What the return desk's pages call goods, reasons, remedies and outcomes, in three languages."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.returns.clause import Effect, Reason
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.goods import Trait, Traits
from kiosk.units import Language

Named = Mapping[str, tuple[str, str, str]]  # in the order of LANGUAGES

TRAITS: Mapping[Trait | None, tuple[str, str, str]] = {
    None: ("其他商品", "其他商品", "other goods"),
    Trait.APPLIANCE: ("家电影音", "家電影音", "appliances"),
    Trait.HYGIENE: ("贴身用品", "貼身用品", "hygiene goods"),
    Trait.CONSUMABLE: ("消耗品", "消耗品", "consumables"),
    Trait.TOBACCO_ALCOHOL: ("烟酒", "菸酒", "tobacco and alcohol"),
    Trait.CLEARANCE: ("清仓品", "清倉品", "clearance goods"),
    Trait.FRESH: ("生鲜冷冻", "生鮮冷凍", "fresh and frozen food"),
    Trait.VENDOR: ("厂商驻店商品", "廠商駐店商品", "goods of vendors in the house"),
}
REASONS: Mapping[Reason, tuple[str, str, str]] = {
    Reason.FAULT: ("质量问题", "品質問題", "a fault"),
    Reason.SPOILED: ("变质或过期", "變質或過期", "spoiled or expired"),
    Reason.MISTAKE: ("与所购不符", "與所購不符", "not what was bought"),
    Reason.UNWANTED: ("不合适", "不合適", "does not suit"),
}
OUTCOMES: Mapping[Outcome, tuple[str, str, str]] = {
    Outcome.ACCEPT: ("可以办理", "可以辦理", "accepted"),
    Outcome.REFUSE: ("不在办理范围", "不在辦理範圍", "refused"),
    Outcome.PERSON: ("当面处理", "當面處理", "a person decides"),
}
EFFECTS: Mapping[Effect, tuple[str, str, str]] = {
    Effect.REFUSE: ("不在范围", "不在範圍", "refuses"),
    Effect.GRANT: ("可以", "可以", "grants"),
    Effect.PERSON: ("当面处理", "當面處理", "to a person"),
}
WORDS: Named = {
    "policy": ("退换货规定", "退換貨規定", "Returns policy"),
    "since": ("购买日期", "購買日期", "bought on"),
    "table": ("各类商品可办理的内容", "各類商品可辦理的內容", "What can be had"),
    "note": (
        "单据齐全、商品完好，并经退换货服务台确认的情况。",
        "單據齊全、商品完好，並經退換貨服務台確認的情況。",
        "Papers at hand, the article whole and unharmed, a fault confirmed by the return desk.",
    ),
    "clauses": ("条款", "條款", "Clauses"),
    "goods": ("商品", "商品", "goods"),
    "reason": ("原因", "原因", "reason"),
    "clause": ("条款", "條款", "clause"),
    "says": ("说明", "說明", "what it says"),
    "next": ("下一步", "下一步", "what can be done"),
    "days": ("第{0}–{1}天", "第{0}–{1}天", "day {0}–{1}"),
    "from": ("第{0}天起", "第{0}天起", "from day {0}"),
    "person": ("当面处理", "當面處理", "a person decides"),
    "none": ("—", "—", "—"),
}

_AT = {Language("zh-CN"): 0, Language("zh-TW"): 1, Language("en"): 2}


def word(key: str, language: Language) -> str:
    """A word of the pages."""
    return WORDS[key][_AT[language]]


def goods_name(traits: Traits, language: Language) -> str:
    """What such goods are called."""
    names = [TRAITS[trait][_AT[language]] for trait in Trait if trait in traits]
    return (", " if language == "en" else "、").join(names) or TRAITS[None][_AT[language]]


def reason_name(reason: Reason, language: Language) -> str:
    """What such a reason is called."""
    return REASONS[reason][_AT[language]]


def outcome_name(outcome: Outcome, language: Language) -> str:
    """What such an outcome is called."""
    return OUTCOMES[outcome][_AT[language]]


def effect_name(effect: Effect, language: Language) -> str:
    """What a clause does, in a word."""
    return EFFECTS[effect][_AT[language]]
