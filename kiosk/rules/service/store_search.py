"""Finding what somebody asks for: by characters, pinyin, initials, English words, other words, with typing errors.

A rank is a number, the smaller the better; what has none is not what was asked for. Syllables come with the entries, so
that a search needs no dictionary and takes a millisecond.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from kiosk.rules.service.store_plan import Entry, Kind, StoreGuide

MOST = 24
EXACT, BEGINS, HOLDS, ASKED, SPELLED, INITIALS, BLURRED, TYPO, PART = 0, 10, 20, 25, 12, 30, 40, 60, 50
_KINDS = {Kind.FACILITY: 0.0, Kind.GOODS: 0.2, Kind.BRAND: 0.3, Kind.AREA: 0.4}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile("[a-z]")
_BLUR = ((re.compile(r"([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"), (re.compile(r"^l"), "n"), (re.compile("v"), "u"))
_EMPTY = frozenset((
    "where", "is", "are", "the", "a", "an", "i", "to", "me", "can", "find", "buy", "want", "do", "you", "sell", "have",
    "any", "please", "looking", "for", "of", "and",
))  # fmt: skip
_ASKING = (
    "请问", "請問", "在哪里", "在哪裡", "在哪儿", "在几楼", "在幾樓", "哪里有", "哪裡有", "哪儿有",
    "怎么走", "怎麼走", "我想买", "我想買", "我要买", "我要買", "有卖", "有賣", "卖", "賣", "的", "吗", "嗎", "呢",
)  # fmt: skip


def found(guide: StoreGuide, query: str, most: int = MOST) -> tuple[Entry, ...]:
    """What is meant, the likeliest first; empty for a question that a person answers."""
    asked = folded(query)
    if not asked:
        return ()
    bare = _bare(asked)
    ranks: list[tuple[float, _Known]] = []
    for known in _index(guide):
        rank = min(_rank(known, asked), _rank(known, bare) + 0.5 if bare not in ("", asked) else _NONE)
        if rank < _NONE:
            ranks.append((rank + _KINDS[known.entry.kind], known))
    if not ranks:
        ranks = [(rank, known) for known in _index(guide) if (rank := _typo(known, bare)) < _NONE]
    elif any(rank < PART for rank, _ in ranks):
        ranks = [one for one in ranks if one[0] < PART]
    likeliest = sorted(ranks, key=lambda one: (one[0], one[1].far))
    return tuple(known.entry for _, known in likeliest[:most])


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry as it is compared. names: its own, then the other words. far: from the screen."""

    entry: Entry
    names: tuple[str, ...]
    own: int
    blurred: tuple[str, ...]
    latin: tuple[str, ...]
    far: tuple[bool, float]


@lru_cache(maxsize=2)
def _index(guide: StoreGuide) -> tuple[_Known, ...]:
    return tuple(_known(guide, entry) for entry in guide.entries)


def _known(guide: StoreGuide, entry: Entry) -> _Known:
    own = [folded(name) for name in entry.name.values()]
    also = [folded(name) for name in (*entry.also, *([entry.counter] if entry.counter else ()))]
    joined = ["".join(syllables) for _, syllables in entry.spelled]
    words = {word for name in (*own, *also) for word in (name.replace(" ", ""), *name.split(" "))}
    latin = (*(word for word in words if len(word) > 3 and not _CHINESE.search(word)), *joined)
    blurred = tuple("".join(map(_blurred, syllables)) for _, syllables in entry.spelled)
    return _Known(entry, (*own, *also), len(own), blurred, tuple(sorted(latin)), guide.far(entry))


