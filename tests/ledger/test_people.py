from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.releases import ReleasePages
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Broken, Flaw, Intact, verify
from kiosk.rules.broadcast.releases import Release
from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.people.person import Person, Right
from kiosk.units import ScriptId
from tests.ledger.shop import ask, by_hand, fresh_ledger, unguarded
from tests.ledger.values import SHANGHAI, TEN

KEY = b"k" * 32
PIN, BADGE = "482913", "0A1B2C3D4E"
ANNA = Person("anna", "王安娜", frozenset({Right.ANNOUNCER}), date(2026, 11, 1), date(2027, 10, 31), "anna")
HEAD = Person("", "王红", frozenset({Right.HEAD, Right.ANNOUNCER}))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as one:
        yield one


@pytest.fixture
def people(ledger: Ledger) -> PeoplePages:
    return PeoplePages(ledger, KEY)


def registered(answer: Person | Refusal) -> Person:
    assert isinstance(answer, Person), answer
    return answer


def refused(answer: Person | Refusal) -> str:
    assert isinstance(answer, Refusal), "nobody refused it"
    return answer.why


def roster(people: PeoplePages) -> Roster:
    return Roster(people.everybody(), {}, KEY)


def test_whoever_is_registered_is_found_again_by_id_login_and_badge(people: PeoplePages) -> None:
    anna = registered(people.add(ANNA, "root", TEN, pin=PIN, badge=BADGE))
    head = registered(people.add(HEAD, "root", TEN))

    assert anna == replace(ANNA, badge_mark=anna.badge_mark, has_pin=True)
    assert (head.id, head.has_pin, head.badge_mark) == ("p2", False, "")
    assert people.everybody() == {"anna": anna, "p2": head}
    assert roster(people).of_badge(BADGE) == anna
    assert roster(people).of_login("anna") == anna


@pytest.mark.rule("B14")
def test_neither_a_pin_nor_a_badge_stands_in_the_file(ledger: Ledger, people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN, badge=BADGE)
    ledger.close()

    content = b"".join(file.read_bytes() for file in ledger.path.parent.iterdir())

    assert PIN.encode() not in content
    assert BADGE.encode() not in content
    assert b"$argon2id$" in content


@pytest.mark.rule("B14")
def test_a_pin_proves_its_person_and_no_other(people: PeoplePages) -> None:
    anna = registered(people.add(ANNA, "root", TEN, pin=PIN))
    people.add(HEAD, "root", TEN, pin="902184")

    assert people.prove("anna", PIN, TEN) == anna
    assert "wrong PIN" in refused(people.prove("p2", PIN, TEN))
    assert "wrong PIN" in refused(people.prove("eve", PIN, TEN))
    assert "wrong PIN" in refused(people.prove("anna", "", TEN))


def test_somebody_without_a_pin_is_proven_by_none(people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, badge=BADGE)

    assert "wrong PIN" in refused(people.prove("anna", "", TEN))


@pytest.mark.rule("B14")
def test_after_five_wrong_pins_not_even_the_right_one_is_looked_at_for_five_minutes(
    ledger: Ledger, people: PeoplePages
) -> None:
    anna = registered(people.add(ANNA, "root", TEN, pin=PIN))
    for _ in range(5):
        people.prove("anna", "111112", TEN)

    early = refused(people.prove("anna", PIN, TEN + timedelta(minutes=4)))
    in_time = people.prove("anna", PIN, TEN + timedelta(minutes=5))

    assert early == "too many wrong PINs: wait 1 min"
    assert in_time == anna
    with ledger.read() as connection:
        lines = [line for line in audit.lines(connection, SHANGHAI) if line.action == "is refused"]
    assert [(line.actor, line.subject) for line in lines] == [("anna", "signing in")] * 6
    assert not any("111112" in str(line) or PIN in str(line) for line in lines)


def test_a_right_pin_forgives_the_wrong_ones_before_it(people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN)

    for _ in range(3):
        for _ in range(4):
            people.prove("anna", "111112", TEN)
        assert isinstance(people.prove("anna", PIN, TEN), Person)


