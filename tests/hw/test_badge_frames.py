from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hw.badge_frames import BadgeFrames


def tag(number: str) -> bytes:
    """What an RFID reader sends for a number of ten hexadecimal digits."""
    checksum = 0
    for byte in bytes.fromhex(number):
        checksum ^= byte
    return b"\x02" + number.encode() + f"{checksum:02X}".encode() + b"\x03"


numbers = st.text("0123456789ABCDEF", min_size=10, max_size=10)
frames = numbers.map(tag) | st.text("0123456789ABCXYZ-", min_size=4, max_size=20).map(
    lambda text: text.encode() + b"\r\n"
)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (tag("0A1B2C3D4E"), ["0A1B2C3D4E"]),
        (b"\x020A1B2C3D4E4E\r\n\x03", ["0A1B2C3D4E"]),
        (b"0012345678\r\n", ["0012345678"]),
        (b"0012345678\r0012345679\n", ["0012345678", "0012345679"]),
        (b"abc-123\n", ["ABC-123"]),
        (b"\r\n\r\n\n", []),
        (b"", []),
        (b"0012345678", []),
    ],
    ids=["tag", "tag with CR LF", "line", "CR or LF", "letters", "empty lines", "nothing", "not whole yet"],
)
def test_both_kinds_of_readers_are_understood(sent: bytes, read: list[str]) -> None:
    found = BadgeFrames()

    assert (found.feed(sent), found.garbled) == (read, 0)


@pytest.mark.parametrize(
    "noise",
    [
        b"\x020A1B2C3D4E43\x03",  # a wrong checksum
        b"\x020A1B2C\x03",
        b"\x02\x03",
        b"\x020A1B2C3D4\x02",  # cut off, and another begins
        b"12\r",
        b"\xff\xfe\x80abc\r",
        b"0012 345678\r",
        b"9" * 1000 + b"\r",
        b"\x02" + b"A" * 1000 + b"\x03",
    ],
)
def test_noise_is_counted_and_the_next_badge_is_read(noise: bytes) -> None:
    found = BadgeFrames()

    assert found.feed(noise + tag("0A1B2C3D4E")) == ["0A1B2C3D4E"]
    assert found.garbled == 1


@given(st.lists(frames, max_size=5), st.lists(st.integers(0, 200)))
def test_wherever_a_read_is_split_the_badges_are_the_same(sent: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(sent)
    whole = BadgeFrames().feed(stream)
    split = BadgeFrames()
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})

    pieces = [number for begin, end in pairwise(places) for number in split.feed(stream[begin:end])]

    assert pieces == whole
    assert len(whole) == len(sent)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading(sent: bytes) -> None:
    found = BadgeFrames()
    found.feed(sent)

    assert found.feed(b"\x03\r" + tag("0A1B2C3D4E"))[-1] == "0A1B2C3D4E"
