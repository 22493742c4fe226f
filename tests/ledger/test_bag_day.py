"""The bag storage's day in the ledger: lost tags, sheets, notices, requests for the air."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.sealed import KEY_BYTES, Sealer
from kiosk.ledger.sheets import LedgerSheets
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Broken, Flaw, Intact, verify
from kiosk.ports.bag_day import AirStage, ForWhom, Notice, SheetLine
from kiosk.rules.lockers.closing import Reminder, SheetKind
from kiosk.rules.lockers.lost_tag import Case, Step, event_of
from kiosk.rules.lockers.lost_tag_deeds import Withdraw
from kiosk.sentences import tell, to_wire
from kiosk.units import LockerId, ScriptId
from tests.ledger.shop import ask, by_hand, fill_disk, free_disk, fresh_ledger, unguarded
from tests.rules.lockers.lost_tag_people import CARD, IDENTIFIED, MEI, PROCEDURE, SHANGHAI, TEN, done, later, reported

KEY = bytes(range(KEY_BYTES))
DAY = date(2026, 11, 23)
PERSONAL = ("黑色双肩包", "王小明", "南京路", CARD.number, "红伞")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def book(ledger: Ledger) -> LedgerLostTags:
    return LedgerLostTags(lambda: ledger, SHANGHAI, KEY)


@pytest.fixture
def sheets(ledger: Ledger) -> LedgerSheets:
    return LedgerSheets(lambda: ledger, SHANGHAI)


@pytest.fixture
def board(ledger: Ledger) -> LedgerNotices:
    return LedgerNotices(lambda: ledger, SHANGHAI)


def entered(book: LedgerLostTags, deposit: int = 41) -> Case:
    case = book.enter(replace(reported(), n=0, deposit=deposit))
    assert case is not None
    return case


def go_on(book: LedgerLostTags, case: Case, deeds: int) -> Case:
    """The next deeds of the procedure, each kept before the next."""
    done_already = case.deeds
    for turn, (deed, by) in enumerate(PROCEDURE[done_already : done_already + deeds], done_already + 1):
        kept = book.keep(done_by(case, turn), was=case, by=by.id, action=event_of(deed).value)
        assert kept is not None
        case = kept
    return case


def done_by(case: Case, turn: int) -> Case:
    deed, by = PROCEDURE[turn - 1]
    after = done(case, deed, by, later(60.0 * turn))
    return replace(after, receipt=case.receipt)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


@pytest.mark.rule("L07")
@pytest.mark.parametrize("deeds", range(len(PROCEDURE) + 1))
def test_the_lost_tag_book_keeps_a_case_word_for_word_at_every_step(book: LedgerLostTags, deeds: int) -> None:
    case = go_on(book, entered(book), deeds)

    assert book.case(case.n) == case
    assert book.waiting() == (() if case.is_over else (case,))
    assert book.since(later(0)) == (case,)
    assert book.case(99) is None


@pytest.mark.rule("L07")
def test_what_is_personal_stands_nowhere_in_the_files_of_the_ledger(book: LedgerLostTags, ledger: Ledger) -> None:
    book.note(41, "黑色双肩包，红伞", TEN)
    go_on(book, entered(book), len(PROCEDURE))
    ledger.close()

    found = all_bytes(ledger.path.parent)
    assert not [word for word in PERSONAL if word.encode() in found or word.encode("unicode_escape") in found]


@pytest.mark.rule("L07")
def test_what_is_personal_is_purged_once_it_was_kept_long_enough(book: LedgerLostTags, ledger: Ledger) -> None:
    over, waits = go_on(book, entered(book), len(PROCEDURE)), go_on(book, entered(book, 42), 4)
    book.note(41, "红伞", TEN)
    book.note(42, "蓝伞", TEN)

    assert book.purge(over.since) == 0
    assert book.purge(over.since + timedelta(days=1)) == 1
    assert book.purge(over.since + timedelta(days=1)) == 0
    purged = book.case(over.n)
    assert purged is not None
    assert (purged.description, purged.name, purged.address, purged.document, purged.why) == ("", "", "", None, "")
    assert (purged.step, purged.receipt, purged.approved_by) == (Step.FILED, over.receipt, "tao")
    assert book.case(waits.n) == waits
    assert (book.note_of(41), book.note_of(42)) == ("", "蓝伞")
    assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("L07")
def test_another_key_or_another_line_opens_nothing(book: LedgerLostTags, ledger: Ledger) -> None:
    case = go_on(book, entered(book), 4)
    other = LedgerLostTags(lambda: ledger, SHANGHAI, bytes(KEY_BYTES))

    with pytest.raises(LedgerFault, match=r"put the key lost-tags\.key back"):
        other.case(case.n)
    by_hand(ledger.path, "UPDATE lost_tag SET deposit = 42")
    with pytest.raises(LedgerFault, match="does not open"):
        book.case(case.n)


def test_a_sealed_text_that_was_changed_does_not_open() -> None:
    sealer = Sealer(KEY, "lost-tags.key")
    sealed = sealer.seal({"name": "王小明"}, "line 1")

    assert sealer.opened(sealed, "line 1") == {"name": "王小明"}
    assert sealer.seal({"name": "王小明"}, "line 1") != sealed
    for changed in (sealed[:-4] + "AAA=", "", "no base64 !", sealed[:8]):
        with pytest.raises(LedgerFault):
            sealer.opened(changed, "line 1")


@pytest.mark.rule("L08")
def test_receipts_are_numbered_without_a_gap_and_vouched_for(book: LedgerLostTags, ledger: Ledger) -> None:
    cases = [go_on(book, entered(book, deposit), 4) for deposit in (41, 42, 43)]
    gave_up = done(cases[1], Withdraw("the shopper gave up"), MEI, later(400))
    assert book.keep(gave_up, was=cases[1], by="mei", action="withdraws the case") == gave_up

    receipts = [go_on(book, case, 1).receipt for case in (cases[0], cases[2])]

    assert receipts == [1, 2]
    assert isinstance(verify(ledger), Intact)
    by_hand(unguarded(ledger.path), "UPDATE lost_tag_receipt SET received_fen = 100 WHERE n = 1")
    broken = verify(ledger)
    assert isinstance(broken, Broken)
    assert broken.flaw is Flaw.RECORD_ALTERED


@pytest.mark.rule("L09")
def test_the_remaining_tag_is_kept_and_the_book_says_where(book: LedgerLostTags) -> None:
    case = go_on(book, entered(book), 9)

    (kept,) = book.kept_tags()
    assert (kept.case, kept.locker, kept.number, kept.generation) == (case.n, 7, 7, 2)
    assert (kept.place, kept.by) == ("第二抽屉", "mei")
    assert book.kept_tags(LockerId(7)) == (kept,)
    assert book.kept_tags(LockerId(8)) == ()


def test_two_hands_never_do_the_same_step_twice(book: LedgerLostTags) -> None:
    case = go_on(book, entered(book), 4)
    paid = go_on(book, case, 1)

    assert book.keep(done_by(case, 5), was=case, by="mei", action="takes the fee") is None
    assert book.case(case.n) == paid


def test_two_hands_that_enter_the_same_step_anew_do_not_overwrite_each_other(book: LedgerLostTags) -> None:
    case = go_on(book, entered(book), 4)
    moved = done(case, replace(IDENTIFIED, address="西藏路2号"), MEI, later(300))

    assert book.keep(moved, was=case, by="mei", action="sees the identity document") == moved
    assert book.keep(done_by(case, 4), was=case, by="mei", action="sees the identity document") is None
    assert book.case(case.n) == moved


def test_one_deposit_has_one_open_case(book: LedgerLostTags) -> None:
    first = entered(book)

    assert book.enter(replace(reported(), n=0)) is None
    assert entered(book, 42).n == first.n + 1
    gave_up = done(first, Withdraw("the shopper gave up"), MEI, later(400))
    assert book.keep(gave_up, was=first, by="mei", action="withdraws the case")
    assert entered(book).n == 3


def test_the_audit_says_who_did_what_and_nothing_personal(book: LedgerLostTags, ledger: Ledger) -> None:
    go_on(book, entered(book), len(PROCEDURE))

    said = ask(ledger.path, "SELECT actor, action, subject FROM audit ORDER BY n")
    assert said[:2] == [("mei", "enters a lost tag", "lost tag 1"), ("mei", "enters the description", "lost tag 1")]
    assert ("tao", "approves the opening", "lost tag 1") in said
    assert ("mei", "keeps the remaining tag", "lost tag 1") in said


def test_a_case_that_is_over_is_not_taken_up_again(book: LedgerLostTags, ledger: Ledger) -> None:
    closed = go_on(book, entered(book), len(PROCEDURE))

    assert book.keep(replace(closed, step=Step.APPROVED), was=closed, by="mei", action="x") is None
    for statement in ("UPDATE lost_tag SET step = 'approved'", "DELETE FROM lost_tag", "DELETE FROM kept_tag"):
        with pytest.raises(Exception, match=r"stays over|keeps its number|append-only"):
            by_hand(ledger.path, statement)


def test_a_line_that_makes_no_sense_is_told(book: LedgerLostTags, ledger: Ledger) -> None:
    case = entered(book)
    by_hand(ledger.path, "UPDATE lost_tag SET step = 'dancing'")

    with pytest.raises(LedgerFault, match=f"case {case.n} of lost_tag makes no sense"):
        book.case(case.n)


def test_a_full_disk_loses_nothing_that_was_acknowledged(book: LedgerLostTags, ledger: Ledger) -> None:
    acknowledged: list[Case] = []
    fill_disk(ledger)
    with pytest.raises(LedgerFault, match="the disk is full"):
        fill_the_book(book, acknowledged)
    kept = {case.n: case for case in acknowledged}
    assert [book.case(n) for n in kept] == list(kept.values())
    free_disk(ledger)

    fill_the_book(book, acknowledged, most=5)
    assert isinstance(verify(ledger), Intact)


def fill_the_book(book: LedgerLostTags, acknowledged: list[Case], *, most: int = 100) -> None:
    """Case after case, step after step, each noted once the ledger has said that it is kept."""
    for deposit in range(len(acknowledged) + 100, len(acknowledged) + 100 + most):
        case = entered(book, deposit)
        acknowledged.append(case)
        for _ in range(4):
            case = go_on(book, case, 1)
            acknowledged.append(case)


# sheets


@pytest.mark.rule("L11")
def test_a_count_goes_on_where_it_was_and_is_signed_once(sheets: LedgerSheets, ledger: Ledger) -> None:
    sheet = sheets.begin(DAY, SheetKind.EVENING_CENSUS, "mei", TEN)
    assert sheets.add(sheet, SheetLine(TEN, "mei", {"at": "1", "number": "1"}))

    assert sheets.begin(DAY, SheetKind.EVENING_CENSUS, "tao", later(5)) == sheet
    assert sheets.lines(sheet) == (SheetLine(TEN, "mei", {"at": "1", "number": "1"}),)
    content = {"found": 1, "differences": ["locker 2: tag 2 is missing"]}
    assert sheets.sign(sheet, "mei", later(60), content)

    assert not sheets.sign(sheet, "tao", later(61), content)
    assert not sheets.add(sheet, SheetLine(later(62), "mei", {"at": "2"}))
    assert not sheets.sign(99, "mei", later(60), content)
    (signed,) = sheets.signed(DAY)
    assert (signed.by, signed.kind, signed.content) == ("mei", SheetKind.EVENING_CENSUS, content)
    assert sheets.begin(DAY, SheetKind.EVENING_CENSUS, "mei", later(90)) == sheet + 1
    assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("L11")
def test_what_is_signed_is_not_rewritten(sheets: LedgerSheets, ledger: Ledger) -> None:
    sheet = sheets.begin(DAY, SheetKind.MORNING_TIDY, "mei", TEN)
    sheets.sign(sheet, "mei", TEN, {"open": []})

    for statement in (
        "UPDATE locker_sheet_signed SET person = 'tao'",
        "DELETE FROM locker_sheet_signed",
        f"INSERT INTO locker_sheet_line (sheet, at, person, content) VALUES ({sheet}, '', '', '{{}}')",
    ):
        with pytest.raises(Exception, match=r"not rewritten|no more lines"):
            by_hand(ledger.path, statement)


@pytest.mark.rule("L10")
def test_the_manager_is_told_in_the_very_step_that_signs_the_count(
    sheets: LedgerSheets, board: LedgerNotices, ledger: Ledger
) -> None:
    sheet = sheets.begin(DAY, SheetKind.MORNING_COUNT, "mei", TEN)
    notice = Notice("tags/2026-11-23", ForWhom.MANAGER, "2 tags are missing", TEN)
    fill_disk(ledger)
    long = {"differences": ["x" * 5000] * 20}
    with pytest.raises(LedgerFault):
        sheets.sign(sheet, "mei", TEN, long, (notice,))
    assert (sheets.signed(DAY), board.hanging()) == ((), ())
    free_disk(ledger)

    assert sheets.sign(sheet, "mei", TEN, long, (notice,))
    assert [(one.key, one.for_whom, one.text) for one in board.hanging()] == [
        ("tags/2026-11-23", ForWhom.MANAGER, "2 tags are missing")
    ]


def test_sheets_that_make_no_sense_are_told(sheets: LedgerSheets, ledger: Ledger) -> None:
    sheet = sheets.begin(DAY, SheetKind.MORNING_TIDY, "mei", TEN)
    sheets.add(sheet, SheetLine(TEN, "mei", {"item": "floor"}))
    sheets.sign(sheet, "mei", TEN, {})
    by_hand(
        unguarded(ledger.path),
        "UPDATE locker_sheet_line SET content = '['",
        "UPDATE locker_sheet_signed SET kind = 'noon'",
    )

    with pytest.raises(LedgerFault, match="begin it anew"):
        sheets.lines(sheet)
    with pytest.raises(LedgerFault, match="see the audit"):
        sheets.signed(DAY)


# notices


@pytest.mark.rule("L10")
def test_a_notice_hangs_until_somebody_has_seen_to_it(board: LedgerNotices, ledger: Ledger) -> None:
    board.put(Notice("tags", ForWhom.MANAGER, "1 tag is missing", TEN))
    board.put(Notice("tags", ForWhom.MANAGER, "2 tags are missing", later(5)))
    board.put(Notice("tags", ForWhom.MANAGER, "2 tags are missing", later(6)))
    board.put(Notice("tidy", ForWhom.STAFF, "not signed", later(7)))

    assert [(one.text, one.at) for one in board.hanging()] == [("2 tags are missing", TEN), ("not signed", later(7))]
    assert board.take_down("tags", later(60), "tao")
    assert board.take_down("tidy", later(61))
    assert not board.take_down("tags", later(62), "tao")
    assert board.hanging() == ()
    assert ask(ledger.path, "SELECT actor, action FROM audit ORDER BY n")[-1] == ("tao", "has seen to")
    board.put(Notice("tags", ForWhom.MANAGER, "again", later(90)))
    assert [one.n for one in board.hanging()] == [3]
    with pytest.raises(Exception, match="stays"):
        by_hand(ledger.path, "DELETE FROM house_notice")
    by_hand(ledger.path, "UPDATE house_notice SET for_whom = 'nobody'")
    with pytest.raises(LedgerFault, match="a notice makes no sense"):
        board.hanging()


def test_a_notice_is_still_the_sentence_that_was_put_and_one_that_somebody_changed_by_hand_a_text(
    board: LedgerNotices, ledger: Ledger
) -> None:
    board.put(Notice("tags", ForWhom.MANAGER, "plain", TEN))
    board.put(Notice("tags", ForWhom.MANAGER, tell("{count} tags", count=2), TEN))
    [told] = board.hanging()
    assert to_wire(told.text) == to_wire(tell("{count} tags", count=2))

    by_hand(ledger.path, "UPDATE house_notice SET text = 'three tags'")

    assert [one.text for one in board.hanging()] == ["three tags"]


# requests for the air


@pytest.mark.rule("L03")
def test_a_reminder_is_asked_for_once_however_often_it_is_worked_out(ledger: Ledger) -> None:
    requests = LedgerAirRequests(lambda: ledger, SHANGHAI)
    reminder = Reminder("bags/2026-11-23/3600", ScriptId("bags"), TEN, later(1800))
    for seconds in range(3):
        requests.ask(reminder, "front", later(seconds))

    (waiting,) = requests.waiting()
    assert (waiting.script, waiting.until, waiting.stage) == ("bags", later(1800), AirStage.ASKED)
    requests.close(waiting.n, AirStage.AIRED, later(60))
    requests.close(waiting.n, AirStage.REFUSED, later(61), "too late")
    requests.ask(reminder, "front", later(62))

    assert requests.waiting() == ()
    again = requests.of(reminder.key)
    assert again is not None
    assert (again.stage, again.why) == (AirStage.AIRED, "")
    assert requests.of("nothing") is None
    with pytest.raises(Exception, match=r"stays over|keeps its number"):
        by_hand(ledger.path, "UPDATE air_request SET stage = 'asked'")
    by_hand(unguarded(ledger.path), "UPDATE air_request SET stage = 'sung', over = NULL")
    with pytest.raises(LedgerFault, match="a request for the air makes no sense"):
        requests.waiting()
