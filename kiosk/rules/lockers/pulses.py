"""How often and how long a latch is pulsed for one opening: bounded, with rests, and then it counts as jammed.

Supplies fail when two coils fire together and coils burn when they are held: the driver fires one at a time and ends
each pulse by itself; this rule says when the next may be asked for, and when to stop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


@dataclass(frozen=True, slots=True)
class PulseChoices:
    """The store's choices. Seconds.

    settle_s: so long after a pulse the sensor has to say that the door is open, 0.2 to 10. rest_s: the least time from
    the end of a pulse to the next of the same latch, 0.2 to 30. pulses: at most so many for one opening, 1 to 5.
    jam_rest_s: after these, so long before the same latch is tried again. answer_s: so long the driver may take to
    begin, while others go first.
    """

    settle_s: float = 1.5
    rest_s: float = 1.0
    pulses: int = 3
    jam_rest_s: float = 15.0
    answer_s: float = 180.0


USUAL = PulseChoices()
LONGEST_S = 10.0  # no pulse lasts longer, whatever the driver was built with


class Stage(Enum):
    """How far the opening of a latch is."""

    RESTING = "resting"  # nothing is asked of it
    ASKED = "asked"  # the driver has the order
    ENERGISED = "energised"
    SETTLING = "settling"  # the pulse is over; the sensor is looked at


class Verdict(Enum):
    """What is to be done with a latch now."""

    WAIT = "wait"
    PULSE = "pulse"  # ask the driver for one more
    OPEN = "open"  # it is done
    STUCK = "stuck"  # no more: it is jammed
    UNSEEN = "unseen"  # no more: the sensor cannot tell what came of it


@dataclass(frozen=True, slots=True)
class Latch:
    """One latch. pulses: asked for in this opening. since_s: when the stage began, monotonic. rests_until_s: before
    that it is not asked for anything. failed: why the last order came to nothing, "" where it was carried out."""

    stage: Stage = Stage.RESTING
    pulses: int = 0
    since_s: float = 0.0
    rests_until_s: float = float("-inf")
    failed: str = ""


def may_begin(latch: Latch, mono_s: float) -> bool:
    """Whether an opening may begin now: nothing is under way, and the latch has rested."""
    return latch.stage is Stage.RESTING and mono_s >= latch.rests_until_s


def asked(latch: Latch, mono_s: float) -> Latch:
    """The driver was given an order: the first of an opening, or one more."""
    before = 0 if latch.stage is Stage.RESTING else latch.pulses
    return replace(latch, stage=Stage.ASKED, pulses=before + 1, since_s=mono_s, failed="")


def energised(latch: Latch, mono_s: float) -> Latch:
    """The driver says that the coil has current."""
    return replace(latch, stage=Stage.ENERGISED, since_s=mono_s) if latch.stage is Stage.ASKED else latch


def pulsed(latch: Latch, mono_s: float, choices: PulseChoices = USUAL, failed: str = "") -> Latch:
    """The pulse is over, or there was none; failed: why, "" for one that was."""
    if latch.stage not in (Stage.ASKED, Stage.ENERGISED):
        return latch
    return replace(latch, stage=Stage.SETTLING, since_s=mono_s, rests_until_s=mono_s + choices.rest_s, failed=failed)


def look(
    latch: Latch, mono_s: float, *, seen: bool, told: bool, choices: PulseChoices = USUAL
) -> tuple[Latch, Verdict]:
    """The latch as time passes. seen: its door was seen open since the order. told: its sensor can be believed."""
    waited_s = mono_s - latch.since_s
    match latch.stage:
        case Stage.RESTING:
            return latch, Verdict.WAIT
        case Stage.ASKED:
            if waited_s < choices.answer_s:
                return latch, Verdict.WAIT
            return _over(latch, mono_s + choices.jam_rest_s), Verdict.STUCK
        case Stage.ENERGISED:
            if waited_s < LONGEST_S:
                return latch, Verdict.WAIT
            return pulsed(latch, mono_s, choices), Verdict.WAIT  # the driver's word that it is over was lost
        case Stage.SETTLING:
            if seen:
                return _over(latch, latch.rests_until_s), Verdict.OPEN
            if mono_s < max(latch.rests_until_s, latch.since_s + choices.settle_s):
                return latch, Verdict.WAIT
            if not told and not latch.failed:
                return _over(latch, latch.rests_until_s), Verdict.UNSEEN
            if latch.pulses < choices.pulses:
                return latch, Verdict.PULSE
            return _over(latch, mono_s + choices.jam_rest_s), Verdict.STUCK


def due_s(latch: Latch, choices: PulseChoices = USUAL) -> float | None:
    """When `look` is to be called at the latest, monotonic; None while nothing is under way."""
    match latch.stage:
        case Stage.RESTING:
            return None
        case Stage.ASKED:
            return latch.since_s + choices.answer_s
        case Stage.ENERGISED:
            return latch.since_s + LONGEST_S
        case Stage.SETTLING:
            return max(latch.rests_until_s, latch.since_s + choices.settle_s)


def _over(latch: Latch, rests_until_s: float) -> Latch:
    return replace(latch, stage=Stage.RESTING, pulses=0, rests_until_s=rests_until_s)
