"""What goes wrong with a microphone: unplugged, stuck, deaf, or its supply does not switch (B10, B16)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.ports.broadcast import Heard, MicrophoneReport
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.talk import Stage
from tests.stories.announcers_microphone import CHIME_S, TALKING, stage
from tests.stories.conftest import office_of
from tests.stories.talking import LONGEST_S, STUCK_S, TalkingShop


@pytest.fixture(scope="module")
def talking_office(make_site: Callable[..., Site]) -> Office:
    return office_of(make_site(site=TALKING))


@pytest.fixture
def shop(talking_office: Office) -> TalkingShop:
    shop = TalkingShop(talking_office)
    shop.opens_at("08:55").until("09:20").into_a_song()
    return shop


@pytest.mark.rule("B16")
@pytest.mark.parametrize("button", ["over", "latch"])
def test_the_longest_talk_is_ended_with_a_warning_and_the_next_press_talks_again(
    shop: TalkingShop, button: str
) -> None:
    if button == "over":
        shop.panel.stick("over")
    else:
        shop.taps("latch")
    shop.passes(CHIME_S + LONGEST_S + 1.0)

    assert (shop.on_air, shop.supplied) == (False, False)
    on, off = shop.supply_moves()
    assert off[0] - on[0] == pytest.approx(CHIME_S + LONGEST_S, abs=0.2)
    assert any(f"button {button}: released after 60 s" in text for text in shop.announcer.warnings)
    shop.passes(STUCK_S)
    if button == "over":
        assert any("it is stuck" in text for text in shop.announcer.warnings)
        assert shop.says("over") == "fault"
        shop.panel.mend("over")
        shop.passes(1.0)
    shop.holds(button).passes(5.0)
    assert shop.supplied


def test_a_bouncing_wire_neither_begins_nor_ends_a_talk_twice(shop: TalkingShop) -> None:
    shop.panel.bounce("over", [(0.0, True), (0.002, False), (0.004, True), (0.009, False), (0.010, True)])
    shop.passes(10.0)
    shop.panel.bounce("over", [(0.0, False), (0.003, True), (0.005, False)])
    shop.passes(20.0)

    assert len(shop.calls("over")) == 1
    assert [on for _, on in shop.supply_moves()] == [True, False]


def test_an_unplugged_microphone_is_told_on_the_lamp_and_on_the_board_and_the_music_is_not_ducked(
    shop: TalkingShop,
) -> None:
    shop.microphone.unplug()
    shop.holds("over")

    assert shop.says("over") == "fault"
    assert (shop.on_air, shop.supplied) == (False, False)
    assert any("not plugged in" in text for text in shop.announcer.warnings)
    assert shop.announcer.air.over is None
    assert shop.calls("over") == []
    shop.lets_go("over").passes(5.0)
    shop.microphone.plug_in()
    shop.holds("over").passes(5.0)
    assert shop.announcer.air.over is not None


def test_an_unplugged_microphone_is_told_before_a_talk_waits_for_its_turn(shop: TalkingShop) -> None:
    shop.microphone.unplug()
    shop.holds("talk")

    assert shop.says("talk") == "fault"
    assert shop.announcer.air.waiting == ()
    assert shop.supply_moves() == []


def test_a_microphone_that_is_pulled_out_while_somebody_talks_gives_the_music_back(shop: TalkingShop) -> None:
    shop.holds("over").passes(10.0)
    shop.microphone.unplug()
    shop.passes(10.0)

    assert (shop.on_air, shop.supplied) == (False, False)
    assert any("not plugged in" in text for text in shop.announcer.warnings)
    assert shop.announcer.air.over is None
    assert "not plugged in" in shop.last("over").reason


@pytest.mark.parametrize("button", ["over", "talk"])
def test_a_microphone_that_does_not_answer_is_given_up(shop: TalkingShop, button: str) -> None:
    shop.microphone.hesitates = True
    shop.holds(button).passes(3.5)

    assert not shop.supplied
    assert any("does not answer" in text for text in shop.announcer.warnings)
    assert shop.calls(button) == []


def test_a_microphone_that_is_away_when_the_turn_comes_costs_its_prelude_only(shop: TalkingShop) -> None:
    shop.into_an_announcement()
    shop.holds("over").passes(2.0)
    shop.microphone.unplug()
    shop.passes(60.0)

    assert not shop.supplied
    (line,) = shop.calls("over")
    assert "not plugged in" in line.reason
    assert any("not plugged in" in text for text in shop.announcer.warnings)


@pytest.mark.parametrize("what", [Heard.NOT_KEPT, Heard.MUTE])
def test_what_the_microphone_s_process_complains_of_is_shown(shop: TalkingShop, what: Heard) -> None:
    shop.gets(MicrophoneReport(what, "the microphone complains"))

    assert "the microphone complains" in shop.announcer.warnings


def test_a_late_answer_of_the_microphone_concerns_nobody(shop: TalkingShop) -> None:
    shop.gets(MicrophoneReport(Heard.DEAF, "gone"), MicrophoneReport(Heard.LISTENS), MicrophoneReport(Heard.VOICE))

    assert stage(shop) is Stage.IDLE
    assert not shop.supplied


@pytest.mark.rule("B16")
def test_a_supply_that_does_not_go_off_is_tried_again_and_told(shop: TalkingShop) -> None:
    shop.holds("over").passes(10.0)
    shop.relay_sticks(Unit.MICROPHONE, 2)
    shop.lets_go("over").passes(1.0)
    stuck = shop.supplied
    shop.passes(10.0)

    assert stuck
    assert not shop.supplied
    assert any("relay of the microphone supply" in text for text in shop.announcer.warnings)


def test_a_supply_that_does_not_go_on_is_told(shop: TalkingShop) -> None:
    shop.relay_sticks(Unit.MICROPHONE, 1)
    shop.holds("over").passes(5.0)

    assert any("relay of the microphone supply" in text for text in shop.announcer.warnings)
