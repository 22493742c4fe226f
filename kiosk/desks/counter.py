"""The counter: what people ask for by button, by name or as a page is put on the air, held, or refused with a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.equipment import Equipment
from kiosk.desks.line import Line
from kiosk.desks.messages import PageAsked, PageSpoken, Pressed, ScriptAsked
from kiosk.desks.requests import in_vain, item_of, whom
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import NextSong, Replanned, Requested, Reset
from kiosk.rules.broadcast.page_check import Accepted, Refused, check
from kiosk.rules.broadcast.panel import AIRS, TALKS, Button, ButtonAction, Hold, Together
from kiosk.rules.broadcast.programme import Item, Kind
from kiosk.rules.broadcast.rights import AIRING, Allowed, Deed, Denied, Permission, deed_of
from kiosk.units import ScriptId

EMERGENCIES = (AirClass.URGENT, AirClass.EVACUATION)


def anybody(operator: str, deed: Deed, now: datetime) -> Permission:
    """Everybody may do everything: a desk that nobody was set to watch, as in a rendering."""
    return Allowed(operator)


@dataclass(slots=True)
class Counter:
    """material: what can be asked for today. open: the store is open to shoppers. hold_s: how long a guard wants.

    may: who may do what (B14). held: pages that may not air, each with why (B13).
    waiting_for_power: emergencies outside the broadcast hours, and what comes while the equipment powers up.
    """

    line: Line
    equipment: Equipment
    buttons: Mapping[str, Button]
    hold_s: float = 3.0
    material: Material = field(default_factory=lambda: Material({}, {}))
    open: bool = False
    waiting_for_power: list[Item] = field(default_factory=list)
    may: Callable[[str, Deed, datetime], Permission] = anybody
    held: Mapping[ScriptId, str] = field(default_factory=dict)

    def ask(self, asked: Pressed | ScriptAsked | PageSpoken, now: datetime) -> bool:
        """Take a request; whether it changes what comes after, so that the rest of the day is to be planned anew."""
        match asked:
            case Pressed():
                return self._pressed(asked, now)
            case ScriptAsked(script, operator):
                announcement = self.material.announcements.get(script)
                deed = Deed.AIR_ROUTINE if announcement is None else AIRING[announcement.air_class]
                allowed = self.admit(operator, deed, script, now)
                return allowed is not None and self._ask_script(script, None, allowed, now)
            case PageSpoken(page, announcement, fault):
                if announcement is None:
                    self.line.refuse(page.operator, f"the page for {whom(page.request)}", fault, now)
                    return False
                return self._request(item_of(announcement, Kind.PAGE, page.operator, now, self._keys()), now)

    def admit(self, operator: str, deed: Deed, what: str, now: datetime) -> str | None:
        """Whom the log is to name for it; None where it is refused, which is logged and told (B14)."""
        match self.may(operator, deed, now):
            case Allowed(named):
                return named
            case Denied(named, why):
                self.line.refuse(named, what, why, now)
                return None

    def page(self, asked: PageAsked, now: datetime) -> PageAsked | None:
        """The page as it is to be spoken, None where it is refused (B12). The log, kept for ever, is told no name."""
        operator = self.admit(asked.operator, Deed.PAGE, f"the page for {whom(asked.request)}", now)
        if operator is None:
            return None
        asked = replace(asked, operator=operator)
        match check(asked.request):
            case Accepted(request):
                self.line.journal.note(now, asked.operator, "asks for a page", whom(request))
                return replace(asked, request=request)
            case Refused(fault, _, why):
                what = f"the page for {whom(asked.request)}"
                self.line.journal.note(now, asked.operator, "is refused", what, why=fault.value)
                self.line.warn(f"{what} is not aired: {why}")
                return None

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
        elif button.script is not None:
            return self._ask_script(button.script, AIRS[button.action], operator, now)
        return False

    def _ask_script(self, script: ScriptId, wanted: AirClass | None, operator: str, now: datetime) -> bool:
        if held := self.held.get(script):
            self.line.refuse(operator, script, held, now)
            return False
        announcement = self.material.announcements.get(script)
        if announcement is None:
            self.line.refuse(operator, script, "it is not in today's binder or cannot be played; see kiosk check", now)
            return False
        if wanted is not None and announcement.air_class is not wanted:
            why = f"it is {announcement.air_class.value}, the button airs {wanted.value} only"
            self.line.refuse(operator, script, why, now)
            return False
        return self._request(item_of(announcement, Kind.ANNOUNCEMENT, operator, now, self._keys()), now)

    def _request(self, item: Item, now: datetime) -> bool:
        operator = item.operator or "programme"
        why = in_vain(item, self.line.air, self.waiting_for_power)
        if why:
            self.line.refuse(operator, item.id, why, now)
        elif self.equipment.ready(now):
            self.line.feed(Requested(item), now)
            return True
        elif item.air_class in EMERGENCIES or (self.open and self.equipment.rising):
            self.waiting_for_power.append(item)
            self.equipment.power_up(now)
        else:
            self.line.refuse(operator, item.id, "the equipment is off; the store is closed", now)
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

    def _keys(self) -> set[str]:
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
