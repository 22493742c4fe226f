"""The words of slips, registers and handover lists in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.rules.returns.clause import Reason
from kiosk.rules.returns.slip import Goods, Kind, Stage
from kiosk.units import Language


@dataclass(frozen=True, slots=True)
class SlipWords:
    """copies: the names of the three copies, in their order (R08). voids: the usual reasons. Every other word is a
    label or a sentence."""

    title: Mapping[Kind, str]
    copies: tuple[str, str, str]
    number: str
    date: str
    receipt: str
    bought: str
    member: str
    phone: str
    item: str
    name: str
    quantity: str
    price: str
    amount: str
    reason: str
    marked: Mapping[Kind, str]
    goods: Mapping[Goods, str]
    shopper: str
    clerk: str
    approver: str
    cashier: str
    void: str
    void_why: str
    credit: str
    department: str
    register: str
    day: str
    total: str
    count: str
    stage: str
    handover: str
    received: str
    lead: str
    whole: str
    gaps: str
    none: str
    kinds: Mapping[Kind, str]
    stages: Mapping[Stage, str]
    till: str
    reasons: Mapping[Reason, str]
    voids: Mapping[str, str]


VOIDS = ("a field is wrong", "the shopper keeps it", "it was filled twice")
"""The usual reasons why a slip is void, as the ledger says them."""


def _voids(*words: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(VOIDS, words, strict=True)))


_CN = SlipWords(
    title={Kind.RETURN: "退货单", Kind.EXCHANGE: "换货单"},
    copies=("第一联 · 总服务台", "第二联 · 收银台转办公室", "第三联 · 顾客"),
    number="单号",
    date="日期",
    receipt="小票号",
    bought="购买日期",
    member="会员卡号",
    phone="电话",
    item="货号",
    name="品名",
    quantity="数量",
    price="单价",
    amount="金额",
    reason="原因",
    marked={Kind.RETURN: "■ 退货　□ 换货", Kind.EXCHANGE: "□ 退货　■ 换货"},
    goods={Goods.FLOOR: "回卖场", Goods.SUPPLIER: "退供应商", Goods.SCRAP: "报废"},
    shopper="顾客签名",
    clerk="经办人",
    approver="批准人",
    cashier="收银员签名",
    void="作废",
    void_why="作废原因",
    credit="凭本单在收银台抵现一次，多补少不退。",
    department="部门",
    register="退换货登记簿",
    day="营业日",
    total="合计",
    count="单数",
    stage="状态",
    handover="退换商品交接单",
    received="部门签收",
    lead="主管签名",
    whole="单号连续，没有缺号",
    gaps="缺号",
    none="当日没有退换货单",
    kinds={Kind.RETURN: "退", Kind.EXCHANGE: "换"},
    stages={
        Stage.FILLED: "已填写",
        Stage.SIGNED: "顾客已签",
        Stage.APPROVED: "已批准",
        Stage.STAMPED: "已盖章",
        Stage.SETTLED: "已结清",
        Stage.CHECKED: "已核对",
        Stage.VOID: "作废",
    },
    till="收银员",
    reasons=dict(zip(Reason, ("有质量问题", "变质或过期", "与标签不符", "不合适、不喜欢"), strict=True)),
    voids=_voids("有一栏填错", "顾客不退换了", "重复填单"),
)
_TW = SlipWords(
    title={Kind.RETURN: "退貨單", Kind.EXCHANGE: "換貨單"},
    copies=("第一聯 · 服務台", "第二聯 · 收銀台轉辦公室", "第三聯 · 顧客"),
    number="單號",
    date="日期",
    receipt="明細單號",
    bought="購買日期",
    member="會員卡號",
    phone="電話",
    item="貨號",
    name="品名",
    quantity="數量",
    price="單價",
    amount="金額",
    reason="原因",
    marked={Kind.RETURN: "■ 退貨　□ 換貨", Kind.EXCHANGE: "□ 退貨　■ 換貨"},
    goods={Goods.FLOOR: "回賣場", Goods.SUPPLIER: "退廠商", Goods.SCRAP: "報廢"},
    shopper="顧客簽名",
    clerk="經辦人",
    approver="核准人",
    cashier="收銀員簽名",
    void="作廢",
    void_why="作廢原因",
    credit="憑本單於收銀台抵用現金一次，多補少不退。",
    department="部門",
    register="退換貨登記簿",
    day="營業日",
    total="合計",
    count="張數",
    stage="狀態",
    handover="退換商品交接單",
    received="部門簽收",
    lead="主管簽名",
    whole="單號連續，沒有缺號",
    gaps="缺號",
    none="當日沒有退換貨單",
    kinds={Kind.RETURN: "退", Kind.EXCHANGE: "換"},
    stages={
        Stage.FILLED: "已填寫",
        Stage.SIGNED: "顧客已簽",
        Stage.APPROVED: "已核准",
        Stage.STAMPED: "已蓋章",
        Stage.SETTLED: "已結清",
        Stage.CHECKED: "已核對",
        Stage.VOID: "作廢",
    },
    till="收銀員",
    reasons=dict(zip(Reason, ("有品質問題", "變質或過期", "與標示不符", "不合適、不喜歡"), strict=True)),
    voids=_voids("有一欄填錯", "顧客不退換了", "重複填單"),
)
_EN = SlipWords(
    title={Kind.RETURN: "Return slip", Kind.EXCHANGE: "Exchange slip"},
    copies=("Copy 1 · service desk", "Copy 2 · cashier, then office", "Copy 3 · shopper"),
    number="Slip",
    date="Date",
    receipt="Receipt",
    bought="Bought",
    member="Member card",
    phone="Phone",
    item="Item number",
    name="Item",
    quantity="Qty",
    price="Unit price",
    amount="Amount",
    reason="Reason",
    marked={Kind.RETURN: "■ return　□ exchange", Kind.EXCHANGE: "□ return　■ exchange"},
    goods={Goods.FLOOR: "back to the floor", Goods.SUPPLIER: "to the supplier", Goods.SCRAP: "scrapped"},
    shopper="Shopper's signature",
    clerk="Clerk",
    approver="Approved by",
    cashier="Cashier's signature",
    void="VOID",
    void_why="Void because",
    credit="Counts as cash at the till, once. What is dearer is topped up; there is no change.",
    department="Department",
    register="Register of returns and exchanges",
    day="Business day",
    total="Total",
    count="Slips",
    stage="Stage",
    handover="Handover of returned goods",
    received="Received by the department",
    lead="Lead's signature",
    whole="The numbers are complete, none is missing",
    gaps="Missing numbers",
    none="No slips on this day",
    kinds={Kind.RETURN: "return", Kind.EXCHANGE: "exch."},
    stages={
        Stage.FILLED: "filled",
        Stage.SIGNED: "signed",
        Stage.APPROVED: "approved",
        Stage.STAMPED: "stamped",
        Stage.SETTLED: "settled",
        Stage.CHECKED: "checked",
        Stage.VOID: "VOID",
    },
    till="Cashier",
    reasons=dict(
        zip(
            Reason,
            ("does not work well", "spoiled or expired", "not what the label says", "does not suit"),
            strict=True,
        )
    ),
    voids=_voids(*VOIDS),
)
WORDS: Mapping[Language, SlipWords] = MappingProxyType(
    {Language("zh-CN"): _CN, Language("zh-TW"): _TW, Language("en"): _EN}
)
REASONS: Mapping[str, str] = MappingProxyType(
    {words: reason.value for one in WORDS.values() for reason, words in one.reasons.items()}
)
"""The ids of reasons, by the words in which slips have them, whatever the language of the paper was."""
