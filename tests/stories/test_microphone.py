"""The announcer talks: hold and latch, between songs and over music, with lamp and supply; and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import Output
from kiosk.ports.broadcast import Heard, MicrophoneReport
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.talk import Stage
from kiosk.rules.people.person import Denied
from tests.stories.announcers_microphone import CHIME_S, TALKING, stage
from tests.stories.conftest import office_of
from tests.stories.shop import real_start
from tests.stories.talking import TalkingShop


@pytest.fixture(scope="module")
def talking_office(make_site: Callable[..., Site]) -> Office:
    return office_of(make_site(site=TALKING))


@pytest.fixture
def shop(talking_office: Office) -> TalkingShop:
    shop = TalkingShop(talking_office)
    shop.opens_at("08:55").until("09:20").into_a_song()
    return shop


@pytest.mark.rule("B16")
def test_over_music_the_lamp_is_lit_and_the_supply_on_from_the_press_to_the_last_word(shop: TalkingShop) -> None:
    shop.holds("over")
    lit, supplied = shop.on_air, shop.supplied
    waiting = shop.says("over")
    shop.passes(CHIME_S)
    speaking = shop.says("over")
    shop.passes(7.0).lets_go("over")  # type: ignore[attr-defined]

    assert (lit, supplied, waiting, speaking) == (True, True, "wait", "lit")
    assert (shop.on_air, shop.supplied) == (False, False)
    shop.passes(10.0)
    (line,) = shop.calls("over")
    assert (line.outcome, line.operator, line.air_class, line.kind) == (
        Outcome.PLAYED, "panel", AirClass.MICROPHONE, Kind.TALK,
    )  # fmt: skip
    assert line.phase == "postlude"
    assert line.level_dbfs is not None


@pytest.mark.rule("B09")
@pytest.mark.rule("B16")
def test_prelude_then_voice_then_postlude_and_the_supply_is_off_before_the_postlude(shop: TalkingShop) -> None:
    shop.holds("over").passes(CHIME_S + 5.0)
    shop.lets_go("over").passes(10.0)

    (line,) = shop.calls("over")
    on, off = shop.supply_moves()
    assert line.real_start is not None
    assert line.real_end is not None
    assert (on[1], off[1]) == (True, False)
    assert off[0] - on[0] == pytest.approx(CHIME_S + 5.0 + 0.1, abs=0.15)
    assert (line.real_end - line.real_start).total_seconds() == pytest.approx(2 * CHIME_S + 5.1, abs=0.2)


def test_the_music_goes_on_under_a_talk_and_nothing_is_planned_anew(shop: TalkingShop) -> None:
    song = shop.lines[-1]
    orders = len(shop.desk.orders)
    shop.holds("over").passes(10.0)
    shop.lets_go("over").until("09:40")

    assert next(line for line in shop.lines if line.key == song.key).outcome is Outcome.PLAYED
    assert len(shop.desk.orders) == orders
    assert shop.silence_s("09:00", "09:40") < 0.2


@pytest.mark.rule("B08")
@pytest.mark.rule("B16")
def test_between_songs_the_talk_waits_for_the_song_with_supply_off_and_then_begins(shop: TalkingShop) -> None:
    left_s = shop.announcer.air.expected_end(shop.now).timestamp() - shop.now.timestamp()
    shop.passes(max(0.0, left_s - 30.0))
    shop.holds("talk").passes(5.0)
    waiting = (shop.says("talk"), shop.on_air, shop.supplied)
    song = next(line for line in reversed(shop.lines) if line.air_class is AirClass.MUSIC)
    shop.passes(25.0 + CHIME_S + 3.0)
    speaking = (shop.says("talk"), shop.on_air, shop.supplied)
    shop.lets_go("talk").passes(20.0)

    assert waiting == ("wait", False, False)
    assert speaking == ("lit", True, True)
    (line,) = shop.calls("talk")
    assert next(one for one in shop.lines if one.key == song.key).outcome is Outcome.PLAYED
    assert (line.outcome, line.air_class, line.phase) == (Outcome.PLAYED, AirClass.ROUTINE, "postlude")
    shop.until("09:50")
    assert shop.silence_s("09:00", "09:50") < 0.2


@pytest.mark.rule("B10")
def test_talk_pressed_during_an_announcement_waits_with_a_blinking_lamp_and_follows_it(shop: TalkingShop) -> None:
    call = shop.into_an_announcement()
    shop.holds("over").passes(1.0)
    waiting = (shop.says("over"), shop.on_air, shop.supplied)
    shop.passes(30.0)
    live = (shop.says("over"), shop.on_air, shop.supplied)
    shop.lets_go("over").passes(20.0)

    assert waiting == ("wait", False, False)
    assert live == ("lit", True, True)
    assert next(line for line in shop.lines if line.key == call.key).outcome is Outcome.PLAYED
    (line,) = shop.calls("over")
    announced = next(one for one in shop.lines if one.key == call.key).real_end
    assert announced is not None
    assert real_start(line) >= announced.timestamp()


def test_letting_go_while_it_waits_takes_the_request_back(shop: TalkingShop) -> None:
    shop.into_an_announcement()
    shop.holds("over").passes(1.0)
    shop.lets_go("over").passes(60.0)

    assert shop.calls("over") == []
    assert shop.supply_moves() == []
    assert shop.says("over") == "dark"
    assert [note.details["why"] for note in shop.notes("ends the talk")] == ["the button was let go"]


@pytest.mark.rule("B16")
def test_a_latching_button_is_pressed_to_begin_and_again_to_end(shop: TalkingShop) -> None:
    shop.taps("latch").passes(20.0)
    live = (shop.on_air, shop.supplied)
    shop.taps("latch")
    off = (shop.on_air, shop.supplied)
    shop.passes(20.0)
    shop.taps("latch").passes(20.0)

    assert (live, off) == ((True, True), (False, False))
    assert shop.supplied  # a third press begins anew
    assert len(shop.calls("latch")) == 2


@pytest.mark.rule("B10")
@pytest.mark.rule("B16")
def test_an_evacuation_silences_the_microphone_and_its_supply_goes_off_at_once(shop: TalkingShop) -> None:
    shop.holds("over").passes(10.0)
    shop.evacuate().passes(1.0)

    assert (shop.on_air, shop.supplied) == (False, False)
    assert shop.last("over").outcome is Outcome.CUT
    current = shop.announcer.air.current
    assert current is not None
    assert current.id == "evacuation"


@pytest.mark.rule("B10")
def test_a_talk_asked_for_during_an_evacuation_waits_for_the_reset(shop: TalkingShop) -> None:
    shop.evacuate().passes(2.0)
    shop.holds("over").passes(20.0)
    waiting = (shop.says("over"), shop.on_air)
    shop.reset().passes(10.0)

    assert waiting == ("wait", False)
    assert shop.on_air
    assert shop.supplied


@pytest.mark.rule("B10")
def test_a_page_waits_until_the_microphone_is_off(shop: TalkingShop) -> None:
    shop.holds("over").passes(5.0)
    shop.urgent().passes(5.0)
    before = [line.id for line in shop.calls()]
    shop.lets_go("over").passes(20.0)

    assert before == ["over"]
    assert real_start(shop.last("lost-child")) >= real_start(shop.last("over")) + 10.0


@pytest.mark.rule("B10")
def test_a_role_that_is_told_to_stop_lets_the_announcer_finish(shop: TalkingShop) -> None:
    shop.holds("over").passes(10.0)
    shop.stop().passes(10.0)
    talking = shop.supplied
    shop.lets_go("over").passes(30.0)

    assert talking
    assert shop.last("over").outcome is Outcome.PLAYED
    assert shop.announcer.done
    assert shop.relays.on == set()


def test_a_talk_that_waits_when_the_role_is_told_to_stop_is_refused(shop: TalkingShop) -> None:
    shop.holds("talk").passes(2.0)
    shop.stop().passes(1.0)

    assert "talk" in [note.subject for note in shop.notes("is refused")]
    assert stage(shop) is Stage.IDLE
    shop.lets_go("talk").holds("talk")
    assert shop.notes("is refused")[-1].details["why"] == "the broadcast is closing"


def test_a_talk_over_midnight_comes_to_its_end_as_any_other(shop: TalkingShop) -> None:
    shop.holds("over").passes(6.0)
    shop.announcer.line.forget()  # what another business day begins with
    shop.lets_go("over").passes(10.0)

    assert shop.announcer.air.over is None
    assert shop.last("over").outcome is Outcome.PLAYED


def test_a_live_talk_goes_on_when_the_sound_output_comes_back_for_nobody_can_repeat_it(shop: TalkingShop) -> None:
    shop.into_an_announcement()
    shop.holds("over").passes(40.0)
    shop.gets(Output(heard=False)).gets(Output(heard=True)).passes(5.0)

    assert shop.on_air
    shop.lets_go("over").passes(20.0)
    assert [line.outcome for line in shop.calls("over")] == [Outcome.PLAYED]


@pytest.mark.rule("B14")
def test_whoever_may_not_speak_is_refused_and_the_microphone_stays_off(shop: TalkingShop) -> None:
    shop.announcer.counter.may = lambda operator, deed, now: Denied("a stranger", f"may not {deed.value}")
    shop.holds("over").passes(5.0)
    shop.commands("over", 5.0).passes(5.0)

    assert shop.supply_moves() == []
    assert [(note.actor, note.subject) for note in shop.notes("is refused")] == [("a stranger", "button over")] * 2


def test_two_people_at_once_have_one_microphone(shop: TalkingShop) -> None:
    shop.holds("over").holds("latch").passes(10.0)

    assert [note.details["why"] for note in shop.notes("is refused")] == ["somebody talks already"]
    shop.lets_go("over").passes(20.0)
    assert [line.id for line in shop.calls()] == ["over"]


def test_pressed_again_during_the_postlude_the_next_talk_follows_it(shop: TalkingShop) -> None:
    shop.holds("over").passes(6.0)
    shop.lets_go("over").holds("over")
    waiting = (shop.panel.lamp("over"), shop.on_air)
    shop.passes(10.0)
    live = shop.says("over")
    shop.lets_go("over").passes(10.0)

    assert waiting[1] is False
    assert live == "lit"
    assert len(shop.calls("over")) == 2


def test_let_go_again_during_the_postlude_nothing_follows_it(shop: TalkingShop) -> None:
    shop.holds("over").passes(6.0)
    shop.lets_go("over").taps("over").passes(20.0)

    assert len(shop.calls("over")) == 1
    assert not shop.supplied


def test_a_command_holds_the_button_for_so_many_seconds_of_talk(shop: TalkingShop) -> None:
    shop.commands("over", 5.0).passes(30.0)

    (line,) = shop.calls("over")
    assert line.operator == "anna"
    on, off = shop.supply_moves()
    assert off[0] - on[0] == pytest.approx(CHIME_S + 5.0, abs=0.1)


def test_a_command_that_does_not_hold_works_a_latching_button_only(shop: TalkingShop) -> None:
    shop.commands("over").passes(1.0)
    refused = shop.notes("is refused")[-1].details["why"]
    shop.commands("latch").passes(10.0)
    live = shop.supplied
    shop.commands("latch").passes(10.0)

    assert "hold it" in refused
    assert live
    assert not shop.supplied
    assert len(shop.calls("latch")) == 1


def test_nobody_talks_to_a_closed_store(talking_office: Office) -> None:
    shop = TalkingShop(talking_office)
    shop.opens_at("03:00").passes(60)
    shop.holds("over").passes(10.0)

    assert shop.supply_moves() == []
    assert "the equipment is off" in shop.notes("is refused")[-1].details["why"]


def test_what_is_said_is_kept_where_the_site_wants_it(talking_office: Office) -> None:
    shop = TalkingShop(talking_office, record=True)
    shop.opens_at("08:55").until("09:20").into_a_song()
    shop.holds("over").passes(10.0)
    shop.lets_go("over").passes(10.0)

    (name,) = shop.microphone.recordings
    assert name.startswith("2026-11-23/0920")
    (kept,) = shop.notes("keeps")
    assert kept.subject == name
    shop.gets(MicrophoneReport(Heard.PURGED, count=3))
    assert shop.notes("purges")[0].details == {"count": "3"}


def test_what_is_said_is_not_kept_unless_the_site_wants_it(shop: TalkingShop) -> None:
    shop.holds("over").passes(10.0)
    shop.lets_go("over").passes(10.0)

    assert shop.microphone.recordings == []


@pytest.mark.rule("B10")
def test_an_announcement_that_begins_while_the_microphone_is_switched_on_is_heard_first(shop: TalkingShop) -> None:
    shop.press("promo")
    shop.passes(shop.announcer.air.expected_end(shop.now).timestamp() - shop.now.timestamp() - 0.5)
    shop.microphone.hesitates = True
    shop.holds("over").passes(1.0)
    shop.microphone.answer()
    shop.passes(1.0)
    waiting = (shop.says("over"), shop.on_air, shop.supplied)
    shop.microphone.hesitates = False
    shop.passes(40.0)

    assert waiting == ("wait", False, False)
    assert shop.on_air
    assert [line.id for line in shop.calls()] == ["member-day", "over"]
    assert shop.calls()[0].outcome is Outcome.PLAYED
