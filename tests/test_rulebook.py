"""Holds the rule book (docs/rules.md) and the tests' rule markers against each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
BOOK = TESTS.parent / "docs" / "rules.md"
ROW = re.compile(r"^\| (?P<id>[A-Z]\d\d) \| (?P<rule>.+) \| (?P<proven>[^|]+) \|$", re.MULTILINE)
NOTHING = "—"

# The part of the product that will prove them. Take an id out as soon as a test names it.
NOT_PROVEN: Mapping[str, str] = {}


def rules_named_in(source: str, name: str = "") -> Iterator[str]:
    """The ids in the `pytest.mark.rule(...)` markers of a test module, decorators or not. ValueError with the line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="mark"), attr="rule"), args=args, keywords=named):
                match args, named:
                    case [ast.Constant(value=str(rule))], []:
                        yield rule
                    case _:
                        raise ValueError(f"{name}:{node.lineno}: a rule marker takes one id in quotes")
            case _:
                pass


@cache
def proven() -> dict[str, set[str]]:
    """The test modules (below tests/) that name each rule."""
    found: dict[str, set[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        module = path.relative_to(TESTS).as_posix()
        for rule in rules_named_in(path.read_text(encoding="utf-8"), module):
            found.setdefault(rule, set()).add(module)
    return found


@cache
def book() -> dict[str, str]:
    """What the book says of each rule: where it is proven."""
    rows = [(row["id"], row["proven"]) for row in ROW.finditer(BOOK.read_text(encoding="utf-8"))]
    assert len(rows) == len(dict(rows)), "an id stands twice in the book"
    return dict(rows)


def test_the_book_has_every_rule_of_the_four_desks() -> None:
    last = {"B": 21, "R": 17, "L": 12, "S": 21}
    assert list(book()) == [f"{desk}{number:02}" for desk, most in last.items() for number in range(1, most + 1)]


def test_every_marker_names_a_rule_of_the_book() -> None:
    unknown = {rule: sorted(modules) for rule, modules in proven().items() if rule not in book()}

    assert unknown == {}


def test_every_rule_is_proven_or_known_to_be_open() -> None:
    forgotten = [rule for rule in book() if rule not in proven() and rule not in NOT_PROVEN]

    assert forgotten == [], "no test names these; write one, or say in NOT_PROVEN which part of the product will"


def test_no_rule_is_said_to_be_open_that_a_test_proves() -> None:
    assert [rule for rule in NOT_PROVEN if rule in proven()] == [], "take these out of NOT_PROVEN"
    assert [rule for rule in NOT_PROVEN if rule not in book()] == [], "no such rules"


def test_the_book_names_tests_that_exist_and_name_the_rule() -> None:
    wrong = {
        rule: place
        for rule, places in book().items()
        for place in re.findall(r"`([^`]+)`", places)
        if place not in proven().get(rule, set())
    }

    assert wrong == {}
    assert [rule for rule, places in book().items() if (places == NOTHING) == (rule in proven())] == []


@pytest.mark.parametrize(
    ("source", "rules"),
    [
        ('@pytest.mark.rule("B08")\ndef test_it() -> None: ...\n', ["B08"]),
        ('@pytest.mark.rule("B08")\n@pytest.mark.rule("B10")\nclass TestIt: ...\n', ["B08", "B10"]),
        ('pytestmark = [pytest.mark.rule("S02"), pytest.mark.sound]\n', ["S02"]),
        ('TestIt = pytest.mark.rule("B10")(Machine.TestCase)\n', ["B10"]),
        ('pytest.param(1, marks=pytest.mark.rule("L01"))\n', ["L01"]),
        ('"""pytest.mark.rule("B08")"""\n# pytest.mark.rule("B09")\n@rule(x=st.booleans())\ndef f(): ...\n', []),
    ],
)
def test_markers_are_found_wherever_they_stand(source: str, rules: list[str]) -> None:
    assert sorted(rules_named_in(source)) == rules


@pytest.mark.parametrize("marker", ["rule(ID)", "rule()", 'rule("B08", "B09")', 'rule(id="B08")', "rule(8)"])
def test_a_marker_that_cannot_be_read_is_told_with_its_place(marker: str) -> None:
    with pytest.raises(ValueError, match=r"stories/test_day\.py:2: a rule marker takes one id in quotes"):
        list(rules_named_in(f"x = 1\npytest.mark.{marker}\n", "stories/test_day.py"))
