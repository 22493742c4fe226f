from __future__ import annotations

import random
from functools import reduce
from itertools import pairwise
from operator import xor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import DeviceFault
from kiosk.hw.lock_frames import LANGUAGES, Answer, DoorsTold, Frames, OpeningTold, open_order
from kiosk.ports.lock_limits import BOARDS, BoardKind

A8, KERONG, WINNSEN = BoardKind.GENERIC_8A, BoardKind.KERONG, BoardKind.WINNSEN
MILLION = 1_000_000


def frames(kind: BoardKind, address: int = 1, channels: int = 16) -> Frames:
    return Frames(LANGUAGES[kind].shapes(address, channels))


def doors(kind: BoardKind, address: int, closed: int) -> bytes:
    """What a board of sixteen says of its doors."""
    match kind:
        case BoardKind.GENERIC_8A:
            content = bytes((0x80, address)) + closed.to_bytes(2, "big") + b"\x33"
            return content + bytes([reduce(xor, content)])
        case BoardKind.KERONG:
            content = bytes((0x02, address << 4, 0x35)) + closed.to_bytes(2, "little") + b"\x00\x00\x03"
            return content + bytes([sum(content) & 0xFF])
        case BoardKind.WINNSEN:
            return bytes((0x90, 0x07, 0x82, address)) + (closed ^ 0xFFFF).to_bytes(2, "little") + b"\x03"


@pytest.mark.parametrize(
    ("kind", "address", "lock", "order"),
    [
        (A8, 1, 1, "8A 01 01 11 9B"),  # the sheet's own examples
        (A8, 1, 2, "8A 01 02 11 98"),
        (A8, 31, 24, "8A 1F 18 11 9C"),
        (KERONG, 0, 1, "02 00 31 03 36"),
        (KERONG, 1, 16, "02 1F 31 03 55"),
        (WINNSEN, 1, 16, "90 06 05 01 10 03"),
    ],
)
def test_an_order_to_open_is_as_the_makers_write_it(kind: BoardKind, address: int, lock: int, order: str) -> None:
    assert open_order(kind, address, lock) == bytes.fromhex(order)


@pytest.mark.parametrize(
    ("kind", "address", "question"),
    [(A8, 1, "80 01 00 33 B2"), (KERONG, 0, "02 00 30 03 35"), (WINNSEN, 1, "90 07 02 01 FF FF 03")],
)
def test_a_question_is_as_the_makers_write_it(kind: BoardKind, address: int, question: str) -> None:
    assert LANGUAGES[kind].ask(address) == bytes.fromhex(question)


@pytest.mark.parametrize(
    ("kind", "address", "lock"),
    [
        *((A8, 1, 0), (A8, 0, 1), (A8, 1, 25), (A8, 32, 1)),
        *((KERONG, 15, 1), (KERONG, 0, 0), (KERONG, 0, 17)),
        *((WINNSEN, 1, 0), (WINNSEN, 1, 17), (WINNSEN, -1, 1), (WINNSEN, 256, 1)),
    ],
)
def test_an_order_that_could_open_every_door_is_never_made(kind: BoardKind, address: int, lock: int) -> None:
    with pytest.raises(DeviceFault, match="is not opened"):
        open_order(kind, address, lock)


@given(st.sampled_from(BoardKind), st.data())
def test_no_two_locks_have_the_same_order_and_none_opens_all(kind: BoardKind, data: st.DataObject) -> None:
    limits = BOARDS[kind]
    places = st.tuples(st.sampled_from(limits.addresses), st.integers(1, limits.locks))
    one, other = data.draw(places), data.draw(places)

    orders = open_order(kind, *one), open_order(kind, *other)

    assert (orders[0] == orders[1]) is (one == other)
    opens_all = {A8: orders[0][2] == 0, KERONG: orders[0][2] == 0x33 or orders[0][1] >> 4 == 15, WINNSEN: False}
    assert not opens_all[kind]


