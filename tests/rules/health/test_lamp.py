from __future__ import annotations

from dataclasses import replace

from kiosk.rules.health.lamp import MISSING_S, OtherRole, Says, reasons, says

FRONT = OtherRole("front", heard_s=100.0)


def test_the_lamp_is_dark_while_both_roles_are_well() -> None:
    assert says([], FRONT, 101.0) is Says.WELL
    assert reasons([], FRONT, 101.0) == ()


def test_the_lamp_is_lit_for_a_fault_of_either_role() -> None:
    sick = replace(FRONT, faults=("reader lockers: it is unplugged",))

    assert says(["no sound output"], FRONT, 101.0) is Says.FAULT
    assert says([], sick, 101.0) is Says.FAULT
    assert reasons(["no sound output"], sick, 101.0) == ("no sound output", "front: reader lockers: it is unplugged")


def test_the_lamp_blinks_where_a_role_does_not_answer_and_not_while_it_is_started_anew() -> None:
    assert says(["no sound output"], FRONT, 100.0 + MISSING_S) is Says.FAULT
    assert says(["no sound output"], FRONT, 100.1 + MISSING_S) is Says.MISSING

    own, silent = reasons(["no sound output"], FRONT, 100.1 + MISSING_S)

    assert own == "no sound output"
    assert silent == "the front role does not answer: see kiosk status, and journalctl -u kiosk-front"


def test_a_store_with_one_role_misses_no_other() -> None:
    assert says([], None, 1e6) is Says.WELL
    assert says(["no sound output"], None, 1e6) is Says.FAULT
    assert reasons(["no sound output"], None, 1e6) == ("no sound output",)
