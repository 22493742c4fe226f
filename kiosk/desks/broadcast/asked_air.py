"""An attendant that airs what the front role asks for through the ledger: a reminder about the bags, say (L03)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import AirAsked, Message
from kiosk.errors import LedgerFault
from kiosk.ports.bag_day import AirRequest, AirRequests, AirStage
from kiosk.ports.broadcast import Ended
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.starting_over import AGAIN
from kiosk.sentences import N_, tell
from kiosk.units import ScriptId

LOOK_S = 1.0
FRONT = "front"
TRIES = 2  # so often a page is put on the air that cannot be played
UNREAD = N_("what the front role wants aired cannot be read")
LATE = "it was not aired in time"
ABSENT = "it is not in today's binder or cannot be played; see kiosk check"
NOT_ROUTINE = "only a routine page is aired for the front role"


@dataclass(slots=True)
class AskedAir:
    """An attendant. A request is closed once its page was read to its end; until then a restart airs it again."""

    requests: AirRequests
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _keys: dict[int, str] = field(default_factory=dict)
    _tries: dict[int, int] = field(default_factory=dict)
    _ended: dict[int, tuple[AirStage, str]] = field(default_factory=dict)

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        if isinstance(message, Ended):
            for n, key in list(self._keys.items()):
                if message.key == key:
                    self._over(n, message)

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S:
            return
        self._looked_s = mono_s
        try:
            for request in self.requests.waiting():
                self._see_to(request, now)
        except LedgerFault as fault:
            self._desk.warn(tell("{what}: {fault}", what=tell(UNREAD), fault=fault))
        else:
            self._desk.withdraw(UNREAD)

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _see_to(self, request: AirRequest, now: datetime) -> None:
        if request.n in self._ended:
            stage, why = self._ended[request.n]
            self._close(request, stage, why, now)
            return
        key = self._keys.get(request.n)
        if key is not None and self._desk.counter.holds(key):
            return  # it waits for the song's end, or is heard just now
        self._keys.pop(request.n, None)
        if now >= request.until:
            self._close(request, AirStage.LAPSED, LATE, now)
        elif self._desk.day() is not None:
            self._air(request, now)

    def _air(self, request: AirRequest, now: datetime) -> None:
        counter = self._desk.counter
        script = ScriptId(request.script)
        announcement = counter.material.announcements.get(script)
        why = counter.held.get(script, "")
        if announcement is None:
            why = why or ABSENT
        elif announcement.air_class is not AirClass.ROUTINE:
            why = NOT_ROUTINE
        if announcement is None or why:
            self._desk.line.refuse(FRONT, request.script, why, now)
            self._close(request, AirStage.REFUSED, why, now)
            return
        counter.open = self._desk.is_open(now)
        item = counter.item(announcement, Kind.ANNOUNCEMENT, FRONT, now)
        if counter.in_vain(item, now):
            return  # the same page is on just now, or the equipment is off: it is tried again
        self._keys[request.n] = item.key
        self._tries[request.n] = self._tries.get(request.n, 0) + 1
        self._desk.handle(AirAsked(item))

    def _over(self, n: int, ended: Ended) -> None:
        anew = ended.key.partition(AGAIN)[0] + AGAIN
        again = next((key for key in sorted(self._desk.line.keys()) if key.startswith(anew)), "")
        if again:
            self._keys[n] = again  # the sound output was away, and the line itself reads it again
        elif ended.whole and not ended.cut:
            self._ended[n] = (AirStage.AIRED, "")
        elif ended.fault and self._tries.get(n, 0) >= TRIES:
            self._ended[n] = (AirStage.REFUSED, ended.fault)
        else:
            self._keys.pop(n, None)

    def _close(self, request: AirRequest, stage: AirStage, why: str, now: datetime) -> None:
        self.requests.close(request.n, stage, now, why)
        if stage is not AirStage.AIRED:
            self._desk.journal.note(now, FRONT, f"is {stage.value}", request.script, why=why)
        for known in (self._keys, self._tries, self._ended):
            known.pop(request.n, None)
