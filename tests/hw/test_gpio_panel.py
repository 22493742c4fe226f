from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from itertools import count
from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.gpio_panel import GpioPanel
from kiosk.hw.relays import GpioPower
from kiosk.rules.broadcast.debounce import Contacts, Edge, StuckReported, Timing
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.power import Unit
from tests.hw.panels import CONTACTS, LAMPS, BenchFactory, GpioBench, HandClock

PROJECT = Path(__file__).parents[2]


def opened(factory: BenchFactory, contacts: dict[str, int], lamps: dict[str, int]) -> GpioPanel:
    return GpioPanel(contacts, lamps, factory=factory, post=lambda edge: None, mono_s=factory.clock.mono_s)


@pytest.mark.parametrize(
    ("contacts", "lamps", "thing", "what", "remedy"),
    [
        ({"promo": 5, "reset": 5}, {}, "button reset cannot use GPIO 5", "in use already", "a pin of its own"),
        ({"promo": 5}, {"promo": 5}, "button promo cannot use GPIO 5", "in use already", "a pin of its own"),
        ({}, {"promo": 17, "reset": 17}, "lamp reset cannot use GPIO 17", "in use already", "a pin of its own"),
        ({"promo": 99}, {}, "button promo cannot use GPIO 99", "no such pin", "4 to 27"),
        ({}, {"promo": 99}, "lamp promo cannot use GPIO 99", "no such pin", "4 to 27"),
    ],
)
def test_a_pin_that_cannot_be_had_is_told_with_its_name_and_frees_the_others(
    contacts: dict[str, int], lamps: dict[str, int], thing: str, what: str, remedy: str
) -> None:
    factory = BenchFactory(HandClock())

    with pytest.raises(DeviceFault, match=thing) as caught:
        opened(factory, {"first": 13, **contacts}, {"first": 26, **lamps})

    assert what in str(caught.value)
    assert remedy in str(caught.value)
    del caught  # its traceback holds what failed
    assert factory.is_free(5, 13, 17, 26)
    opened(factory, {"first": 13, "promo": 5}, {"first": 26, "promo": 17}).close()


def test_a_lamp_on_a_relays_pin_is_told() -> None:
    factory = BenchFactory(HandClock())
    power = GpioPower({Unit.AMPLIFIER: 24}, factory=factory)

    with pytest.raises(DeviceFault, match="the lamp promo cannot use GPIO 24: it is in use already"):
        opened(factory, {}, {"promo": 24})

    power.close()


def test_a_closed_panel_has_dark_lamps_and_gives_its_pins_back() -> None:
    bench = GpioBench()
    bench.panel.show("promo", Lamp.ON)

    bench.panel.close()
    bench.panel.close()

    assert bench.factory.switched[-1] == (LAMPS["promo"], False)
    assert bench.factory.is_free(*CONTACTS.values(), *LAMPS.values())
    assert "panel-lamps" not in [thread.name for thread in threading.enumerate()]


def test_a_button_that_is_down_at_the_start_is_told_so() -> None:
    bench = GpioBench(shut=("reset",))

    contacts = Contacts(Timing())
    told = [event for edge in bench.edges for event in contacts.feed(edge)]

    assert bench.edges[2] == Edge("reset", True, bench.clock.mono_s())
    assert told + list(contacts.pass_to(bench.clock.mono_s() + 60.0)) == [StuckReported("reset", 160.0)]
    bench.close()


def test_a_lamp_that_breaks_is_a_fault_with_its_pin_and_the_others_go_on() -> None:
    bench = GpioBench()
    bench.pin(LAMPS["promo"]).broken = "the chip does not answer"

    with pytest.raises(DeviceFault, match=r"the lamp promo cannot use GPIO 17: the chip does not answer \(check"):
        bench.panel.show("promo", Lamp.ON)
    bench.panel.show("evacuate", Lamp.ON)

    assert bench.lamp("evacuate")
    bench.close()


def test_a_pin_that_another_program_holds_is_told_with_what_to_do() -> None:
    bench = GpioBench()
    bench.pin(LAMPS["promo"]).broken = "'GPIO busy'"

    with pytest.raises(DeviceFault, match=r"another program holds it \(stop that program; gpioinfo tells its name\)"):
        bench.panel.show("promo", Lamp.ON)

    bench.close()


def test_a_blinking_lamp_that_breaks_is_told_once() -> None:
    told: list[str] = []
    bench = GpioBench(tell=told.append)
    bench.panel.show("promo", Lamp.FAULT)
    bench.pin(LAMPS["promo"]).broken = "the chip does not answer"

    for _ in range(6):
        bench.clock.sleep(0.125)
        bench.panel.turn()

    assert told == ["the lamp promo cannot use GPIO 17: the chip does not answer (check the wiring, and that the"
                    " kiosk's user is in the group gpio)"]  # fmt: skip
    bench.pin(LAMPS["promo"]).broken = ""
    bench.close()


def test_lamps_blink_by_themselves() -> None:
    clock = HandClock()
    factory = BenchFactory(clock)
    blinked = threading.Event()
    moments = count(0)

    def hurrying_s() -> float:
        """A clock by which a fast blink is half over whenever somebody looks."""
        if len(factory.switched) > 4:
            blinked.set()
        return next(moments) * 0.0625

    panel = GpioPanel({}, {"promo": 17}, factory=factory, post=lambda edge: None, mono_s=hurrying_s)

    panel.show("promo", Lamp.FAULT)

    assert blinked.wait(timeout=30.0)
    panel.close()
    switched = [on for pin, on in factory.switched if pin == 17]
    assert True in switched
    assert switched[-1] is False


OPENED = """
from pathlib import Path
from kiosk.errors import DeviceFault
from kiosk.hw.pins import open_pins
try:
    open_pins(15)
except DeviceFault as fault:
    print(fault)
print(Path.cwd() == Path({site!r}))
"""


@pytest.mark.parametrize("folder", ["", "not there"], ids=["a good LG_WD", "an LG_WD that is not there"])
def test_a_machine_without_pins_says_what_is_missing_and_stays_where_it_is(tmp_path: Path, folder: str) -> None:
    site, pipes = tmp_path / "site", tmp_path / "pipes"
    site.mkdir()
    pipes.mkdir()
    paths = os.pathsep.join([str(PROJECT), *sys.path])

    done = subprocess.run(
        [sys.executable, "-c", OPENED.format(site=str(site))],
        cwd=site,
        env={**os.environ, "LG_WD": str(pipes / folder), "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )

    fault, stayed = done.stdout.splitlines()
    assert re.fullmatch(r"(the pins|/dev/gpiochip15) cannot be (used|opened): .+ \(.+\)", fault)
    assert stayed == "True"
