"""What a store chose about its lockers, as plain values that any process can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from kiosk.config.wired_banks import LockBankChoices
from kiosk.rules.lockers.closing import TURN
from kiosk.rules.lockers.locker import Size
from kiosk.units import LockerId, ScriptId


@dataclass(frozen=True, slots=True)
class Place:
    """A locker as the store built it. where: what the slip and staff read."""

    size: Size
    where: str


@dataclass(frozen=True, slots=True)
class Lockers:
    """The lockers and the store's choices about them; seconds, unless they say otherwise.

    places: every locker, in the order of positions. banks: what their latches and doors are wired to, () where they are
    simulated. rest_s: of a latch between two pulses. tries: pulses of one
    opening. answer_s: so long a door may take until its sensor says open. undecided_s: a shopper does nothing at a
    step. open_longest_s: a door stands open before the shopper is asked to close it; close_s: and after. show_tag_s:
    until the tag is shown, once the door is closed. grace_s: for a forgotten thing, with the same tag, `again` times.
    fee_fen: for a lost tag, hundredths of a yuan. two_people: who approves is not who took it. abandoned_s: then a
    lost-tag case lapses. keep_days: personal data after its end.
    reminders_s: before the doors close, longest first. reminder_page: what is aired then, None for none. tidy: the
    checklist, None for the usual one (L12). wrong_tags, forgeries: so many within wrong_within_s at one
    reader, and staff are called. describe: shoppers may say what they leave. tickets: a slip is printed for each
    deposit, else a plaque hangs at each locker.
    slip_printer: its name, "" for the usual one; where it is named, the slips of lost tags are printed there.
    turn: when the lockers' day turns where the doors stay open.
    """

    places: Mapping[LockerId, Place]
    banks: tuple[LockBankChoices, ...] = ()
    rest_s: float = 2.0
    tries: int = 3
    answer_s: float = 1.5
    undecided_s: float = 60.0
    open_longest_s: float = 120.0
    close_s: float = 120.0
    show_tag_s: float = 90.0
    grace_s: float = 60.0
    again: int = 2
    fee_fen: int = 500
    two_people: bool = True
    abandoned_s: float = 72 * 3600.0
    keep_days: int = 30
    reminders_s: tuple[float, ...] = (3600.0, 1800.0, 600.0)
    reminder_page: ScriptId | None = None
    tidy: tuple[str, ...] | None = None
    wrong_tags: int = 5
    forgeries: int = 3
    wrong_within_s: float = 3600.0
    describe: bool = False
    tickets: bool = False
    slip_printer: str = ""
    turn: time = TURN


NO_LOCKERS = Lockers({})
