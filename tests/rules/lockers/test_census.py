from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.lockers.census import (
    Difference,
    Expected,
    Hanging,
    Kind,
    Look,
    Tally,
    Whereabouts,
    expected,
    next_to_look,
    tally,
)
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.units import LockerId

TEN = datetime(2026, 11, 23, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ONE, TWO, THREE, FOUR = (LockerId(number) for number in range(1, 5))


def locker(id: int, assignment: Assignment = Assignment.FREE, number: int = 0, generation: int = 2) -> Locker:
    return Locker(LockerId(id), Size.SMALL, number or id, generation, assignment, Door.CLOSED, TEN)


def look(at: int, number: int = 0, generation: int = 2) -> Look:
    return Look(LockerId(at), Hanging(number, generation) if number else None)


FREE = expected([locker(id) for id in range(1, 5)])
ALL_WELL = [look(id, id) for id in range(1, 5)]


def found(*looks: Look, wanted: tuple[Expected, ...] = FREE) -> Tally:
    """What comes of these looks, where all the others found what they should."""
    seen = {one.at for one in looks}
    return tally(wanted, [*(one for one in ALL_WELL if one.at not in seen), *looks])


@pytest.mark.rule("L11")
def test_every_tag_at_its_own_locker_leaves_nothing_to_list() -> None:
    assert tally(FREE, ALL_WELL) == Tally(4, 4, ())
    assert not tally(FREE, ALL_WELL).too_few
    assert next_to_look(FREE, ALL_WELL) is None


@pytest.mark.rule("L10")
def test_a_tag_that_is_nowhere_makes_too_few() -> None:
    morning = found(look(3))

    assert (morning.expected, morning.found, morning.too_few) == (4, 3, True)
    assert [str(one) for one in morning.differences] == ["locker 3: tag 3 is missing"]


@pytest.mark.rule("L11")
@pytest.mark.parametrize(
    ("looks", "differences", "few"),
    [
        ([look(1, 2), look(2, 1)], ["locker 1: tag 1 hangs at locker 2", "locker 2: tag 2 hangs at locker 1"], False),
        ([look(1, 2), look(2)], ["locker 1: tag 1 is missing", "locker 2: tag 2 hangs at locker 1"], True),
        ([look(1, 2)], ["locker 1: tag 1 is missing", "locker 2: tag 2 is found at two lockers (at 1)"], True),
        ([look(3, 3, 1)], ["locker 3: tag 3 is of a generation that counts no more (at 3)"], True),
        (
            [look(3, 4, 1)],
            ["locker 3: tag 3 is missing", "locker 4: tag 4 is of a generation that counts no more (at 3)"],
            True,
        ),
        (
            [look(2, 77)],
            ["locker 2: tag 2 is missing", "locker 2: what hangs there is of no locker of this store"],
            True,
        ),
        ([Look(TWO, doubt="its signature")], ["locker 2: what hangs there is not readable, or not genuine"], True),
    ],
)
def test_what_differs_is_listed(looks: list[Look], differences: list[str], few: bool) -> None:
    evening = found(*looks)

    assert [str(one) for one in evening.differences] == differences
    assert evening.too_few is few


def test_an_old_tag_beside_the_right_one_is_listed_and_not_missed() -> None:
    evening = found(look(2, 3, 1), wanted=expected([locker(1), locker(2, Assignment.OCCUPIED), locker(3), locker(4)]))

    assert [one.kind for one in evening.differences] == [Kind.OLD]
    assert not evening.too_few


@pytest.mark.rule("L11")
def test_the_tag_of_somebodys_things_is_not_missed_and_is_told_where_it_hangs() -> None:
    wanted = expected([locker(1, Assignment.OCCUPIED), locker(2, Assignment.OVERNIGHT), locker(3), locker(4)])

    gone = tally(wanted, [look(3, 3), look(4, 4)])
    hung_back = tally(wanted, [look(1, 1), look(3, 3), look(4, 4)])

    assert gone == Tally(2, 2, ())
    assert [str(one) for one in hung_back.differences] == ["locker 1: tag 1 is here, though its shopper should hold it"]
    assert not hung_back.too_few


def test_where_shoppers_hold_printed_tickets_the_plaque_stays_at_its_locker() -> None:
    (wanted,) = expected([locker(1, Assignment.OCCUPIED)], by_ticket={ONE})

    assert wanted.where is Whereabouts.HERE
    assert tally([wanted], [look(1, 1)]).differences == ()


@pytest.mark.rule("L09")
def test_a_locker_without_its_pair_is_not_counted_and_a_substitute_number_is() -> None:
    wanted = expected([locker(1, Assignment.QUARANTINED), locker(2, number=902, generation=1)])

    assert tally(wanted, [look(2, 902, 1)]) == Tally(1, 1, ())
    assert [one.kind for one in tally(wanted, [look(2, 2)]).differences] == [Kind.MISSING, Kind.STRANGE]


@pytest.mark.rule("L11")
def test_a_locker_at_which_nobody_looked_keeps_the_sheet_from_being_signed() -> None:
    begun = tally(FREE, [look(1, 1)])

    assert begun.unseen == (TWO, THREE, FOUR)
    assert str(begun.differences[0]) == "locker 2: nobody looked there"
    assert next_to_look(FREE, [look(1, 1)]) == TWO
    assert tally(FREE, ALL_WELL).unseen == ()


@pytest.mark.rule("L11")
def test_a_tag_that_hangs_elsewhere_does_not_stand_for_looking_at_its_own_locker() -> None:
    begun = tally(FREE, [look(1, 1), look(2, 3), look(4, 4)])

    assert [str(one) for one in begun.differences] == [
        "locker 2: tag 2 is missing",
        "locker 3: tag 3 hangs at locker 2",
        "locker 3: nobody looked there",
    ]
    assert begun.unseen == (THREE,)


def test_the_newest_look_at_a_locker_counts() -> None:
    assert tally(FREE, [*ALL_WELL, look(2), look(2, 2)]) == Tally(4, 4, ())


LOOKS = st.lists(
    st.builds(
        Look,
        st.integers(1, 6).map(LockerId),
        st.none() | st.builds(Hanging, st.integers(1, 7), st.integers(1, 3)),
        st.sampled_from(("", "", "", "not readable")),
    ),
    max_size=12,
)
LOCKERS = st.lists(st.sampled_from(Assignment), min_size=1, max_size=6).map(
    lambda assignments: tuple(locker(id, one) for id, one in enumerate(assignments, 1))
)


@given(LOCKERS, LOOKS)
def test_whatever_is_found_every_tag_that_should_hang_there_is_found_or_listed(
    lockers: tuple[Locker, ...], looks: list[Look]
) -> None:
    wanted = expected(lockers)
    result = tally(wanted, looks)

    here = {one.locker for one in wanted if one.where is Whereabouts.HERE}
    lost = (Kind.MISSING, Kind.UNSEEN, Kind.OLD, Kind.DOUBTFUL)
    listed = {one.locker for one in result.differences if one.kind in lost} & here
    assert result.expected == len(here)
    assert result.found >= len(here - listed)
    assert result.too_few == (result.found < len(here))
    assert all(isinstance(one, Difference) and str(one) for one in result.differences)
