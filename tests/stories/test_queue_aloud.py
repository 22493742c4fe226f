"""Numbers of the queue, called by a clerk and heard in the store: between songs, and only while they are true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desks.broadcast.attendant import Attendant
from kiosk.desks.broadcast.messages import SayingAsked, SayingSpoken
from kiosk.desks.broadcast.queue_caller import UNREAD, UNSAID, QueueCaller
from kiosk.desks.service.queue_desk import Called, QueueDesk
from kiosk.errors import LedgerFault
from kiosk.ledger.queue_calls import LedgerQueueCalls
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass, Announcement
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.queue import Event, Topic
from kiosk.rules.service.queue_calls import USUAL, QueueChoices
from tests.ledger.shop import ask, fresh_ledger
from tests.rules.returns.slips import MEI
from tests.stories.shop import Shop, seconds_between

BOTH = frozenset(Topic)


class Counter:
    """Clerks who call numbers, and the broadcast role that has them heard."""

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop, self.ledger = shop, ledger
        self.broken = False
        zone = shop.office.site.zone_info
        self.desk = QueueDesk(LedgerQueue(lambda: ledger, zone))
        self.calls = LedgerQueueCalls(self.opened, zone)
        self.asked: list[SayingAsked] = []
        self.choices = USUAL
        self.speechless = ""
        shop.attended_by = self._attended

    def opened(self) -> Ledger:
        if self.broken:
            raise LedgerFault("the ledger is away")
        return self.ledger

    def opens(self, at: str = "09:18") -> Shop:
        return self.shop.opens_at(at)

    def wait(self, count: int = 3) -> None:
        for _ in range(count):
            self.desk.take(Topic.SERVICE, self.shop.now)

    def call(self, desk: int = 1) -> None:
        assert isinstance(self.desk.call_next(desk, BOTH, CLERK, self.shop.now), Called)

    def does(self, number: int, event: Event) -> None:
        assert isinstance(self.desk.do(Topic.SERVICE, number, event, CLERK, self.shop.now), Called)

    def heard(self) -> list[str]:
        """What was read to its end, in its order."""
        return [line.id for line in self.shop.calls() if line.kind.value == "page" and line.outcome is Outcome.PLAYED]

    def became(self) -> list[str]:
        return [str(row[0]) for row in ask(self.ledger.path, "SELECT heard FROM queue_call ORDER BY n")]

    def _attended(self, shop: Shop, post: object) -> Sequence[Attendant]:
        def speak(asked: SayingAsked) -> None:
            self.asked.append(asked)
            if self.speechless:
                post(SayingSpoken(asked, None, self.speechless))  # type: ignore[operator]
                return
            clip = next(iter(shop.office.material.announcements.values())).parts[0]
            parts = tuple(replace(clip, path=one, duration_s=4.0) for _, all_of_it in asked.said for one in all_of_it)
            names = ("script",) * len(parts)
            spoken = Announcement(asked.name, AirClass.ROUTINE, parts, names, asked.zones)
            post(SayingSpoken(asked, spoken))  # type: ignore[operator]

        return (QueueCaller(self.calls, speak, shop.office.site.speech.languages[:1], self.choices),)


CLERK: Person = replace(MEI, rights=MEI.rights | {Right.SUPERVISOR})


@pytest.fixture
def counter(shop: Shop, tmp_path: Path) -> Iterator[Counter]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield Counter(shop, opened)


@pytest.mark.rule("S07")
@pytest.mark.rule("B08")
def test_a_number_is_called_aloud_at_the_end_of_the_song_and_once_only(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    song = shop.into_a_song()
    counter.wait()
    counter.call()
    shop.until("09:32")

    (line,) = shop.calls("queue/A001")
    over = next(one for one in shop.lines if one.key == song.key)
    assert (line.outcome, line.operator) == (Outcome.PLAYED, "queue")
    assert seconds_between(over, line) == pytest.approx(0.0, abs=0.001)
    assert counter.became() == ["aired"]
    assert counter.asked[0].said[0][1] == ("请A001号到1号柜台。",)


@pytest.mark.rule("S07")
def test_calls_of_several_desks_under_one_song_are_one_announcement_in_their_order(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    shop.into_a_song()
    counter.wait()
    counter.call(1)
    shop.passes(2)
    counter.call(2)
    shop.until("09:32")

    assert counter.heard() == ["queue/A001+A002"]
    assert counter.became() == ["aired", "aired"]


@pytest.mark.rule("S07")
@pytest.mark.parametrize("event", [Event.SERVED, Event.LEFT])
def test_a_number_that_came_or_left_before_the_song_was_over_is_not_called(counter: Counter, event: Event) -> None:
    shop = counter.opens().ticks().until("09:20")
    shop.into_a_song()
    counter.wait()
    counter.call(1)
    counter.call(2)
    shop.passes(3)
    counter.does(1, event)
    shop.until("09:32")

    assert counter.heard() == ["queue/A002"]
    assert counter.became() == ["overtaken", "aired"]


@pytest.mark.rule("S07")
def test_a_number_that_is_called_again_before_it_was_heard_is_said_once(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    shop.into_a_song()
    counter.wait()
    counter.call()
    shop.passes(5)
    counter.does(1, Event.RECALL)
    shop.until("09:32")

    assert counter.heard() == ["queue/A001"]
    assert counter.became() == ["overtaken", "aired"]


@pytest.mark.rule("B10")
def test_a_call_that_has_begun_is_read_to_its_end_whatever_becomes_of_the_number(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    counter.wait()
    counter.call()
    on_the_air(shop, "queue/A001")
    counter.does(1, Event.SERVED)
    counter.call(2)
    shop.until("09:38")

    assert counter.heard() == ["queue/A001", "queue/A002"]
    assert counter.became() == ["aired", "aired"]


@pytest.mark.rule("S07")
def test_a_call_never_cuts_an_announcement(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    counter.wait()
    shop.page()
    on_the_air(shop, "page/guest-mr")
    counter.call()
    shop.until("09:36")

    (page,) = shop.calls("page/guest-mr")
    assert page.outcome is Outcome.PLAYED
    assert counter.heard() == ["page/guest-mr", "queue/A001"]


def test_a_call_that_waits_too_long_is_left_out(counter: Counter) -> None:
    counter.choices = QueueChoices(stale_s=60.0)
    shop = counter.opens("08:10").ticks()
    counter.wait()
    counter.call()  # long before the opening, while the equipment is off
    shop.until("09:20")

    assert counter.heard() == []
    assert counter.became() == ["lapsed"]


@pytest.mark.rule("S07")
def test_the_site_may_have_the_next_one_told_aloud_to_get_ready(counter: Counter) -> None:
    counter.choices = QueueChoices(ready=True)
    shop = counter.opens().ticks().until("09:20")
    counter.wait()
    counter.call()
    shop.until("09:30")

    assert counter.asked[-1].said[0][1] == ("请A001号到1号柜台。", "请A002号做好准备。")
    assert counter.heard() == ["queue/A001"]


def test_no_more_calls_are_put_together_than_the_store_wants(counter: Counter) -> None:
    counter.choices = QueueChoices(together=2)
    shop = counter.opens().ticks().until("09:20")
    shop.into_a_song()
    counter.wait(3)
    for desk in (1, 2, 3):
        counter.call(desk)
    shop.until("09:38")

    assert counter.heard() == ["queue/A001+A002", "queue/A003"]


def test_an_evacuation_that_cuts_a_call_has_it_read_again(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    counter.wait()
    counter.call()
    on_the_air(shop, "queue/A001")
    shop.evacuate().passes(20)
    shop.reset().until("09:38")

    assert counter.heard() == ["queue/A001"]
    assert counter.became() == ["aired"]


def test_a_call_that_nobody_heard_is_read_again(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    counter.wait()
    counter.call()
    on_the_air(shop, "queue/A001")
    shop.output_goes().passes(2)
    shop.output_is_back().until("09:38")

    assert counter.heard() == ["queue/A001"]
    assert counter.became() == ["aired"]


@pytest.mark.rule("S07")
def test_a_call_survives_the_power_and_is_not_heard_twice(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    shop.into_a_song()
    counter.wait()
    counter.call()
    shop.passes(3).power_goes()
    counter.opens("09:22").ticks().until("09:32")
    shop.power_goes()
    counter.opens("09:41").ticks().until("09:55")

    assert counter.heard() == ["queue/A001"]


def test_what_no_voice_can_say_and_what_cannot_be_played_is_told_and_given_up(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    counter.speechless = "no voice is there"
    counter.wait()
    counter.call()
    shop.passes(5)
    assert any(text.startswith(UNSAID) for text in shop.announcer.warnings)
    counter.speechless = ""
    shop.file_breaks("请A002号到1号柜台。")
    counter.call()
    shop.until("09:38")

    assert counter.became() == ["failed", "failed"]
    assert counter.heard() == []


def test_a_ledger_that_cannot_be_read_is_told_until_it_can(counter: Counter) -> None:
    shop = counter.opens().ticks().until("09:20")
    counter.broken = True
    shop.passes(3)
    assert any(text.startswith(UNREAD) for text in shop.announcer.warnings)

    counter.broken = False
    shop.passes(3)

    assert not any(text.startswith(UNREAD) for text in shop.announcer.warnings)


def on_the_air(shop: Shop, name: str) -> None:
    for _ in range(600):
        air = shop.announcer.air
        if air.current is not None and air.current.id == name and air.began is not None:
            return
        shop.passes(1)
    raise AssertionError(f"{name} was never on the air")
