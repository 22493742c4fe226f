from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.memory import MemoryAsRun
from kiosk.ledger.spool import LatePages, SpooledAsRun
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.broadcast import AsRunLog
from tests.ledger.shop import fill_disk, free_disk, fresh_ledger, pragma, small_disk
from tests.ledger.values import SHANGHAI, TEN, a_song, played, skipped


@pytest.fixture
def inner() -> MemoryAsRun:
    return MemoryAsRun(SHANGHAI)


@pytest.fixture
def log(inner: MemoryAsRun) -> SpooledAsRun:
    return SpooledAsRun(inner, SHANGHAI, capacity=4)


def noted(inner: MemoryAsRun) -> list[str]:
    return [note.subject for note in inner.notes]


def say(log: AsRunLog, *subjects: object, at: datetime = TEN) -> None:
    for subject in subjects:
        log.note(at, "anna", "page", str(subject), {})


def test_while_the_log_takes_lines_nothing_waits(log: SpooledAsRun, inner: MemoryAsRun) -> None:
    log.started(a_song())
    log.ended(played(a_song()))

    assert inner.of_day(TEN.date()) == (played(a_song()),)
    assert (log.waiting, log.fault) == (0, "")


def test_lines_wait_while_the_disk_is_full_and_the_fault_is_shown(
    log: SpooledAsRun, inner: MemoryAsRun, caplog: pytest.LogCaptureFixture
) -> None:
    inner.fill_up()

    log.started(a_song())
    log.ended(played(a_song()))
    say(log, "guest")

    assert (log.waiting, log.fault) == (3, "the ledger in memory has no room: make_room() frees some")
    assert [record.levelno for record in caplog.records] == [logging.ERROR]  # once, not for every line


def test_what_waits_is_written_in_order_before_the_next_line(log: SpooledAsRun, inner: MemoryAsRun) -> None:
    inner.fill_up()
    say(log, 1, 2, 3)
    inner.make_room()

    say(log, 4)

    assert noted(inner) == ["1", "2", "3", "4"]
    assert (log.waiting, log.fault) == (0, "")


def test_what_waits_can_be_written_between_lines(log: SpooledAsRun, inner: MemoryAsRun) -> None:
    inner.fill_up()
    say(log, 1)

    assert not log.retry()
    inner.make_room()
    assert log.retry()

    assert noted(inner) == ["1"]
    assert log.fault == ""


def test_a_song_that_waits_is_shown_and_known_as_on_the_air(log: SpooledAsRun, inner: MemoryAsRun) -> None:
    log.started(a_song(1))
    inner.fill_up()

    log.ended(played(a_song(1)))
    log.started(a_song(2))

    assert log.of_day(TEN.date()) == (played(a_song(1)), a_song(2))
    assert log.adrift() == (a_song(2),)
    assert inner.of_day(TEN.date()) == (a_song(1),)


def test_the_oldest_lines_are_kept_and_the_audit_says_how_many_were_lost(log: SpooledAsRun, inner: MemoryAsRun) -> None:
    inner.fill_up()
    say(log, 1, 2, 3, 4)
    say(log, 5, 6, 7, at=TEN + timedelta(minutes=1))
    assert log.waiting == 4
    inner.make_room()

    say(log, 8)

    assert noted(inner) == ["1", "2", "3", "4", "as-run", "8"]
    lost = inner.notes[4]
    assert (lost.actor, lost.action, dict(lost.details)) == (
        "ledger",
        "lines lost",
        {"memory full": "3", "refused": "0"},
    )
    assert lost.at == TEN + timedelta(minutes=1)


def test_lost_lines_are_told_once(log: SpooledAsRun, inner: MemoryAsRun) -> None:
    inner.fill_up()
    say(log, *range(10))
    inner.make_room()

    say(log, "a", "b")

    assert noted(inner) == ["0", "1", "2", "3", "as-run", "a", "b"]


def test_a_line_that_makes_no_sense_stops_neither_the_music_nor_the_others(
    log: SpooledAsRun, inner: MemoryAsRun, caplog: pytest.LogCaptureFixture
) -> None:
    log.started(played(a_song()))
    log.ended(a_song())
    log.note(datetime(2026, 10, 24), "anna", "page", "guest", {})  # noqa: DTZ001

    log.started(a_song())

    assert inner.of_day(TEN.date()) == (a_song(),)
    assert dict(inner.notes[0].details) == {"memory full": "0", "refused": "3"}
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3


