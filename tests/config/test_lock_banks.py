from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.findings import Findings, Source
from kiosk.config.lock_banks import BoardBank, ExpanderBank, LockBankChoices, PinBank, lock_banks_of
from kiosk.ports.lock_limits import BoardKind
from kiosk.units import LockerId

PINS = """
[[lockers.bank]]
driver = "gpio"
lockers = "1-3"
latches = [17, 27, 22]
doors = [5, 6, 12]
pulse = "300ms"
"""
EXPANDER = """
[[lockers.bank]]
driver = "mcp23017"
lockers = "4, 5-6"
address = 0x20
latches = ["A0", "A1", 15]
doors = ["B0", "B1", "B2"]
inverted = true
"""
BOARDS = """
[[lockers.bank]]
driver = "rs485"
board = "kerong"
lockers = "7-9"
port = "/dev/ttyUSB0"
address = 0

[[lockers.bank]]
driver = "rs485"
board = "kerong"
name = "right"
lockers = [12, 10]
port = "/dev/ttyUSB0"
address = 1
locks = [16, 4]
pulse = "500ms"
"""


def read(text: str, taken: dict[int, str] | None = None) -> tuple[tuple[LockBankChoices, ...], list[str], bool]:
    """The banks of a site.toml, what was said about it, and whether it stops a start."""
    table = tomllib.loads(text)
    findings = Findings()
    lockers = table.get("lockers", {})
    banks = lock_banks_of(
        lockers.get("bank", []), Source("site.toml", table), ("lockers", "bank"), taken or {}, findings
    )
    return banks, [str(problem) for problem in findings.problems()], findings.blocked


def test_all_kinds_of_banks_become_plain_values() -> None:
    banks, said, _ = read(PINS + EXPANDER + BOARDS)

    assert said == []
    assert banks == (
        PinBank({LockerId(1): (17, 5), LockerId(2): (27, 6), LockerId(3): (22, 12)}, False, 0.3),
        ExpanderBank(
            1, 0x20, 0x20, {LockerId(4): (0, 8), LockerId(5): (1, 9), LockerId(6): (15, 10)}, True, 0.4
        ),
        BoardBank(
            "board 3", "/dev/ttyUSB0", BoardKind.KERONG, 19200, 0, 16,
            {LockerId(7): 1, LockerId(8): 2, LockerId(9): 3}, False, 1.0, False,
        ),
        BoardBank(
            "right", "/dev/ttyUSB0", BoardKind.KERONG, 19200, 1, 16,
            {LockerId(12): 16, LockerId(10): 4}, False, 0.5, False,
        ),
    )  # fmt: skip


