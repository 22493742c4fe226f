"""Make the pinyin keyboard's dictionary from its sources; run once per new release of them.

    python tools/pinyin_book.py pinyin_simp.dict.yaml

The file is in Debian's package rime-data-pinyin-simp (Apache-2.0). Needed besides: PyPI `opencc` (Apache-2.0), for what
Taiwan writes, and pypinyin; the kiosk itself needs neither for its keyboard.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import defaultdict
from importlib import import_module
from math import log
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from tools.subset_fonts import NAMES as NAME_CHARACTERS
from tools.subset_fonts import characters

NAMES = Path(__file__).with_suffix("").with_name("pinyin_names.toml")
TARGET = Path(__file__).resolve().parent.parent / "kiosk" / "display" / "pinyin" / "book.txt"
GRUNTS = ("m", "n", "ng", "hm", "hng")  # nobody means these by a letter
LEAST_WORD, LEAST_CHARACTER, STORES = 25, 3, 3000
HEAD = """\
# The pinyin keyboard's dictionary, made by tools/pinyin_book.py: change that, not this. Weights: 10 ln of how often.
# Words and characters: rime-pinyin-simp, derived from Android's PinyinIME, Apache-2.0. Traditional forms: OpenCC,
# Apache-2.0. Names and the store's words: the project's own.
"""

Entries = dict[str, dict[str, int]]


def weight(often: float) -> int:
    return round(10 * log(max(1.0, often)))


class Lists:
    """The project's own lists."""

    def __init__(self) -> None:
        lists = tomllib.loads(NAMES.read_text(encoding="utf-8"))
        self.read, self.in_taiwan = lists["read"], lists["in_taiwan"]
        self.surnames, self.given, self.same_in_taiwan = (
            [character for character in lists[name] if not character.isspace()]
            for name in ("surnames", "given", "same_in_taiwan")
        )
        self.compound, self.pairs, self.store, self.unseemly = (
            lists[name].split() for name in ("compound", "pairs", "store", "unseemly")
        )


def main() -> None:
    """Read the sources, write the dictionary."""
    parser = argparse.ArgumentParser(description="Make the dictionary of the pinyin keyboard.")
    parser.add_argument("source", type=Path, help="pinyin_simp.dict.yaml of rime-data-pinyin-simp")
    opencc = import_module("opencc")
    to_taiwan, to_mainland = opencc.OpenCC("s2tw").convert, opencc.OpenCC("t2s").convert
    lists = Lists()
    shown = {chr(code) for code in characters()}
    single: Entries = defaultdict(dict)
    words: Entries = defaultdict(dict)
    for line in parser.parse_args().source.read_text(encoding="utf-8").splitlines():
        word, *rest = line.split("\t")
        if len(rest) != 2 or to_mainland(word) != word or not set(word) <= shown:
            continue
        read, often = rest[0], int(rest[1])
        if read in GRUNTS or any(part in word for part in lists.unseemly):
            continue
        if len(word) == 1 and (often >= LEAST_CHARACTER or word in NAME_CHARACTERS):
            single[read][word] = weight(often)
        elif len(word) > 1 and often >= LEAST_WORD:
            words[read][word] = weight(often)
    known = {character for found in single.values() for character in found}
    for character in NAME_CHARACTERS:
        plain = to_mainland(character)
        if character not in known and (plain == character or plain not in shown):
            single[_read(character)[0]][character] = weight(LEAST_CHARACTER)
    for word in lists.store:
        read = " ".join(_read(word))
        words[read][word] = max(weight(STORES), words[read].get(word, 0))
    surnames, given, pairs = names(single, lists)
    parts = {
        "characters": single,
        "words": words,
        "surnames": surnames,
        "given": given,
        "pairs": pairs,
    }
    lines = [HEAD]
    for name, entries in parts.items():
        lines.append(f"[{name}]")
        lines += _by_initials(entries) if name == "words" else [_line(read, entries[read]) for read in sorted(entries)]
    lines.append("[taiwan]")
    every = {word for entries in (single, words, pairs) for found in entries.values() for word in found}
    lines += _taiwan(every, shown, to_taiwan, to_mainland)
    lines.append("[taiwan surnames]")
    for name in sorted({name for found in surnames.values() for name in found}):
        there = lists.in_taiwan.get(name) or (name if name in lists.same_in_taiwan else to_taiwan(name))
        if there != name or name in lists.same_in_taiwan:
            lines.append(f"{name} {there}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def names(single: Entries, lists: Lists) -> tuple[Entries, Entries, Entries]:
    """Surnames, given characters and usual given names, weighed by their place in the lists."""
    mostly: dict[str, str] = {}
    for read, found in single.items():
        for character, often in found.items():
            if often > single.get(mostly.get(character, ""), {}).get(character, -1):
                mostly[character] = read
    surnames: Entries = defaultdict(dict)
    for place, name in enumerate(lists.surnames):
        surnames[lists.read.get(name) or mostly[name]].setdefault(name, weight(2e6 / (place + 12)))
    for place, name in enumerate(lists.compound):
        surnames[lists.read.get(name) or " ".join(_read(name))][name] = weight(4e4 / (place + 3))
    given: Entries = defaultdict(dict)
    for place, character in enumerate(lists.given):
        for read, found in single.items():
            if character in found and found[character] >= single[mostly[character]][character] - 16:
                given[read][character] = weight(4e6 / (place + 60))
    pairs: Entries = defaultdict(dict)
    for place, name in enumerate(lists.pairs):
        pairs[" ".join(_read(name))][name] = weight(2e5 / (place + 60))
    return surnames, given, pairs


def _read(word: str) -> list[str]:
    return [read.replace("ü", "v") for read in lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)]


def _line(read: str, found: dict[str, int]) -> str:
    ordered = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    return read + " " + "".join(f"{word}{often}" for word, often in ordered)


def _by_initials(words: Entries) -> list[str]:
    """One line for all that begin with the same letters: that is how they are looked up."""
    groups: dict[str, list[str]] = defaultdict(list)
    for read in sorted(words):
        groups["".join(part[0] for part in read.split())].append(_line(read, words[read]))
    return [initials + "\t" + "\t".join(groups[initials]) for initials in sorted(groups)]


def _taiwan(every: set[str], shown: set[str], to_taiwan: object, to_mainland: object) -> list[str]:
    """What is written otherwise: characters with all their forms, and words that are more than their characters."""
    assert callable(to_taiwan)
    assert callable(to_mainland)
    forms: dict[str, str] = {}
    for character in sorted(shown):
        if "一" <= character <= "鿿" and (plain := to_mainland(character)) != character:
            forms[plain] = forms.get(plain, plain) + character
    lines = []
    first: dict[str, str] = {}
    for character in sorted({part for word in every for part in word}):
        usual = to_taiwan(character)
        first[character] = usual
        others = [form for form in forms.get(character, "") if to_taiwan(form) == form and form != usual]
        if usual != character or others:
            lines.append(f"{character} {usual}{''.join(others)}")
    for word in sorted(word for word in every if len(word) > 1):
        there = to_taiwan(word)
        if there != "".join(first[part] for part in word):
            lines.append(f"{word} {there}")
    return lines


if __name__ == "__main__":
    main()
