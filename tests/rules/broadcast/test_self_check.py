from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.rules.broadcast import verdicts
from kiosk.rules.broadcast.checks import CHECKS, WHO_NAMES, Topic, Who, check_of
from kiosk.rules.broadcast.day import BusinessDay, DayType, Phase
from kiosk.rules.broadcast.library import Sound
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.selfcheck import (
    Occasion,
    Report,
    Result,
    due_at,
    fault,
    may_sound,
    occasion_for,
    ok,
    report_of,
    state_line,
    told,
    unknown,
)
from kiosk.rules.broadcast.tone import Heard, judged
from kiosk.rules.broadcast.verdicts import OutputReading, Reading
from kiosk.units import LANGUAGES, PlaylistId

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
LIST = PlaylistId("day")
WEEKDAY = DayType(
    "weekday",
    {},
    Phase(time(9), time(9, 10), LIST),
    (Phase(time(9, 10), time(21, 50), LIST),),
    Phase(time(21, 50), time(22), LIST),
)
DAY = BusinessDay(MONDAY, WEEKDAY, SHANGHAI)
TWENTY_TO_NINE = DAY.opens - timedelta(minutes=20)
FINE = Sound(180.0, -20.0, -3.0)


def report(*findings: object) -> Report:
    return report_of(MONDAY, Occasion.BEFORE_OPENING, TWENTY_TO_NINE, TWENTY_TO_NINE, findings)  # type: ignore[arg-type]


@pytest.mark.rule("B01")
def test_every_line_of_the_check_says_in_three_languages_what_it_proves_who_acts_and_how() -> None:
    assert [check.topic for check in CHECKS] == list(Topic)
    for check in CHECKS:
        for words in (check.title, check.proves, check.remedy, WHO_NAMES[check.who]):
            assert set(words) == set(LANGUAGES)
            assert all(words.values())
        assert check.remedy[LANGUAGES[0]].endswith("。")
        assert check.remedy[LANGUAGES[2]].endswith(".")


@pytest.mark.rule("B01")
def test_each_kind_of_fault_has_somebody_who_can_mend_it() -> None:
    assert check_of(Topic.OUTPUT).who is Who.TECHNICIAN
    assert check_of(Topic.FILES).who is Who.DEPARTMENT_HEAD
    assert check_of(Topic.MICROPHONE).who is Who.ANNOUNCER


@pytest.mark.rule("B01")
def test_a_report_has_every_topic_and_begins_with_the_worst() -> None:
    found = report(ok(Topic.DISK, "room"), fault(Topic.LAMPS, "dark"), ok(Topic.OUTPUT, "takes frames"))

    assert found.findings[0] == fault(Topic.LAMPS, "dark")
    assert [one.result for one in found.findings] == [Result.FAULT, *[Result.UNKNOWN] * 9, Result.OK, Result.OK]
    assert [one.topic for one in found.findings[-2:]] == [Topic.OUTPUT, Topic.DISK]
    assert {one.topic for one in found.findings} == set(Topic)
    assert found.unchecked[0].what == "nobody looked at it"


def test_the_same_finding_twice_is_told_once() -> None:
    assert len(report(ok(Topic.DISK, "room"), ok(Topic.DISK, "room")).findings) == len(Topic)


@pytest.mark.rule("B01")
def test_only_a_fault_makes_a_report_one_of_faults() -> None:
    assert report().verdict is Result.OK
    assert report(unknown(Topic.HEAT, "?")).verdict is Result.OK
    assert report(fault(Topic.HEAT, "hot")).verdict is Result.FAULT


@pytest.mark.rule("B01")
def test_the_check_is_due_before_the_opening_with_time_left_to_act() -> None:
    assert due_at(DAY, 1200.0) == TWENTY_TO_NINE
    assert occasion_for(DAY, TWENTY_TO_NINE) is Occasion.BEFORE_OPENING
    assert occasion_for(DAY, DAY.opens) is Occasion.LATE_START


