"""Checks the microphone's section and the buttons that talk (B09, B16)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, FiniteFloat

from kiosk.config.findings import Findings, shown
from kiosk.config.schema import ButtonTable, Table
from kiosk.config.sections import Entry, Sections
from kiosk.config.site import ButtonAction, Microphone
from kiosk.config.sounds import sound_fault
from kiosk.config.values import DurationS, SitePathOrNone
from kiosk.rules.broadcast.panel import TALKS

_AROUND = 'write a sound file, or "" for none'


class MicrophoneTable(Table):
    device: str = Field(default="", description='write the name of the sound input, or "" for the system\'s own choice')
    channel: int = Field(default=1, ge=1, le=16, description="write an input channel, counted from 1, as channel = 1")
    gain_db: FiniteFloat = Field(default=0.0, ge=-20, le=40, description="write decibels from -20 to 40")
    duck_db: FiniteFloat = Field(
        default=-18.0, ge=-40, le=0, description="write decibels from -40 (all but silent) to 0 (music as ever)"
    )
    longest: DurationS = Field(
        default=120.0, ge=5, le=600, description='write a duration from "5s" to "10min", as "2min"'
    )
    settle: DurationS = Field(default=0.1, le=2, description='write a duration from "0s" to "2s", as "100ms"')
    prelude: SitePathOrNone | None = Field(default=None, description=_AROUND)
    postlude: SitePathOrNone | None = Field(default=None, description=_AROUND)
    record: bool = Field(default=False, description="write record = true or record = false")
    keep_days: int = Field(default=30, ge=1, le=3660, description="write days from 1 to 3660, as keep_days = 30")


def microphone_of(sections: Sections, table: MicrophoneTable, root: Path, findings: Findings) -> Microphone:
    """The microphone; a sound file that is missing is told, and the talk goes without it."""
    around = {"prelude": table.prelude, "postlude": table.postlude}
    for key, path in around.items():
        fault = sound_fault(root, path) if path else None
        if fault is not None:
            findings.missing_sound(sections.source, ("microphone", key), *fault)
            around[key] = ""
    return Microphone(
        device=table.device,
        channel=table.channel,
        gain_db=table.gain_db,
        duck_db=table.duck_db,
        longest_s=table.longest,
        settle_s=table.settle,
        prelude=around["prelude"],
        postlude=around["postlude"],
        record=table.record,
        keep_days=table.keep_days,
    )


def check_talks(sections: Sections, buttons: tuple[Entry[ButtonTable], ...], findings: Findings) -> None:
    """Tell of buttons that talk and are guarded, or latch and do not talk."""
    talks = {entry.value.id for entry in buttons if ButtonAction(entry.value.action) in TALKS}
    for entry in buttons:
        button = entry.value
        if button.id not in talks:
            if button.latch is not None:
                what = f"a {button.action} button does not talk, so it cannot latch"
                findings.error(sections.source, (*entry.loc, "latch"), what, "take the line out")
            if button.guard is not None and button.guard.removeprefix("with:") in talks:
                what = f"the button {shown(button.guard.removeprefix('with:'))} talks, it can guard no other"
                findings.error(sections.source, (*entry.loc, "guard"), what, "name a button that does not talk")
        elif button.guard is not None:
            what = f"a {button.action} button talks while it is held, it has no guard"
            findings.error(sections.source, (*entry.loc, "guard"), what, "take the line out")
