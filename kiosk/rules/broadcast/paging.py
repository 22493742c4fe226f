"""Paging somebody: who is called, why and where to, and the sentences that the store says (B11, B12).

The wording is for people and for a voice alike: plates and numbers stay as they are written, and the speech normaliser
reads them out. Whether a request may be aired at all is for `page_check` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.rules.broadcast.page_phrases import PHRASES, Phrases
from kiosk.units import LANGUAGES, Language, ZoneId

TIMES_SAID = 2
MAINLAND = LANGUAGES[0]


class Whom(Enum):
    """Who is looked for; the values are what commands and events say."""

    GUEST = "guest"
    STAFF = "staff"


class Title(Enum):
    """How a person is addressed."""

    MR = "mr"
    MS = "ms"


class Reason(Enum):
    """Why somebody is paged; the values are what commands and events say."""

    FRIEND = "friend"
    CALL = "call"
    VEHICLE = "vehicle"
    CHILD = "child"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page as it was asked for.

    name: 1 to 30 characters, as it is to be spoken; "" where a vehicle's driver is unknown.
    reason: None says only where to come. place: as the store calls it, in the page's language; "" is the service desk.
    plate: the vehicle's, with the reason VEHICLE only. zones: where it is heard, () is the whole store.
    times: how often it is said, 1 to 5.
    """

    whom: Whom
    title: Title
    name: str
    reason: Reason | None = None
    place: str = ""
    language: Language = MAINLAND
    plate: str = ""
    zones: tuple[ZoneId, ...] = ()
    times: int = TIMES_SAID


def wording(request: PageRequest) -> str:
    """What is said: the call, the reason and the place, `times` over, and thanks (来宾×××先生，请您到总服务台。)."""
    phrases = _phrases(request)
    sentence = f"{called(request)}{phrases.comma}{clause(request)}"
    return phrases.gap.join([*[sentence] * request.times, phrases.thanks])


def called(request: PageRequest) -> str:
    """How the person is called: 来宾王小明先生, 本公司王小明小姐, Guest Mr Wang."""
    phrases = _phrases(request)
    if not request.name:
        return phrases.driver.format(plate=request.plate)
    title = phrases.titles[request.title.value]
    return phrases.calls[request.whom.value].format(name=request.name, title=title)


def clause(request: PageRequest) -> str:
    """What the person is asked to do, and why: 您的朋友正在等您，请您到一楼东门。"""
    phrases = _phrases(request)
    key = request.reason.value if request.reason else "none"
    if request.reason is Reason.VEHICLE:
        key += ("-named" if request.name else "") + ("-there" if request.place else "")
    asked = phrases.of_staff.get(key) if request.whom is Whom.STAFF else None
    return (asked or phrases.asked[key]).format(place=request.place or phrases.desk, plate=request.plate)


def _phrases(request: PageRequest) -> Phrases:
    return PHRASES.get(request.language, PHRASES[MAINLAND])
