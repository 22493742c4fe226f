from __future__ import annotations

from datetime import date

import pytest

from kiosk.rules.lockers.rights import RIGHTS, Deed, Grant, decide, who_may
from kiosk.rules.people.person import Allowed, Denied, Person, Right

TODAY = date(2026, 11, 23)
TRAINED = date(2026, 11, 1)
COLUMNS = "nobody  announcer+  planning+  head  bags  bags+  supervisor"  # +: trained
GRID = """
see how the lockers stand                         .  .  .  x  x  x  x
open a locker in which nothing is known to be     .  .  .  .  .  x  x
open a locker in which somebody's things are      .  .  .  .  .  .  x
say what was found in a locker                    .  .  .  .  .  x  x
take a locker out of use                          .  .  .  x  .  x  x
give a locker another tag                         .  .  .  .  .  .  x
let codes and chips count again                   .  .  .  .  .  x  x
print tags                                        .  .  .  x  .  .  x
change the keys that sign tags                    .  .  .  x  .  .  x
count the tags                                    .  .  .  .  .  x  x
sign the count                                    .  .  .  .  .  x  x
tick the tidy list                                .  .  .  .  .  x  x
take up a lost tag                                .  .  .  .  .  x  x
have things handed out without their tag          .  .  .  .  .  .  x
open every door                                   .  .  .  x  .  .  x
"""
PEOPLE = {
    "nobody": None,
    "announcer+": Person("p1", "Anna", frozenset({Right.ANNOUNCER}), TRAINED),
    "planning+": Person("p1", "Anna", frozenset({Right.PLANNING}), TRAINED),
    "head": Person("p1", "Anna", frozenset({Right.HEAD})),
    "bags": Person("p1", "Anna", frozenset({Right.BAGS})),
    "bags+": Person("p1", "Anna", frozenset({Right.BAGS}), TRAINED),
    "supervisor": Person("p1", "Anna", frozenset({Right.SUPERVISOR})),
}
CELLS = [
    (column, Deed(line[:50].strip()), cell == "x")
    for line in GRID.strip().splitlines()
    for column, cell in zip(COLUMNS.split(), line[50:].split(), strict=True)
]


@pytest.mark.parametrize(("column", "deed", "may"), CELLS, ids=[f"{one[0]}: {one[1].value}" for one in CELLS])
def test_who_may_do_what_at_the_lockers_is_one_table(column: str, deed: Deed, may: bool) -> None:
    permission = decide(PEOPLE[column], deed, TODAY)

    assert isinstance(permission, Allowed) is may


def test_the_table_has_a_cell_for_every_right_and_every_deed() -> None:
    assert set(RIGHTS) == {None, *Right}
    assert all(set(row) == set(Deed) for row in RIGHTS.values())
    assert {deed for _, deed, _ in CELLS} == set(Deed)


def test_somebodys_things_are_the_supervisors_alone_to_hand_out_without_a_tag() -> None:
    for deed in (Deed.OPEN_TAKEN, Deed.APPROVE_LOST_TAG):
        assert [right for right in Right if RIGHTS[right][deed] is not Grant.NO] == [Right.SUPERVISOR]
        assert who_may(deed) == "the supervisor"


def test_a_refusal_says_who_may() -> None:
    refused = decide(PEOPLE["bags+"], Deed.OPEN_TAKEN, TODAY)

    assert refused == Denied("p1", "Anna may not open a locker in which somebody's things are: the supervisor may")
    assert who_may(Deed.COUNT) == "a bag attendant who is trained or the supervisor"


def test_whoever_was_not_trained_is_told_so() -> None:
    refused = decide(PEOPLE["bags"], Deed.COUNT, TODAY)

    assert refused == Denied("p1", "Anna may not count the tags: the training is missing (kiosk people retrain)")


def test_a_stranger_and_somebody_who_left_are_called_what_they_are() -> None:
    left = Person("p2", "Boris", frozenset({Right.SUPERVISOR}), removed=True)

    stranger = decide(None, Deed.LOOK, TODAY, named="pi")
    gone = decide(left, Deed.OPEN_TAKEN, TODAY)

    assert isinstance(stranger, Denied)
    assert stranger.operator == "pi"
    assert stranger.why.startswith("pi may not see how the lockers stand: ")
    assert isinstance(gone, Denied)
    assert gone.operator == "p2"
    assert gone.why.startswith("Boris, who is registered no more, may not open")


def test_two_rights_add_up() -> None:
    both = Person("p1", "Anna", frozenset({Right.ANNOUNCER, Right.SUPERVISOR}))

    assert decide(both, Deed.EMERGENCY, TODAY) == Allowed("p1")
