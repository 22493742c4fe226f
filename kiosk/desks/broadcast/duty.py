"""Who is on duty at the broadcast desk: who is signed in at the panel, who may do what, and what may not air yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import (
    BinderHeld,
    Message,
    PageAsked,
    Pressed,
    RegisterChanged,
    ScriptAsked,
    SignedIn,
    SignedOut,
)
from kiosk.errors import LedgerFault
from kiosk.ports.broadcast import Register
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.key_switch import KEY, KeySwitch
from kiosk.rules.broadcast.panel import Button
from kiosk.rules.broadcast.releases import Asking, Page, held_back
from kiosk.rules.broadcast.rights import AIRING, Deed, decide, deed_of, works_here
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.people.badge import BadgeShown
from kiosk.rules.people.person import LOGIN, Allowed, Denied, Permission, Person, Right
from kiosk.sentences import tell
from kiosk.units import ScriptId

LOOK_S = 1.0  # so often the register is asked whether it changed
PANEL = "panel"  # the operator of a press at the panel: whoever is signed in there
HOUSE = frozenset({"programme", "front", "self-check"})  # the store itself, by its own settings: never from outside


@dataclass(frozen=True, slots=True)
class Terms:
    """The store's choices. required: only registered people use the desk; None: from the first one on who has
    a right here.

    asking: which pages air only once they are released. signed_in_s: so long a sign-in lasts, anew by each use.
    has_reader: badges are read at the panel.
    """

    required: bool | None = None
    asking: Asking = Asking.POLICY
    signed_in_s: float = 600.0
    has_reader: bool = False


@dataclass(slots=True)
class Duty:
    """An attendant of the desk. key: the panel's key switch, None where there is none; on, it stands for an announcer.

    pages: the binder's, as far as their release goes. Only `objection` may be called by another thread.
    """

    register: Register
    terms: Terms
    pages: Mapping[ScriptId, Page]
    buttons: Mapping[str, Button]
    key: KeySwitch | None = None
    _roster: Roster = field(default_factory=Roster)
    _desk: Desk = field(init=False)
    _signed_in: str = ""
    _until_s: float = 0.0
    _unlocked: bool = False
    _looked_s: float | None = None
    _held: Mapping[ScriptId, str] = field(default_factory=dict)
    _unread: str = ""

    def join(self, desk: Desk) -> None:
        self._desk = desk
        desk.counter.may = self.may
        self._look()

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case BadgeShown(number):
                self._badge(number, now)
            case SignedIn(operator):
                self._sign_in(self._known(operator, now), operator.removeprefix(LOGIN), "PIN", now)
            case SignedOut():
                self._sign_out("signed out", now)
            case RegisterChanged():
                self._look()
            case Edge(button=contact) if contact == KEY and self.key is not None:
                self.key.feed(message)
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if self._signed_in and mono_s >= self._until_s:
            self._sign_out("nobody pressed anything for a while", now)
        if self.key is not None and self.key.pass_to(mono_s) is not self._unlocked:
            self._unlocked = not self._unlocked
            self._desk.journal.note(now, PANEL, "is unlocked" if self._unlocked else "is locked", KEY)
            if not self._unlocked:
                self._sign_out("the key was turned off", now)
        if self._looked_s is None or mono_s - self._looked_s >= LOOK_S:
            self._look()

    def next_wake(self, now: datetime) -> datetime | None:
        dues = [self._until_s] if self._signed_in else []
        if self.key is not None and (due_s := self.key.next_due()) is not None:
            dues.append(due_s)
        return self._desk.wall(min(dues), now) if dues else None

    @property
    def required(self) -> bool:
        """Whether only registered people may use the desk, as things stand."""
        if self.terms.required is not None:
            return self.terms.required
        return any(works_here(one) for one in self._roster.people.values())

    def may(self, operator: str, deed: Deed, now: datetime) -> Permission:
        """Whether that operator may do that, and whom the log is to name. A use of the panel extends the sign-in."""
        permission = self._judged(operator, deed, now)
        if operator == PANEL and self._signed_in and isinstance(permission, Allowed):
            self._until_s = self._desk.clock.mono_s() + self.terms.signed_in_s
        return permission

    def objection(self, message: Message, now: datetime) -> str:
        """What will be said against a message when its turn comes, "" for nothing. Any thread may ask."""
        match message:
            case Pressed(button, operator) if button in self.buttons:
                deed = deed_of(self.buttons[button].action)
            case ScriptAsked(script, operator):
                page = self.pages.get(script)
                deed = Deed.AIR_ROUTINE if page is None else AIRING[page.air_class]
            case PageAsked(_, operator):
                deed = Deed.PAGE
            case _:
                return ""
        permission = self._judged(operator, deed, now)
        return permission.why if isinstance(permission, Denied) else ""

    def shown(self, now: datetime) -> str:
        """Who is on duty at the panel, for the board; "" where nobody has to be."""
        if not self.required:
            return ""
        who = self._roster.person(self._signed_in)
        if who is not None:
            return f"{who.name} until {self._desk.wall(self._until_s, now):%H:%M}"
        return "unlocked by the key" if self._unlocked else "nobody is signed in"

    def _judged(self, operator: str, deed: Deed, now: datetime) -> Permission:
        if operator in HOUSE:
            return Allowed(operator)
        named = operator.removeprefix(LOGIN)
        who = self._at_the_panel(now) if operator == PANEL else self._known(operator, now)
        permission = decide(who, deed, now.date(), named=named)
        if isinstance(permission, Allowed):
            return permission
        if not self.required:
            return Allowed(permission.operator)
        if operator == PANEL and who is None:
            return Denied(PANEL, f"nobody is signed in at the panel: {self._how()}")
        return permission

    def _at_the_panel(self, now: datetime) -> Person | None:
        if self._signed_in and self._desk.clock.mono_s() < self._until_s:
            return self._roster.person(self._signed_in)
        return self._key_holder(now)

    def _key_holder(self, now: datetime) -> Person | None:
        """Whoever was given the key was trained: that is what the key says."""
        if not self._unlocked:
            return None
        return Person(KEY, "whoever holds the key", frozenset({Right.ANNOUNCER}), trained_on=now.date())

    def _known(self, operator: str, now: datetime) -> Person | None:
        if operator == KEY:  # no person has such an id, and nobody outside can say so
            return self._key_holder(now)
        if operator.startswith(LOGIN):
            return self._roster.of_login(operator.removeprefix(LOGIN))
        return self._roster.person(operator)

    def _how(self) -> str:
        ways = ["show your badge"] if self.terms.has_reader else []
        ways += ["turn the key"] if self.key is not None else []
        return " or ".join(ways) or "kiosk sign-in --as ID"

    def _badge(self, number: str, now: datetime) -> None:
        self._sign_in(self._roster.of_badge(number), PANEL, "badge", now)

    def _sign_in(self, who: Person | None, named: str, by: str, now: datetime) -> None:
        if who is None:
            why = (
                tell("the badge is not registered") if by == "badge" else tell("{named} is not registered", named=named)
            )
            self._desk.journal.note(now, named, "is refused", "signing in", why=why)
            self._desk.warn(tell("{why}: see kiosk people list", why=why))
            return
        if who.id != self._signed_in:
            self._sign_out(f"{who.id} signed in", now)
            self._desk.journal.note(now, who.id, "signs in", PANEL, by=by)
            if Right.ANNOUNCER in who.rights and not who.trained(now.date()):
                self._desk.warn(tell("{who} is signed in, but not trained: see kiosk people list", who=who.name))
        self._signed_in, self._until_s = who.id, self._desk.clock.mono_s() + self.terms.signed_in_s

    def _sign_out(self, why: str, now: datetime) -> None:
        if self._signed_in:
            self._desk.journal.note(now, self._signed_in, "signs out", PANEL, why=why)
        self._signed_in = ""

    def _look(self) -> None:
        """Read who is registered and what is released, if that changed; what was known stays where it cannot be."""
        self._looked_s = self._desk.clock.mono_s()
        try:
            roster = self.register.changed()
        except LedgerFault as fault:
            if not self._unread:
                self._desk.warn(tell("who is registered cannot be read: {fault}", fault=fault))
            self._unread = str(fault)
            return
        self._unread = ""
        if roster is not None:
            self._roster = roster
        held = held_back(self.pages.values(), self._roster.releases, self.terms.asking)
        if held != self._held:
            self._held = held
            self._desk.handle(BinderHeld(held))
