"""`kiosk lockers lost`, `count`, `census`, `tidy`, `notices` as people give them, on a ledger of their own."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from kiosk.app.front_hatch import FrontDesk, front_hatch
from kiosk.app.new_tags import NewTags
from kiosk.app.sealing_key import sealing_key
from kiosk.cli import main
from kiosk.desks.lockers.messages import Answer, LostTagOpenAsked, Message, StaffAsked
from kiosk.errors import DeviceFault
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.store import open_ledger
from kiosk.ledger.tags import TagPages
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.lockers.lost_tag import Step
from tests.bag_counter import CARD, PINS, Counter, furnished
from tests.ledger.values import SHANGHAI

PERSONAL = ("黑色双肩包", "王小明", "南京路", CARD, "红伞")


PROCEDURE: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("mei", ("report", "2"), ""),
    ("mei", ("describe", "1"), "黑色双肩包\n"),
    ("mei", ("compare", "1"), ""),
    ("mei", ("match", "1", "--yes"), ""),
    ("mei", ("identify", "1", "--copied"), f"{CARD.lower()}\n王小明\n南京路1号\n"),
    ("mei", ("fee", "1", "--received", "10"), ""),
    ("mei", ("sign", "1"), ""),
    ("tao", ("approve", "1"), ""),
)


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    return furnished(Counter(tmp_path, capsys, monkeypatch), monkeypatch)


@pytest.mark.rule("L07")
@pytest.mark.rule("L08")
def test_a_lost_tag_is_worked_on_step_by_step_at_a_keyboard(counter: Counter) -> None:
    assert counter.say("mei", "lost", "note", "2", typed="黑包，红伞\n") == 0
    for by, words, typed in PROCEDURE[:2]:
        assert counter.say(by, "lost", *words, typed=typed) == 0, counter.err
    assert counter.out == ("case 1: described; now the description is compared with the deposit's note\n")
    counter.say("mei", "lost", "compare", "1")
    assert "黑色双肩包" in counter.out
    assert "黑包，红伞" in counter.out
    assert "2026-11-23 09:00" in counter.out
    for by, words, typed in PROCEDURE[3:]:
        assert counter.say(by, "lost", *words, typed=typed) == 0, counter.err

    case = counter.case()
    assert (case.step, case.cashier, case.approved_by) == (Step.APPROVED, "mei", "tao")
    assert (case.fee_fen, case.received_fen, case.receipt) == (500, 1000, 1)
    assert case.name == "王小明"
    assert case.document is not None
    assert case.document.number == CARD
    with open_ledger(counter.path) as ledger:
        assert isinstance(verify(ledger), Intact)


@pytest.mark.rule("L07")
def test_the_note_is_not_shown_before_the_shopper_described_the_contents(counter: Counter) -> None:
    counter.say("mei", "lost", "note", "2", typed="红伞\n")
    counter.goes_through(1)

    assert counter.say("mei", "lost", "compare", "1") == 1
    assert "红伞" not in counter.out + counter.err
    assert counter.err == "kiosk: refused: case 1 is reported; now the shopper describes what is inside\n"
    assert counter.audit()[-1] == ("mei", "is refused", "lost tag 1")


@pytest.mark.rule("L08")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", ("遗失标示牌登记单", "第一联 财务室", "第二联 顾客", "2 号，第 2 柜")),
        ("zh-TW", ("遺失標示牌登記單", "第一聯 財務室", "第二聯 顧客", "2 號，第 2 櫃")),
        ("en", ("Lost tag slip", "Copy 1: cash office", "Copy 2: shopper", "No. 2, locker 2")),
    ],
)
def test_the_slip_is_printed_twice_as_text_and_as_a_page(
    counter: Counter, language: str, words: tuple[str, ...]
) -> None:
    counter.goes_through(5)
    assert counter.say("mei", "lost", "slip", "1") == 1  # no fee yet
    counter.say("mei", "lost", "fee", "1")
    page = counter.state / "slip.pdf"

    assert counter.say("mei", "lost", "slip", "1", "--language", language, "--columns", "48") == 0
    text = counter.out
    assert counter.say("mei", "lost", "slip", "1", "--language", language, "--out", str(page)) == 0

    document = pypdfium2.PdfDocument(page)
    drawn = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    document.close()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    for word in (*words, "2026-11-23", "王小明", "南京路1号", "5.00", "000001", "李梅", "左墙上排"):
        assert word in text
        assert word in drawn
    assert drawn.count("王小明") == text.count("王小明") == 2


@pytest.mark.rule("L07")
@pytest.mark.parametrize(
    ("steps", "by", "words", "typed", "why"),
    [
        (0, "mei", ("report", "1"), "", "locker 1 is empty"),
        (0, "mei", ("report", "9"), "", "there is no locker 9"),
        (0, "mei", ("note", "1"), "bag\n", "nothing is in locker 1"),
        (0, "mei", ("describe", "1"), "bag\n", "there is no case 1"),
        (1, "mei", ("report", "2"), "", "is open already"),
        (1, "mei", ("describe", "1"), "\n", "the description is missing"),
        (3, "mei", ("match", "1", "--no"), "", "what differs is missing"),
        (4, "mei", ("identify", "1", "--copied"), "110105194912310021\n王\n南京路\n", "a digit of the identity card"),
        (4, "mei", ("identify", "1"), f"{CARD}\n王\n南京路\n", "a copy of the document is kept"),
        (5, "mei", ("fee", "1", "--received", "4.99"), "", "the fee is 5.00 yuan, and 4.99 was given"),
        (5, "mei", ("fee", "1", "--received", "five"), "", "'five' is no amount"),
        (5, "mei", ("fee", "1", "--received", "0.001"), "", "Please write two decimals at most"),
        (7, "mei", ("approve", "1"), "", "李梅 may not have things handed out without their tag"),
        (8, "mei", ("handed-over", "1"), "", "case 1 is approved; now the door is opened"),
    ],
)
def test_what_is_not_right_is_refused_with_a_sentence(
    counter: Counter, steps: int, by: str, words: tuple[str, ...], typed: str, why: str
) -> None:
    counter.goes_through(steps)

    assert counter.say(by, "lost", *words, typed=typed) == 1
    assert why in counter.err
    assert not [word for word in PERSONAL if word in counter.err]


@pytest.mark.rule("L07")
def test_every_step_wants_a_person_and_their_pin(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PINS, "mei", "000000")
    assert counter.say("mei", "lost", "report", "2") == 1
    assert counter.err == "kiosk: refused: wrong PIN, or nobody of that id has one\n"

    assert main(["lockers", "lost", "list", "--site", str(counter.site), "--state", str(counter.state)]) == 1


@pytest.mark.rule("L07")
def test_the_front_role_is_asked_to_open_and_its_answer_is_told(counter: Counter) -> None:
    asked: list[Message] = []

    def post(message: Message) -> None:
        asked.append(message)
        assert isinstance(message, StaffAsked)
        wanted = message.wanted
        assert isinstance(wanted, LostTagOpenAsked)
        wanted.reply(Answer(f"case {wanted.case}: ordered open for {wanted.operator}"))

    with open_ledger(counter.path) as ledger:
        tags = NewTags(TagPages(lambda: ledger, tuple), lambda: datetime.now(SHANGHAI))
    desk = FrontDesk(post, lambda login: "", tags)
    with front_hatch(counter.state / "front.sock", desk, lambda id, pin: ""):
        assert counter.say("mei", "lost", "open", "1") == 0, counter.err

    assert counter.out == "case 1: ordered open for mei\n"
    assert len(asked) == 1


@pytest.mark.rule("L08")
@pytest.mark.rule("L09")
def test_what_was_handed_over_or_held_back_is_filed_with_the_cash_office(counter: Counter) -> None:
    counter.goes_through(8)
    opened = counter.case()
    with open_ledger(counter.path) as ledger:
        book = LedgerLostTags(lambda: ledger, SHANGHAI, sealing_key(counter.state / "lost-tags.key"))
        book.keep(replace(opened, step=Step.OPENED, deeds=opened.deeds + 1), was=opened, by="mei", action="opens")

    assert counter.say("mei", "lost", "kept", "--json") == 0
    assert json.loads(counter.out) == []
    assert counter.say("mei", "lost", "held-back", "1", "--why", "a suitcase") == 0
    assert counter.say("mei", "lost", "filed", "1", "--receipt", "A-0193") == 0
    assert counter.out == "case 1: filed; now nothing: the case is closed\n"
    assert counter.say("mei", "lost", "handed-over", "1", "--kept", "drawer") == 1


@pytest.mark.rule("L09")
def test_the_book_of_kept_tags_says_which_tag_is_where(counter: Counter) -> None:
    counter.goes_through(8)
    opened = counter.case()
    with open_ledger(counter.path) as ledger:
        book = LedgerLostTags(lambda: ledger, SHANGHAI, sealing_key(counter.state / "lost-tags.key"))
        book.keep(replace(opened, step=Step.OPENED, deeds=opened.deeds + 1), was=opened, by="mei", action="opens")
    assert counter.say("mei", "lost", "handed-over", "1", "--kept", "第二抽屉") == 0

    assert counter.say("mei", "lost", "kept", "--json") == 0
    (kept,) = json.loads(counter.out)
    assert (kept["tag"], kept["locker"], kept["place"], kept["by"], kept["case"]) == (2, 2, "第二抽屉", "mei", 1)
    assert counter.say("mei", "lost", "kept") == 0
    assert "第二抽屉" in counter.out
    assert "李梅" in counter.out


@pytest.mark.rule("L09")
def test_the_end_of_a_case_is_listed_filed_and_nothing_personal_is_left_in_the_files(counter: Counter) -> None:
    counter.goes_through(3)
    assert counter.say("mei", "lost", "withdraw", "1", "--why", "in the pocket", "--tag-found") == 0
    assert counter.case().tag_found
    assert counter.say("mei", "lost", "report", "2") == 0
    assert counter.say("mei", "lost", "list", "--json") == 0
    first, second = json.loads(counter.out)
    assert (first["step"], first["over"], second["next"]) == ("withdrawn", True, "the shopper describes what is inside")
    assert counter.say("mei", "lost", "list") == 0
    assert "withdrawn" in counter.out

    found = b"".join(file.read_bytes() for file in sorted(counter.state.iterdir()) if file.is_file())
    assert not [word for word in (*PERSONAL, "in the pocket") if word.encode() in found]


def test_the_key_of_what_is_personal_is_the_services_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lost-tags.key"
    key = sealing_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)

    assert sealing_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"short")
    with pytest.raises(DeviceFault, match="put it back from the backup"):
        sealing_key(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DeviceFault, match="its book cannot be worked on"):
        sealing_key(path)
