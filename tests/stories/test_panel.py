from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kiosk.desks.broadcast.messages import Message, Tick
from kiosk.desks.broadcast.panel_watch import REPORT_S, PanelWatch
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.debounce import Contacts, Edge, Timing
from kiosk.rules.broadcast.gestures import Hands, Limits, handlings
from kiosk.rules.broadcast.panel import Button, ButtonAction, Hold, Lamp, Together
from kiosk.units import ScriptId
from tests.stories.shop import Shop

PROMO = Button("promo", ButtonAction.SCRIPT, ScriptId("member-day"))
BUTTONS = (
    PROMO,
    Button("evacuate", ButtonAction.EVACUATE, ScriptId("evacuation"), guard=Hold()),
    Button("next", ButtonAction.NEXT_SONG, None, guard=Together("reset")),
    Button("reset", ButtonAction.RESET, None),
)
TIMING = Timing()


class Bench:
    """The panel's wires: what the lamps were told, how often the contacts were asked for, and what breaks."""

    def __init__(self) -> None:
        self.lamps: dict[str, Lamp] = {}
        self.reports = 0
        self.broken = ""

    def show(self, name: str, lamp: Lamp) -> None:
        if self.broken:
            raise DeviceFault(self.broken)
        self.lamps[name] = lamp

    def reads(self, name: str) -> bool | None:
        return self.lamps.get(name) is Lamp.ON

    def report(self) -> None:
        self.reports += 1


class Room:
    """A shop in the morning with a panel; the hand's verbs move its contacts."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.bench = Bench()
        buttons = {button.id: button for button in BUTTONS}
        self.watch = PanelWatch(self.bench, buttons, Contacts(TIMING), Hands(handlings(BUTTONS), Limits()))
        shop.attendants = (self.watch,)
        shop.opens_at("09:30").until("09:35")
        for button in buttons:
            self.move(button, closed=False)

    def move(self, button: str, *, closed: bool) -> None:
        self.shop.gets(Edge(button, closed, self.shop.clock.mono_s()))

    def hold(self, button: str, seconds: float) -> None:
        self.move(button, closed=True)
        self.shop.passes(seconds)
        self.move(button, closed=False)
        self.shop.passes(0.2)

    def chatter(self, button: str, every_s: float, moves: int) -> None:
        for number in range(moves):
            self.move(button, closed=number % 2 == 0)
            self.shop.passes(every_s)

    @property
    def warnings(self) -> list[str]:
        return [text for text in self.shop.announcer.warnings if text.startswith("button")]


@pytest.fixture
def room(shop: Shop) -> Room:
    return Room(shop)


@pytest.mark.rule("B08")
def test_a_press_asks_for_its_script_and_its_lamp_waits_then_burns_while_it_sounds(room: Room) -> None:
    room.shop.into_a_song(5.0)

    room.hold("promo", 0.2)
    waiting = room.bench.lamps["promo"]
    line = room.shop.into_an_announcement(1.0)
    sounding = room.bench.lamps["promo"]
    room.shop.into_a_song(1.0)

    assert (line.id, line.operator) == ("member-day", "panel")
    assert (waiting, sounding, room.bench.lamps["promo"]) == (Lamp.WAIT, Lamp.ON, Lamp.OFF)


@pytest.mark.parametrize("button", ["next", "reset"])
def test_a_button_that_airs_nothing_has_a_dark_lamp(room: Room, button: str) -> None:
    assert room.bench.lamps[button] is Lamp.OFF


def test_an_evacuation_wants_its_button_held(room: Room) -> None:
    room.hold("evacuate", 0.5)
    tried = room.shop.calls("evacuation")

    room.hold("evacuate", 3.2)

    assert tried == []
    assert any("must be held for longer" in text for text in room.warnings)
    assert room.bench.lamps["evacuate"] is Lamp.ON


def test_a_guarded_pair_says_what_is_missing(room: Room) -> None:
    room.hold("next", 0.5)

    assert any("must be pressed together with its partner" in text for text in room.warnings)


def test_a_contact_that_sticks_is_out_of_order_until_it_lets_go(room: Room) -> None:
    room.move("promo", closed=True)
    room.shop.passes(TIMING.stuck_s + 2.0)
    stuck = room.bench.lamps["promo"]

    room.move("promo", closed=False)
    room.shop.passes(1.0)
    room.hold("promo", 0.2)

    assert stuck is Lamp.FAULT
    assert any("it is stuck; free it" in text for text in room.warnings)
    assert room.bench.lamps["promo"] is not Lamp.FAULT


def test_a_loose_wire_is_told_and_ignored(room: Room) -> None:
    room.chatter("promo", 0.03, 200)

    assert any("its contact chatters" in text for text in room.warnings)
    assert room.bench.lamps["promo"] is Lamp.FAULT


def test_noise_on_a_wire_is_told_and_the_button_still_works(room: Room) -> None:
    room.chatter("promo", 0.001, 900)
    room.shop.passes(5.0)
    room.hold("promo", 0.3)

    assert any("there is noise on its wire" in text for text in room.warnings)
    assert room.bench.lamps["promo"] is Lamp.WAIT


def test_contacts_are_read_again_every_second_lest_an_edge_was_lost(room: Room) -> None:
    before = room.bench.reports

    for _ in range(10):
        room.shop.passes(REPORT_S / 2).gets(Tick())

    assert room.bench.reports - before == 5


def test_a_lamp_that_breaks_is_told_and_the_music_goes_on(room: Room) -> None:
    room.bench.broken = "the lamp promo cannot use GPIO 17: the chip does not answer"

    room.shop.until("09:45")

    assert room.bench.broken in room.shop.announcer.warnings
    assert room.shop.silence_s("09:35", "09:45") < 0.5


def test_the_desk_is_woken_when_a_hold_is_long_enough(room: Room) -> None:
    assert room.watch.next_wake(room.shop.now) is None
    room.move("evacuate", closed=True)

    wake = room.watch.next_wake(room.shop.now)

    assert wake is not None
    assert room.shop.now <= wake <= room.shop.now + timedelta(seconds=3.1)
    follow: Callable[[Message, datetime], None] = room.watch.take
    follow(Tick(), room.shop.now)  # no edge: it concerns somebody else
    assert room.watch.next_wake(room.shop.now) == wake
