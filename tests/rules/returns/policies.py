"""The demo store's returns policy, and cases to try it on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.config.findings import Findings
from kiosk.config.returns_file import FILE, policy_of
from kiosk.config.sections import Sections
from kiosk.config.toml import read_source
from kiosk.rules.returns.case import Case
from kiosk.rules.returns.clause import Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.receipt import Line

ROOT = Path(__file__).parents[3]
BOUGHT = date(2026, 11, 2)
EVERY_PAPER = frozenset(Paper)

# What a till prints for each kind of goods: its category, and its marks.
GOODS: dict[str, dict[str, Any]] = {
    "other": {"category": "陶瓷"},
    "appliance": {"category": "小家电"},
    "appliance by its mark": {"category": "陶瓷", "appliance": True},
    "audio": {"category": "影音数码"},
    "hygiene": {"category": "内衣"},
    "consumable": {"category": "电池"},
    "tobacco-alcohol": {"category": "烟酒"},
    "fresh": {"category": "生鲜"},
    "cosmetics": {"category": "化妆品"},
    "clearance": {"category": "陶瓷", "clearance": True},
    "clearance appliance": {"category": "小家电", "clearance": True},
}

# How an article is that nobody can find fault with, but for the fault itself.
FLAWLESS = {
    Question.WHOLE: Answer.YES,
    Question.WORN: Answer.NO,
    Question.CAUSE: Answer.NOTHING,
    Question.FAULT: Answer.YES,
}


@cache
def demo_book() -> PolicyBook:
    """As `kiosk check` reads it, without a finding."""
    findings = Findings()
    source = read_source(ROOT, FILE, findings)
    assert source is not None
    policy = policy_of(Sections(source, findings), findings)
    assert findings.problems() == ()
    assert policy is not None
    return policy[0]


def article(goods: str = "other", **changes: Any) -> Line:
    usual: dict[str, Any] = {
        "n": 1,
        "item": "20417",
        "barcode": "6901234567892",
        "name": "货品",
        "quantity_milli": 2000,
        "unit_price_fen": 9900,
    }
    return Line(**(usual | GOODS[goods] | changes))


def case(goods: str = "other", age: int = 3, **changes: Any) -> Case:
    """A faulty article with all its papers, for a refund, unless the changes say otherwise."""
    usual: dict[str, Any] = {
        "line": article(goods),
        "quantity_milli": 1000,
        "bought_on": BOUGHT,
        "today": BOUGHT + timedelta(days=age),
        "wish": Remedy.REFUND,
        "reason": Reason.FAULT,
        "answers": FLAWLESS,
        "papers": EVERY_PAPER,
    }
    return Case(**(usual | changes))
