from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.day_report import Noted, late_s, report_on, span_of
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import Occasion, report_of
from tests.rules.broadcast.test_self_check import DAY, MONDAY, SHANGHAI

NINE = DAY.opens
NIGHT = DAY.closes + timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{text}").replace(tzinfo=SHANGHAI)


def song(start: str, end: str, name: str = "tea", **more: Any) -> AsRun:
    line = AsRun(MONDAY, f"{start}:{name}", Kind.MUSIC, name, AirClass.MUSIC, (), None, at(start), at(end), at(start))
    return replace(line, **{"real_end": at(end), "outcome": Outcome.PLAYED, "phase": "song", **more})


def call(due: str, real: str | None, **more: Any) -> AsRun:
    line = AsRun(MONDAY, due, Kind.ANNOUNCEMENT, "promo", AirClass.ROUTINE, (), at(due), at(due), at(due), None)
    if real is None:
        why = "nothing could be aired when it was due"
        return replace(line, **{"outcome": Outcome.SKIPPED, "reason": why, **more})
    start = at(real)
    heard = {"real_start": start, "real_end": start + timedelta(seconds=30), "outcome": Outcome.PLAYED}
    return replace(line, **{**heard, **more})


def note(action: str, moment: str = "10:00") -> Noted:
    return Noted(at(moment), "anna", action, "promo", {"why": "because"})


def test_lateness_is_real_start_against_due() -> None:
    calls = [call(f"{10 + n}:00:00", f"{10 + n}:00:0{n}") for n in range(5)]

    report = report_on(DAY, [*calls, call("20:00:00", None), song("09:00:00", "09:03:00")], (), (), NIGHT)

    assert report.lateness is not None
    assert (report.lateness.count, report.lateness.median_s) == (5, 2.0)
    assert (report.lateness.p95_s, report.lateness.max_s) == (3.0, 4.0)
    assert len(report.announcements) == 6


def test_a_day_on_which_nothing_was_due_has_no_lateness() -> None:
    assert report_on(DAY, [song("09:00:00", "09:03:00")], (), (), NIGHT).lateness is None


@pytest.mark.parametrize(
    ("line", "late"),
    [
        (call("10:00:00", "10:00:07"), 7.0),
        (call("10:00:00", None), None),
        (song("09:00:00", "09:03:00"), 0.0),
        (song("09:00:00", "09:03:00", planned_start=None), None),
    ],
)
def test_each_item_has_its_own_lateness(line: AsRun, late: float | None) -> None:
    assert late_s(line) == late


@pytest.mark.rule("B03")
def test_silence_while_open_is_found_with_its_place() -> None:
    lines = [song("09:00:00", "12:00:00"), song("12:00:20", "21:59:50"), song("08:00:00", "08:30:00")]

    report = report_on(DAY, lines, (), (), NIGHT)

    assert [(f"{hole.start:%H:%M:%S}", hole.seconds) for hole in report.holes] == [("12:00:00", 20), ("21:59:50", 10)]
    assert report.silence_s == 30


def test_what_lies_over_the_music_opens_no_hole() -> None:
    lines = [song("09:00:00", "22:00:00"), call("10:00:00", "10:00:00")]

    assert report_on(DAY, lines, (), (), NIGHT).holes == ()


def test_a_day_that_is_not_over_is_reported_so_far() -> None:
    on_air = replace(song("09:00:00", "09:03:00"), real_end=None, outcome=Outcome.ON_AIR)

    report = report_on(DAY, [on_air], (), (), at("09:02:00"))

    assert report.until == at("09:02:00")
    assert report.holes == ()
    assert report.unheard == ()


def test_what_was_not_heard_as_planned_is_listed_with_its_reason() -> None:
    cut = song("09:00:00", "09:01:00", outcome=Outcome.CUT, reason="evacuation broke in")
    missed = call("10:00:00", None)

    assert report_on(DAY, [cut, missed, song("11:00:00", "12:00:00")], (), (), NIGHT).unheard == (cut, missed)


def test_songs_are_counted_by_the_hour_and_their_rest_measured() -> None:
    lines = [
        song("09:00:00", "09:03:00"),
        song("09:03:00", "09:06:00", "rain"),
        song("10:03:00", "10:06:00"),
        song("10:30:00", "10:33:00", "welcome", kind=Kind.WELCOME),
        replace(song("10:40:00", "10:43:00", "broken"), real_start=None, outcome=Outcome.FAILED),
        replace(song("10:50:00", "10:53:00", "rain", kind=Kind.FILLER), real_end=None),
    ]

    rotation = report_on(DAY, lines, (), (), NIGHT).rotation

    assert (rotation.songs, rotation.different) == (4, 2)
    assert rotation.per_hour == ((9, 2), (10, 2))
    assert rotation.shortest_rest_s == 3600.0


def test_a_day_without_a_repeat_has_no_rest() -> None:
    assert report_on(DAY, [song("09:00:00", "09:03:00")], (), (), NIGHT).rotation.shortest_rest_s is None


def test_refusals_are_told_apart_from_events_and_from_what_is_told_elsewhere() -> None:
    noted = [note("is refused"), note("presses"), note("played"), note("was set"), note("finds")]

    report = report_on(DAY, [], noted, (), NIGHT)

    assert report.refusals == (noted[0],)
    assert report.events == (noted[3],)


def test_the_self_check_is_part_of_the_report() -> None:
    check = report_of(MONDAY, Occasion.BEFORE_OPENING, at("08:40:00"), at("08:41:00"), ())

    assert report_on(DAY, [], (), [check], NIGHT).self_checks == (check,)


def test_the_audit_of_a_day_reaches_past_its_closing() -> None:
    closing = DAY.day_type.closing
    assert closing is not None
    late = replace(DAY, day_type=replace(DAY.day_type, closing=replace(closing, end=at("01:00").time())))

    assert span_of(DAY) == (at("00:00"), at("00:00") + timedelta(days=1))
    assert span_of(late) == (at("00:00"), at("02:00") + timedelta(days=1))


def test_a_song_that_began_before_midnight_opens_no_hole_in_a_store_that_stays_open() -> None:
    before, first = song("08:58:00", "09:03:00"), song("09:03:00", "12:00:00")

    assert report_on(DAY, [first], (), (), at("12:00:00"), [before]).holes == ()
    assert len(report_on(DAY, [first], (), (), at("12:00:00")).holes) == 1
    assert report_on(DAY, [first], (), (), at("12:00:00"), [before]).lines == (first,)
