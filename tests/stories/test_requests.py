from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desks.broadcast.messages import Pressed, ScriptAsked
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import ScriptId
from tests.stories.shop import MONDAY, Shop, played, real_start, seconds_between

PUNCTUAL_S = 5.0


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    return shop.opens_at("08:55").until("09:20")


@pytest.mark.rule("B08")
def test_promo_pressed_in_a_song_waits_for_its_end_and_the_next_call_is_punctual_again(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    open_shop.press("promo").until("10:16")

    after = next(line for line in open_shop.lines if line.key == song.key)
    promo, by_plan = open_shop.calls("member-day")
    assert after.outcome is Outcome.PLAYED
    assert seconds_between(after, promo) == pytest.approx(0.0, abs=0.001)
    assert (promo.operator, promo.planned_start) == ("anna", None)
    assert by_plan.due == open_shop.at("10:15")
    assert abs(real_start(by_plan) - open_shop.at("10:15").timestamp()) < PUNCTUAL_S


@pytest.mark.rule("B08")
def test_a_page_waits_for_the_song_too(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    open_shop.page().until("09:30")

    (page,) = open_shop.calls("page/guest-mr")
    over = next(line for line in open_shop.lines if line.key == song.key)
    assert seconds_between(over, page) == pytest.approx(0.0, abs=0.001)
    assert page.kind is Kind.PAGE


def test_the_log_does_not_hold_the_name_of_whom_was_paged(open_shop: Shop) -> None:
    open_shop.page("王小明").until("09:30")

    assert "小明" not in repr(open_shop.lines)
    assert "小明" not in repr(open_shop.log.notes)
    assert "小明" not in repr(open_shop.announcer.warnings)


@pytest.mark.rule("B08")
def test_a_lost_child_breaks_into_a_song_at_once(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    asked_s = open_shop.now.timestamp()
    open_shop.urgent().until("09:30")

    (urgent,) = open_shop.calls("lost-child")
    cut = next(line for line in open_shop.lines if line.key == song.key)
    assert real_start(urgent) == pytest.approx(asked_s, abs=0.01)
    assert (cut.outcome, cut.reason) == (Outcome.CUT, "lost-child broke in")
    assert urgent.outcome is Outcome.PLAYED
    assert open_shop.silence_s("09:00", "09:30") < 0.2


@pytest.mark.rule("B10")
def test_a_lost_child_never_breaks_into_an_announcement(shop: Shop) -> None:
    shop.opens_at("10:05")
    call = shop.into_an_announcement()
    shop.urgent().until("10:30")

    over = next(line for line in shop.lines if line.key == call.key)
    assert over.outcome is Outcome.PLAYED
    assert seconds_between(over, shop.last("lost-child")) == pytest.approx(0.0, abs=0.001)


@pytest.mark.rule("B10")
@pytest.mark.parametrize("into", ["song", "announcement"])
def test_an_evacuation_cuts_everything_and_repeats_until_it_is_reset(shop: Shop, into: str) -> None:
    shop.opens_at("10:05")
    before = shop.into_a_song() if into == "song" else shop.into_an_announcement()
    asked_s = shop.now.timestamp()

    shop.evacuate().passes(100.0).reset().until("10:40")

    rounds = shop.calls("evacuation")
    cut = next(line for line in shop.lines if line.key == before.key)
    assert (cut.outcome, cut.reason) == (Outcome.CUT, "evacuation broke in")
    assert real_start(rounds[0]) == pytest.approx(asked_s, abs=0.01)
    assert [line.outcome for line in rounds] == [Outcome.PLAYED] * 7 + [Outcome.CUT]
    assert rounds[-1].reason == "reset"
    assert {line.operator for line in rounds} == {"anna"}
    assert shop.silence_s("10:06", "10:40") < 0.7


def test_after_the_reset_the_waiting_ones_and_then_the_programme_go_on(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.evacuate().passes(30.0).press("promo").urgent().passes(30.0).reset().until("12:00")

    asked = [line for line in shop.calls() if line.operator == "anna" and line.id != "evacuation"]
    assert [line.id for line in asked] == ["lost-child", "member-day"]
    assert {line.outcome for line in asked} == {Outcome.PLAYED}
    assert abs(real_start(shop.last("member-day")) - shop.at("11:15").timestamp()) < PUNCTUAL_S


def test_after_a_long_evacuation_nothing_stale_is_aired(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.evacuate().until("10:40").reset().until("10:50")

    member_day = shop.calls("member-day")
    assert [line.outcome for line in member_day] == [Outcome.SKIPPED]
    assert shop.silence_s("10:40:02", "10:50") < 0.2


@pytest.mark.rule("B19")
def test_an_evacuation_past_the_doors_closing_is_followed_by_silence_and_power_off(shop: Shop) -> None:
    shop.opens_at("21:40").into_a_song()
    shop.evacuate().until("22:10").reset().until("22:12")

    assert shop.lines[-1].id == "evacuation"
    assert shop.relays.on == set()


def test_an_evacuation_that_is_asked_for_twice_goes_on_and_says_so(open_shop: Shop) -> None:
    open_shop.evacuate().passes(5.0).evacuate().passes(25.0)

    assert [line.outcome for line in open_shop.calls("evacuation")[:2]] == [Outcome.PLAYED] * 2
    (refused,) = open_shop.notes("is refused")
    assert "until the reset" in refused.details["why"]


def test_a_reset_and_a_new_evacuation_in_one_breath_is_an_evacuation(open_shop: Shop) -> None:
    open_shop.evacuate().passes(5.0).reset().evacuate().passes(60.0)

    current = open_shop.announcer.air.current
    assert current is not None
    assert current.id == "evacuation"
    assert current.repeats


def test_an_evacuation_at_night_powers_up_and_powers_down_after_the_reset(shop: Shop) -> None:
    shop.opens_at("03:00").passes(60).evacuate().passes(60).reset().passes(60)

    rounds = shop.calls("evacuation")
    assert real_start(rounds[0]) == pytest.approx(shop.at("03:01:05").timestamp(), abs=0.1)
    assert shop.relays.on == set()
    shop.until("09:00:05")
    assert shop.lines[-1].kind is Kind.WELCOME


def test_an_evacuation_that_is_reset_before_the_power_is_on_is_not_aired(shop: Shop) -> None:
    shop.opens_at("03:00").passes(60).evacuate().passes(2).reset().passes(60)

    assert shop.calls() == []
    assert shop.relays.on == set()
    (refused,) = shop.notes("is refused")
    assert refused.subject == "evacuation"


def test_promo_at_night_is_refused_and_logged(shop: Shop) -> None:
    shop.opens_at("03:00").press("promo").passes(60)

    assert shop.calls() == []
    assert shop.relays.history == []
    assert [note.subject for note in shop.notes("is refused")] == ["member-day"]


def test_promo_while_the_equipment_powers_up_late_in_the_morning_is_aired(shop: Shop) -> None:
    shop.opens_at("11:03").passes(1).press("promo").passes(60)

    assert shop.last("member-day").outcome is Outcome.PLAYED


def test_promo_pressed_twice_in_the_same_instant_is_aired_once_and_the_other_is_logged(open_shop: Shop) -> None:
    open_shop.into_a_song()
    open_shop.press("promo").press("promo").until("09:40")

    assert len(played(open_shop.calls("member-day"))) == 1
    assert [note.details["why"] for note in open_shop.notes("is refused")] == ["it waits already"]


def test_promo_pressed_again_while_it_is_aired_is_aired_again(open_shop: Shop) -> None:
    open_shop.into_a_song()
    open_shop.press("promo").passes(300)
    open_shop.press("promo").passes(600)

    assert len({line.key for line in played(open_shop.calls("member-day"))}) == 2


def test_two_askings_in_one_instant_are_both_aired(open_shop: Shop) -> None:
    open_shop.into_a_song()
    open_shop.gets(Pressed("promo", "anna"), ScriptAsked(ScriptId("closing-30"), "anna")).passes(600)

    assert [line.id for line in played(open_shop.calls())] == ["member-day", "closing-30"]


def test_a_button_that_does_not_exist_is_refused_by_name(open_shop: Shop) -> None:
    open_shop.press("prmo")

    (refused,) = open_shop.notes("is refused")
    assert refused.subject == "button prmo"
    assert "promo" in refused.details["why"]
    assert any("prmo" in warning for warning in open_shop.announcer.warnings)


def test_a_script_that_is_not_in_the_binder_is_refused(open_shop: Shop) -> None:
    open_shop.asks_for("happy-hour").passes(300)

    assert open_shop.notes("is refused")[0].subject == "happy-hour"


def test_a_button_airs_only_its_class(open_shop: Shop) -> None:
    button = open_shop.announcer.choices.buttons["promo"]
    buttons = {**open_shop.announcer.choices.buttons, "promo": replace(button, script=ScriptId("evacuation"))}
    open_shop.announcer.counter.buttons = buttons

    open_shop.press("promo")

    assert "evacuation" in open_shop.notes("is refused")[0].details["why"]
    assert open_shop.calls() == []


def test_next_song_cuts_a_song_and_says_so(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    open_shop.press("next").until("09:40")

    cut = next(line for line in open_shop.lines if line.key == song.key)
    assert (cut.outcome, cut.reason) == (Outcome.CUT, "next song")
    assert open_shop.silence_s("09:00", "09:40") < 0.2


@pytest.mark.rule("B10")
def test_next_song_does_not_cut_an_announcement(shop: Shop) -> None:
    shop.opens_at("10:05")
    call = shop.into_an_announcement()
    shop.press("next").passes(60)

    assert next(line for line in shop.lines if line.key == call.key).outcome is Outcome.PLAYED


def test_reset_without_an_evacuation_changes_nothing(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    open_shop.reset().passes(300)

    assert next(line for line in open_shop.lines if line.key == song.key).outcome is Outcome.PLAYED


def test_a_request_in_the_last_minute_is_aired_after_the_doors_close_and_then_it_is_off(shop: Shop) -> None:
    shop.opens_at("21:40").until("21:59:30").press("promo").until("22:05")

    (promo,) = played(shop.calls("member-day"))
    assert promo.day == MONDAY
    assert [line.air_class for line in shop.lines[-2:]] == [AirClass.MUSIC, AirClass.ROUTINE]
    assert Unit.AMPLIFIER not in shop.relays.on
