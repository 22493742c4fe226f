from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desks.broadcast.messages import Inspected, Part, SelfCheckAsked
from kiosk.ports.broadcast import Started
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import Occasion, Result, SelfCheckChoices, fault
from tests.stories.inspection import Checked
from tests.stories.shop import MONDAY, Shop

TUESDAY = MONDAY + timedelta(days=1)
HEARING = SelfCheckChoices(microphone="USB microphone")


@pytest.fixture
def checked(shop: Shop) -> Checked:
    return Checked(shop)


@pytest.fixture
def hearing(shop: Shop) -> Checked:
    """The store has a microphone in its hall."""
    return Checked(shop, HEARING)


def mains(shop: Shop) -> list[tuple[Unit, bool]]:
    return [(unit, on) for _, unit, on in shop.relays.history if unit is not Unit.MICROPHONE]


@pytest.mark.rule("B01")
def test_the_equipment_is_checked_twenty_minutes_before_the_opening(shop: Shop, hearing: Checked) -> None:
    shop.opens_at("08:00").until("08:39:59")
    before = hearing.page.reports[:]
    shop.until("08:41")

    (report,) = hearing.page.reports
    assert before == []
    assert report.begun == shop.at("08:40:00")
    assert (report.day, report.occasion, report.verdict) == (MONDAY, Occasion.BEFORE_OPENING, Result.OK)
    assert report.unchecked == ()
    assert hearing.checker.state == f"self-check {report.ended:%H:%M}: all well"
    assert not any(text.startswith("self-check") for text in shop.announcer.warnings)


@pytest.mark.rule("B01")
@pytest.mark.rule("B02")
def test_the_check_switches_the_equipment_on_and_off_in_order_for_its_tone(shop: Shop, hearing: Checked) -> None:
    shop.opens_at("08:00").until("08:42")

    source, amplifier = Unit.SOURCE, Unit.AMPLIFIER
    assert mains(shop) == [(source, True), (amplifier, True), (amplifier, False), (source, False)]
    (tone,) = [line for line in shop.lines if line.kind is Kind.TEST_TONE]
    assert tone.outcome is Outcome.PLAYED
    assert "reads on" in hearing.what(Topic.POWER)
    assert "reads off" in hearing.what(Topic.POWER)
    assert shop.announcer.equipment.is_off


@pytest.mark.rule("B16")
def test_the_microphone_has_its_supply_only_while_it_listens(shop: Shop, hearing: Checked) -> None:
    shop.opens_at("08:00").until("08:42")

    supply = [(at_s, on) for at_s, unit, on in shop.relays.history if unit is Unit.MICROPHONE]
    off_s = next(at_s for at_s, unit, on in shop.relays.history if unit is Unit.AMPLIFIER and not on)
    assert [on for _, on in supply] == [True, False]
    assert supply[1][0] < off_s


