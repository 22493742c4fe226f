"""Whatever shoppers, staff, latches, sensors, the disk, the clock and the power do: each bag goes to its owner only.

Four statements are proved: a door with somebody's things opens only for that tag, or for the supervisor with the
procedure done; no tag opens two lockers; no locker is given to two; nothing is lost or stuck without staff being told.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.desks.lockers.messages import Care, Confirmed, DepositAsked, GaveUp, Message, SizeChosen
from kiosk.ports.lockers import Scanned
from kiosk.rules.lockers.cabinet import Event
from kiosk.rules.lockers.deposit import Step
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.lockers.retrieval import Step as Fetch
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.stories.bag_room import SMALL, BagRoom
from tests.stories.worn_bank import Killed, Latch, Sensor

DEEP = bool(os.environ.get("KIOSK_DEEP"))
SEATS = ("left", "right")
LOCKERS = 3
IDS = st.integers(1, LOCKERS).map(LockerId)
AT_THE_DOOR = (Step.PUT_IN, Step.HELD, Step.BLIND)
FETCHING = (Fetch.OPENING, Fetch.TAKE_OUT, Fetch.HELD, Fetch.BLIND)


class WatchedRoom(BagRoom):
    """Every order to the bank is looked at when it is given: on whose word, and what is behind that door."""

    acting: tuple[str, ...] = ("nobody",)
    causes: dict[LockerId, tuple[str, ...]]
    held: dict[str, str]
    opened_by_this: set[LockerId]

    def order(self, id: LockerId) -> None:
        super().order(id)
        if self.acting[0] == "time" and id in self.causes:
            return  # one more pulse of an opening that was asked for
        self.causes[id] = self.acting
        self.opened_by_this.add(id)
        bag, locker = self.cells[id].bag, self.locker(id)
        match self.acting:
            case "tag", text:
                assert not bag or self.held.get(bag) == text, f"{bag} of {id} for {text}"
                assert self.opened_by_this == {id}, "one tag, two lockers"
            case "shopper", _:
                assert not bag, f"locker {id} was given away with {bag} in it"
                assert locker.assignment is Assignment.RESERVED
            case "staff", "hand out", procedure:
                assert procedure
            case "staff", "look", doubtful:
                assert doubtful or not bag
            case "staff", "emergency", _:
                pass
            case _:
                raise AssertionError(f"locker {id} opened for {self.acting}")


class AnyDay(RuleBasedStateMachine):
    tickets = False

    def __init__(self) -> None:
        super().__init__()
        WatchedRoom.causes, WatchedRoom.held, WatchedRoom.opened_by_this = {}, {}, set()
        self.room = WatchedRoom(LOCKERS, tickets=self.tickets)
        self.room.in_service()
        self.bags = 0
        self.generation = 1
        self.tags = {f"P{n}.1" for n in range(1, LOCKERS + 1)}
        self.handing: set[LockerId] = set()
        self.forgotten_by_the_disk = False
        self.lies: dict[str, int] = {}  # in which deposit a bag went in
        self.emptied: set[int] = set()  # deposits whose bags are out
        self.looked: set[int] = set()  # deposits that staff found in order

    # shoppers

    @rule(seat=st.sampled_from(SEATS))
    def a_shopper_wants_a_locker(self, seat: str) -> None:
        self.does(("shopper", seat), DepositAsked(seat), SizeChosen(seat, SMALL), Confirmed(seat, "valuables"))
        self.does(("shopper", seat), Confirmed(seat, "check"))

    @rule(seat=st.sampled_from(SEATS))
    def a_shopper_puts_a_bag_in(self, seat: str) -> None:
        id = self.at_the_door_of(seat)
        if id is not None and self.room.cells[id].open and not self.room.cells[id].bag:
            self.bags += 1
            bag = f"bag {self.bags}"
            self.room.held[bag] = self.room.puts_in(id, bag)
            self.lies[bag] = self.room.locker(id).deposit

    @rule(id=IDS, by_others=st.booleans())
    def a_door_is_shut(self, id: LockerId, by_others: bool = False) -> None:
        """by_others: whoever fetched has left the bag in an open door, for longer than anybody needs."""
        if self.room.cells[id].open:
            fetching = self.room.retrievals._fetching.get(id)
            if not (by_others and fetching is not None and fetching.step is Fetch.HELD):
                self.whoever_is_there_takes_what_is_theirs(id)
            self.acts(("nobody",), lambda: self.room.shuts(id))
            self.take_the_ticket(id)

    @rule(seat=st.sampled_from(SEATS))
    def a_shopper_gives_up(self, seat: str) -> None:
        id = self.at_the_door_of(seat)
        if id is not None and self.room.cells[id].open:
            self.take_back(id)
        self.does(("nobody",), GaveUp(seat))

    @rule(seat=st.sampled_from(SEATS))
    def a_shopper_says_yes(self, seat: str) -> None:
        for leaving in [one for one in self.room.deposits._leaving.values() if one.seat == seat]:
            if leaving.step is Step.BLIND:
                assert leaving.locker is not None
                self.a_door_is_shut(leaving.locker)
            self.does(("shopper", seat), Confirmed(seat, leaving.step.value))

    @rule()
    def whoever_fetched_behind_a_dead_sensor_says_yes(self) -> None:
        for fetching in list(self.room.retrievals._fetching.values()):
            if fetching.step is Fetch.BLIND and self.room.cells[fetching.locker].open:
                self.a_door_is_shut(fetching.locker)
                self.does(("nobody",), Confirmed(fetching.seat, fetching.step.value))

    @rule(data=st.data(), twice=st.booleans(), reader=st.sampled_from(["reader", "left"]))
    def a_tag_is_scanned(self, data: st.DataObject, twice: bool, reader: str) -> None:
        known = sorted(self.tags | {tag for tag in self.room.held.values() if tag})
        text = data.draw(st.sampled_from([*known, "garbage", "P99.1"]))
        for _ in range(1 + twice):
            self.room.opened_by_this.clear()
            self.does(("tag", text), Scanned(reader, text, self.room.seconds))

    # staff

    @rule(id=IDS)
    def staff_look(self, id: LockerId) -> None:
        doubtful = "yes" if id in self.room.staff_list() else ""
        self.acts(("staff", "look", doubtful), lambda: self.room.opens(id, Purpose.LOOK))

    @rule(id=IDS)
    def staff_say_what_they_found(self, id: LockerId) -> None:
        if id not in self.room.staff_list() or id in self.room.desk.cabinet.in_hand:
            return
        cell, lies = self.room.cells[id], self.room.desk.cabinet.deposit_in(self.room.locker(id))
        if cell.bag and lies is not None and self.room.held.get(cell.bag):
            self.acts(("nobody",), lambda: self.room.cares(Care.KEEPS, id))
            self.looked.add(lies.n)
            return
        self.room.held.pop(cell.bag, None)
        cell.bag = ""  # to the office, with their own key
        self.acts(("nobody",), lambda: self.room.cares(Care.EMPTY, id))

    @rule(id=IDS, care=st.sampled_from([Care.QUARANTINE, Care.WITHDRAW]))
    def staff_take_a_locker_or_its_tag_out(self, id: LockerId, care: Care) -> None:
        self.acts(("nobody",), lambda: self.room.cares(care, id, "lost"))

    @rule(id=IDS)
    def the_supervisor_hands_out(self, id: LockerId) -> None:
        locker = self.room.locker(id)
        if locker.assignment in (Assignment.OVERNIGHT, Assignment.QUARANTINED) and locker.deposit:
            answers = len(self.room.answers)
            self.acts(("staff", "hand out", "lost tag 1"), lambda: self.room.opens(id, Purpose.HAND_OUT, "lost tag 1"))
            if len(self.room.answers) > answers and not self.room.answers[-1].refused:
                self.handing.add(id)

    @rule(id=IDS, substitute=st.booleans())
    def a_locker_gets_another_tag(self, id: LockerId, substitute: bool) -> None:
        if self.room.cells[id].bag or self.room.cells[id].open:
            return
        self.generation += 1
        number = 100 + id if substitute else int(id)
        self.acts(("nobody",), lambda: self.room.renumbers(id, number, self.generation))
        locker = self.room.locker(id)
        if locker.generation == self.generation and not self.tickets:
            self.room.cells[id].plaque = f"P{number}.{self.generation}"
            self.tags.add(self.room.cells[id].plaque)

    @rule()
    def the_store_closes(self) -> None:
        for id, locker in list(self.room.desk.cabinet.lockers.items()):
            if locker.assignment is Assignment.OCCUPIED:
                self.acts(
                    ("nobody",),
                    lambda: self.room.desk.cabinet.decide(id, Event.STAYED, self.room.now(), "closing"),  # noqa: B023
                )

    @rule()
    def there_is_a_fire(self) -> None:
        self.acts(("staff", "emergency", ""), self.room.opens_all)
        self.acts(("staff", "emergency", ""), lambda: self.room.passes(8))

    # the world

    @rule(seconds=st.sampled_from([0.1, 0.6, 2.0, 15.0, 61.0, 95.0, 130.0, 400.0]))
    def time_passes(self, seconds: float) -> None:
        self.acts(("time",), lambda: self.room.passes(seconds))

    @rule(id=IDS, latch=st.sampled_from(Latch))
    def a_latch_ages_or_is_mended(self, id: LockerId, latch: Latch) -> None:
        self.room.cells[id].latch = latch

    @rule(id=IDS, sensor=st.sampled_from(Sensor))
    def a_sensor_ages_or_is_mended(self, id: LockerId, sensor: Sensor) -> None:
        self.acts(("nobody",), lambda: self.room.breaks(id, sensor=sensor))

    @rule(id=IDS)
    def a_door_is_forced(self, id: LockerId) -> None:
        self.acts(("nobody",), lambda: self.room.pulls(id))

    @rule(full=st.booleans())
    def the_disk_is_full_or_not(self, full: bool) -> None:
        self.room.memory.full = full

    @rule(hours=st.sampled_from([-30, -1, 1, 14, 48]))
    def the_clock_is_set(self, hours: int) -> None:
        self.room.wall += timedelta(hours=hours)

    @rule()
    def the_power_goes_and_comes_back(self) -> None:
        self.restart()

    @precondition(lambda self: self.room.trap.at is None)
    @rule(moments=st.integers(1, 9))
    def the_power_will_go_in_the_middle_of_something(self, moments: int) -> None:
        self.room.trap.passed, self.room.trap.at = 0, moments

    # what must hold

    @invariant()
    def no_number_stands_for_two_lockers(self) -> None:
        numbers = [locker.number for locker in self.room.desk.cabinet.lockers.values()]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def no_locker_holds_two_deposits(self) -> None:
        lockers = [lies.locker for lies in self.room.desk.cabinet.deposits.values()]
        assert len(lockers) == len(set(lockers))

    @invariant()
    def nothing_is_lost_or_stuck_without_staff_being_told(self) -> None:
        told = {*self.room.staff_list(), *self.room.desk.cabinet.in_hand}
        for id, cell in self.room.cells.items():
            locker = self.room.locker(id)
            lies = self.room.desk.cabinet.deposit_in(locker)
            if id in told:
                continue
            if cell.bag:
                assert lies is not None, (id, cell, locker)
                assert lies.kept or lies.n in self.looked, (id, cell, locker)
                assert self.names(locker, self.room.held[cell.bag]) or self.was_lost(locker)
            else:
                assert self.free_or_its_owners(locker) or self.forgotten_by_the_disk, (id, cell, locker)

    def teardown(self) -> None:
        """Once all is mended, every bag comes out, and every locker is free again."""
        room = self.room
        room.memory.full, room.trap.at = False, None
        for id in room.cells:
            self.a_latch_ages_or_is_mended(id, Latch.GOOD)
            self.a_sensor_ages_or_is_mended(id, Sensor.GOOD)
            self.a_door_is_shut(id)
        self.time_passes(400.0)
        for id, cell in room.cells.items():
            if cell.bag and self.names(room.locker(id), tag := room.held[cell.bag]):
                room.opened_by_this.clear()
                self.does(("tag", tag), Scanned("reader", tag, room.seconds))
                self.time_passes(1.0)
            if not cell.open and (cell.bag or room.locker(id).door is not Door.CLOSED):
                self.staff_look(id)
                self.the_supervisor_hands_out(id)
                self.time_passes(1.0)
            assert cell.open or not cell.bag, (id, cell, room.locker(id))
            self.whoever_is_there_takes_what_is_theirs(id)
            if cell.bag:
                room.held.pop(cell.bag)
                cell.bag = ""
            self.acts(("nobody",), lambda: room.shuts(id))  # noqa: B023
        self.time_passes(100.0)
        for id in room.cells:
            if room.locker(id).assignment is Assignment.QUARANTINED:
                if room.locker(id).deposit:
                    self.staff_say_what_they_found(id)
                self.a_locker_gets_another_tag(id, substitute=False)
            self.staff_say_what_they_found(id)
            free = self.free_or_its_owners(room.locker(id)) and id not in room.staff_list()
            assert free or self.forgotten_by_the_disk, room.locker(id)
        assert room.desk.cabinet.records.waiting == 0

    # how it is done

    def does(self, acting: tuple[str, ...], *messages: Message) -> None:
        self.acts(acting, lambda: self.room.posts(*messages))

    def acts(self, acting: tuple[str, ...], act: Callable[[], object]) -> None:
        self.room.acting = acting
        if acting[0] != "tag":
            self.room.opened_by_this.clear()
        try:
            act()
        except Killed:
            self.restart()
        self.room.acting = ("nobody",)

    def restart(self) -> None:
        self.room.acting = ("nobody",)
        self.forgotten_by_the_disk |= self.room.desk.cabinet.records.waiting > 0 or self.room.memory.full
        before = list(self.room.unlocked)
        self.handing.clear()
        self.room.causes.clear()
        self.room.power_goes()
        assert self.room.unlocked == before

    def at_the_door_of(self, seat: str) -> LockerId | None:
        leaving = self.room.deposits._leaving.get(seat)
        return leaving.locker if leaving is not None and leaving.step in AT_THE_DOOR else None

    def whoever_is_there_takes_what_is_theirs(self, id: LockerId) -> None:
        """Owners who opened it with their tag, shoppers who gave up, the supervisor who hands out: all are honest."""
        taking = [
            one for one in self.room.deposits._leaving.values() if one.step is Step.TAKE_BACK and one.locker == id
        ]
        fetching = self.room.retrievals._fetching.get(id)
        opened = self.room.causes.get(id, ("nobody",))
        by_tag = opened[0] == "tag" and self.room.held.get(self.room.cells[id].bag) == opened[1]
        if taking or (by_tag and fetching is not None) or id in self.handing:
            self.take_back(id)
        self.handing.discard(id)

    def take_back(self, id: LockerId) -> None:
        bag = self.room.cells[id].bag
        if bag:
            self.room.takes_out(id, self.room.held.pop(bag))
            self.emptied.add(self.lies[bag])

    def take_the_ticket(self, id: LockerId) -> None:
        bag, printed = self.room.cells[id].bag, self.room.printed.get(id)
        if self.tickets and bag and printed and printed.endswith(f".{self.room.locker(id).deposit}"):
            self.room.held[bag] = printed

    def free_or_its_owners(self, locker: Locker) -> bool:
        """Free, or kept by somebody who showed its tag and has put nothing in."""
        lies = self.room.desk.cabinet.deposit_in(locker)
        kept = lies is not None and lies.kept is not None and lies.n not in self.emptied
        return kept or locker.assignment is Assignment.FREE

    @staticmethod
    def names(locker: Locker, tag: str) -> bool:
        return tag[1:].split(".")[:2] == [str(locker.number), str(locker.generation)]

    @staticmethod
    def was_lost(locker: Locker) -> bool:
        return locker.assignment is Assignment.QUARANTINED


@pytest.mark.rule("L01")
@pytest.mark.rule("L02")
@pytest.mark.parametrize("tickets", [False, True], ids=["plaques", "tickets"])
def test_each_bag_goes_to_its_owner_only_and_nothing_is_lost_without_a_word(tickets: bool) -> None:
    class Day(AnyDay):
        pass

    Day.tickets = tickets
    case = Day.TestCase
    case.settings = settings(
        max_examples=1500 if DEEP else 25,
        stateful_step_count=60 if DEEP else 40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()
