"""Joining the bag-storage desk to a Site: its lockers, its ledger, its tags, and what it tells of itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from kiosk.app.locker_words import worded
from kiosk.app.places import Places
from kiosk.app.tag_keys import KeyRing, make_keys
from kiosk.config.bag_storage import Lockers
from kiosk.config.site import Site
from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.counts import Counts
from kiosk.desks.lockers.deposits import Deposits, HandOut
from kiosk.desks.lockers.deposits import Note as DepositNote
from kiosk.desks.lockers.messages import Fault, Happened, Message
from kiosk.desks.lockers.readmission import Readmission
from kiosk.desks.lockers.retrievals import Retrievals
from kiosk.desks.lockers.staff import Staff
from kiosk.desks.lockers.tag_check import TagCheck
from kiosk.desks.lockers.tag_reader import TagReader
from kiosk.desks.lockers.views import Shown
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.hw.lock_simulated import SimulatedBank
from kiosk.hw.scanner import Scanner, device_at
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.reserve import Reserve
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import LockBank
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.codes import text_of
from kiosk.rules.lockers.deposit import DepositTimes
from kiosk.rules.lockers.guesses import Alarm, GuessChoices
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.pulses import PulseChoices
from kiosk.rules.lockers.retrieval import RetrievalTimes
from kiosk.rules.lockers.shown_tag import TagKind
from kiosk.rules.lockers.tags import Plaque
from kiosk.sentences import tell

log = logging.getLogger(__name__)

Post = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class World:
    """What the desk needs of its role: the ledger (raises LedgerFault while there is none), clock and inbox.

    reserve: room on the disk for the last records, None for none.
    """

    ledger: Callable[[], Ledger]
    clock: Clock
    post: Post
    reserve: Reserve | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of the store: the ledger's page of them, and the keys that sign them."""

    pages: TagPages
    ring: KeyRing

    def text_of(self, locker: Locker) -> str:
        """What the tag says that was handed out with what lies in a locker, else its plaque, when it is scanned.

        Raises DeviceFault without keys, LedgerFault.
        """
        ticket = self.pages.ticket_of(locker.deposit) if locker.deposit else None
        if ticket is not None:
            return text_of(ticket, self.ring.accepted()[0])
        return text_of(Plaque(locker.number, locker.generation), self.ring.accepted()[0])

    def issue(self, locker: Locker, by: str, now: datetime) -> None:
        """Issue its plaque, where that was not done. Raises DeviceFault, LedgerFault."""
        plaque = Plaque(locker.number, locker.generation)
        if self.pages.issued(plaque) is None:
            self.pages.issue_plaque(plaque, by, now)


@dataclass(frozen=True, slots=True)
class Front:
    """The desk with those of its attendants that somebody asks. The desk's thread only."""

    desk: BagDesk
    staff: Staff
    deposits: Deposits
    retrievals: Retrievals
    counts: Counts
    choices: Lockers
    clock: Clock

    def report(self) -> LockersReport:
        """How everything stands now."""
        cabinet = self.desk.cabinet
        shown: dict[str, Shown] = {one.seat: one for one in (*self.deposits.shown(), *self.retrievals.shown()[::-1])}
        return LockersReport(
            now=self.clock.now(),
            lockers=tuple(cabinet.lockers[id] for id in sorted(cabinet.lockers)),
            places={id: place.where for id, place in self.choices.places.items()},
            for_staff={locker.id: why for locker, why in cabinet.for_staff()},
            warnings=self.desk.warnings,
            seats={seat: worded(one.sentence, one.number) for seat, one in shown.items()},
            steps={seat: one.step for seat, one in shown.items()},
            emergency_left=self.staff.emergency_left,
            counts=self.counts.shown(),
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """Who works at the desk beside those that give and take bags. hand_out: has a ticket printed, where no plaques hang
    there. counts: who counts tags, at the readers that otherwise open lockers. seats: where tags are shown.
    note: keeps what shoppers say of their things, None: they are not asked."""

    hand_out: HandOut
    counts: Counts
    seats: frozenset[str]
    others: tuple[Attendant, ...]
    note: DepositNote | None = None


def tags_of(places: Places, world: World) -> Tags:
    """The keys are made here at the first start; what is wrong with them is told, and tags wait for it."""
    ring = KeyRing(places.tag_keys, world.clock.now)
    pages = TagPages(world.ledger, ring.accepted)
    try:
        make_keys(places.tag_keys, in_use=pages.keys_in_use())
    except (DeviceFault, LedgerFault) as fault:
        world.post(Fault(str(fault)))
    return Tags(pages, ring)


def front_of(
    choices: Lockers,
    bank: LockBank,
    tags: Tags,
    world: World,
    beside: Beside,
) -> Front:
    """The desk as [lockers] wants it."""
    zone = world.clock.now().tzinfo
    assert zone is not None

    def call_staff(alarm: Alarm, entrance: str) -> None:
        text = tell("{entrance}: {alarm}", entrance=entrance, alarm=tell(alarm.value))
        world.post(Fault(text) if alarm is Alarm.CLOSED else Happened(text))  # closed it stays until it is admitted

    limit = GuessChoices(choices.wrong_tags, choices.forgeries, choices.wrong_within_s)
    check = TagCheck(tags.pages, tags.ring.accepted, call_staff, limit)
    reader = TagReader(check, tags.pages, lambda number: desk.cabinet.numbered(number))
    times = DepositTimes(choices.undecided_s, choices.close_s, choices.show_tag_s)
    deposits = Deposits(times, beside.hand_out, TagKind.TICKET if choices.tickets else TagKind.PLAQUE, beside.note)
    retrievals = Retrievals(reader, deposits, RetrievalTimes(choices.grace_s, choices.again, choices.close_s))
    counts = beside.counts
    retrievals.counts_at, counts.seat_of = counts.counts_at, retrievals.seat_of
    staff = Staff()
    desk = BagDesk(
        clock=world.clock,
        bank=bank,
        book=LedgerLockers(world.ledger, zone, world.reserve),
        plan={id: place.size for id, place in choices.places.items()},
        attendants=(*beside.others, staff, Readmission(check, beside.seats), deposits, retrievals, counts),
        choices=PulseChoices(settle_s=choices.answer_s, rest_s=choices.rest_s, pulses=choices.tries),
        held_open_s=choices.open_longest_s,
    )
    return Front(desk, staff, deposits, retrievals, counts, choices, world.clock)


@contextmanager
def bank_of(
    choices: Lockers, chip: int | None, world: World, *, simulated: bool
) -> Iterator[tuple[LockBank, SimulatedBank | None]]:
    """The wired bank; a simulated one in the demo, and where the site wires none. chip: of /dev/gpiochip*."""
    mono_s = world.clock.mono_s
    if choices.banks and not simulated:
        from kiosk.app.lock_banks import Wires, lock_bank  # pyserial, gpiozero

        with lock_bank(choices.banks, Wires(world.post, mono_s, chip), rest_s=choices.rest_s) as wired:
            yield wired, None
        return
    played = SimulatedBank(choices.places, post=world.post, mono_s=mono_s, rest_s=choices.rest_s)
    with closing(played):
        yield played, played


@contextmanager
def scanners_of(site: Site, world: World) -> Iterator[None]:
    """Every reader of [[scanners]]; one that is not there is told, and waited for."""
    with ExitStack() as stack:
        for one in site.scanners:
            device = device_at(one.device, one.baud)
            stack.enter_context(closing(Scanner(one.id, device, post=world.post, mono_s=world.clock.mono_s)))
        yield
