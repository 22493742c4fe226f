"""`kiosk service` as people give it, on a ledger of its own; what is printed is read back."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pypdfium2
import pytest

from kiosk.app.commands import who
from kiosk.cli import main
from kiosk.ledger.migrate import migrate
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import open_ledger
from kiosk.rules.people.person import Person, Right
from tests import sites
from tests.ledger.shop import ask
from tests.rules.lockers.tags import NOW
from tests.rules.service.test_complaint import FACTS, GIVEN, REMARK, SOLVED

NAMES = {"wang": "王芳", "zhao": "赵敏", "li": "李四"}
PINS = {"wang": "274961", "zhao": "583920", "li": "640275"}
BORN = {"birthday": "0308", "greetings": "yes"}
TITLE = 'title = { zh-CN = "雨伞", zh-TW = "雨傘", en = "Umbrella" }\n'
MORE = (
    '\n[[loans]]\nid = "umbrella"\ncount = 1\n' + TITLE + '\n[[consumables]]\nid = "coupon"\nlow = 50\n' + TITLE
    + '\n[[campaigns]]\nid = "autumn"\nvendor = "Mizuno"\nbegins = 2020-11-01\nends = 2099-11-11\n' + TITLE
)  # fmt: skip


class Store:
    """A store with a keyboard. code, out, err: of the last command."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.site = sites.write_site(root / "site", site=sites.SITE + MORE)
        self.state = root / "state"
        self.state.mkdir()
        self._capsys, self._patch = capsys, monkeypatch
        self.code, self.out, self.err = 0, "", ""
        migrate(self.state / "ledger.sqlite")
        with open_ledger(self.state / "ledger.sqlite") as ledger:
            people = PeoplePages(ledger, b"b" * 32)
            for id, right in (("wang", Right.ANNOUNCER), ("zhao", Right.SUPERVISOR), ("li", Right.BAGS)):
                people.add(Person(id, NAMES[id], frozenset((right,)), trained_on=NOW.date()), "root", NOW, pin=PINS[id])

    def service(self, *words: str, person: str = "wang", told: object = None, typed: str = "") -> int:
        pin = self.root / "pin"
        pin.write_text(PINS[person], encoding="ascii")
        options = ["--site", str(self.site), "--state", str(self.state), "--as", person, "--as-pin-file", str(pin)]
        if told is not None:
            (self.root / "answers.json").write_text(json.dumps(told), encoding="utf-8")
            options += ["--answers", str(self.root / "answers.json")]
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        self._capsys.readouterr()
        self.code = main(["service", *words, *options])
        self.out, self.err = self._capsys.readouterr()
        return self.code

    def says(self, *words: str, person: str = "wang", told: object = None, typed: str = "") -> str:
        assert self.service(*words, person=person, told=told, typed=typed) == 0, self.err
        return self.out


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(who, "login_name", lambda: "nobody")
    return Store(tmp_path, capsys, monkeypatch)


@pytest.mark.rule("S03")
@pytest.mark.rule("S04")
def test_a_complaint_goes_to_its_end_from_a_terminal_and_is_printed(store: Store) -> None:
    assert store.says("new", "complaint", told=GIVEN) == "complaint 1: received\n"
    assert store.says("do", "complaint", "1", "take") == "complaint 1: taken\n"
    store.says("do", "complaint", "1", "complete", told=FACTS)
    store.says("do", "complaint", "1", "answer", told=SOLVED)
    store.says("do", "complaint", "1", "agree")
    assert "call-back" in store.says("list")

    assert store.says("do", "complaint", "1", "call-back", told=REMARK) == "complaint 1: closed\n"

    assert "complaint" not in store.says("list", "complaint").replace("complaint 1", "")
    pdf = store.root / "form.pdf"
    assert store.service("print", "complaint", "1") == 1
    assert "name a PDF with --out" in store.err
    store.says("print", "complaint", "1", "--out", str(pdf))
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    for said in ("和风百货", "牛奶过期了", "退款 12.50 元", "客服经理", "食品区", "王芳"):
        assert said in text
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600


