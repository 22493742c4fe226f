"""Where a line of text may end: between Chinese characters, at spaces, and never before a comma or after a bracket."""

from __future__ import annotations

from collections.abc import Callable

NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’％…—·～,.;:?!)]}%°℃")
NOT_LAST = frozenset("（《「『【〈“‘￥$([{#№")
_STICKS = "\u00a0\u2060"

Width = Callable[[str], int]


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may end; a space stays with what is before it."""
    found: list[str] = []
    for character in text:
        if found and not _may_end(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def broken(text: str, room: int, width: Width) -> tuple[str, ...]:
    """The text in lines that fit the room, as far as its pieces do; a line end in the text stays one."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in pieces(paragraph):
            if line and width((line + piece).rstrip(" ")) > room:
                lines.append(line.rstrip(" "))
                line = piece
            else:
                line += piece
        lines.append(line.rstrip(" "))
    return tuple(lines)


def balanced(text: str, room: int, width: Width) -> tuple[str, ...]:
    """As few lines as fit, of as even a length as can be: no single character is left over at the end."""
    if "\n" not in text and width(text) <= room:
        return (text.rstrip(" "),)  # by far the most, and found without trying piece after piece
    lines = broken(text, room, width)
    if not 1 < len(lines) <= 4 or "\n" in text:
        return lines
    low, high = max(1, room // 3), room
    while low < high:
        middle = (low + high) // 2
        narrower = broken(text, middle, width)
        if len(narrower) == len(lines) and all(width(line) <= middle for line in narrower):
            high = middle
        else:
            low = middle + 1
    return broken(text, high, width)


def _may_end(before: str, following: str) -> bool:
    last = before[-1]
    if following in NOT_FIRST or last in NOT_LAST or last in _STICKS or following in _STICKS or following == " ":
        return False
    return last == " " or _wide(last) or _wide(following)


def _wide(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uff60"
