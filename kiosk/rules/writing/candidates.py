"""What may be meant by typed letters: whole sentences, words and characters; for names, surnames before given names."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from kiosk.rules.writing.book import Book
from kiosk.rules.writing.syllables import Split
from kiosk.rules.writing.writing import Candidate

LONGEST_WORD = 4
TOTAL = 178  # 10 ln of all that was counted
NAMES_TOTAL = 145
MOST = 120
SURNAMES, GIVEN = 6, 9
NO_NAMES = frozenset("吗嘛的了吧呢么哦啊呀喔哈嗯很都在和是有我你他她它没不就也还这那哪谁")
UNUSUAL = 60  # less usual than any character that is listed for names
WORD_AS_NAME = 12  # less usual than a given name that is listed
REST = 999


def candidates(
    book: Book, letters: str, *, names: bool = False, before: str = "", taiwan: bool = False
) -> tuple[Candidate, ...]:
    """The likeliest first; the letters as they are come too. before: what stands in the field already."""
    if not letters:
        return ()
    splits = tuple(filter(None, book.splitter.splits(letters)))
    found: dict[str, int] = {}
    whole = _whole_names(book, splits, before) if names else _sentences(book, splits)
    for word, surname in whole:
        found.setdefault(_written(book, word, taiwan, surname), len(letters))
    for word, surname, used in _beginnings(book, splits, names and not before, names and bool(before)):
        if len(found) >= MOST:
            break
        if not taiwan or surname or len(word) > 1:
            found.setdefault(_written(book, word, taiwan, surname), used)
        else:
            for form in book.forms_in_taiwan(word):
                found.setdefault(form, used)
    choices = [Candidate(word, used) for word, used in found.items()]
    raw = Candidate(letters, len(letters))
    at = len(choices) if any(one.letters == len(letters) for one in choices) else 0
    choices.insert(at, raw)
    return tuple(choices)


def _written(book: Book, word: str, taiwan: bool, surname: str = "") -> str:
    """surname: what of the word is one."""
    if not taiwan:
        return word
    return (
        book.surname_in_taiwan(surname) + book.in_taiwan(word.removeprefix(surname))
        if surname
        else book.in_taiwan(word)
    )


def _sentences(book: Book, splits: tuple[Split, ...]) -> Iterator[tuple[str, str]]:
    """The likeliest sentence of each way to read the letters, and every word that is as long as all of them."""
    ranked: list[tuple[int, str]] = []
    for split in splits:
        pieces = tuple(piece for piece, _ in split)
        cost = _cost(book, pieces)
        sentence = _sentence(book, pieces)
        if sentence is not None:
            ranked.append((sentence[0] - cost, sentence[1]))
        if 1 < len(pieces) <= LONGEST_WORD:
            ranked += [(often - TOTAL - cost, word) for often, word in book.words(pieces)]
    ranked.sort(key=lambda entry: -entry[0])
    yield from ((word, "") for _, word in ranked)


def _cost(book: Book, pieces: tuple[str, ...]) -> int:
    """How much less likely syllables are of which but the beginning was typed, or that are but one letter."""
    return 25 * sum(not book.splitter.whole(piece) for piece in pieces) + 15 * sum(len(piece) == 1 for piece in pieces)


def _sentence(book: Book, pieces: tuple[str, ...]) -> tuple[int, str] | None:
    """The likeliest words one after the other, and how likely; None where there are none for some piece."""
    best: list[tuple[int, str] | None] = [(0, "")]
    for end in range(1, len(pieces) + 1):
        found: tuple[int, str] | None = None
        for start in range(max(0, end - LONGEST_WORD), end):
            before = best[start]
            words = book.words(pieces[start:end]) if before is not None else ()
            if before is not None and words:
                score = before[0] + words[0][0] - TOTAL
                if found is None or score > found[0]:
                    found = (score, before[1] + words[0][1])
        best.append(found)
    return best[-1]


def _whole_names(book: Book, splits: tuple[Split, ...], before: str) -> list[tuple[str, str]]:
    """Names for all letters, each with its surname; given names alone where a surname stands there already."""
    ranked: list[tuple[int, str, str]] = []
    for split in splits:
        pieces = tuple(piece for piece, _ in split)
        cost = _cost(book, pieces)
        if before:
            ranked += [(score - cost, word, "") for score, word in _given(book, pieces)]
            continue
        if len(pieces) <= 2:
            ranked += [(often - NAMES_TOTAL - cost, word, word) for often, word in book.named("surnames", pieces)]
        for length in (1, 2):
            surnames = book.named("surnames", pieces[:length])[:SURNAMES] if len(pieces) > length else ()
            for score, given in _given(book, pieces[length:]) if surnames else ():
                ranked += [
                    (often - NAMES_TOTAL + score - cost, surname + given, surname) for often, surname in surnames
                ]
    return [(word, surname) for _, word, surname in nlargest(40, ranked, key=lambda entry: entry[0])]


def _given(book: Book, pieces: tuple[str, ...]) -> list[tuple[int, str]]:
    """Given names of one or two characters, and how likely."""
    if not 1 <= len(pieces) <= 2:
        return []
    each = [_name_characters(book, piece)[:GIVEN] for piece in pieces]
    if len(pieces) == 1:
        return [(often - NAMES_TOTAL, character) for often, character in each[0]]
    found: dict[str, int] = {}
    for first_often, first in each[0]:
        for often, second in each[1]:
            bonus = 14 if first == second else 0
            found[first + second] = first_often + often - 2 * NAMES_TOTAL + bonus
    for often, pair in book.named("pairs", pieces):
        found[pair] = max(found.get(pair, -REST), often - NAMES_TOTAL)
    for often, word in book.words(pieces)[:4]:
        if all(
            any(character == part for _, character in _name_characters(book, piece)[:GIVEN])
            for part, piece in zip(word, pieces, strict=True)
        ):
            found[word] = max(found.get(word, -REST), often - TOTAL - WORD_AS_NAME)
    return [(score, word) for word, score in found.items()]


def _name_characters(book: Book, piece: str) -> list[tuple[int, str]]:
    """Characters for a given name: those that are usual in names, then the others."""
    listed = list(book.named("given", (piece,)))
    known = {character for _, character in listed}
    others = [
        (often - UNUSUAL, character)
        for often, character in book.words((piece,))
        if character not in known and character not in NO_NAMES
    ]
    return sorted((*listed, *others), key=lambda entry: -entry[0])


def _beginnings(
    book: Book, splits: tuple[Split, ...], surname_first: bool, given_first: bool
) -> Iterator[tuple[str, str, int]]:
    """Words for the first letters only, the longest first, then single characters: (word, surname, letters)."""
    for length in range(LONGEST_WORD, 1, -1):
        for split in splits:
            if len(split) >= length:
                pieces, used = tuple(piece for piece, _ in split[:length]), split[length - 1][1]
                if surname_first and length == 2:
                    yield from ((word, word, used) for _, word in book.named("surnames", pieces))
                if not surname_first or len(split) == length:
                    yield from ((word, "", used) for _, word in book.words(pieces))
    for split in splits:
        piece, used = split[0]
        if surname_first:
            yield from ((word, word, used) for _, word in book.named("surnames", (piece,)))
        if given_first or surname_first:
            yield from ((word, "", used) for _, word in _name_characters(book, piece))
        yield from ((word, "", used) for _, word in book.words((piece,)))
