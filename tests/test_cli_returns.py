from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kiosk.cli import DEVICE, DONE, PROBLEMS, main
from tests.sites import SITE, write_site
from tests.tills.exports import CUPS, KETTLE, MEAT, export

PROJECT = Path(__file__).parents[1]
CASE = {
    "line": {"item": "20417", "name": "电水壶", "category": "小家电", "unit_price": "129.90"},
    "bought": "2026-11-02",
    "today": "2026-11-09",
    "wish": "refund",
    "reason": "fault",
    "answers": {"whole": "yes", "cause": "nothing", "fault": "yes"},
    "papers": ["receipt", "test-record", "warranty-card"],
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a return desk."""
    root = write_site(tmp_path / "site", site=SITE + '\n[returns]\nreceipt_number = "R01########"\n')
    shutil.copy(PROJECT / "schedules/returns.toml", root / "schedules/returns.toml")
    monkeypatch.setenv("KIOSK_SITE", str(root))
    monkeypatch.setenv("KIOSK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def decide(desk: Path, case: object, *options: str) -> int:
    file = desk / "case.json"
    file.write_text(case if isinstance(case, str) else json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return main(["returns", "decide", str(file), *options])


@pytest.mark.rule("R02")
@pytest.mark.rule("R16")
@pytest.mark.parametrize(("today", "outcome"), [("2026-11-09", "accept"), ("2026-11-10", "refuse")])
def test_a_case_in_a_file_is_decided_and_explained(
    desk: Path, capsys: pytest.CaptureFixture[str], today: str, outcome: str
) -> None:
    assert decide(desk, CASE | {"today": today}, "--json") == DONE

    said = json.loads(capsys.readouterr().out)
    assert said["outcome"] == outcome
    assert said["remedy"] == ("refund" if outcome == "accept" else "exchange")
    assert said["clauses"][0]["rules"] == ["R02"]
    assert set(said["reason"]) == set(said["next_step"]) == {"zh-CN", "zh-TW", "en"}
    assert said["amount_fen"] == 12_990


def test_cases_are_decided_one_after_the_other_in_words(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cup = {"line": CASE["line"] | {"category": "陶瓷", "quantity": 4}, "quantity": 1}  # type: ignore[operator]

    assert decide(desk, [CASE, CASE | cup | {"answers": {}, "reason": "unwanted"}], "--language", "en") == DONE

    first, second = capsys.readouterr().out.split("refused")
    assert first.startswith("accepted: a refund [R02-7-days]\n  An appliance that fails within 7 days")
    assert second.startswith(": an exchange [R04-fault-only")


def test_what_is_still_to_be_asked_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(desk, CASE | {"answers": {}}, "--json")

    said = json.loads(capsys.readouterr().out)
    assert (said["outcome"], said["questions"]) == ("person", ["whole", "cause"])


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("{", "this is no JSON, line 1: write a case"),
        ("[" * 5000, "this is no case: it is nested beyond all measure"),
        ("7", "the case: is the number 7"),
        (
            CASE | {"wish": "money"},
            'wish: is "money", which is not known here (write "refund", "exchange" or "repair")',
        ),
        (CASE | {"bought": "2026-13-01"}, 'bought: is the text "2026-13-01", not a date (write a date between quotes'),
        (CASE | {"bought": 5}, "bought: is the number 5"),
        (CASE | {"reasn": "fault"}, 'reasn: unknown key "reasn" (did you mean "reason"?'),
        (CASE | {"bought": "2027-01-01"}, "bought: is 2027-01-01, which is still to come"),
        (CASE | {"quantity": "2"}, "quantity: is more than the 1 that were bought"),
        (CASE | {"quantity": "0"}, "quantity: is 0 (a quantity is more than 0)"),
        ([CASE, CASE | {"line": {"item": "2 0", "name": "x", "unit_price": "1"}}], "[2].line.item: is '2 0'"),
        (
            CASE | {"line": {"item": "20", "name": "x", "unit_price": "1.005"}},
            "line.unit_price: is '1.005', with 3 dec",
        ),
        (CASE | {"line": {"item": "20", "unit_price": "1"}}, "line.name: is missing"),
        (CASE | {"papers": ["recept"]}, "papers[1]: is"),
        (CASE | {"answers": {"whole": True}}, "answers.whole: is true"),
    ],
)
def test_a_file_that_holds_no_case_is_told_by_its_field_and_the_remedy(
    desk: Path, capsys: pytest.CaptureFixture[str], case: object, says: str
) -> None:
    assert decide(desk, case) == PROBLEMS

    (problem,) = capsys.readouterr().err.splitlines()
    assert ".json: " in problem, "the file is named"
    assert says in problem


def test_a_file_that_cannot_be_read_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "gbk.json").write_bytes("电".encode("gbk"))

    assert main(["returns", "decide", str(desk / "gbk.json")]) == PROBLEMS
    assert main(["returns", "decide", str(desk / "nowhere.json")]) == PROBLEMS

    said = capsys.readouterr().err
    assert "is not UTF-8 text" in said
    assert "cannot be read" in said


@pytest.mark.rule("R16")
def test_the_policy_is_shown_as_people_read_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["returns", "policy", "--language", "en"]) == DONE
    clauses = capsys.readouterr().out
    assert "R05-hygiene" in clauses
    assert "by the last day" in clauses

    assert main(["returns", "policy", "--table", "--language", "en", "--date", "2026-11-02"]) == DONE
    table = capsys.readouterr().out
    assert "bought on 2026-11-02" in table
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in table.splitlines() if "│" in line]
    assert ["appliances", "a fault", "a refund, an exchange, a repair", "an exchange, a repair", "—", "—"] in rows
    assert ["other goods", "does not suit", *["an exchange"] * 3, "—"] in rows


def test_the_policy_is_given_to_programs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["returns", "policy", "--json"])
    clauses = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert (clauses["R02-15-days"]["from_day"], clauses["R02-15-days"]["to_day"]) == (8, 15)

    main(["returns", "policy", "--table", "--json"])
    cells = json.loads(capsys.readouterr().out)
    [tobacco] = [
        one for one in cells if (one["goods"], one["reason"], one["from_day"]) == (["tobacco-alcohol"], "fault", 0)
    ]
    assert (tobacco["by_person"], tobacco["remedies"]) == (True, ["refund", "exchange"])


def test_the_policy_is_written_as_a_page_to_print(desk: Path) -> None:
    assert main(["returns", "policy", "--html", str(desk / "policy.html"), "--language", "zh-TW"]) == DONE

    page = (desk / "policy.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "退換貨規定" in page
    assert page.count("<tr>") == 2 + 28 + 28
    assert "{until}" not in page
    assert main(["returns", "policy", "--html", str(desk / "nowhere/policy.html")]) == DEVICE


@pytest.mark.rule("R01")
def test_an_export_is_imported_and_its_receipt_found(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(export(desk, KETTLE, CUPS))

    assert main(["returns", "import", file]) == DONE
    said = capsys.readouterr().out
    assert "day.csv: 1 receipts, 2 lines" in said
    assert said.endswith("schedules/returns.toml does not list their categories: 陶瓷\n")
    assert main(["returns", "import", file]) == DONE
    assert "already; nothing was done" in capsys.readouterr().out
    assert Path(file).exists(), "what is named stays where it is"
    assert main(["returns", "receipt", "0000 0001"]) == DONE
    assert "电水壶 1.7L (小家电)  1 × 129.90 appliance SN-77" in capsys.readouterr().out
    assert main(["returns", "receipt", "R0100000001", "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["total_fen"], said["member"], "88001234" in str(said)) == (16_950, True, False)
    assert main(["returns", "receipt"]) == DONE
    assert "total 169.50" in capsys.readouterr().out
    assert main(["returns", "receipt", "--json"]) == DONE
    assert [one["number"] for one in json.loads(capsys.readouterr().out)] == ["R0100000001"]


def test_what_lies_in_the_drop_folder_is_taken(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["returns", "import"]) == DONE
    assert "nothing lies in" in capsys.readouterr().out
    export(desk / "state/till", MEAT)

    assert main(["returns", "import", "--json"]) == PROBLEMS

    [handled] = json.loads(capsys.readouterr().out)
    assert (handled["file"], handled["taken"], handled["waits"]) == ("day.csv", False, "it was written a moment ago")


def test_an_export_with_mistakes_and_one_that_is_cut_off_are_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, cut = export(desk, KETTLE, KETTLE, name="bad.csv"), export(desk, MEAT, "END,2", name="cut.csv")

    assert main(["returns", "import", str(bad), str(cut)]) == PROBLEMS

    said = capsys.readouterr().out
    assert "bad.csv: nothing of it was taken\n  line 3: line 1 of receipt R0100000001 comes again" in said
    assert "cut.csv: it waits until it is whole" in said


@pytest.mark.rule("R01")
@pytest.mark.parametrize(
    ("number", "says"),
    [("R0200000001", "another store's receipt"), ("hello", "not a receipt's number"), ("R0100000009", "no till knows")],
)
def test_a_receipt_that_is_not_ours_or_not_known_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str], number: str, says: str
) -> None:
    assert main(["returns", "receipt", number]) == PROBLEMS

    assert says in capsys.readouterr().err