@pytest.mark.parametrize(
    ("kind", "channels", "sent", "answers"),
    [
        (A8, 24, "80 01 01 01 01 33 B3", [DoorsTold(0x010101)]),  # doors 1, 9 and 17 are closed
        (A8, 8, "80 01 05 33 B7", [DoorsTold(0b101)]),
        (A8, 16, "8A 01 01 00 8A", [OpeningTold(1, closed=False)]),
        (A8, 16, "8A 01 01 11 9B", [OpeningTold(1, closed=True)]),
        (KERONG, 16, "02 10 35 01 80 00 00 03 CB", [DoorsTold(0x8001)]),
        (WINNSEN, 16, "90 07 82 01 02 00 03", [DoorsTold(0xFFFD)]),
        (WINNSEN, 16, "90 07 85 01 10 01 03", [OpeningTold(16, closed=False)]),
        (WINNSEN, 16, "90 07 85 01 10 00 03", [OpeningTold(16, closed=True)]),
    ],
)
def test_what_a_board_answers_is_understood(kind: BoardKind, channels: int, sent: str, answers: list[Answer]) -> None:
    found = frames(kind, 1, channels)

    assert (found.feed(bytes.fromhex(sent)), found.garbled) == (answers, 0)


@pytest.mark.parametrize("kind", BoardKind)
@pytest.mark.parametrize(
    "noise",
    [
        b"\x00",
        b"\xff" * 40,
        b"\x80\x8a\x02\x90",  # how frames begin
        b"\x80\x01\x00\x33\xb2\x02\x10\x30\x03\x45\x90\x07\x02\x01\xff\xff\x03",  # the kiosk's own questions
    ],
    ids=["a zero", "a broken line", "beginnings", "echoes"],
)
def test_noise_before_an_answer_hides_it_from_nobody(kind: BoardKind, noise: bytes) -> None:
    found = frames(kind)

    assert found.feed(noise + doors(kind, 1, 0xF00F)) == [DoorsTold(0xF00F)]
    assert found.garbled == len(noise)


@pytest.mark.parametrize("kind", BoardKind)
def test_the_answer_of_another_board_is_not_taken_for_this_one(kind: BoardKind) -> None:
    found = frames(kind, 1)

    assert found.feed(doors(kind, 2, 0xFFFF) + doors(kind, 1, 0x0001)) == [DoorsTold(0x0001)]


@pytest.mark.parametrize("kind", [A8, KERONG])
@given(closed=st.integers(0, 0xFFFF), at=st.integers(0, 8), flip=st.integers(1, 255))
def test_a_byte_that_was_changed_on_the_way_is_noticed(kind: BoardKind, closed: int, at: int, flip: int) -> None:
    sent = bytearray(doors(kind, 1, closed))
    sent[at % len(sent)] ^= flip
    if kind is KERONG and at % len(sent) == 1 and sent[1] >> 4 == 1:
        return  # the low half of KERONG's address says nothing

    assert frames(kind).feed(bytes(sent)) == []


streams = st.lists(
    st.binary(max_size=6) | st.sampled_from([doors(kind, 1, 0x1234) for kind in BoardKind] + [b"\x8a\x01\x01\x00\x8a"]),
    max_size=8,
).map(b"".join)


@given(st.sampled_from(BoardKind), streams, st.lists(st.integers(0, 100)))
def test_wherever_a_read_is_split_the_answers_are_the_same(kind: BoardKind, stream: bytes, cuts: list[int]) -> None:
    whole, split = frames(kind), frames(kind)
    expected = whole.feed(stream)
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})

    pieces = [answer for begin, end in pairwise(places) for answer in split.feed(stream[begin:end])]

    assert (pieces, split.garbled) == (expected, whole.garbled)


@given(st.sampled_from(BoardKind), st.binary(max_size=200), st.integers(0, 0xFFFF))
def test_after_any_bytes_whatever_the_board_is_understood_again(kind: BoardKind, noise: bytes, closed: int) -> None:
    found = frames(kind)
    found.feed(noise)

    assert DoorsTold(closed) in found.feed(doors(kind, 1, closed) * 2)


@pytest.mark.parametrize("kind", BoardKind)
def test_a_million_random_bytes_break_nothing_and_pile_up_nowhere(kind: BoardKind) -> None:
    noise = random.Random(4)
    found = frames(kind)

    for _ in range(MILLION // 1000):
        found.feed(noise.randbytes(1000))

    assert found.feed(bytes(16) + doors(kind, 1, 0x00FF))[-1:] == [DoorsTold(0x00FF)]
    assert MILLION * 0.9 < found.garbled <= MILLION + 16
