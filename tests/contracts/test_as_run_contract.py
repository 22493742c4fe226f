from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import LedgerFault
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.audit import lines
from kiosk.ledger.memory import MemoryAsRun
from kiosk.ledger.spool import SpooledAsRun
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.broadcast import AsRunLog
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.units import ZoneId
from tests.depth import examples
from tests.ledger.shop import fill_disk, free_disk, fresh_ledger
from tests.ledger.values import SHANGHAI, TEN, a_song, played, skipped

Said = tuple[datetime, str, str, str, dict[str, str]]


class Desk(Protocol):
    """A log, and what the world does to it."""

    log: AsRunLog

    def fill(self) -> None: ...
    def free(self) -> None: ...
    def notes(self) -> list[Said]: ...
    def close(self) -> None: ...


class MemoryDesk:
    def __init__(self, _: Path, zone: ZoneInfo) -> None:
        self.memory = MemoryAsRun(zone)
        self.log: AsRunLog = self.memory

    def fill(self) -> None:
        self.memory.fill_up()

    def free(self) -> None:
        self.memory.make_room()

    def notes(self) -> list[Said]:
        return [(n.at, n.actor, n.action, n.subject, dict(n.details)) for n in self.memory.notes]

    def close(self) -> None:
        pass


class FileDesk:
    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self.zone = zone
        self.ledger = fresh_ledger(folder / "ledger.sqlite")
        self.log: AsRunLog = AsRunPages(self.ledger, zone)

    def fill(self) -> None:
        fill_disk(self.ledger)

    def free(self) -> None:
        free_disk(self.ledger)

    def notes(self) -> list[Said]:
        outcomes = {outcome.value for outcome in Outcome}
        with self.ledger.read() as connection:
            found = list(lines(connection, self.zone))
        return [(n.at, n.actor, n.action, n.subject, dict(n.details)) for n in found if n.action not in outcomes]

    def close(self) -> None:
        assert isinstance(verify(self.ledger), Intact)
        self.ledger.close()


class SpooledDesk(FileDesk):
    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        super().__init__(folder, zone)
        self.log = SpooledAsRun(self.log, zone)


DESKS: dict[str, Callable[[Path, ZoneInfo], Desk]] = {"memory": MemoryDesk, "file": FileDesk, "spooled": SpooledDesk}
BERLIN = ZoneInfo("Europe/Berlin")  # its clocks repeat an hour, Shanghai's do not


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with closing(DESKS[request.param](tmp_path, SHANGHAI)) as one:
        yield one


