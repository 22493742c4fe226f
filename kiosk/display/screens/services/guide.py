"""Ask something: categories, lists, a search, and the place itself on the map of its floor (S01)."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache

from kiosk.display.parts import Key, Kit, button, card, pill, scroll, soft, spread, text, tile, touch_card
from kiosk.display.screens.cards import Card, grid, shared_out
from kiosk.display.screens.face import Face
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import N_, Scene, clock
from kiosk.display.screens.sheet import main_above, main_in_foot, picture, sheet
from kiosk.display.screens.store_map import asked, icon_of, legend, store_map
from kiosk.display.screens.writing import Asked, writing_screen
from kiosk.display.widgets import Align, Box, Column, Fitting, Gap, Grow, Icon, Row, Screen, Sized, Text, Widget
from kiosk.rules.forms.flow import Back, Chose, Flow, Next
from kiosk.rules.front.taps import Acted, Page, StaffWanted, Went
from kiosk.rules.service.guide import ALL, FLOOR, FOUND, LIST, PLACE, SEARCH, SERVICE, Asking
from kiosk.rules.service.store_plan import Entry, Floor, Kind, Side, StoreGuide, said
from kiosk.rules.service.store_search import found
from kiosk.rules.service.store_way import length_m, way_to
from kiosk.units import Language

SUGGESTED = 3
LEGEND_PX, LEGEND_ROWS = 230, 2  # beside the map as chosen for 1280x800; below it
BRIEF = 16  # letters of a name that is set as large as a title; a Chinese character counts for two
TITLES = {
    Kind.FACILITY: N_("Toilets and services"),
    Kind.GOODS: N_("Goods"),
    Kind.BRAND: N_("Brands"),
    Kind.AREA: N_("Store areas"),
}
SIGNS = {Kind.FACILITY: "toilet", Kind.GOODS: "shopping-bag", Kind.BRAND: "storefront", Kind.AREA: "signpost"}
TONES = {Kind.FACILITY: "store", Kind.GOODS: "care", Kind.BRAND: "ease", Kind.AREA: "fetch"}
SIDES = {
    Side.AHEAD: N_("Behind this screen, about {metres} m"),
    Side.RIGHT: N_("To your right, about {metres} m"),
    Side.BACK: N_("Behind you, about {metres} m"),
    Side.LEFT: N_("To your left, about {metres} m"),
}


def _begins(scene: Scene) -> Flow:
    return Asking(scene.chinese)


def _draw(scene: Scene, flow: Flow) -> Screen:
    guide = scene.view.fact(StoreGuide)
    if guide is None or not isinstance(flow, Asking):  # the desk that had it is away
        wait = text(scene.kit, scene.say("One moment, please"), "title", Align.CENTRE)
        return _framed(scene, Asking(), Column((wait,), down=Align.CENTRE))
    at = flow.at
    if at == SEARCH:
        return _search(scene, guide, flow)
    if at == FOUND:
        return _found(scene, guide, flow)
    if at.startswith(LIST):
        kind = next((one for one in Kind if at == LIST + one.value), None)
        return _list(scene, guide, flow, kind) if kind else _all(scene, guide, flow)
    if at.startswith(FLOOR):
        return _floor(scene, guide, flow, at.removeprefix(FLOOR))
    entry = guide.entry(at.removeprefix(PLACE)) if at.startswith(PLACE) else None
    return _place(scene, guide, flow, entry) if entry else _all(scene, guide, flow)


def _framed(scene: Scene, flow: Asking, content: Widget, title: str = "", main: Key | None = None) -> Screen:
    head = flow_head(scene, title or scene.say("Find and ask"))
    keys = [Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")]
    if flow.at != ALL and not scene.kit.theme.panel.portrait:
        keys.append(Key("", Went(Page.HOME), "", "house", "home"))
    return screen(scene, flow.page, head, body(scene.kit, content), flow_foot(scene, keys, main))


def _all(scene: Scene, guide: StoreGuide, flow: Asking) -> Screen:
    kit = scene.kit
    cards = [Card("magnifying-glass", "brand", scene.say("Search"), scene.say("Type a word"), _chose(SEARCH), SEARCH)]
    for kind in (Kind.FACILITY, Kind.GOODS, Kind.BRAND, Kind.AREA):
        if any(guide.of(kind)):
            id = LIST + kind.value
            cards.append(Card(SIGNS[kind], TONES[kind], scene.say(TITLES[kind]), "", _chose(id), id))
    floors = scene.say("Map of the store")
    cards.append(Card("map-trifold", "good", floors, "", _chose(FLOOR + guide.here.floor), "map"))
    lines: list[Widget] = [text(kit, scene.say("What are you looking for?"), "title", lines=2)]
    if scene.view.hours is not None and scene.view.hours.open_at(scene.now):
        closes = scene.view.hours.closes_soon(scene.now)
        until = scene.say("The store is open day and night")
        if closes is not None:
            until = scene.say("The store is open until {time}").format(time=clock(closes))
        lines.append(soft(kit, until, "body", lines=1))
    upper = Column(tuple(lines), kit.gap("hair"))
    upper_px = kit.px((190 if kit.theme.panel.portrait else 116) * (1.25 if kit.theme.ease.large_text else 1.0))
    if shared_out(scene, cards, upper_px)[1]:
        return _framed(scene, flow, low(kit, _asks(scene), _cards(kit, cards)))
    return _framed(scene, flow, low(kit, upper, grid(kit, cards, upper_px)))


def _asks(scene: Scene) -> Widget:
    return text(scene.kit, scene.say("What are you looking for?"), "lead", lines=1)


def _cards(kit: Kit, cards: list[Card]) -> Widget:
    """More than the panel has room for: they are drawn through it."""
    rows: list[Widget] = []
    for place in range(0, len(cards), 2):
        some = [Grow(_category(kit, one)) for one in cards[place : place + 2]]
        rows.append(Row((*some, *[Grow(Gap())] * (2 - len(some))), kit.gap("near"), Align.FILL))
    return scroll(kit, rows, "categories")


def _category(kit: Kit, shown: Card) -> Widget:
    words = Text(shown.title, kit.theme.type_px("lead"), kit.palette.ink, True, lines=3)
    inner = Row((tile(kit, shown.icon, shown.tone, kit.px(72)), Grow(words)), kit.gap("near"))
    return touch_card(kit, inner, shown.tap, shown.name)


def _list(scene: Scene, guide: StoreGuide, flow: Asking, kind: Kind) -> Screen:
    entries = _in_order(guide, kind, scene.session.language)
    listed = _entries(scene.kit, guide, entries, scene.session.language)
    content = low(scene.kit, _asks(scene), listed) if scene.kit.theme.ease.low_reach else listed
    return _framed(scene, flow, content, scene.say(TITLES[kind]))


@lru_cache(maxsize=16)
def _in_order(guide: StoreGuide, kind: Kind, language: Language) -> tuple[Entry, ...]:
    """As somebody looks through them: goods and brands by their names, facilities the same ones together."""

    def by_name(entry: Entry) -> tuple[str, str]:
        name = said(entry.name, language)
        spelled = "".join(syllable for _, syllables in entry.spelled[:1] for syllable in syllables)
        return (name.casefold() if name.isascii() else spelled or name), name

    if kind is Kind.AREA:
        return tuple(guide.of(kind))
    if kind is Kind.FACILITY:
        near = sorted(guide.of(kind), key=lambda one: (asked(one), *guide.far(one)))
        first = {said(one.name, language): place for place, one in reversed(list(enumerate(near)))}
        return tuple(sorted(near, key=lambda one: first[said(one.name, language)]))
    return tuple(sorted(guide.of(kind), key=by_name))


@lru_cache(maxsize=8)
def _entries(kit: Kit, guide: StoreGuide, entries: tuple[Entry, ...], language: Language, question: str = "") -> Widget:
    """Cards, two side by side where there is room; made once for a list. question: who means something else may take
    it to a person."""
    columns = 1 if kit.theme.panel.portrait or kit.theme.ease.large_text else 2
    rows: list[Widget] = []
    for place in range(0, len(entries), columns):
        some = [Grow(_entry(kit, guide, one, language)) for one in entries[place : place + columns]]
        some += [Grow(Gap())] * (columns - len(some))
        rows.append(Row(tuple(some), kit.gap("near"), Align.FILL))
    if question:
        words = text(kit, kit.say("Did you mean something else? Ask a colleague"), "lead", lines=3)
        inner = Row((tile(kit, "headset", "call", kit.px(72)), Grow(words)), kit.gap("near"))
        rows.append(touch_card(kit, inner, StaffWanted(question), "ask"))
    return scroll(kit, rows, "places")


def _entry(kit: Kit, guide: StoreGuide, entry: Entry, language: Language) -> Widget:
    floor = guide.floor(entry.floor)
    area = guide.area(entry.area)
    where = said(floor.name, language)
    if area is not None and entry.kind is not Kind.AREA:
        where = f"{where} · {said(area.name, language)}"
    elif (landmark := guide.beside(entry)) is not None and entry.kind is Kind.FACILITY and not entry.landmark:
        where = f"{where} · {kit.say('Beside {landmark}').format(landmark=said(landmark.name, language))}"
    words = Column(
        (
            Text(said(entry.name, language), kit.theme.type_px("lead"), kit.palette.ink, True, lines=2, crop=True),
            Text(where, kit.theme.type_px("small"), kit.palette.soft, lines=1, crop=True),
        ),
        kit.gap("hair"),
    )
    sign = tile(kit, icon_of(entry), TONES[entry.kind], kit.px(72))
    inner = Row((sign, Grow(words), pill(kit, floor.label, "plain")), kit.gap("near"))
    return touch_card(kit, inner, _chose(PLACE + entry.id), entry.id)


def _search(scene: Scene, guide: StoreGuide, flow: Asking) -> Screen:
    """What is likely meant stands below the question while it is written."""
    likely = _looked_up(guide, flow.question)[:SUGGESTED]
    names = " · ".join(
        f"{said(one.name, scene.session.language)[:16]} {guide.floor(one.floor).label}" for one in likely
    )
    asked = Asked(scene.say("What are you looking for?"), names)
    back = Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")
    search = Key(scene.say("Search"), Acted(Next()), "brand", "magnifying-glass", "next")
    return writing_screen(
        scene, flow.page, flow_head(scene, scene.say("Find and ask")), asked, flow.written, (back, search)
    )


def forget_questions() -> None:
    """Nothing is kept of what somebody has looked for."""
    _looked_up.cache_clear()
    _entries.cache_clear()


@lru_cache(maxsize=32)
def _looked_up(guide: StoreGuide, question: str) -> tuple[Entry, ...]:
    return found(guide, question)


def _found(scene: Scene, guide: StoreGuide, flow: Asking) -> Screen:
    kit, entries = scene.kit, _looked_up(guide, flow.question)
    asked = Text(f"“{flow.question}”", kit.theme.type_px("lead"), kit.palette.ink, True, lines=1, crop=True)
    if not entries:
        ask = Key(scene.say("Ask a colleague"), StaffWanted(flow.question), "brand", "headset", "ask")
        comes = scene.say("A colleague answers this best, and comes to you at once.")
        lines = (asked, text(kit, scene.say("One moment, please"), "title", lines=2), soft(kit, comes, "line", lines=5))
        content = sheet(kit, picture(kit, "headset", "call"), lines, main_above(kit, ask))
        return _framed(scene, flow, content, main=ask if main_in_foot(kit) else None)
    listed = _entries(kit, guide, entries, scene.session.language, flow.question)
    if kit.theme.ease.low_reach or not kit.theme.panel.low:
        return _framed(scene, flow, low(kit, asked, listed))
    return _framed(scene, flow, listed)


def _floor(scene: Scene, guide: StoreGuide, flow: Asking, id: str) -> Screen:
    kit, language = scene.kit, scene.session.language
    floor = next((one for one in guide.floors if one.id == id), guide.floor(guide.here.floor))
    panel = kit.theme.panel
    fit = (panel.height - kit.px(92 + 140) - 2 * kit.gap("usual")) // (max(panel.target, kit.px(84)) + kit.gap("tight"))
    keys = [
        Grow(button(kit, Key(one.label, _chose(FLOOR + one.id), "brand" if one is floor else "", "", FLOOR + one.id)))
        for one in guide.floors
    ]
    plan = _explained(scene, guide, floor, store_map(scene, guide, floor))
    if panel.portrait or kit.theme.ease.low_reach:
        per_row = 4 if panel.portrait else 8
        rows = [Row(tuple(keys[at : at + per_row]), kit.gap("near")) for at in range(0, len(keys), per_row)]
        content: Widget = Column((Grow(plan), *rows), kit.gap("near"))
    else:
        if len(keys) > fit:
            keys = _one_up_one_down(kit, guide, floor)
        shown = Column(tuple(one.child for one in keys), kit.gap("tight"), down=Align.CENTRE)
        content = Row((Sized(shown, kit.px(120), widest=kit.px(150)), Grow(plan)), kit.gap("near"), Align.FILL)
    return _framed(scene, flow, content, said(floor.name, language))


def _explained(scene: Scene, guide: StoreGuide, floor: Floor, plan: Widget, *, aside: bool = True) -> Widget:
    """A map on its paper, and what its signs mean where there is room for that: beside it, or below."""
    kit, signs = scene.kit, legend(scene, guide, floor)
    low_panel = kit.theme.panel.low and not kit.theme.panel.portrait
    if not signs or low_panel or kit.theme.ease.large_text:
        return card(kit, plan, "tight")
    ways: list[Widget] = []
    if aside and not kit.theme.panel.portrait:
        column = Column(signs, kit.gap("near"), down=Align.CENTRE)
        inner = Box(column, pad=(kit.gap("near"), 0))
        ways.append(Row((Grow(plan), Sized(inner, widest=kit.px(LEGEND_PX))), kit.gap("tight"), Align.FILL))
    per_row = len(signs)
    while per_row:
        rows = [Row(spread(*signs[at : at + per_row]), kit.gap("near")) for at in range(0, len(signs), per_row)]
        below = Box(Column(tuple(rows), kit.gap("tight")), pad=(kit.gap("near"), kit.gap("tight")))
        if len(rows) <= LEGEND_ROWS:
            ways.append(Column((Grow(plan), below), kit.gap("tight")))
        per_row -= 1
    return card(kit, Fitting((*ways, plan)), "tight")


def _one_up_one_down(kit: Kit, guide: StoreGuide, floor: Floor) -> list[Grow]:
    """Where the panel has no room for a key for each floor. The guide names them from the lowest up."""
    at = guide.floors.index(floor)
    found: list[Grow] = []
    for to, icon in ((at + 1, "caret-up"), (at - 1, "caret-down")):
        if 0 <= to < len(guide.floors):
            other = guide.floors[to]
            found.append(Grow(button(kit, Key("", _chose(FLOOR + other.id), "brand", icon, FLOOR + other.id))))
    return found


def _place(scene: Scene, guide: StoreGuide, flow: Asking, entry: Entry) -> Screen:
    kit, language = scene.kit, scene.session.language
    floor, area = guide.floor(entry.floor), guide.area(entry.area)
    called = said(entry.name, language)
    brief = sum(1 if sign.isascii() else 2 for sign in called) <= BRIEF and not kit.theme.ease.large_text
    name = Text(called, kit.theme.type_px("title" if brief else "head"), kit.palette.ink, True, lines=4)
    told: list[Widget] = [name]
    pills = [pill(kit, floor.label, TONES[entry.kind])]
    if entry.counter:
        pills.append(pill(kit, scene.say("Counter {counter}").format(counter=entry.counter), "plain"))
    told.append(Row((*pills, Grow(Gap())), kit.gap("tight")))
    if area is not None and entry.kind is not Kind.AREA:
        told.append(soft(kit, said(area.name, language), "body", lines=3))
    told += [_line(kit, icon, words) for icon, words in _way(scene, guide, entry)]
    told.append(_line(kit, "clock", _hours(scene, entry)))
    plan = _explained(scene, guide, floor, store_map(scene, guide, floor, entry), aside=False)
    if kit.theme.panel.portrait:
        content: Widget = Column((Grow(plan), Column(tuple(told), kit.gap("tight"))), kit.gap("near"))
    else:
        info = Column(tuple(told), kit.gap("near" if not kit.theme.panel.low else "tight"), down=Align.CENTRE)
        wide = kit.theme.panel.width * (44 if kit.theme.ease.large_text else 36) // 100
        content = Row((Sized(info, wide, widest=wide), Grow(plan)), kit.gap("usual"), Align.FILL)
    return _framed(scene, flow, content, said(floor.name, language))


def _line(kit: Kit, icon: str, words: str) -> Widget:
    size = round(kit.theme.type_px("body") * 1.35)
    return Row(
        (Icon(icon, size, kit.palette.tone("brand").ink), Grow(text(kit, words, "body", lines=4))), kit.gap("tight")
    )


def _way(scene: Scene, guide: StoreGuide, entry: Entry) -> list[tuple[str, str]]:
    """How to get there, as staff would say it."""
    language = scene.session.language
    lines: list[tuple[str, str]] = []
    way = guide.way_up(entry)
    if entry.floor != guide.here.floor:
        floor = said(guide.floor(entry.floor).name, language)
        if way is not None:
            name = said(way.name, language)
            by = scene.say("By {way} to: {floor}").format(way=name if not name.isascii() else name.lower(), floor=floor)
            lines.append((icon_of(way), by))
    else:
        side = guide.side(entry.at)
        if side is None:
            lines.append(("map-pin", scene.say("Right here, beside this screen")))
        else:
            far_m = length_m(way_to(guide, entry)) or guide.distance_m(entry.at)
            metres = max(10, round(far_m / 5) * 5)
            lines.append(("person-simple-walk", scene.say(SIDES[side]).format(metres=metres)))
    if entry.near:
        lines.append(("signpost", said(entry.near, language)))
    elif (landmark := guide.beside(entry)) is not None:
        name = said(landmark.name, language)
        beside = scene.say("Beside {landmark}").format(landmark=name if not name.isascii() else name.lower())
        lines.append(("signpost", beside))
    return lines


def _hours(scene: Scene, entry: Entry) -> str:
    store = scene.view.hours
    if entry.hours is not None:
        opens, closes = (f"{one:%H:%M}" for one in entry.hours)
        if not _between(entry.hours, scene.now):
            return scene.say("Closed now, open from {opens} to {closes}").format(opens=opens, closes=closes)
        return scene.say("Open from {opens} to {closes}").format(opens=opens, closes=closes)
    until = None if store is None else store.closes_soon(scene.now)
    if store is None or until is None:
        return scene.say("Open as long as the store")
    return scene.say("Open from {opens} to {closes}").format(opens=clock(store.opens), closes=clock(until))


def _between(hours: tuple[time, time], now: datetime) -> bool:
    opens, closes = hours
    at = now.time().replace(tzinfo=None)
    return opens <= at < closes if opens <= closes else at >= opens or at < closes


def _chose(id: str) -> Acted:
    return Acted(Chose(id))


FACE = Face(
    id=SERVICE.id,
    rank=10,
    icon="map-trifold",
    tone="fetch",
    title=N_("Find and ask"),
    line=N_("Where to find things"),
    begins=_begins,
    draw=_draw,
)
