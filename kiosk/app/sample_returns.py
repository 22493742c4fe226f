"""A small return desk for the album of screens: a receipt, a policy, and each page of a return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from kiosk.rules.forms.flow import Answers
from kiosk.rules.front.returning import Finding, ReceiptAt, ReturnCounter
from kiosk.rules.front.session import Session
from kiosk.rules.returns.clause import Answer, Clause, Effect, Paper, Question, Reason, Remedy, Words
from kiosk.rules.returns.goods import Category, Trait
from kiosk.rules.returns.policy import Phrases, PolicyBook
from kiosk.rules.returns.receipt import Line, Receipt
from kiosk.rules.service.returning import Returning
from kiosk.units import LANGUAGES

SEAT = "screen"
BOUGHT = datetime(2026, 11, 15, 15, 41, tzinfo=timezone(timedelta(hours=8)))
SCANNED = "R0111150005"
EVERY = frozenset(Remedy)
GRANTED = frozenset((Reason.SPOILED, Reason.MISTAKE, Reason.UNWANTED))


def _words(*three: str) -> Words:
    return dict(zip(LANGUAGES, three, strict=True))


_LOOK = _words(
    "需要同事当面看一下商品的包装和配件是否齐全，以及有无使用痕迹。",
    "需要同仁當面看一下商品的包裝和配件是否齊全，以及有無使用痕跡。",
    "A colleague has to look at the packaging, at the parts and at any traces of use together with you.",
)
_WORN = _words(
    "商品有明显使用痕迹，或因使用、保养、保管不当造成损坏，超出了退换货的范围。",
    "商品有明顯使用痕跡，或因使用、保養、保管不當造成損壞，超出了退換貨的範圍。",
    "It shows traces of use, or was damaged by wrong use, care or storage: that is outside of what can be returned.",
)
_NEXT = _words(
    "请带好商品、购物小票和随附的全部配件，到退换货服务台办理，{until}前有效。",
    "請帶好商品、購物明細和隨附的全部配件，到退換貨服務台辦理，{until}前有效。",
    "Please bring the article, the receipt and all its parts to the return desk; it can be done until {until}.",
)
_FETCH = _words(
    "电器退换货还需要提货时的检测记录和保修卡。",
    "電器退換貨還需要提貨時的檢測紀錄和保固卡。",
    "For an appliance the test record of its pick-up and the warranty card are needed, too.",
)
_OLD = _words(
    "商品购买已超过 30 天，超出了退换货期限。",
    "商品購買已超過 30 天，超出了退換貨期限。",
    "It was bought more than 30 days ago; returns and exchanges are possible within 30 days.",
)
_GLADLY = _words(
    "商品完好，30 天内凭购物小票可以退换。",
    "商品完好，30 天內憑購物明細可以退換。",
    "What is as it was sold may be returned or exchanged within 30 days.",
)
_DESK = _words(
    "如有质量方面的问题，欢迎到总服务台，我们会帮您联系厂家。",
    "如有品質方面的問題，歡迎到總服務台，我們會幫您聯繫廠商。",
    "If its quality troubles you, the main service desk will gladly contact the maker for you.",
)
BOOK = PolicyBook(
    (
        Clause("old", ("R05",), Effect.REFUSE, _OLD, _DESK, from_day=31),
        Clause(
            "worn",
            ("R04", "R05"),
            Effect.REFUSE,
            _WORN,
            _NEXT,
            _LOOK,
            answers={
                Question.WHOLE: frozenset((Answer.NO,)),
                Question.WORN: frozenset((Answer.YES,)),
                Question.CAUSE: frozenset((Answer.USE, Answer.OPENED, Answer.DISASTER)),
            },
        ),
        Clause(
            "papers",
            ("R03",),
            Effect.REFUSE,
            _FETCH,
            _NEXT,
            goods=frozenset((Trait.APPLIANCE,)),
            missing=frozenset((Paper.INVOICE, Paper.TEST_RECORD, Paper.WARRANTY_CARD)),
        ),
        Clause("gladly", ("R01",), Effect.GRANT, _GLADLY, _NEXT, remedies=EVERY, reasons=GRANTED, to_day=30),
        Clause("fault", ("R04",), Effect.PERSON, _LOOK, _NEXT, remedies=EVERY, to_day=30),
    ),
    (Category("tv", _words("影音", "影音", "Audio and video"), ("影音",), frozenset((Trait.APPLIANCE,))),),
    Phrases(
        _words(
            "退换货服务台的同事会当面为您处理，我们建议：{remedy}。",
            "退換貨服務台的同仁會當面為您處理，我們建議：{remedy}。",
            "A colleague at the return desk decides this with you; our recommendation is: {remedy}.",
        ),
        _words("我们可以为您办理{remedy}。", "我們可以為您辦理{remedy}。", "What we can do for you instead: {remedy}."),
        {
            Remedy.REFUND: _words("退货退款", "退貨退款", "a refund"),
            Remedy.EXCHANGE: _words("换货", "換貨", "an exchange"),
            Remedy.REPAIR: _words("维修", "維修", "a repair"),
        },
    ),
)
RECEIPT = Receipt(
    SCANNED,
    BOUGHT,
    "05",
    (
        Line(1, "30112", "6901234500112", "青花瓷茶杯", "陶瓷", 4000, 3990),
        Line(2, "21090", "6901234521090", "蓝牙音箱", "影音", 1000, 39900),
        Line(
            3,
            "30455",
            "6901234500455",
            "棉麻桌布 加厚防水防油 北欧风格长方形 140×220 厘米 米白色格纹 " * 2,
            "家居",
            1000,
            12800,
        ),
        Line(4, "70012", "2170012005358", "雪花牛腩", "生鲜", 535, 11960),
        Line(5, "52001", "6901234552001", "真皮腰带", "服饰", 2000, 26800),
    ),
    invoiced=True,
)
COUNTER = ReturnCounter(BOOK, "R01")
FOUND = ReceiptAt(SEAT, SCANNED, Finding.FOUND, RECEIPT, BOUGHT.date(), ((3, 1000), (1, 1000)))
_WISH: Answers = (("line", "4"), ("wish", "refund"))
_WELL: Answers = (("whole", "yes"), ("worn", "no"), ("cause", "nothing"))
_PAGES: dict[str, Answers] = {
    "line": (),
    "quantity": (("line", "1"), ("count", "3")),
    "wish": (("line", "4"),),
    "reason": _WISH,
    "whole": (*_WISH, ("reason", "unwanted")),
    "worn": (*_WISH, ("reason", "unwanted"), ("whole", "yes")),
    "cause": (*_WISH, ("reason", "unwanted"), ("whole", "yes"), ("worn", "no")),
    "accepted": (*_WISH, ("reason", "unwanted"), *_WELL),
    "refused": (*_WISH, ("reason", "unwanted"), ("whole", "no"), ("worn", "yes"), ("cause", "use")),
    "person": (*_WISH, ("reason", "fault"), *_WELL),
    "papers": (("line", "2"), ("wish", "exchange"), ("reason", "fault"), ("ticked", "invoice")),
    "fetch": (("line", "2"), ("wish", "exchange"), ("reason", "fault"), ("papers", "none"), *_WELL),
}


def return_states() -> Iterator[tuple[str, Session, tuple[object, ...]]]:
    """Each page by its name, with what its screen is told."""
    begun = Returning(sought=SCANNED)
    for finding in Finding:
        if finding is not Finding.FOUND:
            yield f"return-{finding.value}", Session(flow=begun), (COUNTER, ReceiptAt(SEAT, SCANNED, finding))
    for name, chosen in _PAGES.items():
        yield f"return-{name}", Session(flow=Returning(sought=SCANNED, chosen=chosen)), (COUNTER, FOUND)
    late = ReceiptAt(SEAT, SCANNED, Finding.FOUND, RECEIPT, date(2026, 10, 1))
    yield "return-late", Session(flow=Returning(sought=SCANNED, chosen=(("line", "1"),))), (COUNTER, late)
    whole = tuple((line.n, line.quantity_milli) for line in RECEIPT.lines)
    back = ReceiptAt(SEAT, SCANNED, Finding.FOUND, RECEIPT, BOUGHT.date(), whole)
    yield "return-all-back", Session(flow=begun), (COUNTER, back)
    yield "return-sent", Session(flow=Returning(sought=SCANNED, sent=True)), (COUNTER, FOUND)
