"""Joining staff mode to a Site: who proves PINs, whose badge it is, and the corners of what waits for staff."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from kiosk.app.admission import badge_key
from kiosk.app.bag_day import hours_of, store_day_of
from kiosk.app.binder_pages import pages_of
from kiosk.app.front_bags import House as Role
from kiosk.app.front_loop import Inbox
from kiosk.app.front_people import FrontPeople
from kiosk.app.front_wiring import Front, World
from kiosk.app.new_tags import NewTags
from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.returns_wiring import return_corners
from kiosk.app.service_wiring import forms_of
from kiosk.app.slip_printing import paper_tags
from kiosk.app.tag_keys import KeyRing
from kiosk.config.bag_storage import Lockers
from kiosk.config.site import Site
from kiosk.desks.lockers.lost_slips import LostSlips
from kiosk.desks.lockers.lost_tags import LostTags
from kiosk.desks.lockers.plaques import is_tag_of
from kiosk.desks.printing.press import NOTICES
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.service.service_desk import ServiceDesk
from kiosk.desks.staff.binder_corner import BinderCorner
from kiosk.desks.staff.board_corner import CALLED, CheckCorner, NoticeCorner, WarningCorner
from kiosk.desks.staff.handover_corner import HandoverCorner
from kiosk.desks.staff.locker_corner import LockerCorner
from kiosk.desks.staff.lost_tag_corner import LostTagCorner
from kiosk.desks.staff.lost_tag_matters import lost_of
from kiosk.desks.staff.messages import Proved
from kiosk.desks.staff.page_corner import PageCorner
from kiosk.desks.staff.printer_corner import PrinterCorner
from kiosk.desks.staff.queue_corner import QueueCorner
from kiosk.desks.staff.record_corner import CALLS, RecordCorner
from kiosk.desks.staff.role_corner import RoleCorner
from kiosk.desks.staff.staff_desk import House, Proof, StaffDesk
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.page_decisions import LedgerPageDecisions
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.releases import ReleasePages
from kiosk.ledger.seen_warnings import LedgerSeenWarnings
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.ledger.tags import TagPages
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.broadcast.releases import Page, Release
from kiosk.rules.broadcast.selfcheck import Report
from kiosk.rules.lockers.lost_tag import Case
from kiosk.rules.people.badge import badge_mark
from kiosk.rules.service.returning import ID as RETURNS
from kiosk.units import LockerId, ScriptId

log = logging.getLogger(__name__)

Ask = Callable[[Proof], None]
LONGEST_BADGE = 64


@contextmanager
def prover(people: FrontPeople, inbox: Inbox) -> Iterator[Ask]:
    """A thread that looks at PINs, one after another: a tenth of a second each, which no desk and no window has."""
    asked: queue.SimpleQueue[Proof | None] = queue.SimpleQueue()

    def look() -> None:
        while (proof := asked.get()) is not None:
            inbox.put(Proved(proof.seat, proof.turn, proof.id, people.prove(proof.id, proof.pin)))

    thread = threading.Thread(target=look, name="prover", daemon=True)
    thread.start()
    try:
        yield asked.put
    finally:
        asked.put(None)
        thread.join(timeout=2.0)


@dataclass(frozen=True, slots=True)
class Badges:
    """Whose a badge is; the register is asked at every reading, so that who was removed is known at once."""

    people: FrontPeople
    key: bytes

    def __call__(self, code: str) -> str:
        """The id of whoever's badge says that, "" for nobody's. Raises nothing: without the ledger no badge counts."""
        if not 0 < len(code) <= LONGEST_BADGE:
            return ""
        mark = badge_mark(self.key, code)
        try:
            everybody = self.people.everybody().values()
        except LedgerFault as fault:
            log.warning("no badge is known: %s", fault)
            return ""
        return next((one.id for one in everybody if one.badge_mark == mark and not one.removed), "")


def badges_of(places: Places, people: FrontPeople, warn: Callable[[str], None]) -> Callable[[str], str]:
    """Whose a badge is; nobody's where its key cannot be used, which is told."""
    try:
        return Badges(people, badge_key(places.badge_key))
    except DeviceFault as fault:
        warn(str(fault))
        return lambda code: ""


