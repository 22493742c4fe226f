from __future__ import annotations

import queue
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.inspection import HallEar, files_of, read_reference, room, write_reference
from kiosk.app.inspector import ChildInspector
from kiosk.app.office import Office
from kiosk.app.opening import open_office
from kiosk.app.places import Places
from kiosk.app.process import late_ledger
from kiosk.app.self_checking import LateSelfChecks
from kiosk.desks.broadcast.messages import Inspected, Message, Part
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.calendar import DayTypeChoice
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.selfcheck import Finding, Occasion, Result, SelfCheckChoices, report_of
from kiosk.rules.broadcast.tone import Heard
from tests import sites
from tests.ledger.shop import by_hand, fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.short_day import BINDER, DAY_TYPES, SOUNDS_S

# A child is a process of its own that imports the house: a second or two.
DEADLINE_S = 60.0
CALENDAR = sites.CALENDAR.replace('"weekend"', '"weekday"')
MONDAY = date(2026, 11, 23)
TWENTY_TO_NINE = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def listened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, Office]:
    """A site that was listened to, which takes seconds: once for all tests."""
    state = tmp_path_factory.mktemp("state")
    root = tmp_path_factory.mktemp("site")
    sites.write_site(root, sounds_s=SOUNDS_S, day_types=DAY_TYPES, binder=BINDER, calendar=CALENDAR)
    places = Places(root, state)
    return places, open_office(places)


@pytest.fixture
def places(listened: tuple[Places, Office], tmp_path: Path) -> Places:
    """A copy to break."""
    there, _ = listened
    shutil.copytree(there.site, tmp_path / "site")
    shutil.copytree(there.state, tmp_path / "state")
    return Places(tmp_path / "site", tmp_path / "state")


@pytest.fixture
def office(listened: tuple[Places, Office], places: Places) -> Office:
    _, there = listened
    return replace(there, site=replace(there.site, root=places.site))


def found(office: Office, places: Places, topic: Topic, now: datetime = TWENTY_TO_NINE) -> list[Finding]:
    return [one for one in room(office, places, MONDAY, now) if one.topic is topic]


@pytest.mark.rule("B01")
def test_every_file_of_the_day_is_listened_to_and_nothing_else(office: Office) -> None:
    files = files_of(office, MONDAY)

    assert "sounds/welcome.wav" in files
    assert "sounds/speech/member-day.wav" in files
    assert "sounds/chime.wav" in files
    assert sum("/music/" in path for path in files) == 9
    assert sum(path.startswith("/") for path in files) == 3  # speech of the scripts that are text
    assert "sounds/speech/member-day.wav" not in files_of(office, date(2027, 2, 1))  # the campaign is over (B07)


@pytest.mark.rule("B01")
def test_a_store_in_order_has_no_fault(office: Office, places: Places) -> None:
    findings = room(office, places, MONDAY, TWENTY_TO_NINE + timedelta(days=3650))

    assert [one for one in findings if one.result is Result.FAULT] == []
    assert {one.topic for one in findings} == {
        *(Topic.FILES, Topic.PLAN, Topic.SPEECH, Topic.DISK, Topic.LEDGER, Topic.CLOCK, Topic.HEAT)
    }
    assert places.tone.exists()


@pytest.mark.rule("B01")
def test_a_file_that_went_and_one_that_changed_since_the_day_was_planned_are_noticed(
    office: Office, places: Places
) -> None:
    (places.site / "sounds/music/song 1.wav").unlink()
    sites.write_tone(places.site / "sounds/welcome.wav", 3.0)
    (places.site / "sounds/chime.wav").write_bytes(b"no sound at all")

    whats = {one.what.partition(": ")[0]: one.what for one in found(office, places, Topic.FILES)}

    assert set(whats) == {"sounds/music/song 1.wav", "sounds/welcome.wav", "sounds/chime.wav"}
    assert "is missing" in whats["sounds/music/song 1.wav"]
    assert "was sound when the day was planned" in whats["sounds/music/song 1.wav"]
    assert "(10 s then, 3 s now)" in whats["sounds/welcome.wav"]


def test_a_script_without_speech_is_named(office: Office, places: Places) -> None:
    mute = replace(office, spoken={})

    (finding,) = found(mute, places, Topic.SPEECH)

    assert finding.what == "no speech for: closing-30, lost-child, evacuation"


def test_a_calendar_that_names_no_day_type_is_a_fault_of_files_and_plan(office: Office, places: Places) -> None:
    lost = replace(office, day_type=lambda day: DayTypeChoice("carnival", "a date of its own"))

    for topic in (Topic.FILES, Topic.PLAN):
        (finding,) = found(lost, places, topic)
        assert finding.result is Result.FAULT
        assert "day type carnival" in finding.what


