from __future__ import annotations

import pytest

from kiosk.ledger.memory import MemoryAsRun
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.power import Unit
from tests.stories.shop import Shop, played, real_start

DOWN = [(Unit.AMPLIFIER, False), (Unit.SOURCE, False)]


def switched_off_in_order(shop: Shop) -> bool:
    return shop.announcer.done and [(unit, on) for _, unit, on in shop.relays.history[-2:]] == DOWN


@pytest.mark.rule("B02")
def test_stopping_in_a_song_fades_it_and_switches_off_in_order(shop: Shop) -> None:
    song = shop.opens_at("10:00").into_a_song()
    shop.stop().passes(20)

    cut = shop.lines[-1]
    assert (cut.key, cut.outcome, cut.reason) == (song.key, Outcome.CUT, "closing")
    assert cut.real_end is not None
    assert cut.real_end.timestamp() - real_start(cut) == pytest.approx(5.0 + 3.0, abs=0.1)
    assert switched_off_in_order(shop)
    assert [note.action for note in shop.log.notes[-2:]] == ["is told to stop", "ends"]


@pytest.mark.rule("B10")
def test_stopping_in_an_announcement_reads_it_to_its_end_first(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement()
    shop.stop().passes(60)

    assert (shop.lines[-1].key, shop.lines[-1].outcome) == (call.key, Outcome.PLAYED)
    assert switched_off_in_order(shop)


def test_stopping_in_an_evacuation_ends_with_its_round(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.evacuate().passes(15).stop().passes(60)

    assert [line.outcome for line in shop.calls("evacuation")] == [Outcome.PLAYED] * 2
    assert switched_off_in_order(shop)


@pytest.mark.rule("B10")
def test_an_evacuation_goes_before_a_stop(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.stop().passes(1).evacuate().passes(60)
    still_on = not shop.announcer.done
    shop.reset().passes(30)

    assert still_on
    assert len(shop.calls("evacuation")) > 3
    assert switched_off_in_order(shop)


@pytest.mark.parametrize("at", ["03:00", "08:59:00", "23:00"])
def test_stopping_while_the_store_is_closed_ends_at_once(shop: Shop, at: str) -> None:
    shop.opens_at(at).stop().passes(1)

    assert shop.announcer.done
    assert shop.relays.history == []


@pytest.mark.parametrize("seconds", [0.5, 3.5, 4.5])
def test_stopping_during_power_up_leaves_everything_off(shop: Shop, seconds: float) -> None:
    shop.opens_at("11:00").passes(seconds).stop().passes(20)

    assert shop.announcer.done
    assert shop.relays.on == set()
    assert list(shop.heard()) == []


def test_what_waits_at_a_stop_is_refused_and_logged(shop: Shop) -> None:
    shop.opens_at("10:00").into_a_song()
    shop.press("promo").stop().passes(30).press("promo")

    whys = [(note.subject, note.details["why"]) for note in shop.notes("is refused")]
    assert whys == [("member-day", "the broadcast is closing")] * 2
    assert played(shop.calls("member-day")) == []


def test_two_stops_are_one(shop: Shop) -> None:
    shop.opens_at("10:00").into_a_song()
    shop.stop().stop().passes(30)

    assert len(shop.notes("is told to stop")) == 1
    assert shop.announcer.done


@pytest.mark.rule("B03")
def test_a_role_that_comes_back_in_the_middle_of_a_song_closes_its_line_and_plays_on(shop: Shop) -> None:
    song = shop.opens_at("10:00").into_a_song()
    shop.power_goes().opens_at("10:02").until("10:20")

    first = next(line for line in shop.lines if line.key == song.key)
    assert first.outcome is Outcome.INTERRUPTED
    assert first.reason
    assert tuple(shop.log.adrift()) == (shop.lines[-1],)
    assert shop.silence_s("10:02:05.1", "10:20") < 0.2
    assert shop.notes("starts")[-1].details == {"interrupted": "1"}


@pytest.mark.rule("B06")
def test_an_announcement_that_the_power_cut_off_is_aired_again_from_its_beginning(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement(10.0)
    back = f"{shop.now:%H:%M}:45"
    shop.power_goes().opens_at(back).passes(60)

    airings = [line for line in shop.calls("member-day") if line.key == call.key]
    assert [line.outcome for line in airings] == [Outcome.INTERRUPTED, Outcome.PLAYED]


@pytest.mark.rule("B06")
def test_an_announcement_that_the_power_cut_off_long_ago_is_not_aired_late(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement(10.0)
    shop.power_goes().opens_at("10:55").until("11:05")

    airings = [line.outcome for line in shop.calls("member-day") if line.key == call.key]
    assert airings == [Outcome.INTERRUPTED, Outcome.SKIPPED]


@pytest.mark.rule("B06")
def test_an_announcement_that_was_aired_is_not_aired_again_after_a_restart(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement()
    shop.passes(30).power_goes().opens_at("10:17").until("10:30")

    assert [line.outcome for line in shop.calls("member-day") if line.key == call.key] == [Outcome.PLAYED]


def test_a_restart_after_a_skip_does_not_log_it_twice(shop: Shop) -> None:
    shop.opens_at("10:55").until("11:00").power_goes().opens_at("11:01").until("11:05")

    assert [line.outcome for line in shop.calls("member-day")] == [Outcome.SKIPPED]


def test_songs_heard_before_a_restart_rest_as_if_there_had_been_none(shop: Shop) -> None:
    shop.opens_at("09:55").until("10:12")
    before = {line.id for line in shop.songs()}
    shop.power_goes().opens_at("10:13").until("10:30")

    after = {line.id for line in shop.songs() if real_start(line) > shop.at("10:13").timestamp()}
    assert not before & after


def test_a_restart_with_a_ledger_of_its_own_begins_with_an_empty_day(shop: Shop) -> None:
    shop.opens_at("10:00").until("10:30").power_goes()
    shop.log = MemoryAsRun(shop.office.site.zone_info)
    shop.opens_at("10:31").until("10:40")

    assert shop.silence_s("10:31:05.1", "10:40") < 0.2
