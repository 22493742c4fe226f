from __future__ import annotations

import multiprocessing
import queue
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
import pytest

from kiosk.app.back_office import BackOffice
from kiosk.app.places import Places
from kiosk.desks.broadcast.messages import (
    Happened,
    Message,
    PageAsked,
    PageSpoken,
    PlanFailed,
    PlanOrder,
    PlanReady,
    SayingAsked,
    SayingSpoken,
)
from kiosk.errors import SiteError
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.units import LANGUAGES
from tests import sites

# A worker is a process of its own that imports the house: each test takes a second or two.
DEADLINE_S = 60.0
ORDER = PlanOrder(datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Shanghai")), (), frozenset(), frozenset(), ("", "1"))
PAGE = PageAsked(PageRequest(Whom.GUEST, Title.MR, "王小明"), "anna")

Inbox = queue.SimpleQueue[Message]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(sites.write_site(tmp_path_factory.mktemp("site")), tmp_path_factory.mktemp("state"))


@pytest.fixture
def inbox() -> Inbox:
    return queue.SimpleQueue()


@pytest.fixture
def office(places: Places, inbox: Inbox) -> Iterator[BackOffice]:
    with closing(BackOffice(places, None, inbox.put)) as one:
        one.prepare()
        yield one


def worker() -> psutil.Process:
    (one,) = multiprocessing.active_children()
    assert one.pid is not None
    return psutil.Process(one.pid)


def test_a_role_learns_what_it_needs_to_begin(places: Places, inbox: Inbox) -> None:
    with closing(BackOffice(places, None, inbox.put)) as office:
        prepared = office.prepare()

    assert prepared.site.root == places.site
    assert len(prepared.material.songs()) == 5
    assert len(prepared.at_hand) == 3  # the chime, and two emergencies in the voice of last resort


def test_a_site_that_cannot_be_used_is_told_as_such(tmp_path: Path, inbox: Inbox) -> None:
    broken = sites.write_site(tmp_path / "site", site=("channels = 2", "channels = 99"))

    with closing(BackOffice(Places(broken, tmp_path), None, inbox.put)) as office, pytest.raises(SiteError):
        office.prepare()


def test_a_plan_is_answered_through_the_inbox(office: BackOffice, inbox: Inbox) -> None:
    office.order_plan(ORDER)

    answer = inbox.get(timeout=DEADLINE_S)
    assert isinstance(answer, PlanReady)
    assert answer.order == ORDER
    assert answer.programme.items


def test_a_page_that_was_said_before_is_back_at_once_and_without_listening(
    office: BackOffice, inbox: Inbox, places: Places
) -> None:
    office.order_speech(PAGE)
    first = inbox.get(timeout=DEADLINE_S)
    heard = places.heard.read_bytes() if places.heard.exists() else b""

    office.order_speech(PAGE)
    again = inbox.get(timeout=DEADLINE_S)

    assert again == first
    assert (places.heard.read_bytes() if places.heard.exists() else b"") == heard  # pages name people


def test_a_page_is_spoken_and_its_log_has_no_name(office: BackOffice, inbox: Inbox) -> None:
    office.order_speech(PAGE)

    answer = inbox.get(timeout=DEADLINE_S)
    assert isinstance(answer, PageSpoken)
    assert answer.announcement is not None
    assert answer.announcement.id == "page/guest-mr"
    assert answer.announcement.part_names == ("prelude", "script", "breath", "postlude")


def test_numbers_are_spoken_one_after_the_other_and_a_breath_lies_between_two_languages(
    office: BackOffice, inbox: Inbox
) -> None:
    said = ((LANGUAGES[0], ("请A001号到1号柜台。", "请A002号到2号柜台。")), (LANGUAGES[1], ("請A001號到1號櫃檯。",)))

    office.order_saying(SayingAsked("queue/A001+A002", said))

    answer = inbox.get(timeout=DEADLINE_S)
    assert isinstance(answer, SayingSpoken)
    assert answer.announcement is not None
    names = ("prelude", "script", "breath", "script", "breath", "script-zh-TW", "breath", "postlude")
    assert answer.announcement.part_names == names
    rests_s = [part.duration_s for part, name in zip(answer.announcement.parts, names, strict=True) if name == "breath"]
    assert rests_s == [0.4, 1.0, 0.4]
    assert len(set(answer.announcement.parts)) == 8 - 2  # the chime is prelude and postlude, two rests are alike


def test_a_worker_that_is_killed_in_the_middle_of_a_job_fails_it_and_a_new_one_serves_the_next(
    office: BackOffice, inbox: Inbox
) -> None:
    first = worker()
    first.suspend()
    office.order_plan(ORDER)  # returns at once: the desk never waits
    office.order_speech(PAGE)
    first.kill()

    answers = [inbox.get(timeout=DEADLINE_S) for _ in range(2)]
    office.order_plan(ORDER)
    told = inbox.get(timeout=DEADLINE_S)
    answer = inbox.get(timeout=DEADLINE_S)

    assert {type(one) for one in answers} == {PlanFailed, PageSpoken}
    assert isinstance(told, Happened)
    assert isinstance(answer, PlanReady)
    assert worker().pid != first.pid


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "hanging"])
def test_closing_leaves_no_process_behind(places: Places, inbox: Inbox, busy: bool) -> None:
    office = BackOffice(places, None, inbox.put)
    office.prepare()
    (child,) = multiprocessing.active_children()
    if busy:
        worker().suspend()
        office.order_plan(ORDER)

    office.close()
    office.close()

    assert not child.is_alive()


def test_ctrl_c_is_not_for_the_worker(office: BackOffice, inbox: Inbox) -> None:
    worker().send_signal(signal.SIGINT)

    office.order_plan(ORDER)

    assert isinstance(inbox.get(timeout=DEADLINE_S), PlanReady)
