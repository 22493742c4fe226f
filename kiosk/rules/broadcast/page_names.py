"""Whether a name is a name, or carries a title, a department or a form of address (B12).

The principle: refusing needs proof. The text is cut into words, and it is refused only where a title or a department
is a whole word of the cut and what is left over is nothing, a surname or a name. So a title's characters are free in
names:

- 主任, 王主任, 王小明主任, 主任王小明, 采购部王小明: a title at an edge, and the rest is a name;
- 主任远, 科长青, 部长山, 经理明 are names: one character behind a title is no name, so the first one is a surname;
- 成长, 部小明, 总小明, 经叔平 hold no whole title;
- where both readings are whole (经理, 王主任), the title wins, since stores page few people of that name; a gap parts
  surname and given name for those: 经 理 is a name, while 王 经理 is still a title.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from kiosk.rules.broadcast import page_titles as data
from kiosk.rules.broadcast.page_titles import folded


class Found(Enum):
    """What a name turned out to carry."""

    TITLE = "title"
    DEPARTMENT = "department"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Carried:
    """What is said of somebody beside the name. name: what is left as the person's name, "" where nothing is."""

    found: Found
    name: str


def _any_of(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


_TITLE = rf"(?:(?:{_any_of(data.RANKS)}|[一二三四五六七八九十]{{1,2}}[楼层]){{0,2}}(?:{_any_of(data.TITLES)}))"
_LISTED = rf"(?:{_any_of(data.DEPARTMENTS)}){{1,3}}(?:{_any_of(data.DEPARTMENT_ENDS)})"
_DEPARTMENT = rf"(?:(?:{_any_of(data.WHOLE_DEPARTMENTS)})|{_LISTED})"
_UNLISTED = r"(?:.{2,4}?[部课组]|[一二三四五六七八九十东南西北前后]{1,2}[部课组科])"  # 女装部, 一组
_SINGLE = "".join(data.SURNAMES.split())
_SURNAME = rf"(?:{_any_of(data.COMPOUND_SURNAMES)}|[{_SINGLE}])"
_FULL_NAME = rf"(?:(?:{_any_of(data.COMPOUND_SURNAMES)}).{{0,2}}|[{_SINGLE}].{{1,2}}|[小老阿][{_SINGLE}])"

_LISTED_WORDS = re.compile(rf"(?:{_DEPARTMENT}|{_TITLE}){{1,4}}")
_IS_FULL_NAME = re.compile(_FULL_NAME)
_NO_NAMES = frozenset(
    f"{data.RANKS} {data.DEPARTMENTS} {data.TITLES} {data.WHOLE_DEPARTMENTS} {data.DEPARTMENT_ENDS}".split()
)
_LONGEST_NAME = 4
_ALL_DEPARTMENT = re.compile(rf"(?:{_DEPARTMENT}){{1,3}}|{_UNLISTED}")
_ALL_TITLE = re.compile(rf"(?:{_DEPARTMENT}|{_UNLISTED}|{_TITLE}){{0,2}}{_TITLE}(?:{_DEPARTMENT})?")
_BEFORE_TITLE = re.compile(rf"(?P<name>.+?)(?:{_DEPARTMENT})?{_TITLE}{{1,2}}")
_AFTER_TITLE = re.compile(rf"(?:{_DEPARTMENT}|{_TITLE}){{1,3}}(?P<name>{_FULL_NAME}|[{data.ONLY_SURNAMES}])")
_AFTER_UNLISTED = re.compile(rf"{_UNLISTED}(?P<name>{_FULL_NAME})")
_BEFORE_DEPARTMENT = re.compile(rf"(?P<name>{_FULL_NAME}|{_SURNAME}){_DEPARTMENT}")
_BEFORE_END = re.compile(rf"(?P<name>{_SURNAME})[{''.join(data.ENDS_AFTER_SURNAME.split())}]")
_BEFORE_ZONG = re.compile(rf"(?P<name>{_FULL_NAME})总")
_ADDRESSED = re.compile(
    rf"(?:{_any_of(data.CALLS)})(?P<called>.+)|(?:{_any_of(data.CALLS)})|(?P<name>.*?)(?:{_any_of(data.ADDRESSES)})"
)
_IS_SURNAME = re.compile(_SURNAME)
_NOT_DEPARTMENTS = frozenset(data.NOT_DEPARTMENTS.split())
_ENDS = frozenset(data.ENDS_AFTER_SURNAME.split())
_GAP = re.compile(r"[\s·・•]+")

_ENGLISH_TITLES = frozenset(words for line in data.ENGLISH_TITLES.split("\n") for words in line.split("|") if words)
_ENGLISH_ADDRESSES = frozenset(data.ENGLISH_ADDRESSES.split("|"))
_ENGLISH_DEPARTMENTS = frozenset(data.ENGLISH_DEPARTMENTS.split("|"))
_ENGLISH_BESIDE = frozenset(data.ENGLISH_BESIDE.split("|"))


def carried(name: str) -> Carried | None:
    """What a name in hanzi carries beside the name, None for a plain name. The name that is left is as it was typed."""
    parts = _GAP.split(name)
    if len(parts) > 1:
        return _in_parts(parts)
    text = folded(name)
    if text in _NOT_DEPARTMENTS:
        return None
    if text in _ENDS and not _IS_SURNAME.fullmatch(text):
        return Carried(Found.TITLE, "")
    if listed := _beside_listed_words(name, text):
        return listed
    addressed = _ADDRESSED.fullmatch(text)
    if addressed:
        start, end = addressed.span("called" if addressed["called"] else "name")
        left = name[max(0, start) : max(0, end)]
        deeper = carried(left) if left else None
        return Carried(deeper.found if deeper else Found.ADDRESS, deeper.name if deeper else left)
    return _titled(name, text)


def _beside_listed_words(name: str, text: str) -> Carried | None:
    """The shortest name whose rest is whole words of the lists: 王采购部经理 leaves 王, 董秘书 leaves 董."""
    for length in range(1, min(_LONGEST_NAME, len(text) - 1) + 1):
        for begin, end in ((0, length), (len(text) - length, len(text))):
            person, rest = text[begin:end], text[:begin] + text[end:]
            ends = begin == 0 and rest in _ENDS and _IS_SURNAME.fullmatch(person)
            if ends or (_may_stand(person, text, first=begin == 0) and _LISTED_WORDS.fullmatch(rest)):
                of_department = _ALL_DEPARTMENT.fullmatch(rest)
                return Carried(Found.DEPARTMENT if of_department else Found.TITLE, name[begin:end])
    return None


def _may_stand(person: str, text: str, *, first: bool) -> bool:
    """Whether it can be a person's name before listed words, or after them: a lone surname there only if common.

    In a text that is nothing but listed words, as 童装部主任, only a surname can be one, as in 董秘书.
    """
    if person in _NO_NAMES:
        return False
    if len(person) == 1:
        return bool(_IS_SURNAME.fullmatch(person)) if first else person in data.ONLY_SURNAMES
    if _LISTED_WORDS.fullmatch(text):
        return bool(_IS_SURNAME.fullmatch(person))
    return bool(_IS_FULL_NAME.fullmatch(person))


def _titled(name: str, text: str) -> Carried | None:
    if _ALL_DEPARTMENT.fullmatch(text):
        return Carried(Found.DEPARTMENT, "")
    if _ALL_TITLE.fullmatch(text):
        return Carried(Found.TITLE, "")
    for pattern in (_BEFORE_TITLE, _AFTER_TITLE, _AFTER_UNLISTED, _BEFORE_DEPARTMENT, _BEFORE_END, _BEFORE_ZONG):
        if found := pattern.fullmatch(text):
            start, end = found.span("name")
            of_department = _ALL_DEPARTMENT.fullmatch(text[:start] + text[end:])
            return Carried(Found.DEPARTMENT if of_department else Found.TITLE, _person(name[start:end]))
    return None


def _person(left: str) -> str:
    """What is left beside a title, as a person's name: without what else it carries, "" if it cannot be a name."""
    more = carried(left)
    if more:
        return more.name
    return left if len(left) > 1 or _IS_SURNAME.fullmatch(folded(left)) else ""


def _in_parts(parts: list[str]) -> Carried | None:
    """A name typed with gaps: each part is judged by itself, and a first part of one character is a surname."""
    parts = [part for part in parts if part]
    judged = [(part, None if at == 0 and len(part) == 1 else carried(part)) for at, part in enumerate(parts)]
    bad = [more for _, more in judged if more]
    if not bad:
        return None
    left = "".join(more.name if more else part for part, more in judged)
    found = Found.TITLE if any(more.found is Found.TITLE for more in bad) else bad[0].found
    return Carried(found, _person(left) if left else "")


def surname_of(name: str, unsayable: Collection[str] = ()) -> str:
    """The family name that a name in hanzi begins with, "" where it is none of the list or cannot be said."""
    found = _IS_SURNAME.match(folded(name))
    surname = name[: found.end()] if found else ""
    return "" if any(char in unsayable for char in surname) else surname


def carried_in_english(name: str) -> Carried | None:
    """The same for a name in Latin letters: Manager Wang, Wang (HR Department), Mr Wang."""
    words = [word for word in re.split(r"[\s,]+", name) if word]
    plain = [word.strip(".").casefold() for word in words]
    kept: list[str] = []
    kinds: set[Found] = set()
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            phrase = " ".join(plain[at : at + length])
            found = _english_kind(phrase)
            if found:
                kinds.add(found)
                at += length
                break
        else:
            kept.append(words[at])
            at += 1
    if not kinds:
        return None
    if kinds != {Found.ADDRESS}:
        kept = [word for word in kept if word.strip(".").casefold() not in _ENGLISH_BESIDE]
    found = next(kind for kind in Found if kind in kinds)
    return Carried(found, " ".join(kept))


def _english_kind(phrase: str) -> Found | None:
    if phrase in _ENGLISH_TITLES:
        return Found.TITLE
    if phrase in _ENGLISH_DEPARTMENTS:
        return Found.DEPARTMENT
    return Found.ADDRESS if phrase in _ENGLISH_ADDRESSES else None
