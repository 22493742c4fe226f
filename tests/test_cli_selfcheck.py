"""`kiosk selfcheck` and `kiosk report broadcast`, as people type them."""

from __future__ import annotations

import json
import queue
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.commands.selfcheck import code_of
from kiosk.desks.broadcast.messages import Message, SelfCheckAsked
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import Occasion, Report, fault, ok, report_of
from tests.commanded import Kiosk, kiosk, site, state
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI

__all__ = ["kiosk", "site", "state"]

MONDAY = date(2026, 11, 16)  # long over: a report of it is the same whenever it is made


def a_report(*findings: object, now: datetime | None = None) -> Report:
    at = now or datetime(2026, 11, 16, 8, 40, tzinfo=SHANGHAI)
    return report_of(MONDAY, Occasion.BEFORE_OPENING, at, at, findings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (a_report(ok(Topic.DISK, "room")), 0),
        (a_report(fault(Topic.FILES, "gone")), 1),
        (a_report(fault(Topic.FILES, "gone"), fault(Topic.POWER, "stuck")), 3),
    ],
)
def test_the_exit_code_says_whether_a_file_or_a_device_fails(report: Report, code: int) -> None:
    assert code_of(report) == code


# seconds: the site is listened to, a sound output is looked for
@pytest.mark.rule("B01")
def test_without_a_role_the_command_looks_for_itself(kiosk: Kiosk, site: Path, tmp_path: Path) -> None:
    fresh_ledger(tmp_path / "ledger.sqlite").close()

    said = kiosk("selfcheck", "--json", where=(site, tmp_path))

    results = {one["check"]: one["result"] for one in said.json["findings"]}
    assert set(results) == {topic.value for topic in Topic}
    assert results["files"] == results["speech"] == results["disk"] == results["ledger"] == "ok"
    assert results["power"] == results["test-tone"] == "could not be checked"
    assert said.code in (0, 3)  # as this machine has a sound output or none
    kept = kiosk("log", "audit", where=(site, tmp_path))
    assert "self-check" in kept.out


def test_a_running_role_is_asked_and_its_report_shown(kiosk: Kiosk, site: Path, tmp_path: Path) -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    asked: list[Message] = []

    def role() -> None:
        asked.append(inbox.get(timeout=30.0))
        later = datetime.now(SHANGHAI) + timedelta(minutes=1)
        book = SelfChecks(ledger, SHANGHAI)
        book.keep(a_report(fault(Topic.TONE, "the test tone is 9 dB softer than its reference"), now=later))

    with (
        closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger,
        broadcast_hatch(tmp_path / "broadcast.sock", inbox.put),
    ):
        SelfChecks(ledger, SHANGHAI).keep(a_report(fault(Topic.DISK, "this morning's")))
        answering = threading.Thread(target=role)
        answering.start()
        said = kiosk("selfcheck", "--language", "zh-CN", where=(site, tmp_path))
        answering.join()

    assert isinstance(asked[0], SelfCheckAsked)
    assert said.code == 3
    assert "✗" in said.out
    assert "测试音" in said.out
    assert "→ 技术员" in said.out
    assert "this morning's" not in said.out


def test_beside_a_running_role_nobody_else_sounds_the_tone(kiosk: Kiosk, site: Path, tmp_path: Path) -> None:
    with broadcast_hatch(tmp_path / "broadcast.sock", lambda message: None):
        said = kiosk("selfcheck", "--tone", where=(site, tmp_path))

    assert said.code == 1
    assert "it alone sounds" in said.err


# the report


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """The state after a Monday: a song, an announcement, a refusal, a fault."""
    start = datetime(2026, 11, 16, 9, tzinfo=SHANGHAI)
    song = AsRun(MONDAY, "1", Kind.MUSIC, "music/rain", AirClass.MUSIC, (), None, start, None, start)
    call = AsRun(
        MONDAY, "2", Kind.ANNOUNCEMENT, "member-day", AirClass.ROUTINE, (), start + timedelta(minutes=1),
        start + timedelta(minutes=1), None, start + timedelta(seconds=61.5),
    )  # fmt: skip
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        pages = AsRunPages(ledger, SHANGHAI)
        for line, seconds in ((song, 61.5), (call, 30.0)):
            pages.started(line)
            assert line.real_start is not None
            end = line.real_start + timedelta(seconds=seconds)
            pages.ended(replace(line, real_end=end, outcome=Outcome.PLAYED))
        pages.note(start, "anna", "is refused", "the page for staff-mr", {"why": "title"})
        pages.note(start - timedelta(days=1), "bo", "is refused", "yesterday's", {"why": "title"})
        SelfChecks(ledger, SHANGHAI).keep(a_report(fault(Topic.TONE, "9 dB softer")))
    return tmp_path


def test_the_report_of_a_day_in_json(kiosk: Kiosk, site: Path, day: Path) -> None:
    said = kiosk("report", "broadcast", "--date", "2026-11-16", "--json", where=(site, day))

    report = said.json
    assert said.code == 0
    assert [item["late_s"] for item in report["items"]] == [0.0, 1.5]
    assert report["lateness_s"] == {"count": 1, "median_s": 1.5, "p95_s": 1.5, "max_s": 1.5}
    assert [note["subject"] for note in report["refusals"]] == ["the page for staff-mr"]
    assert report["self_checks"][0]["faults"] == ["9 dB softer"]
    assert kiosk("report", "broadcast", "--date", "2026-11-16", "--json", where=(site, day)).out == said.out


def test_the_report_of_a_day_as_a_table(kiosk: Kiosk, site: Path, day: Path) -> None:
    said = kiosk("report", "broadcast", "--date", "2026-11-16", where=(site, day))

    assert "anna: the page for staff-mr: title" in said.out
    assert "Largest lateness" in said.out
    assert "self-check 08:40: 1 fault" in said.out


def test_the_report_of_a_day_as_a_page_with_its_picture(kiosk: Kiosk, site: Path, day: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"

    said = kiosk(
        "report", "broadcast", "--date", "2026-11-16", "--html", file, "--language", "zh-CN", where=(site, day)
    )

    page = file.read_text(encoding="utf-8")
    assert (said.code, said.out) == (0, "")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="zh-CN">' in page
    assert "data:image/png;base64,iVBOR" in page
    assert "会员日" in page


def test_a_day_of_which_nothing_is_known_says_so(kiosk: Kiosk, site: Path, day: Path) -> None:
    said = kiosk("report", "broadcast", "--date", "2026-11-19", where=(site, day))

    assert "No self-check was reported on this day." in said.out
    assert json.loads(kiosk("report", "broadcast", "--date", "2026-11-19", "--json", where=(site, day)).out)


def test_a_state_without_a_ledger_has_nothing_to_report(kiosk: Kiosk, site: Path, tmp_path: Path) -> None:
    said = kiosk("report", "broadcast", where=(site, tmp_path))

    assert said.code == 1
    assert "there is no ledger" in said.err
