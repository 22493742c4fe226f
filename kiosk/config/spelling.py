"""Spells the names of the store's guide in pinyin, beforehand: pypinyin takes 50 MB, which no role should keep."""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.rules.service.store_plan import Entry, StoreGuide

_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def spelled(guide: StoreGuide) -> StoreGuide:
    """The guide with the syllables of every Chinese name and word."""
    return replace(guide, entries=tuple(_spelled(one) for one in guide.entries))


def _spelled(entry: Entry) -> Entry:
    from pypinyin import lazy_pinyin  # reads its data: only where a guide is spelled

    found: dict[str, tuple[str, ...]] = {}
    for name in (*entry.name.values(), *entry.also):
        characters = "".join(_CHINESE.findall(name))
        if characters and characters not in found:
            syllables = tuple(one.replace("ü", "v") for one in lazy_pinyin(characters, v_to_u=False))
            if len(syllables) == len(characters):
                found[characters] = syllables
    return replace(entry, spelled=tuple(found.items()))