@pytest.mark.rule("S20")
def test_who_does_not_need_it_sees_it_covered_and_who_looks_is_in_the_chain(store: Store) -> None:
    store.says("new", "complaint", told=GIVEN)

    assert "13800138000" in store.says("show", "complaint", "1")
    shown = json.loads(store.says("show", "complaint", "1", "--json", person="li"))
    assert shown["answers"]["phone"] == "13•••••••00"
    assert shown["can"] == []

    looks = ask(store.state / "ledger.sqlite", "SELECT actor, subject FROM audit WHERE action = 'has looked at'")
    assert looks == [("wang", "complaint 1")]


@pytest.mark.rule("S03")
def test_what_a_person_may_not_do_is_refused_with_who_may(store: Store) -> None:
    store.says("new", "complaint", told=GIVEN)
    store.says("do", "complaint", "1", "escalate", told=REMARK)

    assert store.service("do", "complaint", "1", "decide", told=SOLVED) == 1
    assert store.err == "refused: decide is for department-head, supervisor\n"
    assert store.says("do", "complaint", "1", "decide", person="zhao", told=SOLVED) == "complaint 1: answered\n"
    assert store.service("do", "complaint", "1", "dance") == 1
    assert store.service("do", "complaint", "7", "take") == 1
    assert store.service("new", "complaint", person="li", told=GIVEN) == 1
    assert store.service("new", "swimming", told={}) == 1
    assert store.service("show", "loan", "7") == 1


@pytest.mark.rule("S10")
def test_the_last_umbrella_is_lent_once(store: Store) -> None:
    told = {"thing": "umbrella", "phone": "13800138000", "name": "李娜"}
    store.says("new", "loan", person="li", told=told)
    assert store.service("new", "loan", person="li", told=told) == 1
    assert store.err == "refused: every umbrella is lent\n"

    store.says("do", "loan", "1", "hand-out", person="li")
    assert json.loads(store.says("list", "loan", "--json"))["records"][0]["can"] == [
        "extend",
        "return",
        "damaged",
        "lost",
    ]
    store.says("do", "loan", "1", "return", person="li")

    assert store.says("new", "loan", person="li", told=told) == "loan 2: asked\n"


@pytest.mark.rule("S12")
def test_a_second_invoice_for_a_receipt_is_refused_until_the_first_is_void(store: Store) -> None:
    told = {"receipt": "r1", "invoice": "41", "book": "goes-on", "amount": "12.50", "buyer": "和风公司"}
    store.says("new", "invoice", told=told)
    assert store.service("new", "invoice", told=told | {"invoice": "42"}) == 1
    assert store.err == "refused: invoice 1 says the same already\n"

    store.says("do", "invoice", "1", "void", person="zhao", told=REMARK)

    assert store.service("new", "invoice", told=told) == 1
    assert store.err == "refused: invoice 41 is used already\n"
    assert store.says("new", "invoice", told=told | {"invoice": "42"}) == "invoice 2: issued\n"


@pytest.mark.rule("S11")
@pytest.mark.rule("S14")
def test_gifts_are_given_once_and_low_stock_hangs_as_a_notice(store: Store) -> None:
    gift = {"thing": "autumn", "move": "out", "quantity": "1", "receipt": "r1"}
    store.says("new", "gift", told=gift)
    assert store.service("new", "gift", told=gift) == 1
    assert store.says("new", "consumable", told={"thing": "coupon", "move": "count", "quantity": "40"})

    notices = ask(store.state / "ledger.sqlite", "SELECT text FROM house_notice WHERE over IS NULL")

    assert ("40 of coupon are left: order more",) in notices


@pytest.mark.rule("S17")
def test_a_handover_shows_the_shifts_figures_and_is_signed_by_another(store: Store) -> None:
    store.says("new", "complaint", told=GIVEN)
    store.says("new", "handover", typed="early\n柜 3 坏了\n")

    shown = json.loads(store.says("show", "handover", "1", "--json"))["computed"]
    assert shown["open"] == "1"
    assert store.service("do", "handover", "1", "sign") == 1
    assert store.says("do", "handover", "1", "sign", person="zhao") == "handover 1: signed\n"