@pytest.mark.parametrize(
    ("at", "may"),
    [("00:10", True), ("08:58", True), ("08:59", False), ("09:00", False), ("21:59", False), ("22:00", True)],
)
def test_no_tone_sounds_near_or_in_the_broadcast_hours(at: str, may: bool) -> None:
    assert may_sound(DAY, datetime.combine(MONDAY, time.fromisoformat(at), tzinfo=SHANGHAI)) is may


def test_where_no_day_is_known_a_tone_may_sound() -> None:
    assert may_sound(None, TWENTY_TO_NINE)


@pytest.mark.rule("B01")
def test_a_fault_is_told_with_who_should_do_what() -> None:
    (line,) = told(report(fault(Topic.OUTPUT, "there is no sound device")))

    assert line.startswith("self-check: there is no sound device. Technician: Plug the sound device in again")


def test_many_faults_do_not_hide_what_else_the_board_has_to_say() -> None:
    lines = told(report(*(fault(Topic.FILES, f"song {number}: gone") for number in range(5))))

    assert len(lines) == 3
    assert lines[-1] == "self-check: 3 more faults; see kiosk selfcheck"


def test_all_well_is_told_to_nobody() -> None:
    assert told(report()) == ()


@pytest.mark.parametrize(
    ("findings", "line"),
    [
        ([ok(topic, "") for topic in Topic], "self-check 08:40: all well"),
        ([fault(Topic.DISK, "")], "self-check 08:40: 1 fault, 11 unchecked"),
        ([fault(Topic.DISK, "full"), fault(Topic.DISK, "read-only")], "self-check 08:40: 2 faults, 11 unchecked"),
    ],
)
def test_the_board_has_half_a_line_for_it(findings: list[object], line: str) -> None:
    assert state_line(report(*findings)) == line


# what measured values mean


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        (OutputReading("USB", 0), OutputReading("USB", 44_100), Result.OK),
        (OutputReading("USB", 44_100), OutputReading("USB", 44_100), Result.FAULT),
        (OutputReading("", 0), OutputReading("", 0), Result.FAULT),
        (OutputReading("USB", 0, "upstairs"), OutputReading("", 0, "upstairs"), Result.FAULT),
    ],
)
def test_a_sound_device_that_takes_no_frames_is_none(
    before: OutputReading, after: OutputReading, result: Result
) -> None:
    assert verdicts.output(before, after).result is result


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("wanted", "reads", "result"),
    [
        (True, True, Result.OK),
        (False, False, Result.OK),
        (True, False, Result.FAULT),
        (False, True, Result.FAULT),
        (True, None, Result.UNKNOWN),
    ],
)
def test_a_relay_is_judged_by_what_its_pin_reads(wanted: bool, reads: bool | None, result: Result) -> None:
    assert verdicts.relay(Unit.AMPLIFIER, wanted=wanted, reads=reads).result is result


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("now", "planned", "why"),
    [
        (replace(FINE, fault="song.mp3 is missing"), FINE, "is missing (it was sound when the day was planned)"),
        (replace(FINE, fault="song.mp3 is missing"), None, "is missing"),
        (replace(FINE, lufs=None), FINE, "silent"),
        (replace(FINE, lufs=-3.0), FINE, "too loud"),
        (replace(FINE, lufs=-36.0), FINE, "too faint"),
        (replace(FINE, duration_s=90.0), FINE, "changed since the day was planned (180 s then, 90 s now)"),
    ],
)
def test_a_file_that_ails_is_named_with_why(now: Sound, planned: Sound | None, why: str) -> None:
    fine = ("sounds/b.mp3", FINE, FINE)

    (finding,) = verdicts.files([("sounds/a.mp3", now, planned), fine], -23.0)

    assert finding.result is Result.FAULT
    assert finding.what.startswith("sounds/a.mp3: ")
    assert why in finding.what


