"""The counter: what people ask for by button, by name or as a page is put on the air, held, or refused with a line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.line import Line
from kiosk.desks.broadcast.messages import AirAsked, PageAsked, Pressed, ScriptAsked
from kiosk.desks.broadcast.requests import in_vain, item_of, whom
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import AirClass, Announcement
from kiosk.rules.broadcast.on_air import NextSong, Replanned, Requested, Reset
from kiosk.rules.broadcast.page_check import Accepted, Refused, Verdict, check
from kiosk.rules.broadcast.panel import AIRS, TALKS, Button, ButtonAction, Hold, Together
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.rights import AIRING, Deed, deed_of
from kiosk.rules.people.person import Allowed, Denied, Permission
from kiosk.sentences import tell
from kiosk.units import ScriptId, ZoneId

OFF = "the equipment is off; the store is closed"
UNKNOWN = "it is not in today's binder or cannot be played; see kiosk check"
UNPLANNED = "the day is being planned; ask again in a moment"
EMERGENCIES = (AirClass.URGENT, AirClass.EVACUATION)


def anybody(operator: str, deed: Deed, now: datetime) -> Permission:
    """Everybody may do everything: a desk that nobody was set to watch, as in a rendering."""
    return Allowed(operator)


@dataclass(slots=True)
class Counter:
    """material: what can be asked for today. open: the store is open to shoppers. hold_s: how long a guard wants.

    may: who may do what (B14). held: pages that may not air, each with why (B13). planned: today's binder is known.
    waiting_for_power: emergencies outside the broadcast hours, and what comes while the equipment powers up.
    others: what an attendant does for a button that airs no script: given the button, who pressed, and when.
    """

    line: Line
    equipment: Equipment
    buttons: Mapping[str, Button]
    hold_s: float = 3.0
    material: Material = field(default_factory=lambda: Material({}, {}))
    open: bool = False
    waiting_for_power: list[Item] = field(default_factory=list)
    others: dict[ButtonAction, Callable[[Button, str, datetime], None]] = field(default_factory=dict)
    may: Callable[[str, Deed, datetime], Permission] = anybody
    held: Mapping[ScriptId, str] = field(default_factory=dict)
    planned: bool = False

    def ask(self, asked: Pressed | ScriptAsked | AirAsked, now: datetime) -> bool:
        """Take a request; whether it changes what comes after, so that the rest of the day is to be planned anew."""
        match asked:
            case Pressed():
                return self._pressed(asked, now)
            case ScriptAsked(script, operator):
                announcement = self.material.announcements.get(script)
                deed = Deed.AIR_ROUTINE if announcement is None else AIRING[announcement.air_class]
                allowed = self.admit(operator, deed, script, now)
                return allowed is not None and self._ask_script(script, None, allowed, now)
            case AirAsked(item):
                return self._request(item, now)

    def admit(self, operator: str, deed: Deed, what: str, now: datetime) -> str | None:
        """Whom the log is to name for it; None where it is refused, which is logged and told (B14)."""
        match self.may(operator, deed, now):
            case Allowed(named):
                return named
            case Denied(named, why):
                self.line.refuse(named, what, why, now)
                return None

    def page(self, asked: PageAsked, now: datetime, zones: Collection[ZoneId]) -> Verdict:
        """Whether the page may be aired, and as what (B11, B12). The log, kept for ever, is told no name.

        What is wrong with a name may hold the name: the desk is told the kind of fault, whoever asked the rest.
        """
        verdict = check(asked.request, zones=zones)
        match verdict:
            case Accepted(request):
                self.line.journal.note(now, asked.operator, "asks for a page", whom(request))
            case Refused(fault, wrong):
                what = f"the page for {whom(asked.request)}"
                self.line.journal.note(now, asked.operator, "is refused", what, why=fault.value)
                self.line.happened(
                    tell(
                        "{what} is not aired: its {wrong} is not right ({fault})",
                        what=what,
                        wrong=wrong,
                        fault=fault.value,
                    )
                )
        return verdict

    def item(self, announcement: Announcement, kind: Kind, operator: str, now: datetime) -> Item:
        """An announcement as an item with a key of its own."""
        return item_of(announcement, kind, operator, now, self.keys())

    def in_vain(self, item: Item, now: datetime) -> str:
        """Why asking for an item now changes nothing, "" if it does."""
        why = in_vain(item, self.line.air, self.waiting_for_power)
        may_wait = item.air_class in EMERGENCIES or (self.open and self.equipment.rising)
        return why or ("" if self.equipment.ready(now) or may_wait else OFF)

    def holds(self, key: str) -> bool:
        """Whether an item waits, for the air or for the power, or was told to the mixer and is not over."""
        return key in (self.line.keys() | {item.key for item in self.waiting_for_power})

    def let_go(self, key: str, now: datetime) -> None:
        """An item is not wanted any more: it waits no longer; what has begun is read to its end (B10)."""
        self.waiting_for_power = [item for item in self.waiting_for_power if item.key != key]
        self.line.withdraw(key, now)

    def powered(self, now: datetime) -> None:
        """The equipment is ready: what waited for it has its turn."""
        waiting, self.waiting_for_power = self.waiting_for_power, []
        for item in waiting:
            self.line.feed(Requested(item), now)

    def _pressed(self, pressed: Pressed, now: datetime) -> bool:
        name, operator = pressed.button, pressed.operator
        button = self.buttons.get(name)
        if button is None:
            why = f"there is none of that name; there are: {', '.join(self.buttons)}"
            self.line.refuse(operator, f"button {name}", why, now)
            return False
        if unguarded := _unguarded(button, pressed.held_s, self.hold_s):
            self.line.refuse(operator, f"button {name}", unguarded, now)
            return False
        if button.action in TALKS:
            return False  # whoever minds the microphone admits and answers
        allowed = self.admit(operator, deed_of(button.action), f"button {name}", now)
        if allowed is None:
            return False
        operator = allowed
        self.line.journal.note(now, operator, "presses", name, means=button.action.value)
        if button.action is ButtonAction.RESET:
            self._reset(operator, now)
        elif button.action is ButtonAction.NEXT_SONG:
            self.line.feed(NextSong(), now)
        elif button.action in self.others:
            self.others[button.action](button, operator, now)
        elif button.script is not None:
            return self._ask_script(button.script, AIRS[button.action], operator, now)
        return False

    def _ask_script(self, script: ScriptId, wanted: AirClass | None, operator: str, now: datetime) -> bool:
        if held := self.held.get(script):
            self.line.refuse(operator, script, held, now)
            return False
        announcement = self.material.announcements.get(script)
        if announcement is None:
            self.line.refuse(operator, script, UNKNOWN if self.planned else UNPLANNED, now)
            return False
        if wanted is not None and announcement.air_class is not wanted:
            why = f"it is {announcement.air_class.value}, the button airs {wanted.value} only"
            self.line.refuse(operator, script, why, now)
            return False
        return self._request(self.item(announcement, Kind.ANNOUNCEMENT, operator, now), now)

    def _request(self, item: Item, now: datetime) -> bool:
        if why := self.in_vain(item, now):
            self.line.refuse(item.operator or "programme", item.id, why, now)
        elif self.equipment.ready(now):
            self.line.feed(Requested(item), now)
            return True
        else:
            self.waiting_for_power.append(item)
            self.equipment.power_up(now)
        return False

    def _reset(self, operator: str, now: datetime) -> None:
        """The evacuation ends, also one that still waits for the power; the programme is laid out anew after it."""
        called_off = [item for item in self.waiting_for_power if item.air_class is AirClass.EVACUATION]
        self.waiting_for_power = [item for item in self.waiting_for_power if item not in called_off]
        for item in called_off:
            self.line.refuse(operator, item.id, "it was reset before the equipment was on", now)
        current = self.line.air.current
        if current is not None and current.air_class is AirClass.EVACUATION:
            self.line.feed(Replanned(()), now)
        self.line.feed(Reset(), now)

    def keys(self) -> set[str]:
        """Keys of the day so far: of what was aired, waits, or was told to the mixer."""
        return self.line.journal.aired | self.line.keys() | {item.key for item in self.waiting_for_power}


def _unguarded(button: Button, held_s: float | None, hold_s: float) -> str:
    """Why a press does not meet the button's guard, "" where it does."""
    if held_s is None:
        return ""
    match button.guard:
        case Hold() if held_s < hold_s:
            return f"it is guarded: hold it for {hold_s:g} s"
        case Together(other):
            return f"it is guarded: press it together with {other} on the panel"
        case _:
            return ""
