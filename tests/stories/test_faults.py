from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.outlook import phase
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.calendar import DayTypeChoice
from kiosk.rules.broadcast.library import Sound
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Kind
from tests.stories.conftest import office_of
from tests.stories.shop import MONDAY, Shop, played, real_start

TUESDAY = MONDAY + timedelta(days=1)
PUNCTUAL_S = 5.0


def music_of(shop: Shop) -> set[str]:
    return {song.clip.path for song in shop.office.material.songs()}


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    return shop.opens_at("08:55").until("09:20")


# files


@pytest.mark.rule("B03")
def test_a_song_that_breaks_is_skipped_logged_and_planned_without(open_shop: Shop) -> None:
    following = next(item for item in open_shop.announcer.air.programme if item.air_class is AirClass.MUSIC)
    open_shop.file_breaks(following.parts[0].path).until("22:00")

    broken = [line for line in open_shop.lines if line.id == following.id and line.outcome is Outcome.FAILED]
    assert len(broken) == 1
    assert "decoded" in broken[0].reason
    assert open_shop.silence_s("09:00", "22:00") < 0.2
    assert any(following.id in warning for warning in open_shop.announcer.warnings)
    assert len(played(open_shop.calls("member-day"))) == 11


def test_a_song_that_broke_has_another_chance_the_next_day(open_shop: Shop) -> None:
    following = next(item for item in open_shop.announcer.air.programme if item.air_class is AirClass.MUSIC)
    open_shop.file_breaks(following.parts[0].path).until("10:00").files_are_back().until("22:00", day=TUESDAY)

    assert following.id in {line.id for line in played(open_shop.lines_of(TUESDAY))}


@pytest.mark.rule("B03")
def test_where_every_file_breaks_the_tone_bed_sounds_until_they_are_back(open_shop: Shop) -> None:
    open_shop.file_breaks(*music_of(open_shop)).until("09:30")
    bed = open_shop.announcer.air.current
    open_shop.files_are_back().until("10:00")

    assert bed is not None
    assert bed.kind is Kind.TONE_BED
    assert open_shop.silence_s("09:00", "10:00") < 0.2
    kinds = {line.kind for line in open_shop.heard() if real_start(line) > open_shop.at("09:31").timestamp()}
    assert kinds <= {Kind.MUSIC, Kind.FILLER}


