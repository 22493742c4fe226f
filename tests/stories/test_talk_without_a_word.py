"""A talk that ends before its first word leaves no trace on the air: no prelude to its end, no postlude (B09, B16)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import TalkOver
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.talk import Stage
from tests.stories.announcers_microphone import CHIME_S, TALKING, stage
from tests.stories.conftest import office_of
from tests.stories.talking import TalkingShop

BLIP_S = 0.5


@pytest.fixture(scope="module")
def talking_office(make_site: Callable[..., Site]) -> Office:
    return office_of(make_site(site=TALKING))


@pytest.fixture
def shop(talking_office: Office) -> TalkingShop:
    shop = TalkingShop(talking_office)
    shop.opens_at("08:55").until("09:20").into_a_song()
    return shop


def lasted_s(line: AsRun) -> float:
    if line.real_start is None:
        return 0.0
    assert line.real_end is not None
    return line.real_end.timestamp() - line.real_start.timestamp()


def until_the_mixer_has_begun_it(shop: TalkingShop) -> None:
    """The song is over and the mixer has gone on to the talk; the desk has not read of it yet."""
    for _ in range(1000):
        reached_s = shop.sounding.pass_time(shop.clock.mono_s() + 1.0, shop.role.inbox)
        shop.clock.move_to(reached_s)
        if any(getattr(message, "key", "").startswith("talk@") for message in shop.role.inbox):
            return
        shop.role.run(shop.now)
    raise AssertionError("the talk never began")


@pytest.mark.rule("B16")
def test_let_go_in_the_very_moment_in_which_the_mixer_began_it(shop: TalkingShop) -> None:
    shop.holds("talk")
    until_the_mixer_has_begun_it(shop)
    shop.role.inbox.appendleft(TalkOver("talk", "the button was let go"))
    shop.role.run(shop.now)
    shop.passes(30.0)

    (line,) = shop.calls("talk")
    assert lasted_s(line) < BLIP_S
    assert (line.outcome, line.reason) == (Outcome.CUT, "the button was let go; nothing was said")
    assert stage(shop) is Stage.IDLE
    assert shop.supply_moves() == []
    assert shop.silence_s("09:21", f"{shop.now:%H:%M:%S}") < 0.5


@pytest.mark.rule("B16")
@pytest.mark.parametrize("button", ["over", "latch"])
def test_let_go_during_the_prelude(shop: TalkingShop, button: str) -> None:
    (shop.holds if button == "over" else shop.taps)(button).passes(1.0)
    (shop.lets_go if button == "over" else shop.taps)(button).passes(CHIME_S)

    (line,) = shop.calls(button)
    assert lasted_s(line) < 1.0 + BLIP_S
    assert line.outcome is Outcome.CUT
    assert "nothing was said" in line.reason
    assert shop.announcer.air.over is None
    assert not shop.supplied
    assert not shop.on_air


@pytest.mark.rule("B16")
def test_after_a_talk_without_a_word_the_next_press_talks(shop: TalkingShop) -> None:
    shop.holds("over").passes(1.0)
    shop.lets_go("over").passes(1.0)
    shop.holds("over").passes(CHIME_S + 5.0)
    live = shop.says("over")
    shop.lets_go("over").passes(10.0)

    assert live == "lit"
    assert [line.outcome for line in shop.calls("over")] == [Outcome.CUT, Outcome.PLAYED]


@pytest.mark.rule("B10")
def test_once_a_word_was_said_the_talk_is_closed_by_its_postlude(shop: TalkingShop) -> None:
    shop.holds("over").passes(CHIME_S + 0.5)
    shop.lets_go("over").passes(10.0)

    (line,) = shop.calls("over")
    assert line.outcome is Outcome.PLAYED
    assert lasted_s(line) == pytest.approx(2 * CHIME_S + 0.5, abs=0.2)