def staff_desk(role: Role, front: Front, services: ServiceDesk | None, prove: Ask) -> StaffDesk:
    """Staff mode at the screens of this role."""
    site, world = role.site, role.world
    assert site.lockers is not None
    zone, desk = site.zone_info, front.desk

    def note(line: Note, at: datetime) -> None:
        desk.cabinet.records.keep(Entry(at, notes=(line,)))

    house = House(world.clock, prove, role.people.everybody, note, desk.handle, front.counts.shown)
    lost = lost_tags(role, front, note)
    lockers = LockerCorner(desk.cabinet, desk.handle, rows_of(site.lockers))
    if lost:
        lockers.lost, lockers.kept = lost_of, lost[0].kept
    if site.lockers.places:
        ring = KeyRing(role.places.tag_keys, world.clock.now)
        lockers.tags = NewTags(TagPages(world.ledger, ring.accepted), world.clock.now, ring.accepted)
        lockers.prints = paper_tags(site, role.places, world.ledger)
    returns = return_corners(role, services, note, desk.warn)
    minded = frozenset({RETURNS}) if returns else frozenset()
    prints = forms_of(site, role.places, world.ledger, role.people) if site.printers else None

    def answered(seat: str) -> None:
        desk.withdraw(f"{CALLED}{seat}")

    calls = services is not None and CALLS in services.services
    records = None if services is None else RecordCorner(services, note, minded, prints=prints, answered=answered)
    other = RoleCorner(LedgerSeenWarnings(world.ledger))
    ids = tuple(one.id for one in site.printers)
    printing = (PrinterCorner(print_queue(role.places, world.ledger, zone), ids),) if ids else ()
    elsewhere = (*((NOTICES,) if printing else ()), *((f"{CALLS}/",) if calls else ()))
    corners = (
        WarningCorner(lambda: desk.warned, desk.withdraw, note, desk.seen, calls=calls),
        other,
        PageCorner(LedgerPages(world.ledger, zone), LedgerPageDecisions(world.ledger, zone)),
        QueueCorner(QueueDesk(LedgerQueue(world.ledger, zone), store_day_of(site)), site.queue.desks),
        *_handover(site, services),
        *(() if records is None else (records,)),
        *returns,
        *lost,
        lockers,
        *printing,
        NoticeCorner(LedgerNotices(world.ledger, zone), elsewhere),
        CheckCorner(_Checks(world, site)),
    )
    binder = BinderCorner(site.binder, lambda: _pages(site), _Releases(world, site), site.announcers.release)
    return StaffDesk(house, lockers, binder, records, corners, other, returns)


def _handover(site: Site, services: ServiceDesk | None) -> tuple[HandoverCorner, ...]:
    """What minds the ends of shifts, where the store says when they are."""
    if services is None or not site.service.shift_ends:
        return ()
    hours_on = hours_of(site)
    return (HandoverCorner(services, site.service.shift_ends, lambda day: hours_on(day) is not None),)


def lost_tags(role: Role, front: Front, note: Callable[[Note, datetime], None]) -> tuple[LostTagCorner, ...]:
    """What minds lost tags in staff mode; nothing where the bag-storage desk minds none, as without its key."""
    site, world, desk = role.site, role.world, front.desk
    assert site.lockers is not None
    minded = next((one for one in desk.attendants if isinstance(one, LostTags)), None)
    if minded is None:
        return ()
    ring = KeyRing(role.places.tag_keys, world.clock.now)
    pages = TagPages(world.ledger, ring.accepted)

    def names() -> Mapping[str, str]:
        return {id: one.name for id, one in role.people.everybody().items()}

    def is_tag(case: Case, text: str) -> bool:
        return is_tag_of(case, text, ring.accepted(), pages)

    places = {id: place.where for id, place in site.lockers.places.items()}
    prints = any(isinstance(one, LostSlips) for one in desk.attendants)
    corner = LostTagCorner(minded.book, desk.cabinet, desk.handle, names, places, note, is_tag, prints, minded.choices)
    return (corner,)


def rows_of(choices: Lockers) -> tuple[tuple[str, tuple[LockerId, ...]], ...]:
    """The store's rows of lockers as it built them: those that stand at the same place, in their order."""
    rows: dict[str, list[LockerId]] = {}
    for id, place in choices.places.items():
        rows.setdefault(place.where, []).append(id)
    return tuple((where, tuple(ids)) for where, ids in rows.items())


def _pages(site: Site) -> Mapping[ScriptId, Page]:
    return {page.script: page for page in pages_of(site)}


@dataclass(frozen=True, slots=True)
class _Releases:
    """The register of releases, on a ledger that may not be there yet."""

    world: World
    site: Site

    def latest(self) -> Mapping[ScriptId, Release]:
        return ReleasePages(self.world.ledger(), self.site.zone_info).latest()

    def write(self, release: Release, *, why: str = "") -> None:
        ReleasePages(self.world.ledger(), self.site.zone_info).write(release, why=why)


@dataclass(frozen=True, slots=True)
class _Checks:
    """The self-checks, on a ledger that may not be there yet."""

    world: World
    site: Site

    def latest(self) -> Report | None:
        return SelfChecks(self.world.ledger(), self.site.zone_info).latest()