def test_a_broken_library_does_not_keep_the_desk_busy(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.file_breaks(*music_of(shop)).until("10:20")

    assert len(shop.desk.orders) < 15 * 10  # ten a minute at most
    assert shop.last("member-day").outcome is Outcome.PLAYED


@pytest.mark.rule("B06")
def test_a_missing_recording_is_told_and_the_day_goes_on_without_it(site: Site) -> None:
    whole = office_of(site)
    sounds = {**whole.sounds, "sounds/speech/member-day.wav": Sound(0.0, None, -120.0, "is not there")}
    shop = Shop(Office(site, sounds, whole.spoken)).opens_at("08:00").press("promo").until("11:00").press("promo")

    assert shop.calls("member-day") == []
    assert any("member-day" in warning for warning in shop.announcer.warnings)
    assert [note.subject for note in shop.notes("is refused")] == ["member-day"] * 2


@pytest.mark.rule("B09")
def test_a_prelude_that_is_missing_costs_no_script(site: Site) -> None:
    whole = office_of(site)
    sounds = {**whole.sounds, "sounds/chime.wav": Sound(0.0, None, -120.0, "is not there")}
    shop = Shop(Office(site, sounds, whole.spoken)).opens_at("08:00").until("10:30")

    assert (shop.last("member-day").outcome, shop.last("member-day").phase) == (Outcome.PLAYED, "script")


# the office


@pytest.mark.rule("B03")
@pytest.mark.parametrize("spare", [True, False], ids=["with", "without"])
def test_a_plan_that_fails_for_the_next_day_is_tried_again_every_minute(shop: Shop, spare: bool) -> None:
    shop.spare = spare
    shop.opens_at("21:50").until("21:58").ticks()
    shop.desk.fails = "the worker ran out of memory"
    shop.until("22:20")
    tried = len(shop.desk.orders)
    shop.desk.fails = ""
    shop.until("22:30")
    shop.sounding.tick_s = float("inf")
    shop.until("09:10", day=TUESDAY)

    assert 15 <= tried <= 30
    assert shop.lines_of(TUESDAY)[0].kind is Kind.WELCOME
    assert not any("memory" in warning for warning in shop.announcer.warnings)


@pytest.mark.rule("B03")
def test_without_any_plan_the_songs_of_the_hour_keep_silence_away(shop: Shop) -> None:
    shop.spare = True
    shop.desk.fails = "the worker ran out of memory"
    shop.opens_at("08:00").until("08:01").until("23:00")

    assert shop.silence_s("09:00", "21:59:59") < 0.2
    assert {line.kind for line in shop.lines} == {Kind.FILLER}
    assert shop.lines[0].id == "welcome"
    assert shop.lines[-1].id == "closing"
    assert shop.lines[-1].real_end is not None
    assert shop.lines[-1].real_end.timestamp() == pytest.approx(shop.at("22:00").timestamp(), abs=1.0)
    assert any("memory" in warning for warning in shop.announcer.warnings)
    assert shop.relays.on == set()


@pytest.mark.rule("B03")
def test_an_office_that_never_answers_is_asked_again_and_done_without(shop: Shop) -> None:
    shop.spare = True
    shop.desk.silent = True
    shop.opens_at("10:00").ticks().until("10:10")
    asked = len(shop.desk.orders)
    shop.desk.silent = False
    shop.until("10:20")

    assert asked > 2
    assert shop.silence_s("10:01:40", "10:20") < 0.2
    assert abs(real_start(shop.last("member-day")) - shop.at("10:15").timestamp()) < PUNCTUAL_S


def test_a_plan_that_comes_late_is_still_followed_where_nothing_changed(open_shop: Shop) -> None:
    open_shop.into_a_song(1.0)
    open_shop.desk.takes_s = 30.0
    open_shop.press("promo").until("11:20")

    assert abs(real_start(open_shop.last("member-day")) - open_shop.at("11:15").timestamp()) < PUNCTUAL_S
    assert open_shop.silence_s("09:20", "11:20") < 0.2


def test_a_plan_that_is_out_of_date_is_ordered_anew(open_shop: Shop) -> None:
    open_shop.into_a_song(1.0)
    open_shop.desk.takes_s = 10.0
    open_shop.press("promo").passes(1.0).urgent().until("11:20")

    first, second = open_shop.desk.orders[1:3]
    assert first.basis != second.basis
    assert abs(real_start(open_shop.last("member-day")) - open_shop.at("11:15").timestamp()) < PUNCTUAL_S
    assert len(open_shop.calls("lost-child")) == 1


def test_a_day_without_a_valid_day_type_is_told_and_the_role_goes_on_the_day_after(site: Site) -> None:
    whole = office_of(site)

    def choose(day: object) -> DayTypeChoice:
        return DayTypeChoice("holiday" if day == TUESDAY else "weekday", "a test")

    shop = Shop(replace(whole, day_type=choose)).opens_at("21:00").ticks().until("23:00")

    assert any("holiday" in warning for warning in shop.announcer.warnings)
    assert shop.relays.on == set()
    assert phase(shop.announcer.air, shop.announcer.day, shop.now) == "closed"


# the ledger


@pytest.mark.rule("B03")
def test_a_full_disk_does_not_stop_the_music_and_its_lines_come_later(shop: Shop) -> None:
    shop.opens_at("08:55", spool=True).until("09:20").disk_fills().until("11:00")
    written = len(shop.lines)
    shop.disk_is_freed().until("11:05")

    assert shop.spooled is not None
    assert shop.spooled.fault == ""
    assert written < len(shop.lines)
    assert shop.silence_s("09:00", "11:00") < 0.2
    assert {line.outcome for line in shop.lines[:-1]} == {Outcome.PLAYED}


def test_a_disk_that_is_full_from_the_start_does_not_keep_the_store_silent(shop: Shop) -> None:
    shop.disk_fills().opens_at("08:55", spool=True).until("09:30").disk_is_freed().until("09:40")

    assert shop.silence_s("09:00", "09:40") < 0.2


# the wires


@pytest.mark.rule("B02")
def test_an_amplifier_that_will_not_go_off_is_tried_again_before_the_source_goes_off(shop: Shop) -> None:
    shop.opens_at("21:40").until("21:50").relay_sticks(Unit.AMPLIFIER, 2).until("22:05")

    assert [(unit, on) for _, unit, on in shop.relays.history[-2:]] == [(Unit.AMPLIFIER, False), (Unit.SOURCE, False)]
    (_, _, _), (amplifier, _, _), (source, _, _) = shop.relays.history[-3:]
    assert source - amplifier == pytest.approx(3.0, abs=0.01)
    assert any("cable" in warning for warning in shop.announcer.warnings)


def test_a_relay_that_never_answers_does_not_keep_the_role_from_ending(shop: Shop) -> None:
    shop.opens_at("10:00").into_a_song()
    shop.relay_sticks(Unit.AMPLIFIER, 99).stop().passes(60)

    assert shop.announcer.done


@pytest.mark.rule("B03")
@pytest.mark.parametrize("unit", [Unit.SOURCE, Unit.AMPLIFIER])
def test_a_relay_that_fails_at_power_up_is_told_and_the_programme_begins_all_the_same(shop: Shop, unit: Unit) -> None:
    shop.opens_at("08:00").relay_sticks(unit, 1).until("09:10")

    assert any("relay" in warning for warning in shop.announcer.warnings)
    assert shop.silence_s("09:00", "09:10") < 0.2


def test_a_role_of_years_does_not_grow(make_site: Callable[..., Site]) -> None:
    shop = Shop(office_of(make_site())).opens_at("08:00").until("08:30")
    for _ in range(5):
        shop.until("12:00").press("promo").until("23:30")
        shop.day += timedelta(days=1)

    assert len(shop.announcer.line.keys()) <= 2
    assert len(shop.announcer.journal.recent) <= 20
