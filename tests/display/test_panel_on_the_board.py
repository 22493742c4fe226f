from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from kiosk.display.board import frame
from kiosk.ports.broadcast import OnAirReport
from kiosk.rules.broadcast.keypad import keypad_for
from kiosk.rules.broadcast.panel import ON_AIR, Button, ButtonAction, Hold, Lamp
from kiosk.units import ScriptId
from tests.display.airtime import TITLES, on_air

BUTTONS = (
    Button("promo", ButtonAction.SCRIPT, ScriptId("member-day")),
    Button("evacuate", ButtonAction.EVACUATE, ScriptId("evacuation"), guard=Hold()),
    Button("talk-over", ButtonAction.TALK_OVER, None),
)


def worked(lamps: dict[str, Lamp] | None = None, typed: str = "") -> OnAirReport:
    keypad = keypad_for(BUTTONS, 3.0)
    keypad.feed(typed, 100.0)
    dark = dict.fromkeys([*(button.id for button in BUTTONS), ON_AIR], Lamp.OFF)
    return replace(on_air(), lamps={**dark, **(lamps or {})}, keys=keypad.shown())


def shown(report: OnAirReport, width: int = 120, height: int = 36) -> list[str]:
    return ["".join(segment.text for segment in line) for line in frame(report, width, height, titles=TITLES).lines]


def line_with(text: str, report: OnAirReport, width: int = 120, height: int = 36) -> str:
    return next(line for line in shown(report, width, height) if text in line)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (160, 45)])
def test_the_board_shows_the_key_of_every_button_and_what_the_guarded_ones_want(width: int, height: int) -> None:
    text = "\n".join(shown(worked(), width, height))

    assert "[1]○promo" in text
    assert "[2]○evacuate (holds 3 s)" in text
    assert "[3]○talk-over (hold: toggle)" in text


def test_the_lamps_of_the_simulated_panel_are_on_the_board() -> None:
    report = worked({"promo": Lamp.ON, ON_AIR: Lamp.ON})

    line = line_with("promo", report)

    assert "on air ●" in line
    assert "[1]●promo" in line
    assert "[2]○evacuate" in line


def test_a_lamp_that_blinks_blinks_on_the_board() -> None:
    report = worked({"promo": Lamp.WAIT})
    halves = [replace(report, now=report.now.replace(microsecond=at)) for at in (100_000, 600_000)]

    assert {line_with("promo", half)[: line_with("promo", half).index("promo")][-1] for half in halves} == {"●", "○"}


def test_a_button_that_is_held_by_its_key_says_how_to_let_it_go() -> None:
    assert "[2]○evacuate (held; again: let go)" in line_with("evacuate", worked(typed="2"))


@pytest.mark.parametrize("size", [(1, 1), (40, 12), (63, 24), (64, 18), (80, 24), (120, 36), (250, 80)])
def test_a_panel_of_forty_buttons_breaks_no_line(size: tuple[int, int]) -> None:
    many = [Button(f"促销按钮-{place}", ButtonAction.NEXT_SONG, None) for place in range(40)]
    report = replace(worked(), keys=keypad_for(many, 3.0).shown())

    lines = shown(report, *size)

    assert len(lines) == size[1]
    assert {cell_len(line) for line in lines} == {size[0]}


def test_a_panel_that_does_not_fit_says_so() -> None:
    many = [Button(f"button-{place}", ButtonAction.NEXT_SONG, None) for place in range(36)]

    assert any("[1]○button-0" in line for line in shown(replace(worked(), keys=keypad_for(many, 3.0).shown()), 80, 24))
    assert any(
        line.rstrip().endswith("…") for line in shown(replace(worked(), keys=keypad_for(many, 3.0).shown()), 80, 24)
    )


def test_a_store_whose_panel_is_wired_or_that_has_no_terminal_sees_no_keys() -> None:
    assert not any("[1]" in line or "PANEL" in line for line in shown(on_air()))
