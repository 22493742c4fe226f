"""The sound output is lost and comes back while the desk goes on: what the shoppers heard in part starts over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Zone
from kiosk.desks.broadcast.messages import Output, PageAsked
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.page_watch import Stage
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.units import ZoneId
from tests.stories.shop import Shop, played, real_start

AWAY = "the sound output was away"


@pytest.mark.rule("B10")
def test_an_announcement_that_the_output_left_in_the_middle_starts_again_from_its_beginning(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement(5.0)
    shop.output_goes().passes(4).output_is_back().passes(60)

    again = [line for line in shop.lines if line.id == call.id and line.real_start is not None][-2:]
    assert [line.outcome for line in again] == [Outcome.INTERRUPTED, Outcome.PLAYED]
    assert again[0].reason == f"{AWAY}; it starts again from its beginning"
    assert again[1].reason == ""
    assert again[1].phase == call.phase or again[1].phase
    assert [note.action for note in shop.log.notes if note.actor == "sound output"] == ["is away", "is back"]


@pytest.mark.rule("B10")
def test_an_announcement_that_started_over_is_not_due_a_third_time_when_the_role_restarts(shop: Shop) -> None:
    call = shop.opens_at("10:05").into_an_announcement(5.0)
    shop.output_goes().passes(1).output_is_back().passes(60)
    known = len(played(shop.calls(call.id)))
    back = f"{shop.now:%H:%M:%S}"
    shop.power_goes().opens_at(back).passes(200)

    assert len(played(shop.calls(call.id))) == known


def test_a_song_plays_on_and_its_line_says_that_nobody_heard_it(shop: Shop) -> None:
    song = shop.opens_at("10:00").into_a_song()
    shop.output_goes().passes(3).output_is_back().passes(600)

    line = next(line for line in shop.lines if line.key == song.key)
    assert (line.outcome, line.reason) == (Outcome.PLAYED, AWAY)


def test_what_is_aired_while_the_output_is_away_says_so_and_what_follows_does_not(shop: Shop) -> None:
    shop.opens_at("10:00").into_a_song()
    shop.output_goes().passes(1200).output_is_back().into_a_song(120)
    shop.passes(900)

    began_at = shop.notes("is away")[0].at
    back_at = shop.notes("is back")[0].at
    for line in shop.lines:
        if line.real_end is None or line.real_start is None or line.real_end < began_at:
            continue
        assert (line.reason == AWAY) == (line.real_start < back_at)


@pytest.mark.rule("B10")
def test_an_evacuation_starts_its_round_over_and_still_ends_with_the_reset(shop: Shop) -> None:
    shop.opens_at("10:05").into_a_song()
    shop.evacuate().passes(10).output_goes().passes(2).output_is_back().passes(60).reset().passes(30)

    rounds = shop.calls("evacuation")
    outcomes = [line.outcome for line in rounds]
    assert outcomes.count(Outcome.INTERRUPTED) == 1
    assert outcomes[outcomes.index(Outcome.INTERRUPTED) + 1] is Outcome.PLAYED
    assert len({line.key for line in rounds}) == len(rounds)
    reset_at = shop.notes("presses")[-1].at
    after = [line for line in shop.lines if line.real_start is not None and line.real_start > reset_at]
    assert after
    assert all(line.id != "evacuation" for line in after)


ZONES = (ZoneId("hall"), ZoneId("food"))
FOOD = ZONES[1:]


@pytest.fixture
def zoned(office: Office) -> Shop:
    """A store of two zones in which a song is on; the lost child is looked for in the food hall only."""
    zones = tuple(Zone(zone, {}, (1, 2), -6.0) for zone in ZONES)
    binder = tuple(replace(page, zones=FOOD) if page.id == "lost-child" else page for page in office.site.binder)
    shop = Shop(replace(office, site=replace(office.site, zones=zones, binder=binder)))
    shop.opens_at("10:05").into_a_song()
    return shop


def spoken(shop: Shop) -> list[tuple[Outcome, str]]:
    return [(line.outcome, line.reason) for line in shop.calls("lost-child")]


ANEW = [(Outcome.INTERRUPTED, f"{AWAY}; it starts again from its beginning"), (Outcome.PLAYED, "")]


@pytest.mark.rule("B10")
def test_what_speaks_in_a_zone_beside_the_song_starts_again_from_its_beginning(zoned: Shop) -> None:
    song = zoned.announcer.air.current
    zoned.urgent().passes(5.0).output_goes().passes(1.0).output_is_back()
    on = zoned.announcer.air
    zoned.passes(30.0)

    assert on.current == song
    assert spoken(zoned) == ANEW
    first, again = zoned.calls("lost-child")
    assert again.zones == first.zones == FOOD
    assert real_start(again) - real_start(first) == pytest.approx(6.0, abs=0.2)
    assert again.real_end is not None
    assert again.real_end.timestamp() - real_start(again) > 13.0


@pytest.mark.rule("B10")
@pytest.mark.rule("B20")
def test_a_page_for_a_zone_that_starts_again_is_asked_after_once(zoned: Shop) -> None:
    zoned.gets(PageAsked(PageRequest(Whom.GUEST, Title.MR, "王小明", zones=FOOD), "anna"))
    while zoned.announcer.air.beside is None:
        zoned.passes(0.5)
    zoned.passes(0.5).output_goes().passes(1.0).output_is_back().passes(30.0)

    heard = [line for line in zoned.calls() if line.id == "page/guest-mr"]
    assert [line.outcome for line in heard] == [Outcome.INTERRUPTED, Outcome.PLAYED]
    assert [page.stage for page in zoned.book.pages.values()] == [Stage.CALLED]


@pytest.mark.rule("B10")
@pytest.mark.rule("B15")
def test_where_only_another_zone_s_card_was_away_the_words_go_on(zoned: Shop) -> None:
    zoned.urgent().passes(5.0)
    zoned.gets(Output(heard=False, zones=ZONES[:1])).passes(1.0).gets(Output(heard=True, zones=ZONES[:1])).passes(30.0)

    assert spoken(zoned) == [(Outcome.PLAYED, "")]
    assert {note.subject for note in zoned.log.notes if note.actor == "sound output"} == {"the sound output of hall"}


@pytest.mark.rule("B10")
@pytest.mark.rule("B15")
def test_where_its_own_card_was_away_they_start_again_and_where_it_stays_away_the_log_says_so(zoned: Shop) -> None:
    zoned.urgent().passes(5.0)
    zoned.gets(Output(heard=False, zones=FOOD)).passes(1.0).gets(Output(heard=True, zones=FOOD)).passes(30.0)
    zoned.gets(Output(heard=False, zones=FOOD)).urgent().passes(30.0)

    assert spoken(zoned) == [*ANEW, (Outcome.PLAYED, AWAY)]
    assert all(line.reason == "" for line in zoned.songs() if line.outcome is Outcome.PLAYED)


@pytest.mark.rule("B10")
def test_a_card_that_comes_and_goes_does_not_keep_an_announcement_on_for_ever(zoned: Shop) -> None:
    zoned.urgent()
    for _ in range(20):
        zoned.passes(3.0).output_goes().passes(0.5).output_is_back()

    outcomes = [line.outcome for line in zoned.calls("lost-child")]
    assert outcomes == [Outcome.INTERRUPTED] * 3 + [Outcome.PLAYED]


def test_an_output_that_comes_back_in_silence_changes_nothing(shop: Shop) -> None:
    shop.opens_at("03:00").output_goes().output_is_back().passes(60)

    assert shop.lines == ()
