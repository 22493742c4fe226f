from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.panel import ButtonAction
from kiosk.rules.broadcast.rights import AIRING, BY_BUTTON, RIGHTS, Deed, decide, deed_of, who_may
from kiosk.rules.people.person import Allowed, Denied, Permission, Person, Right

TODAY = date(2026, 11, 23)
UNTRAINED, TRAINED = None, date(2026, 11, 1)
COLUMNS = "nobody  announcer  announcer+  head  head+  planning  planning+"  # +: trained
GRID = """
air a routine page            .  .  x  .  x  .  .
air an urgent page            .  .  x  .  x  .  .
start an evacuation           x  x  x  x  x  x  x
end an evacuation             .  .  x  x  x  .  .
page somebody                 .  .  x  .  x  .  .
speak into the microphone     .  .  x  .  x  .  .
go on to the next song        .  .  x  x  x  .  .
stop the broadcast            .  .  x  x  x  .  .
release a page                .  .  .  x  x  x  x
release a policy page         .  .  .  .  .  x  x
withdraw a page               .  .  .  x  x  x  x
change the music library      .  .  .  x  x  .  .
change the store's site       .  .  .  x  x  .  .
register people               .  .  .  x  x  .  .
"""
PEOPLE = {
    "nobody": None,
    **{
        name + ("+" if trained else ""): Person("p1", "Anna", frozenset({right}), trained)
        for name, right in (("announcer", Right.ANNOUNCER), ("head", Right.HEAD), ("planning", Right.PLANNING))
        for trained in (UNTRAINED, TRAINED)
    },
}
CELLS = [
    (column, Deed(line[:30].strip()), cell == "x")
    for line in GRID.strip().splitlines()
    for column, cell in zip(COLUMNS.split(), line[30:].split(), strict=True)
]


@pytest.mark.rule("B04")
@pytest.mark.rule("B13")
@pytest.mark.rule("B14")
@pytest.mark.parametrize(("column", "deed", "may"), CELLS, ids=[f"{one[0]}: {one[1].value}" for one in CELLS])
def test_who_may_do_what_is_one_table(column: str, deed: Deed, may: bool) -> None:
    permission = decide(PEOPLE[column], deed, TODAY)

    assert isinstance(permission, Allowed) is may


def test_the_table_has_a_cell_for_every_right_and_every_deed() -> None:
    assert set(RIGHTS) == {None, *Right}
    assert all(set(row) == set(Deed) for row in RIGHTS.values())
    assert {deed for _, deed, _ in CELLS} == set(Deed)
    assert get_args(Permission) == (Allowed, Denied)


@pytest.mark.rule("B10")
@pytest.mark.parametrize("column", PEOPLE)
def test_an_evacuation_is_refused_to_nobody(column: str) -> None:
    assert decide(PEOPLE[column], Deed.EVACUATE, TODAY, named="panel") == Allowed("p1" if PEOPLE[column] else "panel")


@pytest.mark.rule("B14")
@pytest.mark.parametrize(
    ("on", "until", "day", "why"),
    [
        (None, None, TODAY, "the training is missing"),
        (date(2026, 11, 24), None, TODAY, "the training counts from 2026-11-24"),
        (TRAINED, date(2026, 11, 22), TODAY, "the training ran out on 2026-11-22"),
    ],
)
def test_an_announcer_whose_training_is_not_valid_is_told_so(
    on: date | None, until: date | None, day: date, why: str
) -> None:
    permission = decide(Person("p1", "Anna", frozenset({Right.ANNOUNCER}), on, until), Deed.PAGE, day)

    assert isinstance(permission, Denied)
    assert permission.why.startswith(f"Anna may not page somebody: {why}")


def test_the_first_and_the_last_day_of_a_training_count() -> None:
    anna = Person("p1", "Anna", frozenset({Right.ANNOUNCER}), date(2026, 11, 23), date(2026, 11, 23))

    assert anna.trained(TODAY)
    assert not anna.trained(date(2026, 11, 22))
    assert not anna.trained(date(2026, 11, 24))


def test_somebody_with_two_rights_may_what_either_allows() -> None:
    both = Person("p1", "Anna", frozenset({Right.PLANNING, Right.ANNOUNCER}), TRAINED)

    assert decide(both, Deed.RELEASE_POLICY, TODAY) == Allowed("p1")
    assert decide(both, Deed.AIR_URGENT, TODAY) == Allowed("p1")
    assert isinstance(decide(both, Deed.CHANGE_LIBRARY, TODAY), Denied)


@pytest.mark.rule("B14")
def test_somebody_who_left_may_no_more_than_a_stranger() -> None:
    gone = Person("p1", "Anna", frozenset(Right), TRAINED, removed=True)

    permission = decide(gone, Deed.PAGE, TODAY)

    assert isinstance(permission, Denied)
    assert permission.operator == "p1"
    assert "registered no more" in permission.why
    assert decide(gone, Deed.EVACUATE, TODAY) == Allowed("p1")


@pytest.mark.rule("B13")
def test_a_refusal_says_who_may() -> None:
    head = Person("p2", "Ben", frozenset({Right.HEAD}))

    assert decide(head, Deed.RELEASE_POLICY, TODAY) == Denied(
        "p2", "Ben may not release a policy page: the planning department may"
    )
    assert decide(None, Deed.CHANGE_LIBRARY, TODAY, named="eve") == Denied(
        "eve", "eve may not change the music library: the department head may"
    )
    assert who_may(Deed.AIR_ROUTINE) == "an announcer who is trained or the department head who is trained"


@pytest.mark.parametrize(
    ("action", "deed"),
    [
        (ButtonAction.SCRIPT, Deed.AIR_ROUTINE),
        (ButtonAction.URGENT, Deed.AIR_URGENT),
        (ButtonAction.EVACUATE, Deed.EVACUATE),
        (ButtonAction.RESET, Deed.RESET),
        (ButtonAction.NEXT_SONG, Deed.NEXT_SONG),
    ],
)
def test_every_button_is_a_deed(action: ButtonAction, deed: Deed) -> None:
    assert deed_of(action) is deed


def test_no_button_is_left_to_chance() -> None:
    assert [action for action in ButtonAction if action.value not in BY_BUTTON] == []


@pytest.mark.rule("B04")
def test_every_class_on_the_air_is_a_deed_and_music_is_the_heads() -> None:
    assert set(AIRING) == set(AirClass)
    assert AIRING[AirClass.MUSIC] is Deed.CHANGE_LIBRARY
