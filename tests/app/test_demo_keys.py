from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from kiosk.app import wiring
from kiosk.app.demo import next_report
from kiosk.app.self_checking import panel_of
from kiosk.app.simulated_hands import worked_by
from kiosk.app.wiring import wired
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import Message
from kiosk.display.keyboard import Keyboard
from kiosk.errors import DeviceFault
from kiosk.hw.gpio_panel import GpioPanel
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.keypad import Keypad, Move, keypad_for
from kiosk.rules.broadcast.panel import FAULT, ON_AIR, Lamp
from kiosk.rules.people.badge import BadgeShown
from tests import sites
from tests.audio.waiting import eventually
from tests.display.airtime import on_air
from tests.hw.panels import BenchFactory, HandClock


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(sites.write_site(tmp_path / "site"))


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        yield ours, theirs


@contextmanager
def typing(text: bytes = b"") -> Iterator[Keyboard]:
    person, program = os.openpty()
    with Keyboard(program) as keyboard:
        os.write(person, text)
        yield keyboard
    os.close(program)
    os.close(person)


def keypad_of(site: Site) -> Keypad:
    return keypad_for(site.buttons, site.panel.hold_s)


def closings(inbox: list[Message]) -> list[str]:
    return [message.button for message in inbox if isinstance(message, Edge) and message.closed]


def test_a_key_typed_while_the_board_waits_for_news_moves_a_button_of_the_role(
    site: Site, pipe: tuple[Connection, Connection]
) -> None:
    ours, theirs = pipe
    report = on_air()
    theirs.send(report)

    with typing(b"1") as keyboard:
        shown = next_report(ours, keyboard, keypad_of(site))

    assert shown == report
    assert theirs.recv() == Move("promo", closed=True)


def test_a_badge_shown_in_the_drawer_reaches_the_role(site: Site, pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    window, drawer = multiprocessing.Pipe()
    window.send(BadgeShown("BADGE-VOICE"))
    theirs.send(on_air())

    with Keyboard(None) as keyboard, drawer, window:
        next_report(ours, keyboard, keypad_of(site), drawer=drawer)

    assert theirs.recv() == BadgeShown("BADGE-VOICE")


def test_a_button_is_let_go_although_no_news_comes(site: Site, pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    keypad = keypad_of(site)
    times = iter([100.0, 100.0, 100.0, 100.4, 100.4, 100.4])

    def mono_s() -> float:
        moment_s = next(times, 200.0)
        if moment_s > 100.2:
            theirs.send(on_air())
        return moment_s

    with typing(b"1") as keyboard:
        next_report(ours, keyboard, keypad, mono_s)

    assert [theirs.recv(), theirs.recv()] == [Move("promo", closed=True), Move("promo", closed=False)]


def test_a_demo_without_a_terminal_shows_its_news_as_ever(site: Site, pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    theirs.send(on_air())

    with Keyboard(None) as keyboard:
        assert next_report(ours, keyboard, keypad_of(site)) == on_air()

    assert not theirs.poll()


def test_the_board_ends_with_its_role_whatever_is_typed_at_last(
    site: Site, pipe: tuple[Connection, Connection]
) -> None:
    ours, theirs = pipe
    theirs.close()

    with typing(b"1") as keyboard:
        assert next_report(ours, keyboard, keypad_of(site)) is None


def test_the_demo_of_a_store_without_pins_has_a_simulated_panel_that_moves_press(
    site: Site, pipe: tuple[Connection, Connection]
) -> None:
    ours, theirs = pipe
    inbox: list[Message] = []

    with wired(site, inbox.append, HandClock().mono_s, simulate=True) as (_, attendants):
        panel = worked_by(theirs, panel_of(attendants), inbox.append)
        assert panel is not None
        panel.show("promo", Lamp.ON)
        lamps = panel.lamps()
        ours.send(Move("a button of another store", closed=True))
        ours.send(BadgeShown("BADGE-VOICE"))
        ours.send(Move("promo", closed=True))
        eventually(lambda: closings(inbox) == ["promo"], within_s=30, what="the button is pressed")

    assert BadgeShown("BADGE-VOICE") in inbox
    assert lamps["promo"] is Lamp.ON
    assert set(lamps) == {*(button.id for button in site.buttons), ON_AIR, FAULT}


def test_the_demo_of_a_store_whose_panel_is_wired_uses_that(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = BenchFactory(HandClock())
    monkeypatch.setattr(wiring, "open_pins", lambda chip: factory)
    promo, *others = site.buttons
    panelled = replace(site, buttons=(replace(promo, pin=5), *others))
    ours, _ = multiprocessing.Pipe()
    inbox: list[Message] = []

    with wired(panelled, inbox.append, factory.clock.mono_s, simulate=True) as (_, attendants):
        assert isinstance(panel_of(attendants), GpioPanel)
        assert worked_by(ours, panel_of(attendants), inbox.append) is None


def test_where_the_pins_cannot_be_used_the_demo_has_its_keys(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_chip(chip: int | None) -> BenchFactory:
        raise DeviceFault("no chip")

    monkeypatch.setattr(wiring, "open_pins", no_chip)
    promo, *others = site.buttons
    panelled = replace(site, buttons=(replace(promo, pin=5), *others))
    inbox: list[Message] = []

    with wired(panelled, inbox.append, HandClock().mono_s, simulate=True) as (_, attendants):
        assert isinstance(panel_of(attendants), SimulatedPanel)
