from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.rules.broadcast.roster import Roster
from kiosk.rules.people.badge import badge_mark
from kiosk.rules.people.person import Person, Right

KEY = b"k" * 32
ANNA = Person("anna", "Anna", frozenset({Right.ANNOUNCER}), login="anna", badge_mark=badge_mark(KEY, "0A1B2C3D4E"))
BEN = Person("ben", "Ben", frozenset({Right.HEAD}))
ROSTER = Roster({"anna": ANNA, "ben": BEN}, {}, KEY)


@pytest.mark.rule("B14")
def test_a_badge_tells_who_it_is() -> None:
    assert ROSTER.of_badge("0A1B2C3D4E") == ANNA
    assert ROSTER.of_badge("0A1B2C3D4F") is None
    assert ROSTER.of_badge("") is None


@pytest.mark.rule("B14")
def test_whoever_left_is_not_known_by_anything() -> None:
    left = Roster({"anna": replace(ANNA, removed=True)}, {}, KEY)

    assert left.of_badge("0A1B2C3D4E") is None
    assert left.of_login("anna") is None
    assert left.person("anna") is None


def test_a_login_tells_who_it_is_and_no_login_nobody() -> None:
    assert ROSTER.of_login("anna") == ANNA
    assert ROSTER.of_login("") is None
    assert ROSTER.person("ben") == BEN
    assert ROSTER.person("eve") is None


def test_a_mark_without_its_key_tells_nothing_and_the_key_is_never_shown() -> None:
    assert badge_mark(b"other", "0A1B2C3D4E") != ANNA.badge_mark
    assert "kkkk" not in repr(ROSTER)
