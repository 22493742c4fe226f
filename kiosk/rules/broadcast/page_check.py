"""Whether a page may be aired as it was asked for (B11, B12); if not, a plain reason and the right form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from kiosk.rules.broadcast.page_names import Carried, Found, carried, carried_in_english, surname_of
from kiosk.rules.broadcast.paging import PageRequest, Reason, Whom, called
from kiosk.units import LANGUAGES, ZoneId

LONGEST_NAME = 30
LONGEST_PLACE = 40
MOST_TIMES = 5
_SOMEBODY = {"en": "Wang"}  # stands for the name where none is left
_ANYBODY = "×××"
_IN_NAMES = " ·・•.-'’"
_IN_PLACES = _IN_NAMES + "/()（）,，、&:："
_ENGLISH = LANGUAGES[2]
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


class Fault(Enum):
    """What is wrong with a page; the values are what events and logs say."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    CONTROL = "control"
    EMOJI = "emoji"
    MARKUP = "markup"
    DIGITS = "digits"
    MARKS = "marks"
    SCRIPT = "script"
    MIXED_SCRIPTS = "mixed-scripts"
    UNSAYABLE = "unsayable"
    TITLE = "title"
    DEPARTMENT = "department"
    ADDRESS = "address"
    LANGUAGE = "language"
    PLATE = "plate"
    PLACE = "place"
    ZONE = "zone"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The page may be aired. request: as asked for, tidied (spaces, full-width letters)."""

    request: PageRequest


@dataclass(frozen=True, slots=True)
class Refused:
    """The page may not be aired.

    field: the part of the request that is wrong. why: in plain words. say: the right form, as it would be called, ""
    where none can be guessed. mended: the request that would be accepted, None where somebody has to type.
    """

    fault: Fault
    field: str
    why: str
    say: str = ""
    mended: PageRequest | None = None


Verdict = Accepted | Refused


def check(request: PageRequest, *, zones: Collection[ZoneId] | None = None, unsayable: Collection[str] = ()) -> Verdict:
    """Accepted or Refused, never an exception.

    zones: those of the store, None where they are not known. unsayable: characters that no voice or font has.
    """
    tidy = replace(
        request, name=_tidied(request.name), place=_tidied(request.place), plate=_tidied(request.plate).upper()
    )
    lacking = frozenset(unsayable)
    refusal = (
        _of_manner(request, zones)
        or _of_name(request.name.strip(), tidy, lacking)
        or _of_plate(tidy)
        or _of_place(request.place.strip(), tidy, lacking)
    )
    return refusal or Accepted(tidy)


def _of_manner(request: PageRequest, zones: Collection[ZoneId] | None) -> Refused | None:
    """How and where it is said."""
    if request.language not in LANGUAGES:
        return Refused(Fault.LANGUAGE, "language", f"pages are said in {', '.join(LANGUAGES)}")
    if not 1 <= request.times <= MOST_TIMES:
        return Refused(Fault.TIMES, "times", f"a page is said 1 to {MOST_TIMES} times")
    unknown = [] if zones is None else [zone for zone in request.zones if zone not in zones]
    if unknown:
        known = ", ".join(sorted(zones or ()))
        return Refused(Fault.ZONE, "zones", f'the store has no zone "{unknown[0]}"; it has {known}')
    return None


def _driver_only(request: PageRequest) -> bool:
    """A driver may be called by the plate alone."""
    return request.reason is Reason.VEHICLE and request.whom is Whom.GUEST and bool(request.plate)


def _of_name(typed: str, tidy: PageRequest, unsayable: frozenset[str]) -> Refused | None:
    if not typed and _driver_only(tidy):
        return None
    if fault := _bad_characters(typed, _IN_NAMES, digits=False):
        bare = _TAG.sub("", typed)
        cleaned = _tidied("".join(char for char in bare if _bad_characters(char, _IN_NAMES, digits=False) is None))
        return _mendable(fault[0], f"the name has {fault[1]}", tidy, cleaned, typed)
    if not any(char.isalpha() for char in typed):
        return Refused(Fault.EMPTY, "name", "the name is empty", _form(tidy, ""))
    if len(tidy.name) > LONGEST_NAME:
        return Refused(Fault.TOO_LONG, "name", f"the name is longer than {LONGEST_NAME} characters")
    scripts = {_script(char) for char in tidy.name if char.isalpha()}
    if "other" in scripts:
        return Refused(Fault.SCRIPT, "name", "no voice reads this script; write hanzi or Latin letters")
    if len(scripts) > 1:
        return Refused(Fault.MIXED_SCRIPTS, "name", "the name mixes hanzi and Latin letters; use one")
    if tidy.language == _ENGLISH and "hanzi" in scripts:
        return Refused(Fault.LANGUAGE, "name", "an English page needs the name in Latin letters, as Wang Xiaoming")
    if missing := [char for char in tidy.name if char in unsayable]:
        why = f"no voice can say {' '.join(missing)}; write it otherwise"
        return _mendable(Fault.UNSAYABLE, why, tidy, surname_of(tidy.name, unsayable), tidy.name)
    more = carried(tidy.name) if "hanzi" in scripts else carried_in_english(tidy.name)
    return _titled(more, tidy) if more else None


def _titled(more: Carried, tidy: PageRequest) -> Refused:
    staff = tidy.whom is Whom.STAFF
    whose = "staff" if staff else "guests"
    why = {
        Found.TITLE: f"{whose} are called by their name, never by a title",
        Found.DEPARTMENT: f"{whose} are called by their name, never by a department",
        Found.ADDRESS: "the page says the call and 先生 or 小姐 by itself",
    }[more.found]
    return _mendable(Fault(more.found.value), why, tidy, more.name, tidy.name)


def _mendable(fault: Fault, why: str, tidy: PageRequest, name: str, typed: str) -> Refused:
    """A refusal with the right form, and with the mended request where that would be accepted."""
    verdict = check(replace(tidy, name=name)) if name and name != typed else None
    mended = verdict.request if isinstance(verdict, Accepted) else verdict.mended if verdict else None
    form = _form(tidy, mended.name if mended else "")
    return Refused(fault, "name", f"{why}; say {form}", form, mended)


def _form(request: PageRequest, name: str) -> str:
    return called(replace(request, name=name or _SOMEBODY.get(request.language, _ANYBODY)))


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-Z][ ·・•.-]?(?=[A-Z]*[0-9])[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳领]"
    r"|[A-Z]{2,3}-?[0-9]{4}|[0-9]{4}-?[A-Z]{2}|[A-Z]{2} ?[0-9]{1,4}"
)


def _of_plate(request: PageRequest) -> Refused | None:
    if request.reason is not Reason.VEHICLE:
        why = "a plate is said only where a vehicle is to be moved"
        return Refused(Fault.PLATE, "plate", why) if request.plate else None
    if not request.plate:
        return Refused(Fault.PLATE, "plate", "a page about a vehicle needs its plate, as 京A·12345")
    if not _PLATE.fullmatch(request.plate):
        return Refused(Fault.PLATE, "plate", "this is no plate; write it as 京A·12345, 粤B·D12345 or ABC-1234")
    return None


def _of_place(typed: str, tidy: PageRequest, unsayable: frozenset[str]) -> Refused | None:
    if fault := _bad_characters(typed, _IN_PLACES, digits=True):
        return Refused(Fault.PLACE, "place", f"the place has {fault[1]}; write it as the store calls it")
    if len(tidy.place) > LONGEST_PLACE:
        return Refused(Fault.PLACE, "place", f"the place is longer than {LONGEST_PLACE} characters")
    if any(char.isalpha() and _script(char) == "other" for char in tidy.place):
        return Refused(Fault.PLACE, "place", "no voice reads this script; write hanzi or Latin letters")
    if tidy.language == _ENGLISH and any(_script(char) == "hanzi" for char in tidy.place):
        return Refused(Fault.LANGUAGE, "place", "an English page needs the place in English, as gate 2")
    if missing := [char for char in tidy.place if char in unsayable]:
        return Refused(Fault.UNSAYABLE, "place", f"no voice can say {' '.join(missing)}; write it otherwise")
    return None


def _bad_characters(text: str, allowed: str, *, digits: bool) -> tuple[Fault, str] | None:
    """The first kind of character that cannot stand in a name or place, with its plain description."""
    kinds = [_kind(char) for char in text if char not in allowed]
    for fault, what in (
        (Fault.EMOJI, "an emoji or symbol"),
        (Fault.CONTROL, "an invisible control character"),
        (Fault.MARKUP, "markup"),
        (Fault.DIGITS, "digits"),
        (Fault.MARKS, "punctuation"),
    ):
        if fault in kinds and not (digits and fault is Fault.DIGITS):
            return fault, what
    return None


def _kind(char: str) -> Fault | None:
    category = unicodedata.category(char)
    if char.isalpha() or char == "〇":
        return None
    if category in ("So", "Sk") or char in "\ufe0f\u200d\u20e3" or "\U0001f000" <= char <= "\U0001faff":
        return Fault.EMOJI
    if category[0] in "CZM":
        return Fault.CONTROL
    if char in '<>{}[]\\|`*_#/@=~^%$"&+':
        return Fault.MARKUP
    return Fault.DIGITS if category[0] == "N" else Fault.MARKS


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith(("CJK UNIFIED", "CJK COMPAT", "IDEOGRAPHIC NUMBER ZERO")):
        return "hanzi"
    return "latin" if name.startswith("LATIN") else "other"


def _tidied(text: str) -> str:
    """Full-width letters made plain, no outer spaces, single inner ones; between hanzi only where they tell a name."""
    text = " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text)).split())
    joined = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text)
    return joined if joined == text or carried(joined) is None else text
