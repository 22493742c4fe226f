"""The touchscreen with its staff desk, over a bank in virtual time and a real ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.app.album import NAMES
from kiosk.app.touchscreen import view_of
from kiosk.desks.lockers.messages import Message
from kiosk.desks.service.messages import ServiceMessage
from kiosk.desks.staff.binder_corner import BinderCorner
from kiosk.desks.staff.board_corner import CheckCorner, NoticeCorner, WarningCorner
from kiosk.desks.staff.locker_corner import LockerCorner
from kiosk.desks.staff.lost_tag_corner import LostTagCorner
from kiosk.desks.staff.lost_tag_matters import lost_of
from kiosk.desks.staff.messages import Proved, StaffMessage
from kiosk.desks.staff.page_corner import PageCorner
from kiosk.desks.staff.record_corner import RecordCorner
from kiosk.desks.staff.role_corner import RoleCorner
from kiosk.desks.staff.staff_desk import House, Proof, StaffDesk
from kiosk.display.marks import Placed
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.page_decisions import LedgerPageDecisions
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.releases import ReleasePages
from kiosk.ledger.seen_warnings import LedgerSeenWarnings
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.ledger.store import Ledger
from kiosk.ports.lockers import Entry, Note
from kiosk.ports.staff_view import StaffView
from kiosk.rules.broadcast.material import AirClass, Script
from kiosk.rules.broadcast.releases import Asking, Page
from kiosk.rules.lockers.lost_tag import Case
from kiosk.rules.people.person import Person
from kiosk.units import LANGUAGES, ScriptId
from tests.app.touching import Hand, as_the_screen_gets_it
from tests.stories.test_counting_at_the_reader import CountedRoom

PIN = "246135"
CHINESE = LANGUAGES[0]
POLICY = Script(
    ScriptId("return-policy"), {CHINESE: "退换货政策"}, {CHINESE: "三十天内可退换。"}, AirClass.ROUTINE, policy=True
)


@dataclass
class StaffedScreen(Hand):
    """people: who is registered. slow: proofs wait until `looks_at_proofs`. looked: how often the ledger was asked."""

    ledger: Ledger = None  # type: ignore[assignment]
    people: tuple[Person, ...] = ()
    slow: bool = False
    proofs: list[Proof] = field(default_factory=list)
    looked: int = 0
    staff: StaffDesk = field(init=False)
    counted: CountedRoom = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        room = self.room
        assert isinstance(room, CountedRoom)
        self.counted = room
        desk, zone = room.desk, room.now().tzinfo
        assert zone is not None
        self.notices = LedgerNotices(lambda: self.ledger, zone)
        self.pages = LedgerPages(lambda: self.ledger, zone)
        self.decisions = LedgerPageDecisions(lambda: self.ledger, zone)
        self.releases = ReleasePages(self.ledger, zone)
        self.checks = SelfChecks(self.ledger, zone)
        house = House(room, self._prove, self.everybody, self.note, self._handles, room.counts.shown)
        lockers = LockerCorner(desk.cabinet, desk.handle, (("left wall", tuple(room.cells)),))
        lockers.lost = lost_of
        self.lost = LostTagCorner(
            room.lost, desk.cabinet, self._handles, self._names, {}, self.note, self._is_tag, prints=True
        )
        lockers.kept = self.lost.kept
        records = RecordCorner(self.services, self.note)
        self.corners = (
            WarningCorner(lambda: desk.warned, desk.withdraw, self.note, desk.seen),
            PageCorner(self.pages, self.decisions),
            records,
            lockers,
            NoticeCorner(self.notices),
            CheckCorner(self.checks),
        )
        binder = BinderCorner((POLICY,), self._read, self.releases, Asking.POLICY)
        self.roles = RoleCorner(LedgerSeenWarnings(lambda: self.ledger))
        corners = (*self.corners, self.roles, self.lost)
        self.staff = StaffDesk(house, lockers, binder, records, corners, self.roles)

    def everybody(self) -> Mapping[str, Person]:
        self.looked += 1
        return {one.id: one for one in self.people}

    def note(self, line: Note, at: object) -> None:
        self.room.desk.cabinet.records.keep(Entry(self.room.now(), notes=(line,)))

    def _names(self) -> Mapping[str, str]:
        return {one.id: one.name for one in self.people}

    def _is_tag(self, case: Case, text: str) -> bool:
        return text == f"P{case.number}.{case.generation}"

    def noted(self) -> list[tuple[str, str, str]]:
        """What the audit was told: who, what, to what."""
        return [(note.actor, note.action, note.subject) for entry in self.room.entries for note in entry.notes]

    def post(self, message: Message | ServiceMessage | StaffMessage) -> None:
        if isinstance(message, StaffMessage):
            self.staff.handle(message)
        else:
            super().post(message)

    def _tells(self) -> None:
        view = view_of(self.room, self.services, "screen", NAMES, self.hours, self.staff)
        self.face.tell(as_the_screen_gets_it(view))

    def looks(self) -> Placed:
        self.room.settles()
        self._tells()
        self.window._repeat(self.face)
        self.window.draw(self.face)
        self._tells()
        self.window.draw(self.face)
        self.room.settles()
        assert self.window._placed is not None
        return self.window._placed

    @property
    def view(self) -> StaffView | None:
        return self.face._view.fact(StaffView)

    # what staff do

    def holds_the_clock(self, seconds: float = 3.1) -> Placed:
        self.waits(1.0)
        self.presses("clock")
        placed = self.waits(seconds)
        if any(target.name == "clock" for target in placed.targets):
            self.lets_go("clock")
        else:
            self.lets_go(placed.targets[0].name)
        return self.looks()

    def types(self, text: str) -> None:
        self.taps(*(f"key {sign}" for sign in text))

    def enters(self, person: Person, pin: str = PIN) -> Placed:
        self.face.knocks(person.id)  # the badge: the keyboard has its own tests
        self.looks()
        self.types(pin)
        return self.taps("next")

    def looks_at_proofs(self) -> None:
        for proof in self.proofs:
            self.staff.handle(Proved(proof.seat, proof.turn, proof.id, "" if proof.pin == PIN else "wrong PIN"))
        self.proofs.clear()

    def _prove(self, proof: Proof) -> None:
        self.proofs.append(proof)
        if not self.slow:
            self.looks_at_proofs()

    def _handles(self, message: Message) -> None:
        self.room.desk.handle(message)

    def _read(self) -> Mapping[ScriptId, Page]:
        return {POLICY.id: Page(POLICY.id, True, POLICY.air_class, "as it reads")}