@pytest.mark.rule("B01")
def test_files_that_are_all_well_are_one_line() -> None:
    broken = replace(FINE, fault="was broken")
    found = verdicts.files([("a", FINE, FINE), ("b", FINE, None), ("c", FINE, broken)], -23.0)

    assert [(one.result, one.what) for one in found] == [(Result.OK, "3 files decode to their end at a sane level")]


def test_a_programme_without_files_is_a_fault() -> None:
    assert verdicts.files([], -23.0)[0].result is Result.FAULT


def item(start: datetime, end: datetime) -> Item:
    return Item(start.isoformat(), Kind.MUSIC, "song", AirClass.MUSIC, (), (), start, end)


@pytest.mark.rule("B03")
def test_a_plan_without_a_hole_is_fine() -> None:
    noon = DAY.opens + timedelta(hours=3)

    found = verdicts.plan(Programme(MONDAY, (item(DAY.opens, noon), item(noon, DAY.closes))), DAY)

    assert (found.result, found.what) == (Result.OK, "2 items from 09:00 to 22:00, no hole")


@pytest.mark.parametrize(
    ("gaps", "what"),
    [
        ([(0, 3), (3.01, 13)], "silent for 36 s from 12:00:00 on"),
        ([(0, 3), (3.01, 12)], "silent for 36 s from 12:00:00 on and 1 more"),
        ([(0.5, 13)], "silent for 1800 s from 09:00:00 on"),
        ([], "nothing is planned"),
    ],
)
def test_a_hole_in_the_plan_is_told_with_its_time(gaps: list[tuple[float, float]], what: str) -> None:
    items = tuple(item(DAY.opens + timedelta(hours=a), DAY.opens + timedelta(hours=b)) for a, b in gaps)

    found = verdicts.plan(Programme(MONDAY, items), DAY)

    assert found.result is Result.FAULT
    assert what in found.what


def test_scripts_without_speech_are_named() -> None:
    assert verdicts.speech(3, []).result is Result.OK
    assert verdicts.speech(3, ["promo", "child"]).what == "no speech for: promo, child"


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("rms", "peak", "result"), [(-60.0, -48.0, Result.OK), (-120.0, -120.0, Result.FAULT), (-6.0, 0.0, Result.FAULT)]
)
def test_a_microphone_has_noise_and_does_not_clip(rms: float, peak: float, result: Result) -> None:
    assert verdicts.microphone(Reading(rms, peak)).result is result


@pytest.mark.parametrize(
    ("wanted", "reads", "what"),
    [
        (True, True, None),
        (False, False, None),
        (True, False, "lamp promo: its pin does not go high"),
        (False, True, "lamp promo: its pin does not go low"),
        (True, None, "lamp promo: its pin is not readable"),
    ],
)
def test_a_lamp_is_judged_by_its_pin(wanted: bool, reads: bool | None, what: str | None) -> None:
    found = verdicts.lamp("promo", wanted=wanted, reads=reads)

    assert (None if found is None else found.what) == what


@pytest.mark.parametrize(
    ("free", "writable", "result", "what"),
    [
        (20e9, True, Result.OK, "20.0 GB free"),
        (5e8, True, Result.OK, "0.5 GB free, it will be scarce soon"),
        (5e7, True, Result.FAULT, "only 50 MB free"),
        (20e9, False, Result.FAULT, "the state directory cannot be written to"),
    ],
)
def test_a_disk_needs_room_and_must_be_writable(free: float, writable: bool, result: Result, what: str) -> None:
    found = verdicts.disk(int(free), writable=writable)

    assert (found.result, found.what) == (result, what)


@pytest.mark.parametrize(
    ("problems", "result"), [(None, Result.UNKNOWN), ((), Result.OK), (("row 3 missing",), Result.FAULT)]
)
def test_a_ledger_is_whole_damaged_or_not_begun(problems: tuple[str, ...] | None, result: Result) -> None:
    assert verdicts.ledger(problems).result is result


