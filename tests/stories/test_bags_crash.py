"""Killed at every step: before and after each write to the ledger and each call of the driver, and started again."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.lockers.warrants import Purpose
from tests.ledger.shop import fresh_ledger
from tests.stories.bag_room import SHANGHAI, BagRoom
from tests.stories.bag_story import STORIES, Held, leave_and_fetch
from tests.stories.worn_bank import Killed, Latch, Sensor

DEEP = bool(os.environ.get("KIOSK_DEEP"))
Story = Callable[[BagRoom, Held], None]


def killed_at(moment: int, story: Story, room: BagRoom) -> Held | None:
    """What who held when the role was killed at that moment; None where the story was over before."""
    held: Held = {}
    room.trap.passed, room.trap.at = 0, moment
    try:
        story(room, held)
    except Killed:
        return held
    return None


def no_door_opens_by_itself(room: BagRoom) -> None:
    before = list(room.unlocked), [cell.pulses for cell in room.cells.values()]

    room.power_goes().passes(400)

    assert (list(room.unlocked), [cell.pulses for cell in room.cells.values()]) == before


def staff_know_of_every_door_that_is_not_certain(room: BagRoom) -> None:
    for id, cell in room.cells.items():
        lies = room.desk.cabinet.deposit_in(room.locker(id))
        if cell.open or (cell.bag and (lies is None or lies.kept is None)) or (not cell.bag and lies is not None):
            assert id in room.staff_list(), (id, cell, room.locker(id))


def every_bag_can_be_reached(room: BagRoom, held: Held) -> None:
    for id, cell in room.cells.items():
        room.breaks(id, Latch.GOOD, Sensor.GOOD).shuts(id)
        if not cell.bag:
            continue
        if tag := held.get(cell.bag, ""):
            room.passes(20).scans(tag).passes(0.5)
        if not cell.open:
            refused = room.passes(20).opens(id, Purpose.LOOK).refused and room.opens(id, Purpose.HAND_OUT, "x").refused
            assert not refused, (id, cell, room.locker(id))
            room.passes(0.5)
        assert cell.open
        room.takes_out(id)
        room.shuts(id)


# every moment of every story: some hundred starts, two seconds
@pytest.mark.parametrize("tickets", [False, True], ids=["plaques", "tickets"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_killed_at_any_step_no_door_opens_by_itself_and_no_bag_is_lost(story: Story, tickets: bool) -> None:
    for moment in range(1, 1000):
        room = BagRoom(tickets=tickets).in_service()
        held = killed_at(moment, story, room)
        if held is None:
            assert moment > 10
            break
        no_door_opens_by_itself(room)
        staff_know_of_every_door_that_is_not_certain(room)
        every_bag_can_be_reached(room, held)


# a process for each moment: three seconds
@pytest.mark.parametrize("story", STORIES if DEEP else (leave_and_fetch,), ids=lambda story: story.__name__)
def test_a_role_that_gets_sigkill_has_in_its_ledger_what_it_had_acknowledged(tmp_path: Path, story: Story) -> None:
    empty = tmp_path / "empty.sqlite"
    fresh_ledger(empty).close()
    for moment in range(1, 1000):
        path = tmp_path / f"{moment}.sqlite"
        shutil.copy(empty, path)
        if (status := in_a_child(lambda: live_until_killed(path, moment, story))) == 0:  # noqa: B023
            assert moment > 10
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        twin = BagRoom().in_service()
        held = killed_at(moment, story, twin)
        assert held is not None

        with open_ledger(path) as ledger:
            book = LedgerLockers(lambda: ledger, SHANGHAI)
            assert book.lockers() == twin.memory.lockers()
            assert book.deposits() == twin.memory.deposits()
            assert isinstance(verify(ledger), Intact)
            twin.book.book = book
            no_door_opens_by_itself(twin)
            staff_know_of_every_door_that_is_not_certain(twin)
            every_bag_can_be_reached(twin, held)


def in_a_child(live: Callable[[], None]) -> int:
    """How a child ended that lives so: its wait status."""
    child = os.fork()
    if child == 0:
        try:
            live()
        except BaseException:  # noqa: BLE001
            os._exit(3)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def live_until_killed(path: Path, moment: int, story: Story) -> None:
    ledger = Ledger(path)
    room = BagRoom(book=LedgerLockers(lambda: ledger, SHANGHAI)).in_service()
    room.trap.kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
    killed_at(moment, story, room)
