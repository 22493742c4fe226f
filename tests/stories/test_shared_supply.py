"""The announcer and the self-check listen through one microphone: neither takes the other's supply away (B01, B16)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import Inspected, Part
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import SelfCheckChoices
from tests.stories.conftest import SITE, office_of
from tests.stories.inspection import FINE, Checked
from tests.stories.talking import TalkingShop

TALKING = SITE + '\n[[buttons]]\nid = "over"\naction = "talk-over"\n'


@pytest.fixture
def shop(make_site: Callable[..., Site]) -> TalkingShop:
    return TalkingShop(office_of(make_site(site=TALKING)))


@pytest.fixture
def hearing(shop: TalkingShop) -> Checked:
    return Checked(shop, SelfCheckChoices(microphone=""))


def until_the_tone(shop: TalkingShop) -> None:
    shop.opens_at("08:00").until("08:40")
    for _ in range(600):
        on = shop.announcer.air.current
        if on is not None and on.kind is Kind.TEST_TONE and shop.announcer.air.began is not None:
            return
        shop.passes(0.1)
    raise AssertionError("no test tone came")


def until_the_ear_hangs(shop: TalkingShop, hearing: Checked) -> None:
    """At night, with the equipment on for an emergency, while the check waits for its microphone."""
    hearing.looking.hangs.add(Part.EAR)
    shop.opens_at("08:00").until("08:40:02")
    shop.urgent().passes(8.0)


@pytest.mark.rule("B16")
def test_a_check_that_has_heard_its_tone_leaves_the_supply_to_whoever_talks(
    shop: TalkingShop, hearing: Checked
) -> None:
    until_the_tone(shop)
    shop.holds("over").passes(8.0)

    assert shop.announcer.air.over is not None
    assert shop.on_air
    assert shop.supplied

    shop.lets_go("over")

    assert [on for _, on in shop.supply_moves()] == [True, False]


@pytest.mark.rule("B16")
def test_a_talk_that_ends_leaves_the_supply_to_a_check_that_still_listens(shop: TalkingShop, hearing: Checked) -> None:
    until_the_tone(shop)
    shop.holds("over").lets_go("over")

    tone = shop.announcer.air.current
    assert tone is not None
    assert tone.kind is Kind.TEST_TONE
    assert shop.supplied
    assert not shop.on_air

    shop.passes(10.0)

    assert not shop.supplied


@pytest.mark.rule("B16")
def test_a_check_that_finds_the_air_taken_leaves_the_supply_to_whoever_talks(
    shop: TalkingShop, hearing: Checked
) -> None:
    until_the_ear_hangs(shop, hearing)
    shop.holds("over")
    for _ in range(100):
        shop.passes(0.25 if not shop.on_air else 0.0)
    assert shop.supplied

    shop.gets(Inspected(Part.EAR, FINE[Part.EAR]))

    assert shop.supplied
    assert [on for _, on in shop.supply_moves()].count(False) <= 1
    assert shop.on_air


@pytest.mark.rule("B16")
def test_a_supply_that_would_not_go_on_is_switched_off_all_the_same(shop: TalkingShop, hearing: Checked) -> None:
    shop.opens_at("08:00")
    shop.until("08:39:59").relay_sticks(Unit.MICROPHONE, 1)
    shop.until("08:42")

    assert [on for _, on in shop.supply_moves()] == [False]
