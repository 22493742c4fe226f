"""Clean presses out of a contact's raw edges: bounce, spikes, contacts that stick and wires that chatter.

A contact closed without a break for `spike_s` is pressed at once; open for `stable_s`, but for spikes, it is released.
So no press is lost however short it is (waiting longer would not make it truer), and no bounce makes it two. Only time
stamps count: whether time is told often or rarely changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum


@dataclass(frozen=True, slots=True)
class Edge:
    """How a contact stands from `mono_s` on; the first of a button tells how it stood at the start.

    One that repeats what is known changes nothing, so a driver may report anew lest an edge was lost.
    """

    button: str
    closed: bool
    mono_s: float


@dataclass(frozen=True, slots=True)
class Timing:
    """stable_s: the longest bounce, 0.005 to 0.1. stuck_s: nobody holds a button longer.

    chatter_per_s, chatter_s: more steady changes a second, over so long, than fingers make: a wire is loose.
    noise_per_s: more raw edges a second, over chatter_s, than a sound wire has.
    """

    stable_s: float = 0.020
    stuck_s: float = 60.0
    chatter_per_s: float = 25.0
    chatter_s: float = 2.0
    noise_per_s: float = 150.0

    @property
    def spike_s(self) -> float:
        """What is shorter is interference: a lamp's starter makes 1 ms, a finger no less than 20 ms."""
        return self.stable_s / 4

    @property
    def chatter_moves(self) -> int:
        return round(self.chatter_per_s * self.chatter_s)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button is down."""

    button: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class Released:
    """The button is up; let_go False: it only counts as up, because its contact cannot be trusted."""

    button: str
    mono_s: float
    let_go: bool = True


@dataclass(frozen=True, slots=True)
class StuckReported:
    """The contact has been closed longer than anybody holds a button; it counts as up until it lets go."""

    button: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class ChatterReported:
    """The contact opens and closes faster than fingers do: a loose wire. It is ignored until it is quiet."""

    button: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class NoiseReported:
    """The wire picks up much interference; the button still works, but somebody should look at the wire."""

    button: str
    mono_s: float


@dataclass(frozen=True, slots=True)
class Recovered:
    """A button that was reported stuck or chattering works again."""

    button: str
    mono_s: float


Clean = Pressed | Released | StuckReported | ChatterReported | NoiseReported | Recovered


class Phase(Enum):
    """What a contact counts as."""

    NEW = "not seen yet"
    UP = "up"
    DOWN = "down"
    SHUT = "closed, but counts as up until it lets go"
    IGNORED = "chattering"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact. closed, since_s: the raw level and its beginning. steady, steady_since_s: the level without spikes.

    seen_s: stamp of the last edge. acted_s: when something was last decided; what comes late counts from then.
    held_s: since when it is DOWN or SHUT. told: people know of a trouble that is not over. moves: the last steady
    changes. window_s, edges, noisy: raw edges since window_s, and whether they were reported.
    """

    phase: Phase = Phase.NEW
    closed: bool = False
    since_s: float = 0.0
    steady: bool = False
    steady_since_s: float = 0.0
    seen_s: float = 0.0
    acted_s: float = 0.0
    held_s: float = 0.0
    told: bool = False
    moves: tuple[float, ...] = ()
    window_s: float = 0.0
    edges: int = 0
    noisy: bool = False


Outcome = tuple[Contact, tuple[Clean, ...]]
_Step = Callable[[Contact, str, float, Timing], Outcome]


def seen(contact: Contact, edge: Edge, timing: Timing) -> Outcome:
    """The contact after an edge, once `passed` has brought it to the edge's time."""
    if contact.phase is Phase.NEW:
        return _first(edge), ()
    if edge.closed == contact.closed or edge.mono_s < contact.seen_s:
        return contact, ()
    after = replace(
        contact,
        closed=edge.closed,
        since_s=max(edge.mono_s, contact.acted_s),
        seen_s=edge.mono_s,
        edges=contact.edges + 1,
    )
    if edge.mono_s - after.window_s > timing.chatter_s:
        calm = contact.edges <= timing.noise_per_s * timing.chatter_s
        after = replace(after, window_s=edge.mono_s, edges=1, noisy=after.noisy and not calm)
    if after.noisy or after.edges <= timing.noise_per_s * timing.chatter_s:
        return after, ()
    return replace(after, noisy=True), (NoiseReported(edge.button, edge.mono_s),)


def next_due(contact: Contact, timing: Timing) -> float | None:
    """When time alone changes something, monotonic seconds; None for never."""
    return min((at_s for at_s, _ in _steps(contact, timing)), default=None)