def test_the_pause_outlasts_a_restart(ledger: Ledger, people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN)
    for _ in range(5):
        people.prove("anna", "111112", TEN)

    assert "too many" in refused(PeoplePages(ledger, KEY).prove("anna", PIN, TEN))


def test_somebody_who_leaves_keeps_the_id_for_the_log_and_nothing_else(ledger: Ledger, people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN, badge=BADGE)

    gone = registered(people.remove("anna", "p2", TEN))

    assert gone == replace(ANNA, login="", removed=True)
    assert ask(ledger.path, "SELECT count(*) FROM credentials") == [(0,)]
    assert "wrong PIN" in refused(people.prove("anna", PIN, TEN))
    assert roster(people).of_badge(BADGE) is None
    assert "choose another" in refused(people.add(replace(ANNA, login=""), "root", TEN))
    assert "nobody is registered as anna" in refused(people.remove("anna", "p2", TEN))
    assert "nobody is registered as anna" in refused(people.change(ANNA, "p2", TEN, "changes"))
    assert registered(people.add(replace(ANNA, id="anna-2"), "p2", TEN, badge=BADGE)).login == "anna"


@pytest.mark.rule("B14")
def test_training_rights_pin_and_badge_can_be_changed_and_what_is_not_named_stays(people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN, badge=BADGE)

    trained = registered(people.change(replace(ANNA, trained_until=date(2028, 1, 1)), "p2", TEN, "retrains"))
    again = registered(people.change(trained, "p2", TEN, "changes", pin="902184", badge="7777777777"))

    assert (trained.trained_until, trained.has_pin) == (date(2028, 1, 1), True)
    assert people.prove("anna", "902184", TEN) == again
    assert roster(people).of_badge(BADGE) is None
    assert roster(people).of_badge("7777777777") == again


@pytest.mark.parametrize(
    ("person", "pin", "why"),
    [
        (replace(ANNA, id="Anna B"), "", '"Anna B" cannot be an id'),
        (replace(ANNA, id="x" * 33), "", "cannot be an id"),
        (replace(ANNA, name=" "), "", "a name is 1 to 60 characters"),
        (replace(ANNA, name="a\nb"), "", "a name is 1 to 60 characters"),
        (replace(ANNA, name="王" * 61), "", "a name is 1 to 60 characters"),
        (replace(ANNA, rights=frozenset()), "", "needs a right"),
        (replace(ANNA, trained_until=date(2026, 1, 1)), "", "the training ends before it begins"),
        (ANNA, "12", "a PIN is 6 to 12 digits"),
        (ANNA, "123456", "anybody would try"),
        (replace(ANNA, id="hong"), "", "the id hong belongs to 王红"),
        (replace(ANNA, login="hong"), "", "the login hong belongs to 王红 (hong)"),
    ],
)
def test_what_cannot_be_registered_is_told_and_nothing_is_kept(
    people: PeoplePages, person: Person, pin: str, why: str
) -> None:
    people.add(replace(HEAD, id="hong", login="hong"), "root", TEN)

    assert why in refused(people.add(person, "root", TEN, pin=pin))
    assert list(people.everybody()) == ["hong"]


def test_a_badge_belongs_to_one_person(people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, badge=BADGE)
    people.add(HEAD, "root", TEN)

    assert refused(people.add(replace(HEAD, id="ben"), "root", TEN, badge=BADGE)) == (
        "that badge belongs to somebody else already"
    )
    assert "belongs to somebody else" in refused(
        people.change(replace(HEAD, id="p2"), "root", TEN, "changes", badge=BADGE)
    )
    assert "anna-b" not in str(people.everybody())
    assert isinstance(people.change(ANNA, "root", TEN, "changes", badge=BADGE), Person)


