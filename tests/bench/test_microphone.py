"""The microphone: from the press to the lamp, and from the lips to the loudspeaker."""

from __future__ import annotations

import queue
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from gpiozero.pins.mock import MockFactory, MockPin
from numpy.typing import NDArray

from kiosk.app import broadcast
from kiosk.app.hatch import ask
from kiosk.app.process import woken
from kiosk.audio.silent_mixer import SilentMicrophone, SilentMixer
from kiosk.config.load import load_site
from kiosk.desks.broadcast.announcer import Announcer, Choices
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.messages import Message, StopAsked
from kiosk.desks.broadcast.microphone import MicrophoneWatch
from kiosk.desks.broadcast.panel_watch import PanelWatch
from kiosk.hw.clock import SystemClock
from kiosk.hw.gpio_panel import GpioPanel
from kiosk.hw.power import SimulatedPower
from kiosk.ledger.memory import MemoryAsRun
from kiosk.ports.broadcast import Ended
from kiosk.rules.broadcast.debounce import Contacts, Timing
from kiosk.rules.broadcast.gestures import Hands, handlings
from kiosk.rules.broadcast.panel import ON_AIR
from kiosk.rules.broadcast.power import Delays
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.pulse import Pulse, Recording
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import noise, tape
from tests.audio.waiting import eventually, let_pass
from tests.bench.figures import Figures
from tests.stories.conftest import office_of

pytestmark = pytest.mark.bench

PRESSES = 40
CLICKS = 20
TALK_S = CLICKS * 0.5 + 4.0
TALKS = """
[[buttons]]
id = "over"
action = "talk-over"

[microphone]
device = "mic"
duck_db = -40
gain_db = 0
prelude = ""
postlude = ""
"""


@pytest.mark.sound
def test_from_the_microphone_to_the_sink(figures: Figures, tmp_path: Path) -> None:
    zone = noon_zone()
    site = a_store(tmp_path / "site", zone, opens=datetime.now(zone) - timedelta(hours=1), hours=4)
    text = (site / "site.toml").read_text(encoding="utf-8")
    (site / "site.toml").write_text(text + TALKS, encoding="utf-8")
    for number in range(4):
        tape(site / "sounds" / f"{number}.flac", noise(60.0 + number, number, level=20.0))  # clicks stand out of it
    clicks = clicking(CLICKS)
    with (
        Pulse(tmp_path / "pulse", ("hall",), ("mic",)) as pulse,
        pulse.record("mic", latency_ms=2) as said,
        pulse.record("hall", latency_ms=2) as heard,
        the_role(site, tmp_path / "state", pulse.environment),
    ):
        eventually(lambda: heard.sound[-4410:].any(), within_s=60, what="the store is heard")
        let_pass(3.0)
        ask(tmp_path / "state" / "broadcast.sock", {"do": "press", "button": "over", "held_s": TALK_S})
        let_pass(1.5)
        (tmp_path / "clicks.raw").write_bytes(clicks.tobytes())
        subprocess.run(
            [*("pacat", "--raw", "--format=float32le", f"--rate={SAMPLE_RATE_HZ}", "--channels=1", "-d", "mic"),
             "--latency-msec=10", tmp_path / "clicks.raw"],
            env=pulse.environment, timeout=60, check=True,
        )  # fmt: skip
        let_pass(1.0)
    spoken, aired = moments(said), moments(heard)
    delays_s = sorted(min((b - a for b in aired if 0 < b - a < 0.45), default=9.0) for a in spoken)
    middle_ms, worst_ms = 1000 * statistics.median(delays_s), 1000 * delays_s[-1]
    note = f"{len(spoken)} clicks, 1024 frames, real capture and sink, worst {worst_ms:.0f} ms"
    assert len(spoken) >= CLICKS - 2
    figures.tell("microphone: gaps in the voice", gaps(heard, aired), "", note=f"in {aired[-1] - aired[0]:.0f} s")
    figures.at_most("microphone to sink, median", middle_ms, 80, "ms", note=note)


class StampedPin(MockPin):  # type: ignore[misc] # gpiozero has no types
    """A pin that remembers when it last rose."""

    rose_s = 0.0

    def _set_state(self, value: bool) -> None:
        if value and not self._state:
            self.rose_s = time.monotonic()
        super()._set_state(value)


