"""Keeping the area tidy: a list before opening and after closing, all of it ticked or explained, and signed (L12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.sentences import tell
from kiosk.units import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the checklist. id: what the ledger says."""

    id: str
    text: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody looked at an item. done: it is as it should be; else `why` says what is not, and who will see to it."""

    item: str
    done: bool
    why: str = ""


def _item(id: str, zh_cn: str, zh_tw: str, en: str) -> Item:
    return Item(id, dict(zip(LANGUAGES, (zh_cn, zh_tw, en), strict=True)))


USUAL_ITEMS = (
    _item("floor", "地面干净，无杂物", "地面乾淨，無雜物", "The floor is clean and nothing lies about"),
    _item("doors", "柜门关好、擦净", "櫃門關好、擦淨", "Every free door is closed and wiped"),
    _item("inside", "空柜内无遗留物", "空櫃內無遺留物", "Nothing was left in the free lockers"),
    _item("tags", "标示牌挂好、字迹清楚", "標示牌掛好、字跡清楚", "The tags hang straight and can be read"),
    _item(
        "counter", "台面整洁，登记簿归位", "檯面整潔，登記簿歸位", "The counter is clear, the books are in their place"
    ),
    _item("printer", "打印纸充足", "列印紙充足", "There is paper in the printer"),
    _item("notice", "寄存须知清晰可见", "寄放須知清晰可見", "The notice about valuables can be seen"),
    _item("way", "通道畅通", "通道暢通", "The way to the lockers is free"),
)


def items_of(lines: Sequence[str] | None) -> tuple[Item, ...]:
    """The store's own list, the usual one for None. Its lines are in the staff's own language, whatever is chosen."""
    if lines is None:
        return USUAL_ITEMS
    return tuple(_item(f"item-{number}", line, line, line) for number, line in enumerate(lines, 1))


def latest(ticks: Iterable[Tick]) -> Mapping[str, Tick]:
    """The newest tick of each item: a wrong one is put right by another."""
    return {tick.item: tick for tick in ticks}


def unlooked(items: Sequence[Item], ticks: Iterable[Tick]) -> tuple[str, ...]:
    """The ids of items at which nobody looked: the sheet cannot be signed before."""
    seen = latest(ticks)
    return tuple(item.id for item in items if item.id not in seen)


def undone(items: Sequence[Item], ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """What is not as it should be, in the order of the list."""
    seen = latest(ticks)
    return tuple(seen[item.id] for item in items if item.id in seen and not seen[item.id].done)


def wrong_tick(items: Sequence[Item], tick: Tick) -> str:
    """Why a tick is not taken, "" where it is."""
    if tick.item not in {item.id for item in items}:
        return tell(
            "the list has no item {item}; it has: {items}", item=tick.item, items=tuple(one.id for one in items)
        )
    return "" if tick.done or tick.why.strip() else tell("{item}: say what is not as it should be", item=tick.item)
