"""What the front role asks of the broadcast role through the ledger: a reminder on the air, a notice on the board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desks.broadcast.asked_air import ABSENT, LATE, NOT_ROUTINE, AskedAir
from kiosk.desks.broadcast.house_notices import HouseNotices
from kiosk.errors import LedgerFault
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.store import Ledger
from kiosk.ports.bag_day import AirStage, ForWhom, Notice
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.lockers.closing import Reminder
from kiosk.units import ScriptId
from tests.ledger.shop import fresh_ledger
from tests.stories.shop import Shop, seconds_between


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


class Asking:
    """The front role's side of the ledger, and a broadcast desk that minds it."""

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop = shop
        zone = shop.office.site.zone_info
        self.broken = False

        def opened() -> Ledger:
            if self.broken:
                raise LedgerFault("the ledger is away")
            return ledger

        self.requests = LedgerAirRequests(opened, zone)
        self.board = LedgerNotices(opened, zone)

    def opens(self, at: str = "08:55") -> Shop:
        self.shop.attendants = (AskedAir(self.requests), HouseNotices(self.board))
        return self.shop.opens_at(at)

    def asks(self, until: str, script: str = "") -> None:
        page = ScriptId(script) if script else self.page()
        self.requests.ask(Reminder("bags/1", page, self.shop.now, self.shop.at(until)), "bag storage", self.shop.now)

    def page(self) -> ScriptId:
        return ScriptId("closing-30")

    def stage(self) -> tuple[AirStage, str]:
        found = self.requests.of("bags/1")
        assert found is not None
        return found.stage, found.why


@pytest.fixture
def asking(shop: Shop, ledger: Ledger) -> Asking:
    return Asking(shop, ledger)


@pytest.mark.rule("L03")
def test_a_reminder_is_aired_at_the_end_of_the_song_and_once_only(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    song = shop.into_a_song()
    asking.asks("10:00")
    shop.until("09:40")

    (aired,) = shop.calls("closing-30")
    over = next(line for line in shop.lines if line.key == song.key)
    assert (aired.outcome, aired.operator) == (Outcome.PLAYED, "front")
    assert seconds_between(over, aired) == pytest.approx(0.0, abs=0.001)
    assert asking.stage() == (AirStage.AIRED, "")


@pytest.mark.rule("L03")
def test_a_reminder_survives_the_power_and_is_not_read_twice(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    shop.into_a_song()
    asking.asks("10:00")
    shop.passes(3).power_goes()
    asking.opens("09:25").ticks().until("09:50")
    assert asking.stage()[0] is AirStage.AIRED
    shop.power_goes()
    asking.opens("09:52").ticks().until("10:10")

    assert [line.outcome for line in shop.calls("closing-30")] == [Outcome.PLAYED]


def test_a_reminder_that_comes_too_late_lapses(asking: Asking) -> None:
    shop = asking.opens("08:30").ticks()
    asking.asks("08:40")  # the equipment is off before the opening
    shop.until("09:20")

    assert shop.calls("closing-30") == []
    assert asking.stage() == (AirStage.LAPSED, LATE)
    assert [note.action for note in shop.notes("is lapsed")] == ["is lapsed"]


@pytest.mark.parametrize(("script", "why"), [("no-such-page", ABSENT), ("lost-child", NOT_ROUTINE)])
def test_what_the_front_role_may_not_have_aired_is_refused_and_told(asking: Asking, script: str, why: str) -> None:
    shop = asking.opens().ticks().until("09:20")
    asking.asks("10:00", script)
    shop.passes(5)

    assert shop.calls(script) == []
    assert asking.stage() == (AirStage.REFUSED, why)
    assert any(script in text for text in shop.announcer.warnings)


def test_a_page_that_cannot_be_played_is_tried_twice(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    shop.file_breaks(*(part.path for part in shop.office.material.announcements[asking.page()].parts))
    asking.asks("10:00")
    shop.until("09:40")

    assert asking.stage()[0] is AirStage.REFUSED
    assert [line.outcome for line in shop.calls("closing-30")] == [Outcome.FAILED, Outcome.FAILED]


def test_an_evacuation_that_cuts_a_reminder_has_it_read_again(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    asking.asks("10:00")
    for _ in range(400):
        shop.passes(1)
        if shop.announcer.air.current is not None and shop.announcer.air.current.id == "closing-30":
            break
    shop.evacuate().passes(20)
    shop.reset().until("09:50")

    assert shop.calls("closing-30")[-1].outcome is Outcome.PLAYED
    assert asking.stage()[0] is AirStage.AIRED


def test_a_ledger_that_cannot_be_read_is_told_until_it_can(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    asking.broken = True
    shop.passes(3)
    assert {text.partition(":")[0] for text in shop.announcer.warnings} >= {
        "what the front role wants aired cannot be read",
        "the notices of the house cannot be read",
    }

    asking.broken = False
    shop.passes(3)

    assert not [text for text in shop.announcer.warnings if "cannot be read" in text]


@pytest.mark.rule("L10")
def test_the_broadcast_board_shows_the_manager_what_is_missing_until_somebody_saw_to_it(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    asking.board.put(Notice("tags", ForWhom.MANAGER, "2 of 60 tags are not there", shop.now))
    shop.passes(3)
    assert for_people(shop) == ["for the manager: 2 of 60 tags are not there"]
    shop.power_goes()
    shop = asking.opens("09:30").ticks().passes(3)
    assert for_people(shop) == ["for the manager: 2 of 60 tags are not there"]

    asking.board.take_down("tags", shop.now, "tao")
    shop.passes(3)

    assert for_people(shop) == []


def for_people(shop: Shop) -> list[str]:
    return [text for text in shop.announcer.warnings if text.startswith("for ")]


def test_a_reminder_that_nobody_heard_is_read_again(asking: Asking) -> None:
    shop = asking.opens().ticks().until("09:20")
    asking.asks("10:00")
    for _ in range(400):
        shop.passes(1)
        if shop.announcer.air.current is not None and shop.announcer.air.current.id == "closing-30":
            break
    shop.output_goes().passes(2)
    shop.output_is_back().until("09:50")

    assert shop.calls("closing-30")[-1].outcome is Outcome.PLAYED
    assert asking.stage()[0] is AirStage.AIRED
