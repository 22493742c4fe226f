from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.substitutes import LAST_NUMBER, next_generation, substitute_number
from kiosk.units import LockerId


def bank(count: int, **numbers: int) -> list[Locker]:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return [
        Locker(LockerId(id), Size.SMALL, numbers.get(f"n{id}", id), 1, Assignment.FREE, Door.CLOSED, now)
        for id in range(1, count + 1)
    ]


@pytest.mark.rule("L09")
def test_a_locker_without_its_pair_gets_a_number_that_no_other_has() -> None:
    assert substitute_number(bank(60)) == 901
    assert substitute_number(bank(60, n7=901, n9=903), taken={902}) == 904
    assert substitute_number(bank(960)) == 1001
    assert substitute_number([]) == 901
    assert substitute_number(bank(3), taken=range(LAST_NUMBER + 1)) is None


@given(st.integers(0, 40), st.sets(st.integers(890, 920)))
def test_a_substitute_is_nobodys_number_and_no_position(count: int, taken: set[int]) -> None:
    number = substitute_number(bank(count), taken)

    assert number is not None
    assert number not in taken
    assert number > count


@pytest.mark.rule("L09")
def test_a_new_pair_has_a_generation_of_its_own() -> None:
    assert next_generation(7, [(7, 1), (7, 2), (8, 5)]) == 3
    assert next_generation(901, [(7, 1)]) == 1
