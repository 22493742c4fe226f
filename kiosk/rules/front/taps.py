"""What a tap on the touchscreen means: some concern the screen itself, the others are passed to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.rules.forms.flow import Act, Flow, Given, Sought
from kiosk.rules.front.ease import Ease
from kiosk.rules.front.staff_taps import StaffOrder, StaffTap
from kiosk.rules.lockers.locker import Size
from kiosk.rules.lockers.things import Ask
from kiosk.units import Language


class Page(Enum):
    """What is open while no procedure runs."""

    HOME = "home"
    CODE = "code"  # the short code of a ticket is typed
    FETCH = "fetch"  # the tag is to be scanned
    MORE = "more"  # the services that the home screen has no room for
    EASE = "ease"  # larger text, stronger contrast, lower controls


@dataclass(frozen=True, slots=True)
class Went:
    """To another page."""

    page: Page


@dataclass(frozen=True, slots=True)
class Spoke:
    """A language was chosen."""

    language: Language


@dataclass(frozen=True, slots=True)
class Eased:
    """The screen is to be easier."""

    ease: Ease


@dataclass(frozen=True, slots=True)
class Typed:
    """A digit of the code."""

    digit: str


@dataclass(frozen=True, slots=True)
class Erased:
    """The last digit was wrong."""


@dataclass(frozen=True, slots=True)
class StillThere:
    """Yes, the shopper is."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was told has been read."""


@dataclass(frozen=True, slots=True)
class StoreWanted:
    """Somebody wants to leave something."""


@dataclass(frozen=True, slots=True)
class SizeWanted:
    """In a locker of that size."""

    size: Size


@dataclass(frozen=True, slots=True)
class Agreed:
    """Yes, to what the procedure asks at that step."""

    step: str


@dataclass(frozen=True, slots=True)
class ThingSaid:
    """What is left, by a tap; word: "" for rather not."""

    ask: Ask
    word: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The shopper does not want to go on."""


@dataclass(frozen=True, slots=True)
class StaffWanted:
    """Somebody is to come. about: the question that the screen could not answer, "" for none."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """The code that was typed."""

    code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A service was chosen: its first page."""

    flow: Flow


@dataclass(frozen=True, slots=True)
class Acted:
    """Something was done in the service that is open."""

    act: Act


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What the service's desk answered has been read."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was asked for, and still waits, is wanted no more."""


Order = (  # for the desks
    StoreWanted
    | SizeWanted
    | Agreed
    | ThingSaid
    | GivenUp
    | StaffWanted
    | CodeGiven
    | Given
    | Sought
    | Dismissed
    | TakenBack
    | StaffOrder
)
Tap = (
    StoreWanted
    | SizeWanted
    | Agreed
    | ThingSaid
    | GivenUp
    | StaffWanted
    | CodeGiven
    | Given
    | Sought
    | Dismissed
    | TakenBack
    | Went
    | Spoke
    | Eased
    | Typed
    | Erased
    | StillThere
    | Understood
    | Opened
    | Acted
    | StaffTap
)