@pytest.mark.parametrize(
    ("year", "synchronised", "result"),
    [
        (2026, True, Result.OK),
        (2026, False, Result.UNKNOWN),
        (2026, None, Result.UNKNOWN),
        (1970, True, Result.FAULT),
    ],
)
def test_a_clock_before_the_program_was_made_is_wrong(year: int, synchronised: bool | None, result: Result) -> None:
    now = datetime(year, 11, 23, 9, tzinfo=UTC)

    assert verdicts.clock(now, date(2026, 11, 1), synchronised=synchronised).result is result


@pytest.mark.parametrize(
    ("celsius", "throttled", "result", "what"),
    [
        (45.0, 0x0, Result.OK, "45 °C"),
        (45.0, None, Result.OK, "45 °C"),
        (82.0, 0x0, Result.FAULT, "the processor has 82 °C"),
        (45.0, 0x50001, Result.FAULT, "the Pi's supply voltage is too low now"),
        (45.0, 0x50000, Result.FAULT, "the Pi has slowed down for heat or low voltage since it was started"),
        (45.0, 0x10000, Result.FAULT, "the Pi's supply voltage was too low since it was started"),
        (None, None, Result.UNKNOWN, "this machine tells no temperature"),
    ],
)
def test_heat_and_low_voltage_are_told(celsius: float | None, throttled: int | None, result: Result, what: str) -> None:
    found = verdicts.heat(celsius, throttled)

    assert (found.result, found.what) == (result, what)


# the test tone


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("heard", "reference", "result", "what"),
    [
        (Heard(1000.2, -40.0, 30.0), Heard(1000.0, -42.0, 30.0), Result.OK, "+2.0 dB from its reference"),
        (Heard(1000.2, -40.0, 30.0), None, Result.OK, "which is the reference from now on"),
        (Heard(1000.2, -40.0, 9.0), None, Result.FAULT, "was not heard"),
        (Heard(50.0, -40.0, 30.0), None, Result.FAULT, "at 50 Hz instead of 1000 Hz"),
        (Heard(1000.0, -49.0, 30.0), Heard(1000.0, -42.0, 30.0), Result.FAULT, "7 dB softer"),
        (Heard(1000.0, -35.0, 30.0), Heard(1000.0, -42.0, 30.0), Result.FAULT, "7 dB louder"),
    ],
)
def test_the_tone_in_the_hall_is_compared_with_its_reference(
    heard: Heard, reference: Heard | None, result: Result, what: str
) -> None:
    found = judged(heard, reference)

    assert found.result is result
    assert what in found.what


@pytest.mark.rule("B01")
@pytest.mark.parametrize(
    ("reference", "in_hall", "result"),
    [
        (None, True, Result.FAULT),
        (None, False, Result.UNKNOWN),
        (Heard(1000.0, -40.0, 30.0), False, Result.FAULT),
    ],
)
def test_a_microphone_that_never_heard_the_hall_says_nothing_about_its_loudspeakers(
    reference: Heard | None, in_hall: bool, result: Result
) -> None:
    finding = judged(Heard(300.0, -70.0, 2.0), reference, in_hall=in_hall)

    assert finding.result is result
    assert "listen" in finding.what or result is Result.FAULT


@pytest.mark.rule("B01")
def test_each_of_several_cards_is_named() -> None:
    before, after = OutputReading("USB 2", 0, "upstairs"), OutputReading("USB 2", 44_100, "upstairs")

    assert verdicts.output(before, after).what == "upstairs: USB 2 took 44100 frames"
    assert "upstairs: USB 2 is open and takes no sound" in verdicts.output(after, after).what
    assert (
        "upstairs: there is no sound device: its zones are silent"
        in verdicts.output(before, OutputReading("", 0, "upstairs")).what
    )