@pytest.mark.rule("B01")
def test_every_lamp_is_lit_in_turn_and_dark_again(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("08:42")

    lit = [(name, lamp) for name, lamp in checked.lamps.history]
    assert lit == [("promo", Lamp.ON), ("promo", Lamp.OFF), ("on air", Lamp.ON), ("on air", Lamp.OFF)]
    assert checked.what(Topic.LAMPS) == "2 lamps were lit in turn, and every pin followed"


@pytest.mark.rule("B01")
def test_lamps_that_do_not_follow_are_named(shop: Shop, checked: Checked) -> None:
    checked.lamps.dead.add("promo")
    checked.lamps.broken.add("on air")

    shop.opens_at("08:00").until("08:42")

    assert [one.what for one in checked.of(Topic.LAMPS)] == [
        "lamp promo: its pin does not go high",
        "the lamp on air cannot use GPIO 17: the chip does not answer",
    ]


@pytest.mark.rule("B01")
@pytest.mark.rule("B03")
def test_a_fault_is_told_to_the_announcer_and_never_bars_the_opening(shop: Shop, hearing: Checked) -> None:
    hearing.looking.finds(Part.ROOM, fault(Topic.FILES, "sounds/music/song 3.wav: it is missing"))
    hearing.device = ""
    shop.opens_at("08:00").relays.welded_open.add(Unit.AMPLIFIER)

    shop.until("09:30")

    told = [text for text in shop.announcer.warnings if text.startswith("self-check: ")]
    assert len(told) == 3
    assert "there is no sound device" in told[0]
    assert "Technician: Plug the sound device in" in told[0]
    assert {one.topic for one in hearing.report.faults} == {Topic.OUTPUT, Topic.POWER, Topic.FILES}
    assert shop.silence_s("09:00", "09:30") < 0.5


def test_a_store_without_a_microphone_plays_the_tone_for_people_to_hear(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("08:42")

    assert checked.looking.asked == [MONDAY, Part.ROOM]
    assert "listen whether every area sounds" in checked.what(Topic.TONE)
    assert [line.kind for line in shop.lines] == [Kind.TEST_TONE]


def test_a_store_that_wants_no_tone_has_none(shop: Shop) -> None:
    checked = Checked(shop, SelfCheckChoices(tone=False))

    shop.opens_at("08:00").until("08:42")

    assert shop.lines == ()
    assert checked.what(Topic.TONE) == "no test tone: the site wants none"
    assert checked.of(Topic.OUTPUT)[0].result is Result.UNKNOWN


def test_without_a_panel_the_lamps_could_not_be_checked(shop: Shop) -> None:
    checked = Checked(shop)
    checked.wired = ()
    checked.hire()

    shop.opens_at("08:00").until("08:42")

    assert checked.what(Topic.LAMPS) == "no lamp is wired"


def test_a_tone_whose_file_cannot_be_written_is_not_played(shop: Shop, hearing: Checked) -> None:
    hearing.looking.finds(Part.ROOM, fault(Topic.TONE, "test-tone.flac cannot be written: the disk is full"))

    shop.opens_at("08:00").until("08:42")

    assert shop.lines == ()
    assert hearing.of(Topic.TONE)[0].result is Result.FAULT


def test_a_tone_that_cannot_be_played_is_a_fault(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").file_breaks("/state/test-tone.flac").until("08:42")

    assert any("the test tone was not played" in one.what for one in checked.of(Topic.TONE))
    assert checked.of(Topic.OUTPUT)[0].result is Result.UNKNOWN


# once a day, and never in the shoppers' ears


@pytest.mark.rule("B01")
def test_it_runs_once_a_business_day_whatever_restarts(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("08:45").power_goes()
    checked.hire()
    shop.opens_at("08:50").until("09:30").power_goes()
    checked.hire()
    shop.opens_at("10:00").until("23:00")

    assert len(checked.page.reports) == 1


@pytest.mark.rule("B01")
def test_it_runs_again_on_the_next_business_day(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("08:45", day=TUESDAY)

    assert [report.day for report in checked.page.reports] == [MONDAY, TUESDAY]


@pytest.mark.rule("B01")
def test_a_late_start_checks_without_a_tone_and_without_switching_for_it(shop: Shop, hearing: Checked) -> None:
    shop.opens_at("11:00").until("11:05")

    (report,) = hearing.page.reports
    assert report.occasion is Occasion.LATE_START
    assert all(line.kind is not Kind.TEST_TONE for line in shop.lines)
    assert mains(shop) == [(Unit.SOURCE, True), (Unit.AMPLIFIER, True)]
    assert hearing.lamps.history == []
    assert hearing.of(Topic.OUTPUT)[0].result is Result.OK
    assert hearing.what(Topic.POWER).count("reads on") == 2
    assert hearing.what(Topic.LAMPS) == "the lamps are not tried while the store is open"
    assert all(unit is not Unit.MICROPHONE for _, unit, _ in shop.relays.history)


def test_a_start_a_few_minutes_before_the_opening_checks_at_once(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:57").until("09:05")

    (report,) = checked.page.reports
    assert report.begun == shop.at("08:57")
    assert any(line.kind is Kind.TEST_TONE for line in shop.lines)
    assert mains(shop) == [(Unit.SOURCE, True), (Unit.AMPLIFIER, True)]  # it stays on: the opening is near
    assert shop.silence_s("09:00", "09:05") < 0.5


def test_a_start_in_the_last_minute_before_the_opening_plays_no_tone(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:59:30").until("09:05")

    assert all(line.kind is not Kind.TEST_TONE for line in shop.lines)
    assert len(checked.page.reports) == 1


def test_somebody_may_ask_for_one_and_the_morning_has_its_own(shop: Shop, checked: Checked) -> None:
    shop.opens_at("07:30").until("07:40").gets(SelfCheckAsked("anna"), SelfCheckAsked("bo"))
    assert checked.checker.state == "self-check runs"
    shop.until("08:45")

    assert [report.occasion for report in checked.page.reports] == [Occasion.ASKED, Occasion.BEFORE_OPENING]
    assert [note.actor for note in shop.notes("asks for")] == ["anna", "bo"]


def test_one_that_is_asked_for_while_open_sounds_and_switches_nothing(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("10:00")
    before = mains(shop)

    shop.gets(SelfCheckAsked("anna")).until("10:01")

    assert checked.report.occasion is Occasion.ASKED
    assert mains(shop) == before
    assert checked.of(Topic.OUTPUT)[0].result is Result.OK


def test_a_new_report_takes_the_old_one_s_faults_off_the_board(shop: Shop, checked: Checked) -> None:
    checked.looking.finds(Part.ROOM, fault(Topic.FILES, "a song is missing"))
    shop.opens_at("08:00").until("08:45")
    fine = [*shop.announcer.warnings]
    checked.looking.finds(Part.ROOM)

    shop.gets(SelfCheckAsked("anna")).until("08:47")

    assert any("a song is missing" in text for text in fine)
    assert not any("a song is missing" in text for text in shop.announcer.warnings)


# what may come between


@pytest.mark.rule("B10")
def test_an_emergency_breaks_into_the_test_tone(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("08:40:08").evacuate().until("08:40:20").reset().until("08:41")

    (tone,) = [line for line in shop.lines if line.kind is Kind.TEST_TONE]
    assert (tone.outcome, tone.reason) == (Outcome.CUT, "evacuation broke in")
    assert len(checked.page.reports) == 1


def test_no_tone_sounds_while_an_emergency_is_on(shop: Shop, hearing: Checked) -> None:
    hearing.looking.hangs.add(Part.EAR)
    shop.opens_at("08:00").until("08:40:03").evacuate().until("08:40:20")
    shop.gets(Inspected(Part.EAR, ())).until("08:40:30").reset().until("08:42")

    assert "no test tone: the air was not free" in hearing.what(Topic.TONE)
    assert [on for _, unit, on in shop.relays.history if unit is Unit.MICROPHONE] == [True, False]
    assert all(line.kind is not Kind.TEST_TONE for line in shop.lines)


@pytest.mark.parametrize(
    ("part", "topic", "until"),
    [(Part.ROOM, Topic.FILES, "08:51"), (Part.EAR, Topic.MICROPHONE, "08:42"), (Part.TONE, None, "08:42")],
)
def test_an_inspector_that_hangs_is_sent_away(
    shop: Shop, hearing: Checked, part: Part, topic: Topic | None, until: str
) -> None:
    hearing.looking.hangs.add(part)

    shop.opens_at("08:00").until(until)

    assert hearing.looking.dismissed == 1
    assert len(hearing.page.reports) == 1
    if topic is not None:
        assert "took longer than" in hearing.what(topic)
    shop.until("09:05")
    assert shop.silence_s("09:00", "09:05") < 0.5


def test_an_answer_that_comes_after_all_is_not_heard(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").until("08:45").gets(Inspected(Part.ROOM, ()), Started("self-check/test-tone", 0.0))

    assert len(checked.page.reports) == 1


def test_relays_that_do_not_move_are_faults_and_the_check_ends(shop: Shop, hearing: Checked) -> None:
    shop.opens_at("08:00").relay_sticks(Unit.AMPLIFIER, 99).relay_sticks(Unit.MICROPHONE, 99)

    shop.until("08:45")

    assert any("microphone supply does not answer" in one.what for one in hearing.of(Topic.POWER))
    assert len(hearing.page.reports) == 1


def test_relays_that_cannot_be_read_are_faults(shop: Shop, checked: Checked) -> None:
    shop.opens_at("08:00").relays.unreadable = True

    shop.until("08:45")

    assert any("cannot be read back" in one.what for one in checked.report.faults)


def test_a_role_that_closes_in_the_middle_leaves_nothing_lit_supplied_or_running(shop: Shop, hearing: Checked) -> None:
    hearing.looking.hangs.add(Part.EAR)
    shop.opens_at("08:00").until("08:40:03").stop().until("08:41")

    assert shop.announcer.done
    assert hearing.page.reports == []
    assert hearing.looking.dismissed == 1
    assert Unit.MICROPHONE not in shop.relays.on


@pytest.mark.parametrize("broken", [False, True])
def test_a_lamp_that_is_lit_when_the_role_closes_goes_dark(shop: Shop, checked: Checked, broken: bool) -> None:
    shop.opens_at("08:00").until("08:40:00")
    if broken:
        checked.lamps.broken.add("promo")

    shop.stop().until("08:41")

    assert shop.announcer.done
    assert checked.lamps.shown["promo"] is (Lamp.ON if broken else Lamp.OFF)


def test_a_full_disk_costs_the_report_but_not_the_day(shop: Shop, checked: Checked) -> None:
    checked.page.full = True

    shop.opens_at("08:00").until("09:05")

    assert any("report is not kept: the disk is full" in text for text in shop.announcer.warnings)
    assert [note.details["verdict"] for note in shop.notes("finds")] == ["ok"]
    assert shop.silence_s("09:00", "09:05") < 0.5


def test_a_page_that_cannot_be_read_counts_as_none(shop: Shop, checked: Checked) -> None:
    checked.page.unreadable = True

    shop.opens_at("08:00").until("08:45")

    assert len(checked.page.reports) == 1


def test_a_day_that_nobody_knows_is_asked_for_again(shop: Shop, checked: Checked) -> None:
    checked.knows_the_day = False
    shop.opens_at("08:00").ticks().until("08:43:30")
    assert checked.page.reports == []
    shop.gets(SelfCheckAsked("anna")).until("08:45")
    assert checked.report.day == MONDAY
    checked.knows_the_day = True

    shop.until("08:50")

    assert [report.occasion for report in checked.page.reports] == [Occasion.ASKED, Occasion.BEFORE_OPENING]


@pytest.mark.rule("B01")
@pytest.mark.rule("B15")
def test_the_check_names_every_sound_card_and_the_one_that_is_away(shop: Shop, hearing: Checked) -> None:
    hearing.further = {"upstairs": "USB Audio 2", "street": ""}

    shop.opens_at("08:00").until("08:42")

    assert [finding.result for finding in hearing.of(Topic.OUTPUT)] == [Result.FAULT, Result.OK, Result.OK]
    for what in ("street: there is no sound device", "downstairs: USB Audio took", "upstairs: USB Audio 2 took"):
        assert what in hearing.what(Topic.OUTPUT)
    assert any("street" in text for text in shop.announcer.warnings)
