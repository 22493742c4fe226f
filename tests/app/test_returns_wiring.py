"""What minds returns and pick-ups in staff mode, as a site with a return desk and a printer has it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.front_bags import House
from kiosk.app.front_people import FrontPeople
from kiosk.app.front_wiring import World
from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.returns_wiring import return_corners
from kiosk.app.slip_counter import pickup_book, slip_book
from kiosk.config.load import load_site
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.corner import RoomCorner, Said, Signs
from kiosk.hw.clock import SystemClock
from kiosk.ledger.memory_service import MemoryServiceRecords
from kiosk.ledger.store import Ledger
from kiosk.rules.printing.document import Stamp
from kiosk.rules.returns.pickup import Card, issued
from kiosk.rules.returns.slip import Event, Refused
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import FLOOR, NOW, RECEIPT, SHANGHAI, TAO, TO_STAMPED, done, filled
from tests.sites import SITE, write_site
from tests.test_cli_return_slips import PRINTER, PROJECT, RETURNS


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "site", tmp_path / "state")


@pytest.fixture
def ledger(places: Places) -> Iterator[Ledger]:
    with fresh_ledger(places.ledger) as one:
        yield one


def corners(places: Places, ledger: Ledger, printer: str = PRINTER, returns: str = RETURNS) -> dict[str, RoomCorner]:
    write_site(places.site, site=SITE + returns + printer)
    shutil.copy(PROJECT / "schedules/returns.toml", places.site / "schedules/returns.toml")
    clock = SystemClock(SHANGHAI)
    world = World(lambda: ledger, clock, list[object]().append)
    house = House(load_site(places.site), places, world, FrontPeople(lambda: ledger, clock.now), demo=False)
    services = ServiceDesk(clock, MemoryServiceRecords(), {}, list[str]().append)
    made = return_corners(house, services, lambda note, at: None, list[str]().append)
    return {one.name: one for one in made}


def card_in(places: Places, ledger: Ledger) -> None:
    card = issued(RECEIPT, 1, FLOOR, NOW)
    assert isinstance(card, Card)
    pickup_book(places, lambda: ledger, SHANGHAI).issue(card)


@pytest.mark.rule("R17")
def test_a_card_is_printed_once_more_marked_as_a_copy(places: Places, ledger: Ledger) -> None:
    card_in(places, ledger)

    pickups = corners(places, ledger)["pickup"]

    assert pickups.do("card 1", "print", {}, FLOOR, NOW) == Said("The copies wait for the printer")
    assert [one.key for one in pickups.shelf(FLOOR, NOW)] == ["pickup card 1"]
    queue = print_queue(places, lambda: ledger, SHANGHAI)
    begun = queue.begin("desk", NOW)
    assert begun is not None
    job, sheet = begun
    assert (job.subject, sheet.parts[0]) == ("提货卡 000001", Stamp("副本 COPY"))


def test_without_a_printer_it_is_said_how_else_and_without_a_return_desk_there_is_no_such_room(
    places: Places, ledger: Ledger
) -> None:
    card_in(places, ledger)

    said = corners(places, ledger, printer="")["pickup"].do("card 1", "print", {}, FLOOR, NOW)

    assert said == Said("no printer is named: kiosk returns pickup print 1 --pdf FILE", refused=True)
    assert corners(places, ledger, returns="") == {}


@pytest.mark.rule("R13")
def test_the_evening_is_signed_and_its_register_waits_for_the_printer(places: Places, ledger: Ledger) -> None:
    evening = corners(places, ledger)["day-end"]
    slips = slip_book(places, lambda: ledger, SHANGHAI)
    slip = filled()
    assert not isinstance(slips.fill(slip), Refused)
    slips.keep(done(slip, *TO_STAMPED), was=slip, by="mei", event=Event.STAMP)
    tomorrow, thing = NOW + timedelta(days=1), f"register {NOW.date()}"

    assert [one.key for one in evening.shelf(TAO, NOW)] == []  # the store is open
    assert [one.key for one in evening.shelf(TAO, tomorrow)] == [f"day-end {thing}"]
    assert isinstance(evening, Signs)
    assert not evening.sign(thing, "sign", {}, TAO, TAO, tomorrow).refused
    begun = print_queue(places, lambda: ledger, SHANGHAI).begin("desk", tomorrow)
    assert begun is not None
    assert begun[0].subject == f"退换货登记簿 {NOW.date()}"