def test_from_the_press_to_the_lamp(figures: Figures, tmp_path: Path) -> None:
    """Panel driver, debouncer, desk and supply as the role runs them, on mock pins and in real time."""
    zone = noon_zone()
    folder = a_store(tmp_path / "site", zone, opens=datetime.now(zone) - timedelta(hours=1), hours=4)
    text = (folder / "site.toml").read_text(encoding="utf-8")
    (folder / "site.toml").write_text(text + TALKS, encoding="utf-8")
    tape(folder / "sounds" / "song.wav", noise(2.0))
    site = load_site(folder)
    office = office_of(site)
    clock, inbox = SystemClock(site.zone_info), queue.SimpleQueue[Message]()
    buttons = {button.id: button for button in site.buttons}
    mixer, switches = SilentMixer(clock.mono_s, inbox.put), SimulatedPower()
    microphone = SilentMicrophone(mixer, inbox.put)
    microphone.hesitates = True
    factory = MockFactory(pin_class=StampedPin)
    panel = GpioPanel({"over": 5}, {"over": 17, ON_AIR: 22}, factory=factory, post=inbox.put, mono_s=clock.mono_s)
    talk = MicrophoneWatch(microphone, buttons)
    announcer = Announcer(
        clock=clock,
        mixer=mixer,
        equipment=Equipment(switches, Delays(0.1, 0.1, 0.1, 0.1), lambda: None, lambda: None, clock.now),
        choices=Choices(site.programme.interrupt_fade_s, buttons),
        log=MemoryAsRun(site.zone_info),
        order_plan=lambda order: inbox.put(office.plan(order)),
        attendants=(talk, PanelWatch(panel, buttons, Contacts(Timing()), Hands(handlings(site.buttons)), talk)),
    )
    took_s: list[float] = []

    def press_again_and_again() -> None:
        contact, lamp = factory.pin(5), factory.pin(22)
        eventually(lambda: announcer.air.current, within_s=20, what="a song is on")
        for number in range(PRESSES):
            pressed_s = time.monotonic()
            contact.drive_low()
            eventually(lambda: lamp.state, within_s=5, what="the lamp is lit")
            took_s.append(lamp.rose_s - pressed_s)
            contact.drive_high()
            eventually(lambda: not lamp.state, within_s=5, what="the lamp is dark")
            let_pass(0.05 + 0.001 * number)
        inbox.put(StopAsked("the bench is done"))
        for key in [item.key for item in (announcer.air.current,) if item is not None]:
            inbox.put(Ended(key, clock.mono_s(), "song", True, False, "", None))

    hand = threading.Thread(target=press_again_and_again, daemon=True)
    with woken() as scheduler:
        announcer.begin()
        hand.start()
        report = partial(broadcast._report)
        broadcast._loop(announcer, inbox, scheduler, None, report, lambda: None)
    panel.close()
    millis = sorted(1000 * one for one in took_s)
    assert len(millis) == PRESSES
    note = f"{PRESSES} presses, median {statistics.median(millis):.1f} ms, of which 5 are the debouncer's"
    figures.at_most("microphone press to lamp, the worst", millis[-1], 50, "ms", note=note)


@contextmanager
def the_role(site: Path, state: Path, environment: dict[str, str]) -> Iterator[None]:
    with (state.parent / "role.log").open("w", encoding="utf-8") as messages:
        role = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "broadcast", "--site", site, "--state", state],
            env=environment,
            stderr=messages,
        )
        try:
            yield
            role.send_signal(signal.SIGTERM)
            role.wait(timeout=40)
        finally:
            role.kill()
            role.wait()


def clicking(times: int) -> NDArray[np.float32]:
    """A soft tone that opens the gate, and a loud click in it every half second."""
    frames = np.arange(round((times + 1) * 0.5 * SAMPLE_RATE_HZ))
    sound = 0.05 * np.sin(2 * np.pi * 500 * frames / SAMPLE_RATE_HZ)
    for number in range(1, times + 1):
        at = round(number * 0.5 * SAMPLE_RATE_HZ)
        sound[at : at + 20] = 0.9 * (-1.0) ** np.arange(20)
    return sound.astype(np.float32)


def gaps(recording: Recording, clicks: list[float]) -> int:
    """Holes in the soft tone between the first and the last click."""
    first, last = (round((at - recording.began) * SAMPLE_RATE_HZ) for at in (clicks[0], clicks[-1]))
    tone = np.abs(recording.sound[first:last, 0])
    peaks = tone[: len(tone) // 88 * 88].reshape(-1, 88).max(axis=1)  # a period of the tone each
    low = peaks < 0.3 * np.median(peaks)
    return int(np.count_nonzero(np.diff(low.astype(np.int8)) == 1))


def moments(recording: Recording) -> list[float]:
    """When the clicks were there, seconds of the wall clock."""
    loud = np.abs(recording.sound[:, 0])
    over = np.flatnonzero(loud > 0.35 * loud.max())
    firsts = over[np.flatnonzero(np.diff(over, prepend=-SAMPLE_RATE_HZ) > 0.2 * SAMPLE_RATE_HZ)]
    return [recording.began + float(at) / SAMPLE_RATE_HZ for at in firsts]
