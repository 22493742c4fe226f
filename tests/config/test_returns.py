from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.errors import Problem
from kiosk.rules.returns.receipt_number import NumberForm
from tests.config.mistakes import assert_readable
from tests.sites import SITE, write_site

PROJECT = Path(__file__).parents[2]
POLICY = (PROJECT / "schedules/returns.toml").read_text(encoding="utf-8")
RETURNS = '\n[returns]\nreceipt_number = "R01########"\n'
TILL = (
    '[returns.till]\nurl = "sqlite:///till.db"\ntables = "bills"\n[returns.till.columns]\n'
    + "".join(f'{name} = "{name}"\n' for name in ("number", "bought", "till", "n", "item", "name", "quantity"))
    + 'unit_price = "price"\n'
)
HYGIENE = 'id = "R05-hygiene"\nrules = ["R05"]\neffect = "refuse"\n'


def check(root: Path, site: str = RETURNS, policy: str | None = POLICY) -> tuple[bool, tuple[Problem, ...]]:
    """Whether a site with such a return desk can be used, and what is said of it."""
    write_site(root, site=SITE + site)
    if policy is not None:
        (root / "schedules/returns.toml").write_text(policy, encoding="utf-8")
    found, problems = check_site(root, date(2026, 11, 22))
    for problem in problems:
        assert_readable(problem)
    return found is not None, problems


def test_a_store_may_have_no_return_desk(tmp_path: Path) -> None:
    usable, problems = check(tmp_path, site="", policy=None)

    assert (usable, problems) == (True, ())
    assert load_site(tmp_path).returns is None


def test_the_demo_stores_policy_is_read_whole(tmp_path: Path) -> None:
    usable, problems = check(tmp_path, RETURNS + TILL)

    returns = load_site(tmp_path).returns
    assert (usable, problems) == (True, ())
    assert returns is not None
    assert returns.form == NumberForm("R01########", 1)
    assert (returns.drop, returns.keep_days, returns.periods.public_holidays) == ("till", 30, True)
    assert returns.database is not None
    assert (returns.database.columns["unit_price"], returns.database.timeout_s) == ("price", 3.0)
    assert len(returns.book.clauses) == POLICY.count("[[clauses]]")


@pytest.mark.parametrize(
    ("site", "place", "what", "remedy"),
    [
        ("\n[returns]\n", "returns.receipt_number", "is missing", "R01########"),
        (RETURNS.replace("R01########", "R01"), "returns.receipt_number", 'is "R01"', "# for each digit"),
        (RETURNS + "keep_days = -1\n", "returns.keep_days", "too small", "0 to 3650"),
        (RETURNS + "folder = 1\n", "returns.folder", 'unknown key "folder"', "keys here"),
        (RETURNS + "[returns.till]\n", "returns.till.url", "is missing", "mysql+pymysql"),
        (RETURNS + TILL.replace("sqlite:///", ""), "returns.till.url", "no address of a database", "url ="),
        (RETURNS + TILL.replace('item = "item"\n', ""), "returns.till.columns", "names no column for item", "bill_no"),
        (RETURNS + TILL + 'weight = "w"\n', "returns.till.columns.weight", 'unknown field "weight"', "fields"),
        (RETURNS + TILL.replace('"price"', '"price; drop table bills"'), "returns.till.columns.unit_price",
         "more than a name", "one SQL expression"),
    ],
)  # fmt: skip
def test_a_mistake_with_the_till_is_told_with_its_place_and_its_remedy(
    tmp_path: Path, site: str, place: str, what: str, remedy: str
) -> None:
    usable, problems = check(tmp_path, site)

    told = [one for one in problems if what in one.what and remedy in one.remedy and one.place.startswith(place)]
    assert told, "\n".join(map(str, problems))
    assert not usable


