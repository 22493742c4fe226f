"""What a shopper may say by a tap of what is left in a locker, so that a lost tag has something to match (L07)."""

from __future__ import annotations

from enum import Enum


class Ask(Enum):
    """What is asked; the values name its screens."""

    KIND = "kind"
    COLOUR = "colour"


KINDS = {
    "handbag": "手提包",
    "backpack": "双肩包",
    "suitcase": "行李箱",
    "shopping bag": "购物袋",
    "parcel": "包裹",
    "something else": "其他物品",
}
COLOURS = {
    "black": "黑色",
    "white": "白色",
    "grey": "灰色",
    "red": "红色",
    "blue": "蓝色",
    "green": "绿色",
    "brown": "棕色",
    "several": "多色",
}
WORDS = {Ask.KIND: KINDS, Ask.COLOUR: COLOURS}


def following(ask: Ask, word: str) -> Ask | None:
    """What is asked after an answer, None for nothing more: whoever would rather not say is asked no more."""
    return Ask.COLOUR if ask is Ask.KIND and word else None


def note_of(said: tuple[str, ...]) -> str:
    """The deposit's note, for whoever compares it with a description: 双肩包 (backpack), 黑色 (black)."""
    chinese = {**KINDS, **COLOURS}
    return ", ".join(f"{chinese[word]} ({word})" for word in said)
