"""`kiosk queue`: numbers taken, called, missed and taken up again, at two desks at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.cli import DONE, PROBLEMS, USAGE
from kiosk.cli.queue import TOPICS
from kiosk.desks.service.queue_desk import Called, NotSo, QueueDesk
from kiosk.display.window import Window
from kiosk.errors import LedgerFault
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.people.person import Right
from kiosk.rules.service.queue import Event, Stage, Topic
from tests.ledger.shop import by_hand, fresh_ledger, unguarded
from tests.rules.returns.slips import BAGS, LAN, MEI, NOW, SHANGHAI
from tests.store_desk import StoreDesk

PEOPLE = {"mei": Right.CLERK, "bags": Right.BAGS}
PRINTER = '\n[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:1"\n'
BOTH = frozenset(Topic)


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> StoreDesk:
    return StoreDesk(tmp_path, capsys, monkeypatch, PEOPLE, PRINTER)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> QueueDesk:
    return QueueDesk(LedgerQueue(lambda: ledger, SHANGHAI))


@pytest.mark.rule("S07")
def test_numbers_are_called_in_their_order_and_the_next_one_gets_ready(store: StoreDesk) -> None:
    for topic in ("service", "returns", "service"):
        assert store.say("", "queue", "take", "--topic", topic) == DONE
    told = store.out

    called = []
    for _ in range(3):
        assert store.say("mei", "queue", "next", "--desk", "1") == DONE
        called.append(store.out)

    assert told == "A002, 2 before\n"
    assert called == [
        "请A001号到1号柜台。请R001号做好准备。\n",
        "请R001号到1号柜台。请A002号做好准备。\n",
        "请A002号到1号柜台。\n",
    ]
    assert store.say("mei", "queue", "next", "--desk", "1") == PROBLEMS
    assert "nobody waits" in store.err


@pytest.mark.rule("S07")
def test_a_ticket_waits_for_the_printer(store: StoreDesk) -> None:
    store.say("", "queue", "take")
    store.say("", "queue", "take", "--unprinted")

    store.say("", "printers", "status", "--json")

    assert [job["subject"] for job in json.loads(store.out)["jobs"]] == ["queue ticket A001"]


@pytest.mark.rule("S07")
def test_the_board_shows_who_is_called_where_and_who_waits(store: StoreDesk) -> None:
    for _ in range(2):
        store.say("", "queue", "take", "--unprinted")
    store.say("mei", "queue", "next", "--desk", "3", "--topic", "service")

    assert store.say("", "queue", "show") == DONE
    assert "请A001号到3号柜台。请A002号做好准备。" in store.out
    store.say("", "queue", "show", "--json")
    found = json.loads(store.out)
    assert [(one["number"], one["desk"]) for one in found["called"] + found["waiting"]] == [("A001", 3), ("A002", 0)]


@pytest.mark.rule("S07")
def test_commands_tell_what_cannot_be(store: StoreDesk) -> None:
    store.say("", "queue", "take", "--unprinted")

    assert store.say("bags", "queue", "next", "--desk", "1") == PROBLEMS
    assert store.say("mei", "queue", "recall", "A001") == PROBLEMS
    assert "A001: waiting" in store.err
    assert store.say("mei", "queue", "no-show", "Z1") == USAGE
    store.say("mei", "queue", "next", "--desk", "1")
    assert store.say("mei", "queue", "recall", "a1") == DONE
    assert store.out == "请A001号到1号柜台。\n"
    assert store.say("mei", "queue", "served", "A001") == DONE
    assert store.out == "A001: served\n"


@pytest.mark.rule("S07")
def test_who_does_not_come_is_given_up_after_two_calls_and_is_next_when_back(desk: QueueDesk) -> None:
    for _ in range(3):
        desk.take(Topic.RETURNS, NOW)
    desk.call_next(1, BOTH, MEI, NOW)
    early = desk.do(Topic.RETURNS, 1, Event.NO_SHOW, MEI, NOW + timedelta(minutes=2))
    desk.do(Topic.RETURNS, 1, Event.RECALL, MEI, NOW)
    gone = desk.do(Topic.RETURNS, 1, Event.NO_SHOW, MEI, NOW + timedelta(minutes=2))
    desk.call_next(1, BOTH, MEI, NOW)
    back = desk.do(Topic.RETURNS, 1, Event.BACK, MEI, NOW)

    called = desk.call_next(1, BOTH, MEI, NOW)

    assert isinstance(early, NotSo)
    assert isinstance(gone, Called)
    assert isinstance(back, Called)
    assert isinstance(called, Called)
    assert called.ticket.number == 1
    assert called.following is not None
    assert called.following.number == 3


def test_who_may_not_or_has_no_number_is_told(desk: QueueDesk) -> None:
    desk.take(Topic.SERVICE, NOW)

    assert isinstance(desk.do(Topic.SERVICE, 1, Event.LEFT, BAGS, NOW), NotSo)
    assert desk.do(Topic.SERVICE, 9, Event.LEFT, MEI, NOW) == NotSo("nobody has that number today")
    assert isinstance(desk.call_next(1, BOTH, BAGS, NOW), NotSo)


@pytest.mark.rule("S07")
def test_each_day_and_each_topic_counts_anew(desk: QueueDesk) -> None:
    numbers = [desk.take(topic, NOW)[0].shown for topic in (Topic.SERVICE, Topic.RETURNS, Topic.SERVICE)]
    tomorrow = desk.take(Topic.SERVICE, NOW + timedelta(days=1))

    assert numbers == ["A001", "R001", "A002"]
    assert (tomorrow[0].shown, tomorrow[1]) == ("A001", 0)
    assert [len(part) for part in desk.shown(NOW)] == [0, 3]


@pytest.mark.rule("S07")
def test_two_desks_at_once_never_call_the_same_number(desk: QueueDesk) -> None:
    for _ in range(20):
        desk.take(Topic.SERVICE, NOW)
    called: list[int] = []

    def work(place: int) -> None:
        for _ in range(10):
            found = desk.call_next(place, BOTH, (MEI, LAN)[place - 1], NOW)
            assert isinstance(found, Called)
            called.append(found.ticket.number)

    threads = [threading.Thread(target=work, args=(place,)) for place in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(called) == list(range(1, 21))


def test_the_ledger_keeps_the_order_against_any_hand_and_tells_what_makes_no_sense(
    desk: QueueDesk, ledger: Ledger
) -> None:
    desk.take(Topic.SERVICE, NOW)
    desk.call_next(1, BOTH, MEI, NOW)
    book = LedgerQueue(lambda: ledger, SHANGHAI)
    whole = verify(ledger)

    assert isinstance(whole, Intact)
    assert book.note(9, Event.LEFT, NOW, "mei") is None
    assert book.of_day(NOW.date())[0].stage is Stage.CALLED
    by_hand(unguarded(ledger.path), "UPDATE queue_ticket SET topic = 'gossip'")
    with pytest.raises(LedgerFault, match="queue ticket 1 makes no sense"):
        book.of_day(NOW.date())


def test_a_restart_goes_on_where_the_queue_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with fresh_ledger(path) as first:
        QueueDesk(LedgerQueue(lambda: first, SHANGHAI)).take(Topic.SERVICE, NOW)
    with open_ledger(path) as second:
        ticket, ahead = QueueDesk(LedgerQueue(lambda: second, SHANGHAI)).take(Topic.SERVICE, NOW)

    assert (ticket.shown, ahead) == ("A002", 1)


@pytest.mark.rule("S07")
def test_a_desk_is_opened_for_something_and_closed_and_the_board_tells(store: StoreDesk) -> None:
    assert store.say("", "queue", "take", "--topic", "returns", "--unprinted") == DONE
    assert store.say("mei", "queue", "open", "--desk", "1", "--topic", "service") == DONE
    assert store.out == "desk 1: service\n"
    assert store.say("mei", "queue", "next", "--desk", "1") == PROBLEMS
    assert store.say("mei", "queue", "close", "--desk", "1") == DONE
    assert store.say("mei", "queue", "next", "--desk", "1") == PROBLEMS
    assert "desk 1 is closed" in store.err
    assert store.say("mei", "queue", "next", "--desk", "2") == DONE
    assert store.say("mei", "queue", "close", "--desk", "2") == PROBLEMS
    assert "R001 is called to desk 2" in store.err
    assert store.say("bags", "queue", "open", "--desk", "2") == PROBLEMS

    assert store.say("", "queue", "board") == DONE

    assert "R001" in store.out
    assert "暂停" in store.out


@pytest.mark.parametrize(
    "wrong", [("--display", "9"), ("--display", "x"), ("--size", "1920"), ("--size", "axb"), ("--size", "10x10")]
)
def test_a_display_or_a_size_that_cannot_be_is_wrong_usage(store: StoreDesk, wrong: tuple[str, str]) -> None:
    assert store.say("", "queue", "board", "--window", *wrong) == USAGE


def test_the_board_hangs_on_a_display_of_its_own_until_it_is_closed(
    store: StoreDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(Window, "run", lambda _, face: shown.append(face.screen()))

    assert store.say("", "queue", "board", "--display", "0", "--size", "1920x1080") == DONE
    assert len(shown) == 1


def test_a_number_may_be_taken_for_every_topic_of_the_queue() -> None:
    assert tuple(topic.value for topic in Topic) == TOPICS
