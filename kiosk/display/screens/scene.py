"""What a screen is made from: who stands there, what the desk says, and what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.display.parts import Kit
from kiosk.ports.touchscreen import FrontView
from kiosk.rules.front.session import Session
from kiosk.sentences import N_ as N_
from kiosk.sentences import said_in
from kiosk.units import LANGUAGES


@dataclass(frozen=True, slots=True)
class Scene:
    """kit: with the looks and the language of the shopper. mono_s: for what counts down.
    resting: the slide that is shown while nobody touches the screen; None while somebody may be there.
    parting: a number of its own for each procedure that has just ended; 0 for none."""

    kit: Kit
    session: Session
    view: FrontView
    now: datetime
    mono_s: float
    idle_left_s: float = 0.0
    resting: int | None = None
    parting: int = 0

    def say(self, english: str) -> str:
        return self.kit.say(english)

    def told(self, text: str) -> str:
        """What somebody told, in this language: a sentence with all that it is made of."""
        return said_in(self.kit.say, text)

    @property
    def chinese(self) -> bool:
        """Whether who stands there reads Chinese: then keys write pinyin first."""
        return self.session.language != LANGUAGES[2]

    @property
    def store_name(self) -> str:
        names = self.view.name
        return names.get(self.session.language) or next(iter(names.values()), "")


NAMES_OF_DAYS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"), N_("Monday"), N_("Tuesday"), N_("Wednesday"),
    N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def day(scene: Scene, at: date) -> str:
    """A date as people say it."""
    return scene.say("{weekday} {day} {month}").format(
        weekday=scene.say(NAMES_OF_DAYS[12 + at.weekday()]), day=at.day, month=scene.say(NAMES_OF_DAYS[at.month - 1])
    )