def passed(contact: Contact, button: str, mono_s: float, timing: Timing) -> Outcome:
    """The contact at `mono_s`, and what came of the time until then, in its order."""
    out: list[Clean] = []
    while True:
        at_s, step = min(_steps(contact, timing), key=lambda one: one[0], default=(mono_s, None))
        if step is None or at_s > mono_s:
            return contact, tuple(out)
        contact, told = step(contact, button, at_s, timing)
        contact = replace(contact, acted_s=max(contact.acted_s, at_s))
        out += told


@dataclass(slots=True)
class Contacts:
    """All contacts of a panel: edges and time in, clean events out, each in the order of its stamps."""

    timing: Timing
    _contacts: dict[str, Contact] = field(default_factory=dict)
    _due_s: float | None = None

    def feed(self, edge: Edge) -> tuple[Clean, ...]:
        """What an edge, and the time until it, brought about."""
        before = self.pass_to(edge.mono_s)
        contact, out = seen(self._contacts.get(edge.button, Contact()), edge, self.timing)
        self._contacts[edge.button] = contact
        due_s = next_due(contact, self.timing)
        if due_s is not None and (self._due_s is None or due_s < self._due_s):
            self._due_s = due_s
        return before + out

    def pass_to(self, mono_s: float) -> tuple[Clean, ...]:
        """What the time until `mono_s` brought about."""
        if self._due_s is None or mono_s < self._due_s:
            return ()
        out: list[Clean] = []
        for button, contact in self._contacts.items():
            self._contacts[button], told = passed(contact, button, mono_s, self.timing)
            out += told
        dues = [next_due(contact, self.timing) for contact in self._contacts.values()]
        self._due_s = min((due_s for due_s in dues if due_s is not None), default=None)
        return tuple(sorted(out, key=lambda one: one.mono_s))

    def next_due(self) -> float | None:
        """When to call `pass_to` at the latest, monotonic seconds; None for whenever."""
        return self._due_s


def _first(edge: Edge) -> Contact:
    """A contact that is closed before anybody watched was not pressed now: a jammed button starts nothing."""
    phase = Phase.SHUT if edge.closed else Phase.UP
    at_s = edge.mono_s
    return Contact(phase, edge.closed, at_s, edge.closed, at_s, seen_s=at_s, acted_s=at_s, held_s=at_s, window_s=at_s)


def _steps(contact: Contact, timing: Timing) -> Iterator[tuple[float, _Step]]:
    """What time will do next, by moment; at one moment the first counts."""
    if contact.closed is not contact.steady:
        yield contact.since_s + timing.spike_s, _settle
    match contact.phase:
        case Phase.DOWN | Phase.SHUT:
            if not contact.steady and not contact.closed:
                yield max(contact.steady_since_s + timing.stable_s, contact.since_s), _let_go
            if contact.phase is Phase.DOWN or not contact.told:
                yield contact.held_s + timing.stuck_s, _give_up
        case Phase.IGNORED:
            yield contact.moves[-1] + timing.chatter_s, _calm
        case Phase.UP | Phase.NEW:
            pass


def _settle(contact: Contact, button: str, at_s: float, timing: Timing) -> Outcome:
    """The new level is no spike."""
    moves = (*contact.moves, at_s)[-timing.chatter_moves - 1 :]
    after = replace(contact, steady=contact.closed, steady_since_s=contact.since_s, moves=moves)
    if after.phase is Phase.IGNORED:
        return after, ()
    if len(moves) > timing.chatter_moves and at_s - moves[0] <= timing.chatter_s:
        ignored = replace(after, phase=Phase.IGNORED, told=True)
        report = ChatterReported(button, at_s)
        return ignored, (Released(button, at_s, let_go=False), report) if after.phase is Phase.DOWN else (report,)
    if after.phase is Phase.UP and after.steady:
        return replace(after, phase=Phase.DOWN, held_s=at_s), (Pressed(button, at_s),)
    return after, ()


def _let_go(contact: Contact, button: str, at_s: float, _: Timing) -> Outcome:
    up = replace(contact, phase=Phase.UP, told=False)
    if contact.phase is Phase.DOWN:
        return up, (Released(button, at_s),)
    return up, (Recovered(button, at_s),) if contact.told else ()


def _give_up(contact: Contact, button: str, at_s: float, _: Timing) -> Outcome:
    report = StuckReported(button, at_s)
    out = (Released(button, at_s, let_go=False), report) if contact.phase is Phase.DOWN else (report,)
    return replace(contact, phase=Phase.SHUT, told=True), out


def _calm(contact: Contact, button: str, at_s: float, _: Timing) -> Outcome:
    """The chatter is over; a contact that rests closed waits until it lets go."""
    if contact.steady:
        return replace(contact, phase=Phase.SHUT, held_s=at_s, moves=()), ()
    return replace(contact, phase=Phase.UP, told=False, moves=()), (Recovered(button, at_s),)