def test_doors_without_sensors_and_sensors_on_a_chip_of_their_own_are_fine() -> None:
    text = PINS.replace("doors = [5, 6, 12]\n", "") + EXPANDER.replace("address", "door_address = 0x21\naddress")

    banks, said, _ = read(text)

    assert said == []
    assert isinstance(banks[0], PinBank)
    assert set(banks[0].locks.values()) == {(17, None), (27, None), (22, None)}
    assert isinstance(banks[1], ExpanderBank)
    assert banks[1].door_address == 0x21


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PINS.replace('"gpio"', '"gpoi"'), 'lockers.bank[1].driver: is the text "gpoi", which is no driver (did'),
        (PINS.replace('driver = "gpio"\n', ""), "driver: is missing (The drivers are gpio, mcp23017, rs485."),
        (PINS.replace("pulse =", "puls ="), 'unknown key "puls" (did you mean "pulse"?'),
        (PINS.replace("300ms", "3s"), 'pulse: is "3s", which is too large (write a duration'),
        (PINS.replace("300ms", "10ms"), 'pulse: is "10ms", which is too small'),
        (PINS.replace('"1-3"', '"3-1"'), 'lockers: is the text "3-1", which names no lockers'),
        (PINS.replace('"1-3"', '"1, two"'), 'lockers: is the text "1, two", which names no lockers'),
        (PINS.replace('"1-3"', "[]"), "lockers: is an empty list (write the lockers"),
        (PINS.replace('"1-3"', '"0-2"'), 'lockers: is the text "0-2", which names no lockers'),
        (PINS.replace('"1-3"', "[0, 1, 2]"), "lockers[1]: is 0, which is too small"),
        (PINS.replace('"1-3"', '"1-4"'), "latches: lists 3 for 4 lockers (list one for each locker"),
        (PINS.replace('"1-3"', "[1, 1, 2]"), "locker 1 is named twice"),
        (PINS.replace("17,", "28,"), "the latch of locker 1 is GPIO 28, but the Pi's header has GPIO 0 to 27"),
        (PINS.replace("17,", "2,"), "GPIO 2 is reserved: it is the I2C bus"),
        (PINS.replace("17,", "7,"), "GPIO 7 is pulled up while the Pi starts: the latch"),
        (PINS.replace("17,", "22,"), "GPIO 22 is taken by the latch of locker 1 already"),
        (PINS.replace("12]", "17]"), "GPIO 17 is taken by the latch of locker 1 already"),
        (PINS.replace("17,", "23,"), 'GPIO 23 is taken by the relay of the source already'),
        (EXPANDER.replace("0x20", "0x40"), "address: is 64, which is too large (write the expander's address"),
        (EXPANDER.replace('"A1"', '"A9"'), 'latches[2]: is the text "A9", which is no pin of an expander'),
        (EXPANDER.replace('"A1"', '"A0"'), "A0 of expander 0x20 is taken by the latch of locker 4 already"),
        (EXPANDER.replace('"B1"', '"A1"'), "A1 of expander 0x20 is taken by the latch of locker 5 already"),
        (EXPANDER.replace('"B1"', '"A7"'), "A7 of an MCP23017 cannot be read: the door of locker 5"),
        (BOARDS.replace("address = 0", "address = 15"), "address: is 15, which no kerong board has (write"),
        (BOARDS.replace("address = 1", "address = 0"), 'address 0 at "/dev/ttyUSB0" is taken already'),
        (BOARDS.replace("16, 4", "17, 4"), "locks: the board has locks 1 to 16, each once"),
        (BOARDS.replace("16, 4", "0, 4"), "locks: the board has locks 1 to 16, each once"),
        (BOARDS.replace("16, 4", "4, 4"), "locks: the board has locks 1 to 16, each once"),
        (BOARDS.replace("[12, 10]", "[12, 9]"), "locker 9 has a latch in an earlier entry already"),
        (BOARDS.replace('name = "right"', "baud = 9600"), 'has a kerong board at 19200 baud already (boards'),
        (BOARDS.replace('"right"', '"board 3"'), 'name: is "board 3", which cannot be an id'),
        (BOARDS.replace("address = 0", "address = 0\nbaud = 9601"), "baud: is the number 9601"),
        ("lockers = { bank = [3] }", "driver: is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_its_remedy(text: str, says: str) -> None:
    _, said, blocked = read(text, {23: "the relay of the source"})

    assert blocked
    assert any(says in one for one in said), said


def test_two_boards_of_one_name_are_told() -> None:
    _, said, _ = read(BOARDS.replace("address = 0", 'address = 0\nname = "right"'))

    assert [one for one in said if 'the name "right" is taken already' in one]


def test_an_8a_board_has_no_lock_or_address_that_means_all_of_them() -> None:
    text = BOARDS.replace("kerong", "8a").replace("address = 0", "address = 5")

    for wrong, says in (("address = 0", "no 8a board has"), ("address = 1\nlocks = [0, 1, 2]", "locks 1 to 16")):
        _, said, blocked = read(text.replace("address = 5", wrong))
        assert blocked
        assert says in said[0]


def at_one_line(kind: str, boards: int) -> str:
    return "".join(
        f'[[lockers.bank]]\ndriver = "rs485"\nboard = "{kind}"\nport = "/dev/ttyUSB0"\n'
        f"address = {at}\nlockers = [{at}]\n"
        for at in range(1, boards + 1)
    )


@pytest.mark.parametrize(
    ("kind", "boards", "says"),
    [
        ("8a", 4, ""),
        ("8a", 8, "while a lock of one opens, the other 7 boards at"),
        ("8a", 11, '11 boards at "/dev/ttyUSB0" with 9600 baud are asked 4.9 times a second each, not 5'),
        ("kerong", 14, ""),
        ("winnsen", 8, ""),
        ("winnsen", 12, "are asked 4.0 times a second"),
    ],
)
def test_a_line_that_is_asked_too_seldom_is_told_and_works(kind: str, boards: int, says: str) -> None:
    banks, said, blocked = read(at_one_line(kind, boards))

    assert len(banks) == boards
    assert not blocked
    assert [one for one in said if says in one] == said
    assert len(said) == bool(says)


words = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["gpio", "rs485", "mcp23017", "8a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["driver", "lockers", "latches", "doors", "board", "port", "address"]), inner)
    ),
    max_leaves=12,
)


@given(st.lists(words, max_size=3))
def test_whatever_stands_there_is_told_and_breaks_nothing(raw: list[object]) -> None:
    findings = Findings()

    banks = lock_banks_of(raw, Source("site.toml", {"lockers": {"bank": raw}}), ("lockers", "bank"), {}, findings)

    assert findings.blocked or len(banks) == len(raw)