@pytest.fixture(params=["memory", "file"])
def plain_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Without the spool, which never raises."""
    with closing(DESKS[request.param](tmp_path, SHANGHAI)) as one:
        yield one


@pytest.fixture(params=DESKS)
def berlin_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with closing(DESKS[request.param](tmp_path, BERLIN)) as one:
        yield one


def test_an_item_that_started_is_on_the_air(desk: Desk) -> None:
    desk.log.started(a_song())

    assert list(desk.log.of_day(TEN.date())) == [a_song()]
    assert list(desk.log.adrift()) == [a_song()]


def test_the_end_completes_the_line_of_the_start(desk: Desk) -> None:
    desk.log.started(a_song())

    desk.log.ended(played(a_song()))

    assert list(desk.log.of_day(TEN.date())) == [played(a_song())]
    assert list(desk.log.adrift()) == []


def test_an_item_that_never_started_is_accounted_for(desk: Desk) -> None:
    desk.log.ended(skipped(a_song()))

    assert list(desk.log.of_day(TEN.date())) == [skipped(a_song())]
    assert list(desk.log.adrift()) == []


def test_an_end_without_its_start_is_a_line_of_its_own(desk: Desk) -> None:
    desk.log.ended(played(a_song()))

    assert list(desk.log.of_day(TEN.date())) == [played(a_song())]


def test_a_song_that_starts_again_after_a_power_cut_has_a_second_line(desk: Desk) -> None:
    again = replace(a_song(), real_start=TEN + timedelta(minutes=4))
    desk.log.started(a_song())
    desk.log.started(again)

    desk.log.ended(played(again))

    assert list(desk.log.of_day(TEN.date())) == [a_song(), played(again)]
    assert list(desk.log.adrift()) == [a_song()]


def test_what_the_power_cut_off_is_adrift_until_somebody_closes_it(desk: Desk) -> None:
    for n in (1, 2, 3):
        desk.log.started(a_song(n))
    desk.log.ended(played(a_song(2)))
    left = list(desk.log.adrift())

    for entry in left:
        desk.log.ended(replace(entry, outcome=Outcome.INTERRUPTED, reason="the power went"))

    assert left == [a_song(1), a_song(3)]
    assert list(desk.log.adrift()) == []


def test_lines_stand_in_the_order_in_which_they_started_though_the_clock_stepped_back(desk: Desk) -> None:
    late, early = a_song(2), replace(a_song(1), real_start=TEN - timedelta(hours=1))
    desk.log.started(late)
    desk.log.started(early)
    desk.log.ended(played(early))
    desk.log.ended(played(late))

    assert list(desk.log.of_day(TEN.date())) == [played(late), played(early)]


def test_a_day_has_only_its_own_lines(desk: Desk) -> None:
    past_midnight = replace(a_song(2), day=TEN.date() - timedelta(days=1))
    desk.log.started(a_song(1))
    desk.log.started(past_midnight)

    assert list(desk.log.of_day(TEN.date())) == [a_song(1)]
    assert list(desk.log.of_day(past_midnight.day)) == [past_midnight]
    assert list(desk.log.of_day(date(1999, 12, 31))) == []


def test_the_same_start_or_end_twice_is_one_line(desk: Desk) -> None:
    desk.log.started(a_song())
    desk.log.started(a_song())
    desk.log.ended(played(a_song()))
    desk.log.ended(played(a_song()))
    desk.log.started(a_song())

    assert list(desk.log.of_day(TEN.date())) == [played(a_song())]


def test_what_is_over_cannot_end_in_another_way(plain_desk: Desk) -> None:
    plain_desk.log.ended(played(a_song()))

    with pytest.raises(ValueError, match="already over"):
        plain_desk.log.ended(replace(played(a_song()), outcome=Outcome.CUT))

    assert list(plain_desk.log.of_day(TEN.date())) == [played(a_song())]


@pytest.mark.parametrize(
    "wrong",
    [
        played(a_song()),
        replace(a_song(), real_start=None),
        replace(a_song(), real_start=datetime(2026, 10, 24, 10)),  # noqa: DTZ001
    ],
    ids=["over", "not started", "no zone"],
)
def test_a_start_that_makes_no_sense_is_refused(plain_desk: Desk, wrong: AsRun) -> None:
    with pytest.raises(ValueError, match=r"not on the air|no zone"):
        plain_desk.log.started(wrong)

    assert list(plain_desk.log.of_day(TEN.date())) == []


def test_an_end_needs_an_outcome(plain_desk: Desk) -> None:
    with pytest.raises(ValueError, match="still on the air"):
        plain_desk.log.ended(a_song())


def test_who_did_what_is_noted_in_order(desk: Desk) -> None:
    desk.log.note(TEN, "anna", "page", "guest", {"title": "mr", "name": "王小明"})
    desk.log.note(TEN, "anna", "page", "guest", {"title": "mr", "name": "王小明"})
    desk.log.note(TEN, "ben", "reset", "evacuation", {})

    page = (TEN, "anna", "page", "guest", {"name": "王小明", "title": "mr"})
    assert desk.notes() == [page, page, (TEN, "ben", "reset", "evacuation", {})]


def test_a_full_disk_is_a_fault_and_no_line(plain_desk: Desk) -> None:
    plain_desk.log.started(a_song())
    plain_desk.fill()
    long = "x" * 20_000

    with pytest.raises(LedgerFault, match="no room"):
        plain_desk.log.started(replace(a_song(2), reason=long))
    with pytest.raises(LedgerFault, match="no room"):
        plain_desk.log.ended(replace(played(a_song(1)), reason=long))
    with pytest.raises(LedgerFault, match="no room"):
        plain_desk.log.note(TEN, "anna", "page", long, {})

    assert list(plain_desk.log.of_day(TEN.date())) == [a_song()]
    assert plain_desk.notes() == []


def test_a_log_goes_on_where_it_was_once_the_disk_has_room(plain_desk: Desk) -> None:
    plain_desk.log.started(a_song())
    plain_desk.fill()
    with pytest.raises(LedgerFault, match="no room"):
        plain_desk.log.note(TEN, "anna", "page", "x" * 20_000, {})

    plain_desk.free()
    plain_desk.log.ended(played(a_song()))

    assert list(plain_desk.log.of_day(TEN.date())) == [played(a_song())]


def test_both_hours_of_the_night_when_clocks_go_back_are_told_apart(berlin_desk: Desk) -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    for at in (first, second):
        berlin_desk.log.started(replace(a_song(), real_start=at))
        berlin_desk.log.ended(replace(played(a_song()), real_start=at, real_end=at))

    starts = [line.real_start for line in berlin_desk.log.of_day(TEN.date())]

    assert [at and at.isoformat() for at in starts] == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]


def test_a_file_name_that_is_no_text_can_be_logged(desk: Desk) -> None:
    odd = replace(a_song(), key="0001:music/\udcff\x00", id="music/\udcff")
    desk.log.started(odd)
    desk.log.ended(replace(played(odd), level_dbfs=float("-inf")))

    (line,) = desk.log.of_day(TEN.date())

    assert (line.key, line.id, line.level_dbfs) == ("0001:music/\\udcff\x00", "music/\\udcff", None)


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31), timezones=offsets | st.just(BERLIN))  # noqa: DTZ001
levels = st.floats(-120, 0)
entries = st.builds(
    AsRun,
    day=st.dates(date(1990, 1, 1)),
    key=st.text(max_size=20),
    kind=st.sampled_from(Kind),
    id=st.text(max_size=20),
    air_class=st.sampled_from(AirClass),
    zones=st.lists(st.text(max_size=5).map(ZoneId), max_size=3).map(tuple),
    due=st.none() | moments,
    planned_start=st.none() | moments,
    planned_end=st.none() | moments,
    real_start=st.none() | moments,
    real_end=st.none() | moments,
    phase=st.text(max_size=5),
    outcome=st.sampled_from([outcome for outcome in Outcome if outcome is not Outcome.ON_AIR]),
    reason=st.text(max_size=30),
    operator=st.none() | st.text(max_size=5),
    level_dbfs=st.none() | levels,
)
_numbers = count()


def in_utc(entry: AsRun) -> AsRun:
    """Moments that can be compared: Python finds none equal across zones in a repeated hour."""
    names = ("due", "planned_start", "planned_end", "real_start", "real_end")
    moments = {name: getattr(entry, name) and getattr(entry, name).astimezone(UTC) for name in names}
    return replace(entry, **moments)


# up to 90 durable commits an example: the fsyncs take longer than a unit test should
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.lists(entries, max_size=20))
def test_every_entry_comes_back_as_it_was(berlin_desk: Desk, day: list[AsRun]) -> None:
    day = [replace(entry, key=f"{next(_numbers)}:{entry.key}") for entry in day]
    for entry in day:
        if entry.real_start is not None:
            berlin_desk.log.started(replace(entry, outcome=Outcome.ON_AIR, real_end=None))
        berlin_desk.log.ended(entry)

    for entry in day:
        (line,) = [each for each in berlin_desk.log.of_day(entry.day) if each.key == entry.key]
        assert in_utc(line) == in_utc(entry)
        assert all(at.tzinfo is BERLIN for at in (line.due, line.real_start, line.real_end) if at)
