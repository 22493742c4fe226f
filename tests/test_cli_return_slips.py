"""`kiosk returns slip`, `register` and `handover`: the return desk's day lived through from a terminal."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from zxingcpp import read_barcodes

from kiosk.cli import DONE, PROBLEMS, USAGE
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.people.person import Right
from tests.ledger.shop import ask, by_hand, unguarded
from tests.ledger.values import SHANGHAI
from tests.store_desk import StoreDesk
from tests.tills.exports import export

PROJECT = Path(__file__).parents[1]
PEOPLE = {
    "mei": Right.CLERK,
    "lead": Right.SUPERVISOR,
    "till": Right.CASHIER,
    "door": Right.AUDITOR,
    "floor": Right.FLOOR,
    "bags": Right.BAGS,
}
RETURNS = '\n[returns]\nreceipt_number = "R01########"\n'
PRINTER = '\n[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:1"\n'
BOUGHT = datetime.now(SHANGHAI) - timedelta(days=2)
RECEIPT = (
    f"R0100000001,{BOUGHT:%Y-%m-%d %H:%M:%S},03,88001234,1,1,20417,6901234567892,电水壶 1.7L,小家电,2,129.90,0,1,SN-77",
    f"R0100000001,{BOUGHT:%Y-%m-%d %H:%M:%S},03,88001234,1,2,50001,,牛腩,生鲜,0.535,59.80,0,0,",
)
COUNTER = "6901234567892\n88001234\n13800138000\n外观完好\n"
FILL = ("returns", "slip", "fill", "R01 0000 0001", "1", "--reason", "不加热")
FIELDS = 14
LOOKED = "y\n" * FIELDS


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> StoreDesk:
    monkeypatch.setenv("COLUMNS", "200")
    made = StoreDesk(tmp_path, capsys, monkeypatch, PEOPLE, RETURNS + PRINTER)
    shutil.copy(PROJECT / "schedules/returns.toml", made.site / "schedules/returns.toml")
    assert made.say("", "returns", "import", str(export(tmp_path, *RECEIPT))) == DONE, made.err
    return made


VOID = ("--why", "写错数量", "--clerk", "mei", "--clerk-pin-file")


def to_stamped(desk: StoreDesk, number: str, *options: str) -> None:
    assert desk.say("mei", *FILL, *options, typed=COUNTER) == DONE, desk.err
    assert desk.say("mei", "returns", "slip", "sign", number) == DONE, desk.err
    assert desk.say("lead", "returns", "slip", "approve", number, typed=LOOKED) == DONE, desk.err
    assert desk.say("mei", "returns", "slip", "stamp", number) == DONE, desk.err


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


def code_on(pdf: Path) -> str:
    (code,) = read_barcodes(pypdfium2.PdfDocument(pdf)[2].render(scale=3).to_pil())
    return code.text


@pytest.mark.rule("R07")
@pytest.mark.rule("R08")
def test_a_return_goes_from_the_counter_to_the_cashier_and_three_copies_wait_for_the_printer(desk: StoreDesk) -> None:
    to_stamped(desk, "1")

    paid = desk.say("till", "returns", "slip", "pay", "1")

    assert (paid, desk.out.split(";")[0]) == (DONE, "slip 000001: settled")
    desk.say("", "printers", "status", "--json")
    subjects = [job["subject"] for job in json.loads(desk.out)["jobs"]]
    assert subjects == ["退货单 000001 (1/3)", "退货单 000001 (2/3)", "退货单 000001 (3/3)"]


@pytest.mark.rule("R12")
def test_an_exchange_is_redeemed_by_the_square_on_the_slip_once_and_checked_at_the_door(
    desk: StoreDesk, tmp_path: Path
) -> None:
    to_stamped(desk, "1", "--kind", "exchange")
    assert desk.say("mei", "returns", "slip", "print", "1", "--pdf", str(tmp_path / "slip.pdf")) == DONE, desk.err
    code = code_on(tmp_path / "slip.pdf")
    redeem = ("returns", "slip", "redeem", code, "--price", "150.00")

    first = desk.say("till", *redeem)
    told = desk.out
    second = desk.say("till", *redeem)
    wrong_goods = desk.say("door", "returns", "slip", "check", code, "--price", "99.00")
    checked = desk.say("door", "returns", "slip", "check", code, "--price", "150.00")

    assert (first, second, wrong_goods, checked) == (DONE, PROBLEMS, PROBLEMS, DONE)
    assert "worth 129.90, to pay 20.10; no change" in told


@pytest.mark.rule("R12")
@pytest.mark.parametrize("code", ["hello", "RS000001-AAAAAAAA", "RS000009-AAAAAAAA"])
def test_a_code_that_nobody_printed_is_worth_nothing(desk: StoreDesk, code: str) -> None:
    to_stamped(desk, "1", "--kind", "exchange")

    assert desk.say("till", "returns", "slip", "redeem", code, "--price", "150.00") == PROBLEMS


@pytest.mark.rule("R10")
def test_an_approver_who_finds_a_wrong_field_approves_nothing(desk: StoreDesk) -> None:
    desk.say("mei", *FILL, typed=COUNTER)
    desk.say("mei", "returns", "slip", "sign", "1")

    stopped = desk.say("lead", "returns", "slip", "approve", "1", typed="y\ny\nn\n")

    assert stopped == PROBLEMS
    assert "the purchase date is not right" in desk.err
    assert desk.say("mei", "returns", "slip", "approve", "1", typed=LOOKED) == PROBLEMS
    assert "may not approve a slip" in desk.err


@pytest.mark.rule("R11")
def test_a_slip_becomes_void_with_two_pins_and_its_number_stays_used(desk: StoreDesk) -> None:
    desk.say("mei", *FILL, typed=COUNTER)
    void = ("returns", "slip", "void", "1", *VOID)

    wrong = desk.say("lead", *void, str(desk.pin_file("bags")))
    done = desk.say("lead", *void, str(desk.pin_file("mei")))

    assert (wrong, done) == (PROBLEMS, DONE)
    desk.say("mei", *FILL, typed=COUNTER)
    assert desk.out.startswith("slip 000002: filled")


@pytest.mark.rule("R07")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("6909999999999\n88001234\n13800138000\n\n", "not what line 1"),
        ("6901234567892\n99\n13800138000\n\n", "member card"),
        ("6901234567892\n88001234\n\n\n", "phone"),
        ("", "member card"),
    ],
)
def test_what_does_not_match_the_receipt_gets_no_slip(desk: StoreDesk, typed: str, said: str) -> None:
    assert desk.say("mei", *FILL, typed=typed) == PROBLEMS
    assert said in desk.err
    assert ask(desk.path, "SELECT count(*) FROM return_slip") == [(0,)]


@pytest.mark.parametrize("number", ["R0200000001", "R0100000009", "x"])
@pytest.mark.rule("R01")
def test_no_slip_without_a_receipt_of_this_store(desk: StoreDesk, number: str) -> None:
    words = ("returns", "slip", "fill", number, "1", "--reason", "x")

    assert desk.say("mei", *words, typed=COUNTER) == PROBLEMS
    assert "of this store" in desk.err


@pytest.mark.parametrize("quantity", ["0", "-1", "3", "0.5", "viele", "1.0001"])
def test_a_quantity_that_cannot_be_is_refused(desk: StoreDesk, quantity: str) -> None:
    assert desk.say("mei", *FILL, f"--quantity={quantity}", typed=COUNTER) == PROBLEMS


@pytest.mark.rule("R07")
def test_the_same_piece_never_comes_back_twice(desk: StoreDesk) -> None:
    assert desk.say("mei", *FILL, "--quantity", "2", typed=COUNTER) == DONE

    assert desk.say("mei", *FILL, typed=COUNTER) == PROBLEMS
    assert "has 0 left to come back" in desk.err


@pytest.mark.rule("R14")
def test_spoiled_goods_are_told_to_the_floor_supervisor_at_once(desk: StoreDesk) -> None:
    meat = ("returns", "slip", "fill", "R0100000001", "2", "--quantity", "0.535", "--reason", "变质", "--spoiled")

    assert desk.say("mei", *meat, typed="50001\n88001234\n13800138000\n\n") == DONE, desk.err

    ((text,),) = ask(desk.path, "SELECT text FROM house_notice WHERE over IS NULL")
    assert "URGENT" in str(text)
    assert "牛腩" in str(text)


@pytest.mark.rule("R13")
def test_the_register_has_every_slip_in_order_and_is_signed_once(desk: StoreDesk, tmp_path: Path) -> None:
    to_stamped(desk, "1")
    desk.say("mei", *FILL, typed=COUNTER)
    early = desk.say("lead", "returns", "register", "--sign")
    assert (early, "000002 still lie with the desk" in desk.err) == (PROBLEMS, True)
    desk.say("lead", "returns", "slip", "void", "2", *VOID, str(desk.pin_file("mei")))
    files = [f"--{kind}={tmp_path / f'register.{kind}'}" for kind in ("csv", "pdf", "stock")]

    shown = desk.say("lead", "returns", "register", "--sign", *files, "--json")
    found = json.loads(desk.out)
    again = desk.say("lead", "returns", "register", "--sign")

    assert (shown, again) == (DONE, PROBLEMS)
    assert desk.say("lead", "returns", "register") == DONE
    assert "signed by Lead" in desk.out
    assert [row["slip"] for row in found["slips"]] == ["000001", "000002"]
    assert (found["missing"], found["open"], found["void"]) == ([], [1], [2])
    assert found["signed"][0]["by"] == "lead"
    rows = table(tmp_path / "register.csv")
    assert [(row["slip"], row["amount"], row["clerk"]) for row in rows] == [
        ("000001", "129.90", "Mei"),
        ("000002", "129.90", "Mei"),
    ]
    assert "13800138000" not in (tmp_path / "register.csv").read_text(encoding="utf-8-sig")
    (stock,) = table(tmp_path / "register.stock")
    assert (stock["item"], stock["quantity"], stock["goods"]) == ("20417", "1", "floor")
    text = pypdfium2.PdfDocument(tmp_path / "register.pdf")[0].get_textpage().get_text_bounded()
    assert "000002" in text
    assert "Lead" in text


@pytest.mark.rule("R13")
def test_the_stocks_own_system_is_told_once_by_command_and_a_slip_is_taken_back(
    desk: StoreDesk, tmp_path: Path
) -> None:
    to_stamped(desk, "1")
    file = tmp_path / "stock.csv"
    tell = ("returns", "register", "--told", f"--stock={file}")

    assert desk.say("mei", *tell) == DONE
    assert [(row["slip"], row["quantity"]) for row in table(file)] == [("000001", "1")]
    assert (desk.say("mei", *tell), "knows all of" in desk.err) == (PROBLEMS, True)

    assert desk.say("lead", "returns", "register", "--not-told") == DONE
    assert (desk.say("lead", "returns", "register", "--not-told"), "taken back" in desk.err) == (PROBLEMS, True)
    desk.say("lead", *tell)
    desk.say("lead", "returns", "slip", "void", "1", *VOID, str(desk.pin_file("mei")))
    assert desk.say("lead", *tell) == DONE
    assert [(row["slip"], row["quantity"]) for row in table(file)] == [("000001", "-1")]


@pytest.mark.rule("R08")
def test_a_number_that_was_taken_out_by_hand_is_missing_in_the_register(desk: StoreDesk) -> None:
    for _ in range(2):
        desk.say("mei", *FILL, typed=COUNTER)
    unguarded(desk.path)
    by_hand(desk.path, "DELETE FROM return_slip_progress WHERE slip = 1", "DELETE FROM return_slip WHERE n = 1")

    shown = desk.say("lead", "returns", "register")
    told = desk.out
    signed = desk.say("lead", "returns", "register", "--sign")

    assert (shown, signed) == (PROBLEMS, PROBLEMS)
    assert "MISSING: 000001" in told
    assert "not signed: 000001 are missing" in desk.err


@pytest.mark.rule("R13")
def test_each_department_signs_for_its_own(desk: StoreDesk, tmp_path: Path) -> None:
    to_stamped(desk, "1")
    sign = ("returns", "handover", "--sign", "--department", "小家电")

    signed, again = desk.say("floor", *sign), desk.say("floor", *sign)
    nothing = desk.say("floor", "returns", "handover", "--sign", "--department", "生鲜")
    shown = desk.say("lead", "returns", "handover", "--pdf", str(tmp_path / "handover.pdf"))

    assert (signed, again, nothing, shown) == (DONE, PROBLEMS, PROBLEMS, DONE)
    assert "Floor" in desk.out
    assert "小家电" in pypdfium2.PdfDocument(tmp_path / "handover.pdf")[0].get_textpage().get_text_bounded()
    tomorrow = f"{datetime.now(SHANGHAI) + timedelta(days=1):%Y-%m-%d}"
    assert desk.say("lead", "returns", "handover", "--date", tomorrow, "--pdf", str(tmp_path / "x.pdf")) == PROBLEMS


@pytest.mark.rule("S20")
def test_who_looks_at_a_slip_stands_in_the_audit_and_others_see_nothing_personal(desk: StoreDesk) -> None:
    desk.say("mei", *FILL, typed=COUNTER)

    listed = desk.say("mei", "returns", "slip", "list", "--json")
    waiting = desk.out
    denied = desk.say("bags", "returns", "slip", "show", "1")
    shown = desk.say("lead", "returns", "slip", "show", "1", "--json")

    assert (listed, denied, shown) == (DONE, PROBLEMS, DONE)
    assert "13800138000" not in waiting
    assert json.loads(desk.out)["phone"] == "13800138000"
    assert ask(desk.path, "SELECT actor, subject FROM audit WHERE action = 'looks at'") == [
        ("lead", "return slip 000001")
    ]
    assert desk.say("lead", "returns", "slip", "show", "1") == DONE
    assert "13800138000" in desk.out
    assert desk.say("mei", "returns", "slip", "list") == DONE
    assert "the shopper signs" in desk.out


@pytest.mark.rule("R08")
def test_copies_are_printed_after_the_approval_only_and_again_as_copies(desk: StoreDesk) -> None:
    desk.say("mei", *FILL, typed=COUNTER)
    early = desk.say("mei", "returns", "slip", "print", "1")
    desk.say("mei", "returns", "slip", "sign", "1")
    desk.say("lead", "returns", "slip", "approve", "1", typed=LOOKED)

    again = desk.say("mei", "returns", "slip", "print", "1")

    assert (early, again) == (PROBLEMS, DONE)
    assert "jobs 4, 5, 6 wait for the printer desk, marked 副本 COPY" in desk.out


@pytest.mark.rule("S20")
def test_the_nightly_housekeeping_deletes_phone_and_card_90_days_after_the_end(desk: StoreDesk) -> None:
    to_stamped(desk, "1")
    desk.say("till", "returns", "slip", "pay", "1")
    assert desk.say("", "housekeeping") == DONE, desk.err
    early = desk.out
    by_hand(desk.path, "UPDATE return_slip_progress SET over = '2020-01-01T00:00:00.000000+00:00'")

    late = desk.say("", "housekeeping")

    assert "return slips" not in early
    assert late == DONE
    assert "phone, card and notes of 1 return slips were deleted" in desk.out
    desk.say("lead", "returns", "slip", "show", "1", "--json")
    assert json.loads(desk.out)["phone"] == ""


def test_what_does_not_exist_is_told(desk: StoreDesk) -> None:
    assert desk.say("mei", "returns", "slip", "show", "7") == PROBLEMS
    assert "there is no slip 000007" in desk.err
    assert desk.say("mei", "returns", "slip", "show", "zero") == USAGE
    assert desk.say("bags", *FILL, typed=COUNTER) == PROBLEMS
    assert "may not fill a slip" in desk.err


def test_the_audit_chain_is_whole_after_a_days_work(desk: StoreDesk) -> None:
    to_stamped(desk, "1")
    desk.say("till", "returns", "slip", "pay", "1")
    desk.say("lead", "returns", "register", "--sign")

    with open_ledger(desk.path) as ledger:
        assert isinstance(verify(ledger), Intact)
    everything = b"".join(file.read_bytes() for file in desk.state.iterdir() if file.is_file())
    assert b"13800138000" not in everything
