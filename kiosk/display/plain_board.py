"""The board where there is no terminal: one plain line per change, with its time, flushed at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from kiosk.display.locker_lines import stands, summary
from kiosk.display.terminal_look import dress, dress_of
from kiosk.display.wording import NO_TITLES, clock, length, printable, signed, title_of
from kiosk.ports.broadcast import OnAirReport
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.programme import Item

REMEMBERED = 64  # endings; fewer than a day has, as keys come again the next day


class PlainBoard:
    """Tells what changed between two reports. A pipe that broke or a full disk is no reason to stop the broadcast."""

    def __init__(self, stream: IO[str] | None = None, *, titles: Mapping[str, str] = NO_TITLES) -> None:
        self._stream = stream or sys.stdout
        self._titles = titles
        self._before: OnAirReport | None = None
        self._told: dict[str, None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def show(self, report: OnAirReport) -> None:
        """Print a line for everything that is new in this report."""
        before, self._before = self._before, report
        if before is None:
            self._told = {entry.key: None for entry in report.last if entry.outcome is not Outcome.ON_AIR}
        self._states(report, before)
        self._warnings(report, before)
        self._lockers(report, before)
        self._endings(report, before)
        if report.current is not None and (
            before is None or before.current is None or before.current.key != report.current.key
        ):
            self._say(report, "started", self._start(report, report.current))
        if report.beside is not None and (before is None or before.beside != report.beside):
            zones = ", ".join(report.beside.zones)
            self._say(report, "started", f"{self._what(report.beside)} in {zones}, the music goes on elsewhere")
        waited = {item.key for item in before.queue} if before else set()
        for item in report.queue:
            if item.key not in waited:
                self._say(
                    report, "waiting", f"{self._what(item)}, expected at {self._clock(report, item)}{_asked(item)}"
                )
        if report.current is None and report.upcoming and (before is None or before.current is not None):
            item = report.upcoming[0]
            self._say(report, "state", f"nothing on the air; next {self._what(item)} at {self._clock(report, item)}")

    def _states(self, report: OnAirReport, before: OnAirReport | None) -> None:
        if before is None:
            closing = f", doors close {clock(report.doors_close, report.now.tzinfo)}" if report.doors_close else ""
            self._say(report, "state", f"{report.store}{closing}")
        if before is None or before.phase != report.phase:
            self._say(report, "state", f"phase {report.phase}")
        if before is None or before.output != report.output:
            self._say(report, "state", f"output {report.output or 'none'}")
        if before is None or before.amplifier_on != report.amplifier_on:
            self._say(report, "state", f"amplifier {'on' if report.amplifier_on else 'off'}")
        if report.self_check and (before is None or before.self_check != report.self_check):
            self._say(report, "state", report.self_check)
        if report.underruns > (before.underruns if before else 0):
            self._say(report, "state", f"underruns {report.underruns}")

    def _lockers(self, report: OnAirReport, before: OnAirReport | None) -> None:
        now = report.lockers
        was = None if before is None else before.lockers
        if now is None:
            return
        if was is None:
            self._say(report, "lockers", summary(now))
            return
        for text in now.seats.values():
            if text not in was.seats.values():
                self._say(report, "lockers", f"screen: {text}")
        stood = {one.id: stands(one) for one in was.lockers}
        for one in now.lockers:
            if stood.get(one.id) != stands(one):
                self._say(report, "lockers", f"{one.id} is {one.assignment.value}, its door {one.door.value}")
        for text in now.warnings:
            if text not in was.warnings:
                self._say(report, "lockers", text)

    def _warnings(self, report: OnAirReport, before: OnAirReport | None) -> None:
        old = before.warnings if before else ()
        for text in dict.fromkeys(report.warnings):
            if text not in old:
                self._say(report, "warning", text)
        for text in dict.fromkeys(old):
            if text not in report.warnings:
                self._say(report, "cleared", text)

    def _endings(self, report: OnAirReport, before: OnAirReport | None) -> None:
        for entry in report.last:
            if entry.outcome is not Outcome.ON_AIR and entry.key not in self._told:
                self._told[entry.key] = None
                self._say(report, "ended", self._ending(entry))
        gone = before.current if before else None
        if (
            gone is not None
            and gone.key not in self._told
            and (report.current is None or report.current.key != gone.key)
        ):
            self._told[gone.key] = None
            self._say(report, "ended", self._what(gone))
        for key in list(self._told)[:-REMEMBERED]:
            del self._told[key]

    def _clock(self, report: OnAirReport, item: Item) -> str:
        return clock(item.start, report.now.tzinfo)

    def _what(self, item: Item) -> str:
        return f"{dress(item).word.lower()} {title_of(item.id, self._titles)}"

    def _start(self, report: OnAirReport, item: Item) -> str:
        at = report.current_started or report.now
        text = f"{self._what(item)}, {length(item.duration_s)}, planned {self._clock(report, item)}"
        text += f", late {signed(at.timestamp() - item.start.timestamp())} s"
        if item.error_s is not None:
            text += f", due {clock(item.due or item.start, report.now.tzinfo)} {signed(item.error_s)} s"
        return text + _asked(item)

    def _ending(self, entry: AsRun) -> str:
        what = f"{dress_of(entry.kind, entry.air_class).word.lower()} {title_of(entry.id, self._titles)}"
        text = f"{what}, {entry.outcome.value}" + (f": {entry.reason}" if entry.reason else "")
        if entry.real_start and entry.real_end:
            text += f", {length(entry.real_end.timestamp() - entry.real_start.timestamp())}"
        return text if entry.level_dbfs is None else f"{text}, {entry.level_dbfs:.1f} dBFS"

    def _say(self, report: OnAirReport, what: str, text: str) -> None:
        write_line(self._stream, f"{clock(report.now, report.now.tzinfo)}  {what:<8}{printable(text)}")


def write_line(stream: IO[str], line: str) -> None:
    """One line, at once, in what the stream can write; a reader that went away or a full disk is passed over."""
    encoding: str = getattr(stream, "encoding", None) or "utf-8"
    with suppress(OSError):
        stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
        stream.flush()


def _asked(item: Item) -> str:
    return f", asked by {item.operator}" if item.operator else ""
