"""A registered person, what they are to the store, and whether they may do something (rules B04, B14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.sentences import tell

LOGIN = "login:"  # before the name of a user of this machine, as the kernel vouches for it


class Right(Enum):
    """What a person is to the store; the values are what commands and the ledger say."""

    ANNOUNCER = "announcer"
    HEAD = "department-head"
    PLANNING = "planning-department"
    BAGS = "bag-attendant"
    SUPERVISOR = "supervisor"
    CLERK = "service-clerk"
    CASHIER = "cashier"
    AUDITOR = "door-auditor"
    FLOOR = "floor-department"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is registered. id: what logs say; never used again. name: what people read.

    trained_on, trained_until: the first and the last day on which the training is valid; None: never, for ever.
    login: the name on this machine, "" for none. badge_mark: of the badge's number, "" for none. removed: was once.
    """

    id: str
    name: str
    rights: frozenset[Right]
    trained_on: date | None = None
    trained_until: date | None = None
    login: str = ""
    badge_mark: str = ""
    has_pin: bool = False
    removed: bool = False

    def trained(self, today: date) -> bool:
        """Whether the training is valid on a day."""
        begun = self.trained_on is not None and self.trained_on <= today
        return begun and (self.trained_until is None or today <= self.trained_until)

    def lacks(self, today: date) -> str:
        """What the training lacks on a day on which it is not valid, as a sentence."""
        if self.trained_on is None:
            return tell("the training is missing (kiosk people retrain)")
        if today < self.trained_on:
            return tell("the training counts from {day}", day=self.trained_on.isoformat())
        return tell("the training ran out on {day}; renew it (kiosk people retrain)", day=str(self.trained_until))


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done. operator: who the log says did it."""

    operator: str


@dataclass(frozen=True, slots=True)
class Denied:
    """It may not. why: a sentence that says who may, or what is missing."""

    operator: str
    why: str


Permission = Allowed | Denied
