"""A small store for the album of screens: what is hard for the guide and its map, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from kiosk.rules.forms.flow import Chose, Next, Wrote
from kiosk.rules.front.attract import Promotion, Promotions
from kiosk.rules.front.session import Session
from kiosk.rules.service.guide import FLOOR, LIST, PLACE, SEARCH, Asking
from kiosk.rules.service.store_plan import Area, Corridor, Entry, Floor, Here, Kind, StoreGuide, Words
from kiosk.rules.writing.writing import Letter
from kiosk.units import LANGUAGES

LONG = "Ladies' coats, jackets, knitwear and everything for winter ok"  # 60 characters
OUTLINE = ((0.0, 0.0), (60.0, 0.0), (60.0, 30.0), (50.0, 40.0), (0.0, 40.0))
AREAS = (
    ("cosmetics", "1", ("化妆品", "化妝品", "Cosmetics"), (0, 0, 30, 15), "call"),
    ("shoes", "1", ("女鞋与箱包", "女鞋與箱包", "Women's shoes and bags"), (0, 19, 27, 10), "ease"),
    ("watches", "1", ("珠宝钟表", "珠寶鐘錶", "Jewellery and watches"), (30, 0, 22, 15), "care"),
    ("desk", "1", ("总服务台", "總服務台", "Main service desk"), (33, 33, 12, 7), "store"),
    ("coats", "2", ("女士大衣外套羽绒服", "女士大衣外套羽絨衣", LONG), (0, 0, 27, 40), "ease"),
    ("men", "2", ("男装", "男裝", "Men's fashion"), (33, 0, 19, 15), "brand"),
    ("sports", "2", ("运动户外", "運動戶外", "Sports and outdoor"), (33, 19, 19, 21), "good"),
)
CORRIDORS = {
    "1": (
        Corridor(((0.0, 17.0), (56.0, 17.0))),
        Corridor(((30.0, 17.0), (30.0, 40.0)), 6.0),
        Corridor(((54.0, 2.0), (54.0, 30.0))),
        Corridor(((0.0, 31.0), (54.0, 31.0))),
    ),
    "2": (Corridor(((30.0, 0.0), (30.0, 40.0)), 6.0), Corridor(((30.0, 17.0), (56.0, 17.0)))),
}
FACILITIES = (
    ("escalator", ("扶梯", "電扶梯", "Escalators"), (30, 20), True),
    ("elevator", ("电梯", "電梯", "Lifts"), (57, 18), True),
    ("toilet", ("洗手间", "洗手間", "Toilets"), (57, 4), False),
    ("wheelchair", ("无障碍洗手间", "無障礙洗手間", "Accessible toilet"), (57, 9), False),
)
GOODS = (
    ("watches", ("手表", "手錶", "Watches"), ("shou", "biao")),
    ("coats", ("羽绒服", "羽絨衣", LONG), ("yu", "rong", "fu")),
    ("men", ("衬衫", "襯衫", "Shirts"), ("chen", "shan")),
    ("shoes", ("旅行箱", "旅行箱", "Suitcases"), ("lv", "xing", "xiang")),
)


def _words(three: tuple[str, str, str]) -> Words:
    return dict(zip(LANGUAGES, three, strict=True))


def _guide() -> StoreGuide:
    floors = (
        Floor("1", "1F", _words(("一楼", "一樓", "First floor")), OUTLINE, CORRIDORS["1"]),
        Floor("2", "2F", _words(("二楼", "二樓", "Second floor")), OUTLINE, CORRIDORS["2"]),
        Floor("3", "3F", _words(("三楼", "三樓", "Third floor")), OUTLINE),
        Floor("b1", "B1", _words(("地下一层", "地下一樓", "Basement")), OUTLINE),
    )
    areas = {}
    for id, floor, name, (left, top, wide, high), tone in AREAS:
        shape = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
        areas[id] = Area(id, floor, _words(name), tuple((float(x), float(y)) for x, y in shape), tone)
    entries = [
        Entry(f"areas/{area.id}", Kind.AREA, area.name, area.floor, area.middle, area.id) for area in areas.values()
    ]
    for floor in ("1", "2", "3"):
        for icon, name, (x, y), landmark in FACILITIES:
            id = f"{icon}/{floor}"
            entries.append(
                Entry(id, Kind.FACILITY, _words(name), floor, (x, y), icon=icon, landmark=landmark, also=("厕所", "wc"))
            )
    for area_id, name, syllables in GOODS * 10:
        area, three = areas[area_id], _words(name)
        spelled = ((name[0], syllables),)
        id = f"goods/{len(entries)}"
        entries.append(Entry(id, Kind.GOODS, three, area.floor, area.middle, area.id, spelled=spelled, counter="A12"))
    entries[-1] = replace(entries[-1], hours=(time(10), time(21)))
    return StoreGuide(floors, tuple(areas.values()), tuple(entries), Here("1", (16.0, 35.0), 0))


GUIDE = _guide()
PROMOTIONS = Promotions(
    (
        Promotion(
            "member-day",
            _words(("会员日：双倍积分", "會員日：雙倍點數", "Member days: double points")),
            _words(
                (
                    "凭会员卡购物双倍积分",
                    "憑會員卡購物雙倍點數",
                    "Double points with your card, at every till of the house",
                )
            ),
            "no such picture",
            valid_until=date(2026, 12, 4),
        ),
        Promotion(
            "coats",
            _words(("冬装上新" * 15, "冬裝上市" * 15, LONG)),
            _words(("二楼" * 80, "二樓" * 80, LONG * 2)),
            icon="dress",
        ),
        Promotion(
            "bags", _words(("存好包，轻松逛", "寄好包，輕鬆逛", "Shop with free hands")), icon="lockers", tone="store"
        ),
    )
)


def guide_states() -> Iterator[tuple[str, Session]]:
    """Each page of the guide by its name; what each writes is the same in every language."""
    begun = Asking()

    def at(*ids: str) -> Session:
        flow = begun
        for id in ids:
            turn = flow.after(Chose(id)).flow
            assert isinstance(turn, Asking)
            flow = turn
        return Session(flow=flow)

    def asked(letters: str, *, done: bool = True) -> Session:
        flow = at(SEARCH).flow
        for letter in letters:
            assert flow is not None
            flow = flow.after(Wrote(Letter(letter))).flow
        assert flow is not None
        return Session(flow=flow.after(Next()).flow if done else flow)

    yield "guide-goods", at(LIST + Kind.GOODS.value)
    yield "guide-facilities", at(LIST + Kind.FACILITY.value)
    yield "guide-search", at(SEARCH)
    yield "guide-written", asked("sb", done=False)
    yield "guide-found", asked("yrf")
    yield "guide-asked", asked("qqqq")
    yield "guide-floor", at(FLOOR + "1")
    yield "guide-floor-2", at(FLOOR + "2")
    yield "guide-toilet", at(PLACE + "toilet/1")
    goods = [one.id for one in GUIDE.of(Kind.GOODS)]
    yield "guide-place", at(PLACE + goods[0])
    yield "guide-place-long", at(PLACE + goods[1])
    yield "guide-place-hours", at(PLACE + goods[-1])
