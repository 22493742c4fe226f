"""The broadcast equipment's power: the rule's sequence carried out step by step, never faster than the manual (B02)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.errors import DeviceFault
from kiosk.ports.broadcast import PowerSwitches
from kiosk.rules.broadcast.power import Delays, Switching, Unit, down, up

OFF_AGAIN_S = 2.0  # a relay that would not go off is tried again: nothing stays on overnight
OFF_TRIES = 5
LONGEST_S = 10.0  # between looking at the clock and a relay; more is a clock that was set in that very moment
SPARE_S = 1.0  # ready so long before the opening, so that the first note is punctual


@dataclass(slots=True)
class Equipment:
    """open_wire and close_wire: the sound output, opened with the source and given back with it.

    clock: the time once a relay was thrown. left_on: source and amplifier, where a role that was killed left them on,
    warm: they are not sequenced again.
    """

    switches: PowerSwitches
    delays: Delays
    open_wire: Callable[[], None]
    close_wire: Callable[[], None]
    clock: Callable[[], datetime]
    left_on: frozenset[Unit] = frozenset()
    on: set[Unit] = field(default_factory=set)
    _steps: list[tuple[float, Switching]] = field(default_factory=list)
    _rising: bool = False
    _warm: bool = False
    _warm_at: float | None = None
    _begin_at: float | None = None
    _tries: int = 0
    _listeners: set[str] = field(default_factory=set)
    _microphone_on: bool = False

    def __post_init__(self) -> None:
        if self.left_on:
            self._rising = self._warm = True
            self._steps = [(0.0, switching) for switching in up(self.delays)]  # due since ever

    @property
    def lead_s(self) -> float:
        """How long before the first sound power must come on."""
        return self.delays.lead_s

    @property
    def is_off(self) -> bool:
        return not self.on and not self._steps

    @property
    def rising(self) -> bool:
        """Powering up has begun, or is done."""
        return self._rising

    def ready(self, now: datetime) -> bool:
        """Everything is on and warm: sound may go out."""
        return self._warm or (self._warm_at is not None and now.timestamp() >= self._warm_at and not self._steps)

    def next_wake(self) -> datetime | None:
        """When `run` has something to do."""
        moments = [moment for moment, _ in self._steps]
        moments += [moment for moment in (self._begin_at, self._warm_at) if moment is not None]
        return datetime.fromtimestamp(min(moments)).astimezone() if moments else None

    def shift(self, by_s: float) -> None:
        """The wall clock was set: the delays still last as long as the manual says."""
        self._steps = [(moment + by_s, switching) for moment, switching in self._steps]
        self._warm_at = None if self._warm_at is None else self._warm_at + by_s
        self._begin_at = None

    def power_up_for(self, opens: datetime, closes: datetime, now: datetime) -> None:
        """Be ready at the opening, or as soon as may be on a day that has begun; nothing for a day that is over."""
        if self._rising or now >= closes:
            return
        begin_s = opens.timestamp() - self.delays.lead_s - SPARE_S
        if now.timestamp() >= begin_s:
            self.power_up(now)
        else:
            self._begin_at = begin_s

    def power_up(self, now: datetime) -> None:
        """Begin the sequence now, unless it has begun."""
        self._begin_at = None
        if self._rising:
            return
        self._rising, self._tries = True, 0
        start_s = now.timestamp()
        self._steps = [(start_s + switching.after_s, switching) for switching in up(self.delays)]
        self._warm_at = start_s + self.delays.lead_s

    def power_down(self, now: datetime) -> None:
        """Begin the sequence from silence, unless it has begun or everything is off."""
        self._begin_at = None
        if not self._rising:
            return
        self._rising, self._warm, self._tries = False, False, 0
        self._warm_at = None
        self._steps = [(now.timestamp() + switching.after_s, switching) for switching in down(self.delays)]

    def supply(self, listener: str, *, on: bool) -> None:
        """The microphone's supply, for one who listens: on with the first, off with the last (B16). Raises DeviceFault.

        One that would not go off counts as on: whoever asks again has it tried again.
        """
        (self._listeners.add if on else self._listeners.discard)(listener)
        wanted = bool(self._listeners)
        if wanted is self._microphone_on:
            return
        self._microphone_on = True
        self.switches.switch(Unit.MICROPHONE, on=wanted)
        self._microphone_on = wanted

    def run(self, now: datetime) -> None:
        """Do the steps whose time has come. Raises DeviceFault; the next steps follow, what would not go off waits."""
        if self._begin_at is not None and now.timestamp() >= self._begin_at:
            self.power_up(now)
        while self._steps and self._steps[0][0] <= now.timestamp():
            moment, switching = self._steps.pop(0)
            self._wait_longer(now.timestamp() - moment)
            try:
                self._switch(switching, now)
            except DeviceFault:
                self._again(switching, now)
                raise
        if self._warm_at is not None and now.timestamp() >= self._warm_at:
            self._warm, self._warm_at = True, None

    def _wait_longer(self, late_s: float) -> None:
        """A step was late: what follows is as much later, for the manual's delays last from one step to the next."""
        if not self._warm:  # else it was left on by a role that was killed, and is due since ever
            self._steps = [(moment + late_s, switching) for moment, switching in self._steps]
            self._warm_at = None if self._warm_at is None else self._warm_at + late_s

    def _again(self, switching: Switching, now: datetime) -> None:
        """The amplifier still goes off first: what follows waits as well (B02)."""
        self._tries += 1
        if not switching.on and self._tries < OFF_TRIES:
            later = [(moment + OFF_AGAIN_S, one) for moment, one in self._steps]
            self._steps = [(now.timestamp() + OFF_AGAIN_S, switching), *later]

    def _switch(self, switching: Switching, now: datetime) -> None:
        if switching.on:
            self.on.add(switching.unit)
            self._throw(switching, now)
            if switching.unit is Unit.SOURCE:  # after it: a sound card may take its time, and the delay runs from here
                self.open_wire()
        else:
            self.on.discard(switching.unit)
            if switching.unit is Unit.SOURCE:
                self.close_wire()
            self._throw(switching, now)

    def _throw(self, switching: Switching, now: datetime) -> None:
        """What follows counts from when it is done: the desk may have looked at the clock before something longer."""
        self.switches.switch(switching.unit, on=switching.on)
        since_s = (self.clock() - now).total_seconds()
        self._wait_longer(since_s if 0.0 < since_s < LONGEST_S else 0.0)
