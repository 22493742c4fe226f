from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.debounce import Contacts, Edge, Timing
from kiosk.rules.broadcast.gestures import Asked, Gesture, Handling, Hands, Style
from kiosk.rules.broadcast.panel import ON_AIR, Lamp
from tests.hw.panels import CONTACTS, LAMPS, Bench, GpioBench, SimulatedBench
from tests.hw.traces import TRACES, Trace, as_expected, words

START_S = 100.0


@pytest.fixture(params=[SimulatedBench, GpioBench], ids=["simulated", "gpio-mock"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    made: Bench = request.param()
    yield made
    made.close()


def test_at_the_start_every_contact_is_told_once_and_every_lamp_is_dark(bench: Bench) -> None:
    assert bench.edges == [Edge(name, False, START_S) for name in CONTACTS]
    assert not any(bench.lamp(name) for name in LAMPS)


def test_a_press_is_two_edges_with_their_moments(bench: Bench) -> None:
    bench.press("promo", 0.25)

    assert bench.edges[3:] == [Edge("promo", True, START_S), Edge("promo", False, START_S + 0.25)]


@pytest.mark.parametrize("trace", [trace for trace in TRACES if not trace.starts_closed], ids=lambda trace: trace.name)
def test_a_recorded_contact_comes_through_edge_by_edge_and_means_the_same(bench: Bench, trace: Trace) -> None:
    bench.bounce("evacuate", trace.edges)

    contacts = Contacts(Timing())
    told = [event for edge in bench.edges for event in contacts.feed(edge)]
    told += contacts.pass_to(START_S + trace.until_s)
    assert len(bench.edges) == len(CONTACTS) + len(trace.edges)
    assert as_expected(trace, told, start_s=START_S), words(told)


def test_an_evacuation_is_asked_for_by_three_seconds_on_its_button(bench: Bench) -> None:
    bench.press("evacuate", 2.0)
    bench.clock.sleep(0.5)
    bench.press("evacuate", 3.2)

    contacts, hands = Contacts(Timing()), Hands({"evacuate": Handling(Style.HOLD)})
    cleans = [clean for edge in bench.edges for clean in contacts.feed(edge)] + list(contacts.pass_to(START_S + 10.0))
    gestures: list[Gesture] = [gesture for clean in cleans for gesture in hands.feed(clean)]
    assert [gesture.mono_s for gesture in gestures if isinstance(gesture, Asked)] == [pytest.approx(START_S + 5.505)]


def test_a_stuck_button_stays_closed_whoever_lets_go(bench: Bench) -> None:
    bench.stick("reset")
    bench.press("reset", 1.0)
    bench.panel.report()

    assert bench.edges[3:4] == [Edge("reset", True, START_S)]
    assert bench.edges[4:] == [Edge(name, name == "reset", bench.clock.mono_s()) for name in CONTACTS]


def test_a_cut_wire_says_no_more(bench: Bench) -> None:
    bench.press("reset", 0.1)
    before = len(bench.edges)

    bench.cut_wire("reset")
    bench.press("reset", 1.0)

    assert len(bench.edges) == before


def test_a_report_tells_how_every_contact_stands(bench: Bench) -> None:
    bench.stick("promo")
    before = len(bench.edges)
    bench.clock.sleep(1.0)

    bench.panel.report()

    assert bench.edges[before:] == [Edge(name, name == "promo", START_S + 1.0) for name in CONTACTS]


@pytest.mark.rule("B16")
def test_the_on_air_lamp_is_lit_when_it_is_shown_and_dark_when_it_is_not(bench: Bench) -> None:
    bench.panel.show(ON_AIR, Lamp.ON)
    lit = bench.lamp(ON_AIR)
    bench.panel.show(ON_AIR, Lamp.OFF)

    assert (lit, bench.lamp(ON_AIR)) == (True, False)


@pytest.mark.parametrize(("lamp", "half_s"), [(Lamp.WAIT, 0.5), (Lamp.FAULT, 0.125)], ids=["wait", "fault"])
def test_a_lamp_that_waits_blinks_slowly_and_a_broken_one_fast(bench: Bench, lamp: Lamp, half_s: float) -> None:
    bench.panel.show("promo", lamp)

    seen = []
    for _ in range(6):
        seen.append(bench.lamp("promo"))
        bench.clock.sleep(half_s)

    assert seen == [True, False] * 3


def test_a_lamp_that_is_not_wired_says_nothing(bench: Bench) -> None:
    bench.panel.show("reset", Lamp.ON)

    assert not any(bench.lamp(name) for name in LAMPS)


def test_a_closed_panel_is_dark_and_deaf_and_closes_again_without_harm(bench: Bench) -> None:
    bench.panel.show("promo", Lamp.ON)
    before = len(bench.edges)

    bench.close()
    bench.close()

    assert not bench.lamp("promo")
    assert len(bench.edges) == before
    with pytest.raises(DeviceFault, match="the panel is closed"):
        bench.panel.show("promo", Lamp.ON)


@pytest.mark.rule("B01")
def test_a_lamps_pin_reads_as_it_was_told_and_one_that_is_not_wired_not_at_all(bench: Bench) -> None:
    before = bench.panel.reads("promo")
    bench.panel.show("promo", Lamp.ON)
    lit = bench.panel.reads("promo")
    bench.panel.show("promo", Lamp.OFF)

    assert (before, lit, bench.panel.reads("promo")) == (False, True, False)
    assert bench.panel.reads("reset") is None
    bench.close()
    assert bench.panel.reads("promo") is None
