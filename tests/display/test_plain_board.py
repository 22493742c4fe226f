from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from kiosk.display.board import PlainBoard
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.units import ZoneId
from tests.display.airtime import NOON, TITLES, as_run, call, on_air, silence, song


def lines_of(*reports: object) -> list[str]:
    stream = StringIO()
    with PlainBoard(stream, titles=TITLES) as plain:
        for report in reports:
            plain.show(report)  # type: ignore[arg-type]  # reports of any kind in one list
    return stream.getvalue().splitlines()


def test_every_line_has_a_time_stamp_and_no_escape_code() -> None:
    lines = lines_of(replace(on_air(song("music/\x1b[1mloud")), warnings=("a\nb",)), silence())

    assert len(lines) > 6
    assert all(re.match(r"\d\d:\d\d:\d\d  (state|started|ended|warning|cleared|waiting) ", line) for line in lines)


def test_the_first_lines_say_which_store_on_which_output_and_what_is_on() -> None:
    lines = lines_of(on_air())

    assert lines[0] == "12:01:00  state   和风百货, doors close 22:00:00"
    assert "12:01:00  state   phase midday" in lines
    assert "12:01:00  state   output USB sound card" in lines
    assert "12:01:00  state   amplifier on" in lines
    assert "12:01:00  started music Morning tea, 3:00, planned 12:00:00, late 0.0 s" in lines
    assert "12:01:00  waiting page Guest, expected at 12:03:00, asked by 陈晓云" in lines


def test_a_report_that_brings_nothing_new_prints_nothing() -> None:
    assert lines_of(on_air(), on_air()) == lines_of(on_air())


def test_what_speaks_in_some_zones_is_told_once_with_its_zones() -> None:
    beside = replace(call(), zones=(ZoneId("food"), ZoneId("toys")))
    report = replace(on_air(), beside=beside)

    told = [line for line in lines_of(on_air(), report, report) if "food, toys" in line]

    assert len(told) == 1
    assert "the music goes on elsewhere" in told[0]


def test_a_song_that_ends_is_told_with_its_outcome_and_level_and_the_announcement_after_it_with_its_due_moment() -> (
    None
):
    first = on_air()
    announcement = call(due=NOON + timedelta(seconds=180))
    ended = as_run(song())
    second = replace(on_air(announcement, 0.1), last=(*first.last, ended), queue=())

    lines = lines_of(first, second)[len(lines_of(first)) :]

    assert lines == [
        "12:03:00  ended   music Morning tea, played, 3:00, -18.3 dBFS",
        "12:03:00  started announcement 付款前请勿拆包装, 0:30, planned 12:03:00, late 0.0 s, due 12:03:00 +0.4 s",
    ]


def test_an_item_that_left_without_a_line_in_the_log_is_told_once() -> None:
    gone = on_air()
    later = replace(silence(NOON + timedelta(seconds=90)), upcoming=gone.upcoming)
    logged = replace(later, last=(as_run(song(), Outcome.CUT, reason="stopped"),))

    lines = lines_of(gone, later, logged)

    assert sum("ended   music Morning tea" in line for line in lines) == 1
    assert "12:01:30  state   nothing on the air; next announcement 付款前请勿拆包装 at 12:03:00" in lines


def test_endings_from_before_the_start_are_not_told_again() -> None:
    assert not any(" ended " in line for line in lines_of(on_air()))


def test_the_same_keys_are_told_again_the_next_day() -> None:
    reports = [replace(silence(), last=tuple(as_run(song(f"music/{place}")) for place in range(100)))]
    reports = [silence(), *reports, silence(), replace(silence(), last=(as_run(song("music/0")),))]

    assert sum("Music 0" in line or "music 0," in line for line in lines_of(*reports)) == 2


def test_a_warning_is_told_when_it_comes_and_when_it_is_cleared() -> None:
    faulty = replace(on_air(), warnings=("output stopped",))

    lines = lines_of(on_air(), faulty, faulty, on_air())[len(lines_of(on_air())) :]

    assert lines == ["12:01:00  warning output stopped", "12:01:00  cleared output stopped"]


def test_changes_of_phase_output_amplifier_and_underruns_are_states() -> None:
    changed = replace(on_air(), phase="closing", output="", amplifier_on=False, underruns=3)

    assert lines_of(on_air(), changed)[len(lines_of(on_air())) :] == [
        "12:01:00  state   phase closing",
        "12:01:00  state   output none",
        "12:01:00  state   amplifier off",
        "12:01:00  state   underruns 3",
    ]


@pytest.mark.rule("B01")
def test_what_the_self_check_came_to_is_a_state() -> None:
    changed = replace(on_air(), self_check="self-check 08:41: 1 fault")

    assert lines_of(on_air(), changed)[-1] == "12:01:00  state   self-check 08:41: 1 fault"


def test_each_line_is_there_at_once() -> None:
    raw = BytesIO()
    plain = PlainBoard(TextIOWrapper(raw, encoding="utf-8", write_through=False))

    plain.show(on_air())

    assert raw.getvalue().count(b"\n") == 6


def test_a_stream_that_cannot_write_chinese_gets_question_marks() -> None:
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding="ascii")

    PlainBoard(stream).show(on_air())

    assert b"????, doors close" in raw.getvalue()


def test_a_full_disk_or_a_reader_that_left_does_not_stop_the_broadcast() -> None:
    class Full(StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    PlainBoard(Full()).show(on_air())
