"""The self-check before opening: when it is due, what was found, and the report of it, worst first (B01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from kiosk.rules.broadcast.checks import CHECKS, Check, Topic, check_of
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.sentences import tell

TONE_LEAD_S = 60.0  # the tone, and switching for it, begin no later before the opening
MOST_TOLD = 3  # faults that the board names one by one


class Result(Enum):
    """What came of a look; the values are what the ledger and JSON say. Worst first."""

    FAULT = "fault"
    UNKNOWN = "could not be checked"
    OK = "ok"


DEVICES = frozenset({Topic.OUTPUT, Topic.POWER, Topic.MICROPHONE, Topic.TONE, Topic.LAMPS})
"""Topics whose faults are a device's, rather than a file's or the machine's."""

_RANK = {result: rank for rank, result in enumerate(Result)}
_PLACE = {check.topic: place for place, check in enumerate(CHECKS)}


class Occasion(Enum):
    """Why it ran; the values are what the ledger and JSON say."""

    BEFORE_OPENING = "before opening"
    LATE_START = "after a late start"
    WHILE_OPEN = "while open"  # there is no opening: the day goes on from the one before
    ASKED = "asked for"


@dataclass(frozen=True, slots=True)
class SelfCheckChoices:
    """The store's choices. before_s: how long before the opening it begins, 300 to 10800. tone: whether it plays one.

    tone_dbfs: the tone's level before the zones' volumes, -60 to -12. microphone: the name of the one that listens,
    "" for the default, None where there is none. in_hall: it is known to hear the hall; else it may be in a room apart.
    """

    before_s: float = 1200.0
    tone: bool = True
    tone_dbfs: float = -30.0
    microphone: str | None = None
    in_hall: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and in one sentence what was measured."""

    topic: Topic
    result: Result
    what: str

    @property
    def check(self) -> Check:
        """What it proves, and who acts on a fault."""
        return check_of(self.topic)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole self-check of a business day. findings: worst first, at least one for every topic."""

    day: date
    occasion: Occasion
    begun: datetime
    ended: datetime
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Result:
        """That of the worst finding that is known; what could not be checked makes nobody wait."""
        return Result.FAULT if self.faults else Result.OK

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What somebody has to mend."""
        return tuple(finding for finding in self.findings if finding.result is Result.FAULT)

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """What nobody knows."""
        return tuple(finding for finding in self.findings if finding.result is Result.UNKNOWN)


def ok(topic: Topic, what: str) -> Finding:
    return Finding(topic, Result.OK, what)


def fault(topic: Topic, what: str) -> Finding:
    return Finding(topic, Result.FAULT, what)


def unknown(topic: Topic, what: str) -> Finding:
    return Finding(topic, Result.UNKNOWN, what)


def report_of(day: date, occasion: Occasion, begun: datetime, ended: datetime, findings: Iterable[Finding]) -> Report:
    """Findings, in any order, as a report; a topic that nobody looked at could not be checked."""
    found = tuple(dict.fromkeys(findings))
    looked_at = {finding.topic for finding in found}
    missing = tuple(
        unknown(check.topic, tell("nobody looked at it")) for check in CHECKS if check.topic not in looked_at
    )
    ordered = sorted((*found, *missing), key=lambda finding: (_RANK[finding.result], _PLACE[finding.topic]))
    return Report(day, occasion, begun, ended, tuple(ordered))


def due_at(day: BusinessDay, before_s: float) -> datetime:
    """When the check begins, so that faults can still be mended before the store opens; where the doors stay open, as
    the day begins."""
    return day.opens if day.joins_before else day.opens - timedelta(seconds=before_s)


def occasion_for(day: BusinessDay, now: datetime) -> Occasion:
    """Whether there still is an opening to be ready for."""
    if day.joins_before:
        return Occasion.WHILE_OPEN
    return Occasion.BEFORE_OPENING if now < day.opens else Occasion.LATE_START


def may_sound(day: BusinessDay | None, now: datetime) -> bool:
    """Whether a test tone may go out and relays may be switched for it: never near or in the broadcast hours."""
    if day is None:
        return True
    closed = now >= day.closes and not day.joins_after
    return closed or (now.timestamp() < day.opens.timestamp() - TONE_LEAD_S and not day.joins_before)


def told(report: Report) -> tuple[str, ...]:
    """What the people at the desk are told at once: each fault, who acts, and how to mend it."""
    faults = report.faults
    shown = faults if len(faults) <= MOST_TOLD else faults[: MOST_TOLD - 1]
    lines = [f"self-check: {one.what}. {one.check.who.value.capitalize()}: {_remedy(one.check)}" for one in shown]
    if len(shown) < len(faults):
        lines.append(f"self-check: {len(faults) - len(shown)} more faults; see kiosk selfcheck")
    return tuple(lines)


def state_line(report: Report) -> str:
    """The report in half a line, for the board."""
    faults, unchecked = len(report.faults), len(report.unchecked)
    verdict = f"{faults} fault{'s' if faults != 1 else ''}" if faults else "all well"
    return f"self-check {report.ended:%H:%M}: {verdict}" + (f", {unchecked} unchecked" if unchecked else "")


def _remedy(check: Check) -> str:
    return list(check.remedy.values())[-1]  # English, as all that the board says
