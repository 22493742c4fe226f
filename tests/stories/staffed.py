"""A store with a register of people and somebody on duty, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.duty import Duty, Terms
from kiosk.desks.broadcast.messages import Pressed
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.key_switch import KEY, KeySwitch
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.releases import Page
from kiosk.rules.people.badge import BadgeShown
from kiosk.rules.people.person import Person, Right
from kiosk.units import ScriptId
from tests.desks.broadcast.registers import FakeRegister
from tests.stories.shop import Shop

ANNA = Person("anna", "王安娜", frozenset({Right.ANNOUNCER}), date(2026, 11, 1), login="anna")


BEN = Person("ben", "Ben", frozenset({Right.ANNOUNCER}))


HEAD = Person("hong", "王红", frozenset({Right.HEAD}))


BADGES = {"anna": "0A1B2C3D4E", "ben": "1111111111", "hong": "2222222222"}


MEMBER_DAY, CLOSING = ScriptId("member-day"), ScriptId("closing-30")


PAGES = {
    MEMBER_DAY: Page(MEMBER_DAY, True, AirClass.ROUTINE, "as it reads"),
    CLOSING: Page(CLOSING, False, AirClass.ROUTINE, "as it reads"),
    ScriptId("lost-child"): Page(ScriptId("lost-child"), False, AirClass.URGENT, "as it reads"),
    ScriptId("evacuation"): Page(ScriptId("evacuation"), False, AirClass.EVACUATION, "as it reads"),
}


@dataclass
class Staffed:
    """A shop with a register of people and somebody on duty, or nobody."""

    shop: Shop
    duty: Duty
    register: FakeRegister

    def shows(self, who: str) -> Staffed:
        self.shop.gets(BadgeShown(BADGES.get(who, who)))
        return self

    def turns_key(self, *, on: bool) -> Staffed:
        self.shop.gets(Edge(KEY, on, self.shop.clock.mono_s())).passes(0.1)
        return self

    def presses(self, button: str = "promo") -> Staffed:
        self.shop.gets(Pressed(button))
        return self

    def refusals(self) -> list[tuple[str, str]]:
        return [(note.actor, note.details["why"]) for note in self.shop.notes("is refused")]

    def asked_for(self) -> list[tuple[str, str | None]]:
        return [(item.id, item.operator) for item in self.shop.announcer.air.waiting]


Staff = Callable[..., Staffed]


@pytest.fixture
def staff(office: Office, site: Site) -> Staff:
    def make(
        *people: Person,
        opens: str = "09:20",
        key: bool = False,
        pages: bool = True,
        buttons: str = "",
        **terms: object,
    ) -> Staffed:
        shop, register = Shop(office), FakeRegister()
        for person in people:
            register.registers(person, BADGES.get(person.id, ""))
        duty = Duty(
            register,
            Terms(**terms),  # type: ignore[arg-type] # as the test names them
            PAGES if pages else {},
            {button.id: button for button in site.buttons},
            KeySwitch() if key else None,
        )
        shop.attendants = (duty,)
        shop.opens_at("08:55").until(opens)
        shop.into_a_song()
        return Staffed(shop, duty, register)

    return make