def test_a_line_that_the_log_refuses_for_good_does_not_block_those_behind_it(
    log: SpooledAsRun, inner: MemoryAsRun
) -> None:
    log.ended(played(a_song(1)))
    inner.fill_up()
    log.ended(replace(skipped(a_song(1)), real_start=a_song(1).real_start))
    log.started(a_song(2))
    inner.make_room()

    assert log.retry()

    assert inner.of_day(TEN.date()) == (played(a_song(1)), a_song(2))
    assert log.waiting == 0


@given(rooms=st.lists(st.integers(0, 3) | st.none(), max_size=30))
def test_no_line_is_written_twice_or_out_of_order_however_the_disk_comes_and_goes(rooms: list[int | None]) -> None:
    inner = MemoryAsRun(SHANGHAI)
    log = SpooledAsRun(inner, SHANGHAI, capacity=100)

    for n, room in enumerate(rooms):
        inner.make_room() if room is None else inner.fill_up(room=room)
        say(log, n)
        assert noted(inner) == [str(each) for each in range(n + 1 - log.waiting)]

    inner.make_room()
    assert log.retry()
    assert noted(inner) == [str(n) for n in range(len(rooms))]


def test_a_spool_has_room_for_something(inner: MemoryAsRun) -> None:
    with pytest.raises(ValueError, match="at least one line"):
        SpooledAsRun(inner, SHANGHAI, capacity=0)


def test_a_file_that_was_read_only_for_a_while_has_every_line_once(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        log = SpooledAsRun(AsRunPages(ledger, SHANGHAI), SHANGHAI)
        log.started(a_song(1))
        pragma(ledger, "query_only=ON")
        log.ended(played(a_song(1)))
        log.started(a_song(2))
        assert (log.waiting, "is read-only" in log.fault) == (2, True)

        pragma(ledger, "query_only=OFF")
        log.ended(played(a_song(2)))

        assert AsRunPages(ledger, SHANGHAI).of_day(TEN.date()) == (played(a_song(1)), played(a_song(2)))
        verdict = verify(ledger)
        assert isinstance(verdict, Intact)
        assert verdict.lines == 2


def test_the_music_goes_on_over_a_disk_that_is_really_full_until_somebody_frees_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "card", kilobytes=1024) as card, fresh_ledger(card / "ledger.sqlite") as ledger:
        log = SpooledAsRun(AsRunPages(ledger, SHANGHAI), SHANGHAI)
        fill_with_ballast(card)
        written = 0
        while not log.waiting:
            written += 1
            log.started(a_song(written))
        for n in range(1, written + 1):
            log.ended(played(a_song(n)))
        assert "the disk is full" in log.fault

        (card / "ballast").unlink()
        assert log.retry()

        assert AsRunPages(ledger, SHANGHAI).of_day(TEN.date()) == tuple(
            played(a_song(n)) for n in range(1, written + 1)
        )
        verdict = verify(ledger)
        assert isinstance(verdict, Intact)
        assert verdict.lines == written


def test_a_short_line_does_not_overtake_a_long_one_for_which_there_is_no_room(tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        log = SpooledAsRun(AsRunPages(ledger, SHANGHAI), SHANGHAI)
        fill_disk(ledger)
        say(log, "long " * 5000)

        say(log, "short")
        waiting = log.waiting
        free_disk(ledger)
        log.retry()

        with ledger.read() as connection:
            subjects = [line.subject.split()[-1] for line in audit.lines(connection, SHANGHAI)]
        assert (waiting, subjects) == (2, ["long", "short"])


def fill_with_ballast(card: Path) -> None:
    with (card / "ballast").open("wb", buffering=0) as ballast:
        try:
            while ballast.write(bytes(4096)) == 4096:
                pass
        except OSError:
            return


# the first opening migrates in a child: half a second
def test_a_store_that_starts_without_its_disk_gets_its_ledger_later(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.write_text("no folder yet")
    opened = []

    def open_pages() -> AsRunLog:
        opened.append(open_ledger(folder / "ledger.sqlite"))
        return AsRunPages(opened[-1], SHANGHAI)

    log = SpooledAsRun(LatePages(open_pages), SHANGHAI)
    assert log.adrift() == ()
    log.started(a_song())
    assert (log.waiting, log.of_day(TEN.date())) == (1, (a_song(),))

    folder.unlink()
    log.ended(played(a_song()))

    assert log.waiting == 0
    (ledger,) = opened
    with ledger:
        assert AsRunPages(ledger, SHANGHAI).of_day(TEN.date()) == (played(a_song()),)
        assert isinstance(verify(ledger), Intact)


def test_late_pages_say_why_they_cannot_be_opened() -> None:
    def open_pages() -> AsRunLog:
        raise LedgerFault("no disk")

    with pytest.raises(LedgerFault, match="no disk"):
        LatePages(open_pages).note(TEN, "anna", "page", "guest", {})