def test_a_password_in_the_address_is_warned_of(tmp_path: Path) -> None:
    usable, [problem] = check(tmp_path, RETURNS + TILL.replace("sqlite:///till.db", "mysql://reader:secret@till/pos"))

    assert usable
    assert (problem.severity, problem.place) == ("warning", "returns.till.url (line 48)")
    assert "password_file" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "place", "what", "severity"),
    [
        ('effect = "grant"', 'effect = "allow"', "clause[", 'is "allow"', "error"),
        (HYGIENE, HYGIENE + 'remedies = ["refund"]\n', 'clause[4] "R05-hygiene".remedies', "by a clause that", "error"),
        ('remedies = ["refund", "exchange"]\n', "", 'clause[21] "R05-law"', "names no remedies", "error"),
        ('effect = "grant"\n', 'effect = "grant"\nmissing = ["receipt"]\n', "clause[24]", "names missing", "error"),
        ("from_day = 8\n", "from_day = 18\n", "clause[25]", "speaks from day 18 but only to day 15", "error"),
        (HYGIENE, HYGIENE + "valid_from = 2027-01-02\nvalid_until = 2027-01-01\n", "clause[4]", "valid from", "error"),
        ("answers = { whole", "answers = { hole", 'clause[9] "R05-packaging".answers.hole', "unknown key", "error"),
        ('open.zh-CN = "包装', '# "包装', 'clause[9] "R05-packaging".open', "is missing in zh-CN", "warning"),
        ("{remedy}。", "。", "phrases.person.zh-CN", "does not say which remedy", "error"),
        ('id = "R05-hygiene"', 'id = "R05-clearance"', "clause[4]", "is taken by entry 3", "error"),
        ("from_day = 31\n", "from_day = 32\n", "", "says nothing on other goods, fault, from day 31", "warning"),
        ('goods = ["hygiene"]', 'goods = ["hygiene"]\nnot_goods = ["hygiene"]', "clause[4]", "never speaks", "warning"),
        ("三天内给您答复", "在{until}前答复", 'clause[4] "R05-hygiene"', "where nothing can be had", "error"),
        ("清仓商品售出后", "{until}清仓商品", 'clause[3] "R05-clearance".text', "names {until}", "error"),
        ("清仓商品售出后不退不换", "清仓商品不会退换", 'clause[3] "R05-clearance".text', "不会", "warning"),
        ('names = ["化妆品", "护肤", "化妝品", "cosmetics"]', "names = []", "category[7]", "is an empty list", "error"),
        ("[phrases]", "[phrase]", "phrases", "is missing", "error"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_policy_is_told_with_its_clause(
    tmp_path: Path, old: str, new: str, place: str, what: str, severity: str
) -> None:
    assert old in POLICY

    usable, problems = check(tmp_path, policy=POLICY.replace(old, new, 1))

    told = [one for one in problems if what in one.what and one.place.startswith(place)]
    assert told, "\n".join(map(str, problems))
    assert {one.severity for one in told} == {severity}
    assert usable == (severity == "warning")


def test_a_dependence_that_says_nothing_for_a_person_is_told(tmp_path: Path) -> None:
    lines = [line for line in POLICY.splitlines() if not line.startswith("open.")]

    usable, problems = check(tmp_path, policy="\n".join(lines))

    assert not usable
    assert "does not say why a person has to look" in problems[0].what


def test_a_policy_without_a_clause_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    assert "names no clause" in str(check(tmp_path, policy=POLICY.partition("[[clauses]]\nid")[0])[1])
    (tmp_path / "schedules/returns.toml").unlink()
    usable, [problem] = check(tmp_path, policy=None)
    assert not usable
    assert "schedules/returns.toml: is missing" in str(problem)


def test_the_demo_stores_example_of_a_tills_database_is_right(tmp_path: Path) -> None:
    example = (PROJECT / "site.toml").read_text(encoding="utf-8").partition("# Instead of imported files")[2]
    example = example.partition("# A panel that is wired")[0]
    lines = [line.removeprefix("#   ") for line in example.splitlines() if line.startswith("#   ")]

    usable, problems = check(tmp_path, RETURNS + "\n".join(lines))

    assert (usable, problems) == (True, ())
    returns = load_site(tmp_path).returns
    assert returns is not None
    assert returns.database is not None
    assert len(returns.database.columns) == 15
