"""The front role asks the broadcast role how it does, over the broadcast role's real hatch."""

from __future__ import annotations

import queue
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.other_role import EVERY_S, WARNINGS, asked, heard_of, listened_to, warnings_as_json
from kiosk.desks.staff.messages import RoleHeard
from kiosk.desks.staff.role_corner import PATIENCE
from kiosk.ports.staff_view import Warned
from kiosk.sentences import Sentence, tell, to_wire
from tests.ledger.values import TEN

STUCK = Warned(tell("button {button}: it is stuck; free it, or look at its wire", button="talk"), TEN)


class Noon:
    def now(self) -> datetime:
        return TEN + timedelta(minutes=1)

    def mono_s(self) -> float:
        return 0.0


def test_a_fault_is_at_the_staff_screen_within_a_hundred_seconds_of_its_arising() -> None:
    assert EVERY_S * PATIENCE + 2 * EVERY_S <= 100.0


def test_what_the_broadcast_role_warns_of_comes_over_as_sentences_with_their_time(tmp_path: Path) -> None:
    hatch = tmp_path / "hatch"

    with broadcast_hatch(hatch, lambda message: None, vitals=lambda: {WARNINGS: warnings_as_json((STUCK,))}):
        heard = asked(hatch, Noon())

    assert heard == RoleHeard(Noon().now(), (STUCK,))
    assert isinstance(heard.warned[0].text, Sentence)


def test_a_role_that_is_not_there_is_told_as_silent(tmp_path: Path) -> None:
    assert asked(tmp_path / "hatch", Noon()) == RoleHeard(Noon().now(), answered=False)


def test_what_merely_happened_comes_over_as_what_staff_can_see_to() -> None:
    told = Warned("a song broke off", TEN, happened=True)

    assert heard_of({WARNINGS: warnings_as_json((STUCK, told))}, TEN).warned == (STUCK, told)


def test_a_part_of_it_that_is_stuck_is_told_like_a_warning() -> None:
    told = tell("{part} has made no progress for {seconds} s: {remedy}", part="the desk", seconds=20, remedy="look")
    part = {"part": "the desk", "stuck": True, "told": str(told), "as": to_wire(told)}

    heard = heard_of({"parts": [part, {"part": "the sound output", "stuck": False, "as": ""}, 7]}, TEN)

    assert heard.warned == (Warned(told, TEN),)


def test_an_answer_of_another_version_is_taken_as_far_as_it_can_be_read() -> None:
    answer = {WARNINGS: [{"at": "yesterday", "told": "the disk is full"}, {"at": "2026-11-22"}, "nonsense"], "parts": 3}

    assert heard_of(answer, TEN).warned == (Warned("the disk is full", TEN),)


def test_a_time_of_another_zone_is_told_on_the_stores_clock() -> None:
    [warned] = heard_of({WARNINGS: [{"at": TEN.astimezone(UTC).isoformat(), "told": "x"}]}, TEN).warned

    assert (warned.at, warned.at.tzinfo) == (TEN, TEN.tzinfo)


def test_a_thread_asks_again_and_again_until_it_is_let_go(tmp_path: Path) -> None:
    posted: queue.SimpleQueue[RoleHeard] = queue.SimpleQueue()

    with listened_to(tmp_path / "hatch", Noon(), posted.put, every_s=0.0):
        heard = [posted.get(timeout=10) for _ in range(2)]

    assert [one.answered for one in heard] == [False, False]
