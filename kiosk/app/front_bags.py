"""The bag storage of the front role, and who works beside it: counts, lost tags, slips, printers, tills, readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.bag_day import bag_day, closing_choices, demo_closing_choices, note_keeper
from kiosk.app.coils_record import record_coils
from kiosk.app.counting import counts_of
from kiosk.app.demo_staff import DemoStaff
from kiosk.app.front_people import FrontPeople
from kiosk.app.front_wiring import Beside, Front, Tags, World, bank_of, front_of, scanners_of, tags_of
from kiosk.app.lost_slip_printing import lost_slips_of
from kiosk.app.places import Places
from kiosk.app.played_lockers import SEAT
from kiosk.app.printing import presses, print_queue, roll_printer
from kiosk.app.slip_printing import tickets_of
from kiosk.app.till_watch import tills_watched
from kiosk.config.bag_storage import Lockers
from kiosk.config.roll_printers import RollPrinter
from kiosk.config.site import Site
from kiosk.config.wired_banks import LockBankChoices
from kiosk.desks.lockers.device_watch import DeviceWatch
from kiosk.desks.lockers.messages import Fault, Happened
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.desks.lockers.unseen_here import UnseenHere
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.hw.simulated_printer import SimulatedPrinter
from kiosk.ledger.seen_warnings import LedgerUnseen
from kiosk.ports.printer import Printer
from kiosk.sentences import tell

SCREEN_SEAT = "screen"  # the seat of the touchscreen


@dataclass(frozen=True, slots=True)
class House:
    """What the role stands on. demo: the bank is simulated, the staff are the demo's. roll: its printer."""

    site: Site
    places: Places
    world: World
    people: FrontPeople
    demo: bool
    roll: SimulatedPrinter | None = None

    def rolled(self, choice: RollPrinter, mono_s: Callable[[], float]) -> Printer:
        """The demo's printer, whatever a site has."""
        assert self.roll is not None
        return self.roll

    def tell(self, text: str) -> None:
        """Staff must know, as long as it is so."""
        self.world.post(Fault(text))

    def happened(self, text: str) -> None:
        """Staff must know, until somebody has seen to it."""
        self.world.post(Happened(text))


@dataclass(frozen=True, slots=True)
class BagStorage:
    """front: the desk. played: the simulated bank, None for a wired one. devices: knows which of them are away."""

    front: Front
    tags: Tags
    played: SimulatedBank | None
    devices: DeviceWatch

    @property
    def seat(self) -> str:
        """What the touchscreen is called at the desk; a played shopper stands at the same one."""
        return SCREEN_SEAT if self.played is None else SEAT


def bag_storage(house: House, choices: Lockers, stack: ExitStack) -> BagStorage:
    """Everything of it, opened in order; stack: closes it in reverse. Raises DeviceFault."""
    site, places, world = house.site, house.places, house.world
    if not house.demo:
        _record_coils(house, choices.banks)
    # first of all: a role that was killed may have left a coil under current
    bank, played = stack.enter_context(bank_of(choices, site.panel.chip, world, simulated=house.demo))
    if not (choices.places or house.demo):
        played = None  # nothing is simulated where there is nothing
    tags = tags_of(places, world)
    keep: Path | None = None if played is None or house.roll is not None else places.slips
    queue = print_queue(places, world.ledger, site.zone_info)
    hand_out = stack.enter_context(tickets_of(site, tags.pages, house.happened, keep, queue))
    driver = roll_printer if house.roll is None else house.rolled
    stack.enter_context(presses(site, places, world.ledger, world.clock, house.happened, driver))
    slips = stack.enter_context(lost_slips_of(site, places, world, keep))
    closing = demo_closing_choices if house.demo else closing_choices
    minding = bag_day(site, places, world.ledger, house.people.person, house.tell, closing) if choices.places else ()
    staffed = (DemoStaff(),) if house.demo else ()
    seats = _seats(site, simulated=played is not None)
    counts = counts_of(site, world, tags, house.people.person, seats)
    devices = DeviceWatch()
    unseen = UnseenHere(LedgerUnseen(world.ledger, "front", site.zone_info))
    others = (StaffCounter(house.people.person), *minding, *slips, *staffed, devices, unseen)
    note = note_keeper(site, places, world.ledger)
    front = front_of(choices, bank, tags, world, Beside(hand_out, counts, seats, others, note))
    stack.enter_context(scanners_of(site, world))
    stack.enter_context(tills_watched(site, places, world.post))
    return BagStorage(front, tags, played, devices)


def _record_coils(house: House, banks: Sequence[LockBankChoices]) -> None:
    coils = house.places.coils
    try:
        record_coils(coils, banks, house.site.panel.chip)
    except OSError as error:  # then the site is read instead, which takes longer
        house.tell(
            tell(
                "{coils} cannot be written: {cause}; let the kiosk's user write there",
                coils=coils,
                cause=error.strerror,
            )
        )


def _seats(site: Site, *, simulated: bool) -> frozenset[str]:
    """Where something can be scanned: every reader, and the screens beside which they are."""
    screens = {SEAT} if simulated else {SCREEN_SEAT} if site.touchscreen is not None else set()
    return frozenset(one.id for one in site.scanners) | screens
