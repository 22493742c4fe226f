"""The store of the emulated machine: its site, wired to the lines of gpio-sim, and a ledger of a shop in service."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from kiosk.app.places import Places
from kiosk.app.tag_keys import KeyRing, make_keys
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.tags import TagPages
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.tags import Plaque
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI, TEN
from tests.sites import SITE, write_site
from tests.stories.test_touch_shop import TOUCHSCREEN

SOURCE, AMPLIFIER, ON_AIR = 23, 24, 25
PROMO, EVACUATE, RESET = 5, 6, 13
LATCHES, DOORS = (16, 17, 18, 19), (20, 21, 22, 26)
LOCKERS = tuple(LockerId(number) for number in range(1, 5))
GIVEN = LockerId(3)  # to the next shopper
PIN = "482913"
PANEL = f"""
[panel]
on_air_lamp = {ON_AIR}

[power]
source_pin = {SOURCE}
amplifier_pin = {AMPLIFIER}
settle = "1s"
warm = "1s"
quiet = "1s"
drain = "1s"

[lockers]
rest = "500ms"

[[lockers.rows]]
size = "small"
lockers = "1-4"
place = "left wall"

[[lockers.bank]]
driver = "gpio"
lockers = "1-4"
latches = {list(LATCHES)}
doors = {list(DOORS)}

[[scanners]]
id = "lockers"
device = "/dev/input/by-id/kiosk-hil-scanner"
"""
ANNOUNCEMENT_HZ = 550.0
SOUNDS_S = {
    "sounds/welcome.wav": 5.0,
    "sounds/closing.wav": 5.0,
    "sounds/chime.wav": 0.3,
    "sounds/chime-2.wav": 0.3,
    "sounds/speech/member-day.wav": 4.0,
    "sounds/music/song 1.wav": 12.0,
    "sounds/music/song 2.wav": 13.0,
    "sounds/music/song 3.wav": 14.0,
}


def furnish(etc: Path, state: Path) -> None:
    """Site and memory of the store; what its plaques say is left beside the ledger."""
    site = SITE
    for button, pin in (("promo", PROMO), ("evacuate", EVACUATE), ("reset", RESET)):
        site = site.replace(f'id = "{button}"\n', f'id = "{button}"\npin = {pin}\n', 1)
    write_site(etc, site=site + PANEL + TOUCHSCREEN, sounds_s=SOUNDS_S)
    places = Places(etc, state)
    with fresh_ledger(places.ledger) as ledger:
        lina = Person("lina", "Li Na", frozenset({Right.SUPERVISOR}))
        PeoplePages(ledger, b"").add(lina, "test", TEN, pin=PIN)
        book = LedgerLockers(lambda: ledger, SHANGHAI)
        for id in LOCKERS:  # bags in the first two
            locker = Locker(id, Size.SMALL, id, 1, Assignment.FREE, Door.CLOSED, TEN)
            if id < GIVEN:
                lies = Deposit(id, id, id, 1, TEN, stored=TEN, kept=TEN)
                book.write(Entry(TEN, (replace(locker, assignment=Assignment.OCCUPIED, deposit=id),), (lies,)))
            else:
                book.write(Entry(TEN, (locker,)))
        make_keys(places.tag_keys)
        tags = TagPages(lambda: ledger, KeyRing(places.tag_keys, lambda: TEN).accepted)
        said = {str(id): tags.issue_plaque(Plaque(id, 1), "test", TEN) for id in LOCKERS}
    (state / "plaques.json").write_text(json.dumps(said))