@pytest.mark.rule("S08")
def test_members_are_exported_and_wished_a_happy_birthday(store: Store) -> None:
    store.says("new", "member", told={"name": "=李娜", "phone": "13800138000", **BORN})
    assert store.service("new", "member", told={"name": "李", "phone": "13800138000", **BORN}) == 1
    store.says("do", "member", "1", "issue", told={"card": "M1", "level": "gold"})
    store.says("do", "member", "1", "points", told={"points": "19000"})
    assert "1000 points are missing" in store.says("show", "member", "1")

    out = store.root / "birthdays.csv"
    store.says("birthdays", "--on", "2027-03-08", "--out", str(out))
    assert list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))[1] == [
        "=李娜",
        "13800138000",
        "gold",
        "M1",
    ]
    assert "13800138000" not in store.says("birthdays", "--on", "2027-03-09")

    lines = list(csv.DictReader(io.StringIO(store.says("export", "member", "--from", "2020-01-01"))))
    assert [(line["number"], line["name"], line["stage"]) for line in lines] == [("1", "'=李娜", "issued")]
    assert len(store.says("export", "member", "--to", "2020-01-01").splitlines()) == 1


def test_answers_are_asked_for_one_by_one_until_they_will_do(store: Store) -> None:
    store.says("new", "invoice", typed="r1\nx\n41\ngoes-on\n12.50\n和风公司\n")
    assert "Please write a number" in store.err

    assert store.service("new", "invoice", typed="r2\n") == 1
    assert "none came" in store.err
    assert store.service("new", "invoice", told=["r1"]) == 1
    assert store.service("new", "invoice", told={"receipt": 7}) == 1
    assert store.service("new", "invoice", "--answers", str(store.root / "none.json")) == 1


def test_a_wrong_pin_opens_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PINS, "wang", "111222")

    assert store.service("list") == 1
    assert "refused" in store.err


@pytest.mark.rule("S19")
@pytest.mark.rule("S21")
def test_the_report_counts_what_came_in_and_names_nobody(store: Store) -> None:
    store.says("new", "complaint", told=GIVEN)
    store.says("new", "complaint", told=GIVEN | {"class": "price"})
    store.says("do", "complaint", "1", "take")
    page = store.root / "report.html"
    where = ["--site", str(store.site), "--state", str(store.state)]

    assert main(["report", "service", *where, "--html", str(page), "--language", "zh-CN", "--json"]) == 0
    told = json.loads(store._capsys.readouterr().out)
    assert [(one["service"], one["count"], one["open"]) for one in told["services"]] == [("complaint", 2, 2)]
    assert told["services"][0]["causes"] == [["goods / expired", 1], ["goods / price", 1]]
    text = page.read_text(encoding="utf-8")
    assert "投诉建议" in text
    assert "服务台报表" in text
    assert "商品 / 已过保质期" in text
    assert "13800138000" not in text
    assert "<script" not in text

    assert told["queue"] == []
    assert "本期无记录" in text

    assert main(["report", "service", *where, "--from", "2020-01-01", "--to", "2021-01-01"]) == 0
    assert main(["report", "service", *where, "--from", "2026-01-02", "--to", "2026-01-01"]) == 1
    assert main(["report", "service", *where, "--from", "2025-01-01", "--html", str(page)]) == 0


@pytest.mark.rule("S08")
@pytest.mark.rule("S20")
def test_members_are_greeted_on_festivals_once_and_a_lost_list_is_written_again(store: Store) -> None:
    store.says("new", "member", told={"name": "李娜", "phone": "13800138000", **BORN})
    store.says("new", "member", told={"name": "王强", "phone": "13900139000", **BORN, "greetings": "no"})
    for n in ("1", "2"):
        store.says("do", "member", n, "issue", told={"card": f"M{n}", "level": "gold"})
    autumn = ("greetings", "--on", "2026-09-25")

    assert store.service(*autumn, person="li") == 1
    first = list(csv.DictReader(io.StringIO(store.says(*autumn))))
    assert [(one["occasion"], one["title"], one["phone"], one["card"]) for one in first] == [
        ("mid-autumn 2026", "中秋节", "13800138000", "M1")
    ]
    assert len(store.says(*autumn).splitlines()) == 1
    out = store.root / "again.csv"
    store.says(*autumn, "--again", "--out", str(out))
    assert list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())) == first
    assert stat.S_IMODE(out.stat().st_mode) == 0o600

    store.says("do", "member", "1", "consent", told={"greetings": "no"})
    assert len(store.says("greetings", "--on", "2027-03-08").splitlines()) == 1
    assert main(["service", "festivals", "--site", str(store.site)]) == 0
    assert "mid-autumn" in store._capsys.readouterr().out