def test_the_ledger_is_read_as_a_whole(office: Office, places: Places) -> None:
    before = found(office, places, Topic.LEDGER)
    fresh_ledger(places.ledger).close()
    whole = found(office, places, Topic.LEDGER)
    by_hand(places.ledger, "DROP TRIGGER audit_no_update")
    changed = found(office, places, Topic.LEDGER)
    places.ledger.write_bytes(b"x" * 5000)
    damaged = found(office, places, Topic.LEDGER)

    results = [one.result for (one,) in (before, whole, changed, damaged)]
    assert results == [Result.UNKNOWN, Result.OK, Result.FAULT, Result.FAULT]


def test_a_state_directory_that_is_gone_is_a_fault_of_the_disk(office: Office, places: Places) -> None:
    (places.state / "away").write_text("a file where a folder should be")
    away = Places(places.site, places.state / "away" / "state")

    topics = {one.topic for one in room(office, away, MONDAY, TWENTY_TO_NINE) if one.result is Result.FAULT}

    assert {Topic.DISK, Topic.TONE} <= topics


def test_a_clock_that_forgot_the_year_is_a_fault(office: Office, places: Places) -> None:
    (finding,) = found(office, places, Topic.CLOCK, datetime(1970, 1, 1, tzinfo=SHANGHAI))

    assert finding.result is Result.FAULT


# the reference of the tone


def test_the_reference_is_kept_until_somebody_wants_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "test-tone.json"
    heard = Heard(1000.2, -41.5, 22.0)

    before = read_reference(path)
    write_reference(path, heard)

    assert before is None
    assert read_reference(path) == heard


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"peak_hz": "high"}', '{"volume": 3}'])
def test_a_damaged_reference_counts_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "test-tone.json"
    path.write_text(text)

    assert read_reference(path) is None


def test_a_reference_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceFault, match="make room"):
        write_reference(tmp_path / "gone" / "test-tone.json", Heard(1000.0, -40.0, 20.0))


def test_a_microphone_that_is_not_there_is_a_fault_and_hears_nothing(tmp_path: Path) -> None:
    with closing(HallEar(SelfCheckChoices(microphone="no such microphone"), tmp_path / "test-tone.json")) as ear:
        (finding,) = ear.open()

        assert finding.topic is Topic.MICROPHONE
        assert "no such microphone" in finding.what
        assert ear.hear() == ()


# the child


@pytest.fixture
def inbox() -> queue.SimpleQueue[Message]:
    return queue.SimpleQueue()


@pytest.fixture
def inspector(office: Office, places: Places, inbox: queue.SimpleQueue[Message]) -> Iterator[ChildInspector]:
    deaf = replace(office.site, selfcheck=replace(office.site.selfcheck, microphone="no such microphone"))
    one = ChildInspector(places, replace(office, site=deaf), inbox.put)
    yield one
    one.dismiss()


@pytest.mark.rule("B01")
def test_the_inspector_answers_each_order_through_the_inbox(
    inspector: ChildInspector, inbox: queue.SimpleQueue[Message]
) -> None:
    inspector.inspect_room(MONDAY)
    inspector.open_ear()
    inspector.hear_tone()

    answers = [inbox.get(timeout=DEADLINE_S) for _ in range(3)]

    assert [one.part for one in answers if isinstance(one, Inspected)] == [Part.ROOM, Part.EAR, Part.TONE]
    sizes = [len(one.findings) for one in answers if isinstance(one, Inspected)]
    assert sizes[0] >= 7
    assert sizes[1:] == [1, 0]


def test_an_inspector_that_dies_fails_its_order(inspector: ChildInspector, inbox: queue.SimpleQueue[Message]) -> None:
    inspector.inspect_room(MONDAY)
    inbox.get(timeout=DEADLINE_S)
    assert inspector._pool is not None
    for worker in inspector._pool._processes.values():
        worker.kill()
        worker.join()
    inspector.open_ear()

    answer = inbox.get(timeout=DEADLINE_S)

    assert isinstance(answer, Inspected)
    assert "ended unexpectedly" in answer.findings[0].what


def test_an_inspector_that_was_sent_away_says_nothing_more(
    inspector: ChildInspector, inbox: queue.SimpleQueue[Message]
) -> None:
    inspector.inspect_room(MONDAY)
    inspector.dismiss()
    inspector.dismiss()
    inspector.open_ear()

    answer = inbox.get(timeout=DEADLINE_S)

    assert isinstance(answer, Inspected)
    assert answer.part is Part.EAR


def test_the_reports_page_opens_the_ledger_when_it_is_needed(places: Places) -> None:
    report = report_of(MONDAY, Occasion.ASKED, TWENTY_TO_NINE, TWENTY_TO_NINE, ())
    with late_ledger(places.ledger) as ledger:
        book = LateSelfChecks(ledger, SHANGHAI)
        assert not places.ledger.exists()
        book.keep(report)
        assert book.latest() == report
