from __future__ import annotations

import multiprocessing
import queue
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path

from kiosk.app.back_office import BackOffice
from kiosk.app.errands import Opened
from kiosk.app.office import Office
from kiosk.app.opening import open_at_once
from kiosk.app.places import Places
from kiosk.app.stock_room import StockRoom
from kiosk.desks.broadcast.messages import Message, PlanReady, Stocked
from kiosk.units import PlaylistId, ScriptId
from tests.app.test_back_office import ORDER
from tests.app.test_opening import ESPEAK, a_site
from tests.audio.speech.voices import program
from tests.audio.waiting import eventually

# A stock room is a process of its own that imports the house: each test takes a second or two.
DEADLINE_S = 60.0

Lots = queue.SimpleQueue[tuple[Office, int]]


def stock_room(places: Places, opened: Opened) -> tuple[StockRoom, Lots]:
    lots: Lots = queue.SimpleQueue()
    return StockRoom(places, opened.office, opened.errands, lambda office, left: lots.put((office, left))), lots


def test_what_the_start_left_is_listened_to_and_spoken_and_kept(tmp_path: Path) -> None:
    places = a_site(tmp_path)
    (places.site / "sounds/music/1.wav").write_bytes(b"no sound at all")
    room, lots = stock_room(places, open_at_once(places))

    with closing(room):
        room.begin()
        office, left = lots.get(timeout=DEADLINE_S)

    assert left == 0
    assert ScriptId("closing-30") in office.material.announcements
    assert [song.id for song in office.material.playlists[PlaylistId("day")]] == ["music/0", "music/2"]
    (fault,) = office.material.faults
    assert fault.startswith("sounds/music/1.wav: 1.wav ")
    assert fault.endswith("decoded: replace the file")
    assert all(one.lufs != -9.0 for path, one in office.sounds.items() if "music" in path)
    assert open_at_once(places).errands == ()


def test_a_text_on_which_the_process_dies_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    killer = program(tmp_path / "killer", "kill -9 $(ps -o ppid= -p $$)")
    places = a_site(tmp_path, site=ESPEAK.replace('["espeak"]', f'["command", "espeak"]\ncommand = "{killer}"'))
    opened = open_at_once(places)
    only = tuple(one for one in opened.errands if isinstance(one, str) or one.script == "closing-30")
    room, lots = stock_room(places, Opened(opened.office, only))

    with closing(room):
        room.begin()
        office, left = lots.get(timeout=DEADLINE_S)

    assert left == 0
    assert [fault for fault in office.material.faults if "closing-30" in fault] == [
        "script closing-30: it has no recording in zh-CN and no voice could speak it: it ended the process that took it"
    ]
    assert len(office.material.songs()) == 5


def test_closing_in_the_middle_leaves_no_process_behind(tmp_path: Path) -> None:
    slow = program(tmp_path / "slow", "exec tail -f /dev/null")
    places = a_site(tmp_path, site=ESPEAK.replace('["espeak"]', f'["command"]\ncommand = "{slow}"'))
    room, lots = stock_room(places, open_at_once(places))
    others = set(multiprocessing.active_children())  # those of tests before, who end in their own time

    def hired() -> set[BaseProcess]:
        return set(multiprocessing.active_children()) - others

    room.begin()
    eventually(hired, within_s=DEADLINE_S, what="the stock room's process is there")
    (child,) = hired()

    room.close()
    room.close()

    child.join(DEADLINE_S)
    assert not child.is_alive()
    assert lots.empty()


def test_the_desk_is_told_and_the_next_plan_knows(tmp_path: Path) -> None:
    places = a_site(tmp_path)
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    kept: list[str] = []

    with closing(BackOffice(places, None, inbox.put)) as office:
        prepared = office.prepare()
        office.stock_up(kept.append)
        stocked = inbox.get(timeout=DEADLINE_S)
        office.order_plan(ORDER)
        plan = inbox.get(timeout=DEADLINE_S)

    assert ScriptId("closing-30") not in prepared.material.announcements
    assert prepared.left == 6
    assert isinstance(stocked, Stocked)
    assert stocked.left == 0
    assert ScriptId("closing-30") in stocked.material.announcements
    assert isinstance(plan, PlanReady)
    assert ScriptId("closing-30") in plan.material.announcements
    assert kept == []  # the emergencies were there from the start


def test_a_better_voice_for_an_emergency_is_kept_at_hand_before_the_desk_hears_of_it(tmp_path: Path) -> None:
    speaks = program(tmp_path / "speaks", 'exec espeak-ng -v en-us -w "$1" "one two three four five six"')
    places = a_site(tmp_path, site=ESPEAK.replace('["espeak"]', f'["command", "espeak"]\ncommand = "{speaks}"'))
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    kept: list[str] = []

    with closing(BackOffice(places, None, inbox.put)) as office:
        prepared = office.prepare()
        office.stock_up(kept.append)
        first = inbox.get(timeout=DEADLINE_S)

    assert isinstance(first, Stocked)
    assert first.left > 0  # emergencies are handed over before the rest is done
    assert len(kept) == 2
    assert not set(kept) & set(prepared.at_hand)
