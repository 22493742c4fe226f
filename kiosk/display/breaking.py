"""Where a line of text may end: between Chinese characters, at spaces, and never before a comma or after a bracket."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kiosk.display.phrases import starts

NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’％…—·～,.;:?!)]}%°℃")
NOT_LAST = frozenset("（《「『【〈“‘￥$([{#№")
_STICKS = "\u00a0\u2060"
SENTENCE_ENDS, PAUSES = frozenset("，。；：？！,;:?!"), frozenset("、）》」』”’…—·)")
# what a line's end costs there, beside the square of how far the line is from as long as the others
PAUSE, BETWEEN_WORDS, WITHIN_WORD = 0.04, 0.12, 1.2
EVEN = 4  # more lines than that are filled one after the other
UNITS = frozenset("天日月年号號元秒分时時点點个個件位块塊层層楼樓米岁歲次人张張本")

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
    """As few lines as fit, of as even a length as can be, each ending where one would draw breath: after a comma rather
    than between two words, and inside a word only where nothing else fits."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width(paragraph) <= room:
            lines.append(paragraph.rstrip(" "))  # by far the most, and found without trying piece after piece
        else:
            lines += _set(paragraph, room, width)
    return tuple(lines)


def _set(text: str, room: int, width: Width) -> tuple[str, ...]:
    """The cheapest way to put a text into as few lines as hold it."""
    greedy = broken(text, room, width)
    parts = pieces(text)
    wide = [width(part) for part in parts]
    bare = [width(part.rstrip(" ")) for part in parts]
    begin = starts(text) if any(map(_wide, text)) else frozenset()
    aim = sum(wide) / len(greedy) if len(greedy) <= EVEN else room
    ends, at = [0.0], 0
    for part in parts[:-1]:
        at += len(part)
        ends.append(_ending(part, begin, at))
    ends.append(0.0)
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # lines, cost, where the last of them begins
    for end in range(1, len(parts) + 1):
        length, ways = bare[end - 1], []
        for start in range(end - 1, -1, -1):
            if length > room and start < end - 1:
                break
            count, cost, _ = best[start]
            slack = 0.0 if aim == room and end == len(parts) else ((aim - length) / max(room, 1)) ** 2
            ways.append((count + 1, cost + slack + ends[end], start))
            length += wide[start - 1]
        best.append(min(ways))
    cuts, end = [len(parts)], len(parts)
    while end:
        end = best[end][2]
        cuts.append(end)
    cuts.reverse()
    found = tuple("".join(parts[one:other]).rstrip(" ") for one, other in pairwise(cuts))
    fits = len(found) == len(greedy) and max(map(width, found)) <= max(room, *map(width, greedy))
    return found if fits else greedy  # letters that stand together are not always as wide as one by one


def _ending(part: str, begin: frozenset[int], at: int) -> float:
    """What it costs to end a line with that piece, before the character at that place."""
    last = part.rstrip(" ")[-1:]
    if last in SENTENCE_ENDS:
        return 0.0
    if last in PAUSES:
        return PAUSE
    return BETWEEN_WORDS if at in begin or part[-1] == " " else WITHIN_WORD


def _may_end(before: str, following: str) -> bool:
    last = before[-1]
    if following in NOT_FIRST or last in NOT_LAST or last in _STICKS or following in _STICKS or following == " ":
        return False
    if following in UNITS and before.rstrip(" ")[-1:].isdigit():
        return False  # what a number counts stands beside it
    return last == " " or _wide(last) or _wide(following)


def _wide(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uff60"