def test_every_change_is_vouched_for_by_the_chain(ledger: Ledger, people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN)
    people.change(ANNA, "p2", TEN, "retrains")
    people.remove("anna", "p2", TEN)
    ReleasePages(ledger, SHANGHAI).write(Release(ScriptId("member-day"), "beef", True, TEN, "p3"))

    assert verify(ledger) == Intact(4, _head(ledger))
    assert ask(ledger.path, "SELECT actor, action, subject, record FROM audit ORDER BY n") == [
        ("root", "registers", "anna", "people"),
        ("p2", "retrains", "anna", "people"),
        ("p2", "removes", "anna", "people"),
        ("p3", "releases", "member-day", "releases"),
    ]


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE people SET rights = '[\"planning-department\"]'", Flaw.RECORD_ALTERED),
        ("UPDATE people SET trained_until = NULL", Flaw.RECORD_ALTERED),
        ("DELETE FROM people", Flaw.RECORD_MISSING),
        ("UPDATE releases SET released = 1", Flaw.RECORD_ALTERED),
        ("INSERT INTO people SELECT 99, 'eve', name, rights, trained_on, trained_until, '', NULL, NULL, 0 FROM people",
         Flaw.RECORD_UNKNOWN),
        ("INSERT INTO releases SELECT 99, at, 'forged', digest, 1, person FROM releases", Flaw.RECORD_UNKNOWN),
    ],
    ids=["another right", "training for good", "gone", "released by hand", "a person by hand", "a release by hand"],
)  # fmt: skip
def test_what_somebody_changed_by_hand_is_found(
    ledger: Ledger, people: PeoplePages, statement: str, flaw: Flaw
) -> None:
    people.add(ANNA, "root", TEN)
    ReleasePages(ledger, SHANGHAI).write(Release(ScriptId("member-day"), "beef", False, TEN, "p3"), why="wrong price")
    by_hand(unguarded(ledger.path), statement)

    verdict = verify(ledger)

    assert isinstance(verdict, Broken)
    assert verdict.flaw is flaw


@pytest.mark.parametrize("table", ["people", "releases"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET n = 9"])
def test_the_registers_can_only_grow(ledger: Ledger, people: PeoplePages, table: str, change: str) -> None:
    people.add(ANNA, "root", TEN)
    ReleasePages(ledger, SHANGHAI).write(Release(ScriptId("member-day"), "beef", True, TEN, "p3"))

    with pytest.raises(Exception, match="append-only"):
        by_hand(ledger.path, change.format(table))


@pytest.mark.rule("B14")
def test_a_pin_or_a_badge_that_somebody_wrote_into_the_file_does_not_count(ledger: Ledger, people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN, pin=PIN, badge=BADGE)
    people.add(HEAD, "root", TEN, pin="902184", badge="7777777777")
    (pin, badge) = ask(ledger.path, "SELECT pin, badge FROM credentials WHERE person = 'anna'")[0]
    by_hand(
        ledger.path,
        "DELETE FROM credentials WHERE person = 'anna'",
        f"UPDATE credentials SET pin = '{pin}', badge = '{badge}' WHERE person = 'p2'",
    )

    assert "wrong PIN" in refused(people.prove("p2", PIN, TEN))
    assert roster(people).of_badge(BADGE) is None


def test_a_line_that_makes_no_sense_is_a_fault(ledger: Ledger, people: PeoplePages) -> None:
    people.add(ANNA, "root", TEN)
    by_hand(unguarded(ledger.path), "UPDATE people SET rights = 'x'")

    with pytest.raises(LedgerFault, match="line 1 of people makes no sense"):
        people.everybody()


@pytest.mark.rule("B13")
def test_the_last_word_on_a_page_counts(ledger: Ledger) -> None:
    pages = ReleasePages(ledger, SHANGHAI)
    first = Release(ScriptId("member-day"), "beef", True, TEN, "p3")
    last = replace(first, released=False, at=TEN + timedelta(hours=1), by="hong")
    other = replace(first, script=ScriptId("closing-30"))
    for word in (first, other, last):
        pages.write(word)

    assert pages.latest() == {first.script: last, other.script: other}


def _head(ledger: Ledger) -> str:
    with ledger.read() as connection:
        return audit.head(connection).hash
