"""A number for the service desk by taps at the window itself, and as a site has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.service_wiring import service_desk, services_of
from kiosk.desks.service.clerk import Said
from kiosk.desks.service.messages import FormGiven
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.desks.service.queue_number import QueueClerk
from kiosk.display.marks import Placed
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.rules.people.person import Right
from kiosk.rules.service.queue import Topic
from kiosk.rules.service.queue_number import SERVICE
from tests.app.test_return_clerk import PRINTER, Still, site_with
from tests.app.touching import Hand
from tests.desks.service.returns_room import Printed
from tests.ledger.shop import fresh_ledger
from tests.rules.returns.slips import MEI
from tests.stories.bag_room import BagRoom
from tests.tills.exports import NOW

LEADS = replace(MEI, rights=frozenset({Right.SUPERVISOR}))
QUEUE = "\n[queue]\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as opened:
        yield opened


class Shopper(Hand):
    """Somebody before the screen of a store with one desk; what is done at that desk."""

    queue: QueueDesk

    def looks(self) -> Placed:
        self.services.pass_to(self.now())
        return super().looks()

    def is_called(self) -> None:
        self.queue.call_next(1, frozenset(Topic), LEADS, self.now())


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> Iterator[Shopper]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Shopper(BagRoom().in_service(), offers=(SERVICE,))
    zone = hand.now().tzinfo
    assert isinstance(zone, ZoneInfo)
    hand.queue = QueueDesk(LedgerQueue(lambda: ledger, zone))
    hand.services.clerks = {SERVICE.id: QueueClerk(hand.queue, 1, Printed())}
    with hand.window:
        yield hand


@pytest.mark.rule("S07")
def test_a_shopper_takes_a_number_and_reads_when_it_is_called(hand: Shopper) -> None:
    hand.queue.take(Topic.RETURNS, hand.now())
    hand.taps("queue")
    assert "前面有 1 位在等候" in hand.reads()
    assert "大约 4 分钟" in hand.reads()

    hand.taps("take")
    assert hand.looks().key == "queue.ticket"
    assert "A001" in hand.reads()
    hand.is_called()
    assert hand.waits(3.0).key == "queue.next"
    assert "请做好准备" in hand.reads()
    hand.is_called()
    assert hand.waits(3.0).key == "queue.called"
    assert "请到 1 号柜台" in hand.reads()

    hand.taps("done")
    assert hand.looks().key == "home"


@pytest.mark.rule("S07")
def test_whoever_comes_right_after_is_asked_whether_the_number_is_theirs(hand: Shopper) -> None:
    hand.taps("queue", "take", "done", "queue")
    assert "刚才这里取过 A001 号" in hand.reads()

    hand.taps("mine")
    assert hand.looks().key == "home"
    assert len(hand.book.records) == 1
    hand.taps("queue", "another")
    assert "A002" in hand.reads()


@pytest.mark.rule("S07")
def test_a_number_is_given_back_by_one_touch(hand: Shopper) -> None:
    hand.taps("queue", "take", "take back")

    assert hand.looks().key == "queue.back"
    assert hand.queue.shown(hand.now()) == ((), ())


@pytest.mark.rule("S20")
def test_who_walks_away_leaves_no_number_on_the_screen(hand: Shopper) -> None:
    hand.taps("queue", "take")

    assert hand.waits(62.0).key == "home"
    assert hand.face.session.untouched


@pytest.mark.rule("S07")
def test_while_the_desk_is_closed_the_screen_says_so_and_staff_can_be_called(hand: Shopper) -> None:
    hand.queue.open(1, frozenset(), LEADS, hand.now())
    hand.waits(3.0)

    hand.taps("queue")

    names = {one.name for one in hand.looks().targets}
    assert "take" not in names
    assert {"back", "call staff"} <= names
    assert "暂时关闭" in hand.reads()


@pytest.mark.parametrize(
    ("more", "offered"), [("", False), (QUEUE, True), (f"{QUEUE}at_screen = false\n", False)], ids=str
)
def test_a_site_with_a_queue_offers_numbers_unless_it_does_not_want_that(
    tmp_path: Path, more: str, offered: bool
) -> None:
    assert (SERVICE.id in services_of(site_with(tmp_path, more))) == offered


@pytest.mark.rule("S07")
def test_the_ticket_waits_to_be_printed_where_the_store_has_a_printer(tmp_path: Path, ledger: Ledger) -> None:
    site, places = site_with(tmp_path, QUEUE + PRINTER), Places(tmp_path / "site", tmp_path)
    warnings: list[str] = []
    desk = service_desk(site, places, lambda: ledger, Still(), warnings.append)
    assert desk is not None

    desk.handle(FormGiven("screen", SERVICE.id, {}))

    assert desk.said("screen") == (SERVICE.id, Said("queue.next", (("ticket", "A001"), ("ahead", "0"))))
    assert [one.shown for one in LedgerQueue(lambda: ledger, site.zone_info).of_day(NOW.date())] == ["A001"]
    assert len(print_queue(places, lambda: ledger, site.zone_info).open_jobs()) == 1
    assert warnings == []