def folded(text: str) -> str:
    """As it is compared: small, narrow, without signs, one blank between Latin words."""
    plain = re.sub(r"[^\w\s]|_", " ", normalize("NFKC", text).casefold().replace("'", "").replace("’", ""))
    words = re.sub(r"\s+", " ", plain).strip()
    return re.sub(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", words)


_NONE = 1000.0


def _bare(asked: str) -> str:
    """Without the words that only ask."""
    for word in _ASKING:
        asked = asked.replace(word, "")
    return " ".join(word for word in asked.split(" ") if word not in _EMPTY)


def _rank(known: _Known, asked: str) -> float:
    best = min(_against(name, asked) + (1.0 if place >= known.own else 0.0) for place, name in enumerate(known.names))
    if best <= BEGINS or not _LATIN.search(asked):
        return best
    letters = asked.replace(" ", "")
    spelled = (
        _spelled(characters, syllables, letters) + (1.0 if place else 0.0)
        for place, (characters, syllables) in enumerate(known.entry.spelled)
    )
    best = min(best, min(spelled, default=_NONE))
    return best if best < _NONE else min((_sounds(one, letters) for one in known.blurred), default=_NONE)


def _against(name: str, asked: str) -> float:
    """How well a name is what was asked, character by character or word by word."""
    if name == asked:
        return EXACT
    long = len(name) - len(asked)
    if _CHINESE.search(asked):
        if long > 0 and asked in name:
            return (BEGINS if name.startswith(asked) else HOLDS) + min(9.0, long * 0.5)
        if len(name) >= 2 and name in asked:
            return ASKED + min(9.0, -long * 0.5)
        shared = {one for one in asked if _CHINESE.match(one)} & set(name)
        if len(asked) >= 2 and len(shared) >= 2 and any(asked[at : at + 2] in name for at in range(len(asked) - 1)):
            return PART + min(9.0, abs(long) * 0.5)
        return _NONE
    words, wanted = name.split(" "), asked.split(" ")
    if len(asked) > 1 and name.startswith(asked):
        return BEGINS + min(9.0, long * 0.3)
    if all(any(word.startswith(_stem(one)) for word in words) for one in wanted) and len(wanted[0]) > 1:
        return HOLDS + min(9.0, abs(len(words) - len(wanted)))
    if any(len(one) > 3 and any(_stem(word) == _stem(one) for word in words) for one in wanted):
        return PART + min(9.0, abs(len(words) - len(wanted)))
    return _NONE


def _stem(word: str) -> str:
    """Shoes and shoe, watches and watch, are the same question."""
    for end, left in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", "")):
        if len(word) > len(end) + 2 and word.endswith(end) and not word.endswith(("ss", "us")):
            return word.removesuffix(end) + left
    return word


def _spelled(characters: str, syllables: tuple[str, ...], asked: str) -> float:
    """Pinyin in full, its beginnings, its initials, and any of them mixed with characters: maozi, maoz, mz, 帽z."""
    for start in range(len(syllables)):
        used = _follows(characters, syllables, asked, start)
        if used:
            letters = sum(map(len, syllables[start : start + used]))
            rank = SPELLED if len(asked) >= letters - 1 or len(asked) > 2 * used else INITIALS
            whole = len(syllables) - used
            if not start and not whole:
                return rank - 6.0 if len(asked) == letters else rank
            return rank + min(9.0, whole * 0.5 + start)
    return _NONE


def _sounds(joined: str, asked: str) -> float:
    meant = _blurred(asked)
    if len(asked) >= 4 and (joined.startswith(meant) or (len(meant) > 4 and meant in joined)):
        return BLURRED + min(9.0, (len(joined) - len(meant)) * 0.3)
    return _NONE


def _follows(characters: str, syllables: tuple[str, ...], asked: str, start: int) -> int:
    """How many syllables from `start` on the whole question spells, at the least; 0 where it does not."""
    reached = {0}  # how much of the question the syllables so far may account for
    for used, place in enumerate(range(start, len(syllables)), start=1):
        further: set[int] = set()
        for at in reached:
            if asked[at] == characters[place]:
                further.add(at + 1)
            syllable = syllables[place]
            for length in range(1, len(syllable) + 1):
                if not asked.startswith(syllable[:length], at):
                    break
                further.add(at + length)
        if len(asked) in further:
            return used
        reached = further
        if not reached:
            return 0
    return 0


def _blurred(syllable: str) -> str:
    """As it sounds in the south: zh like z, ng like n, l like n."""
    for pattern, put in _BLUR:
        syllable = pattern.sub(put, syllable)
    return syllable


def _typo(known: _Known, asked: str) -> float:
    """Whether it is a name with a slip of the finger."""
    letters = asked.replace(" ", "")
    if len(letters) < 4 or _CHINESE.search(letters):
        return _NONE
    allowed = 1 if len(letters) < 8 else 2
    slips = min((_slips(letters, name, allowed) for name in known.latin), default=allowed + 1)
    return TYPO + slips if slips <= allowed else _NONE


def _slips(one: str, other: str, allowed: int) -> int:
    """How many letters were left out, put in, mistaken or swapped; beyond what is allowed nobody counts."""
    if abs(len(one) - len(other)) > allowed:
        return allowed + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        now = [i]
        for j, against in enumerate(other, start=1):
            least = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                least = min(least, before[j - 2] + 1)
            now.append(least)
        if min(now) > allowed:
            return allowed + 1
        before, row = row, now
    return row[-1]
