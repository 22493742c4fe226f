from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hw.key_frames import (
    EV_KEY,
    EV_SYN,
    KEY_CTRL,
    KEY_ENTER,
    KEY_SHIFT,
    LONGEST,
    PRESSED,
    RELEASED,
    SYN_DROPPED,
    KeyFrames,
)
from kiosk.hw.scan_frames import ScanFrames
from kiosk.hw.scanner import Codes
from kiosk.rules.lockers.codes import read, text_of
from kiosk.rules.lockers.tags import Plaque, Ticket
from tests.hw.cables import REPORT, event, stroke, typed
from tests.hw.test_badge_frames import tag
from tests.rules.lockers.tags import KEY, PLAQUE

PLAIN = text_of(PLAQUE, KEY)
LINE = PLAIN.encode() + b"\r"
printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)
ends = st.sampled_from((b"\r", b"\n", b"\r\n", b"\n\r"))
lines = st.tuples(printable, ends).map(lambda pair: (pair[0], pair[0].encode() + pair[1]))
framed = st.tuples(printable.filter(lambda text: len(text) != 12), st.sampled_from((b"", b"\r", b"\r\n"))).map(
    lambda pair: (pair[0], b"\x02" + pair[0].encode() + pair[1] + b"\x03")
)


def split(codes: Codes, stream: bytes, cuts: list[int]) -> list[str]:
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    return [code for begin, end in pairwise(places) for code in codes.feed(stream[begin:end])]


@pytest.mark.parametrize(
    ("sent", "codes"),
    [
        (b"17\r", ["17"]),
        (b"17\n18\r\n19\n\r", ["17", "18", "19"]),
        (b"\x0217\x03\x0218\r\n\x03", ["17", "18"]),
        (tag("0A1B2C3D4E") + b"17\r", ["0A1B2C3D4E", "17"]),
        ("支付码 17\r".encode(), ["支付码 17"]),
        (b"\r\n\r\n", []),
        (b"17", []),
    ],
    ids=["CR", "all ends", "frames", "chip", "Chinese", "empty lines", "not whole yet"],
)
def test_every_kind_of_serial_scanner_is_understood(sent: bytes, codes: list[str]) -> None:
    frames = ScanFrames()

    assert (frames.feed(sent), frames.garbled) == (codes, 0)


@pytest.mark.parametrize(
    ("noise", "garbled"),
    [
        (b"\xff\xfe\x80\r", 1),
        (b"1\x0017\r", 1),
        (b"\x1b[A\r", 1),
        (b"9" * 1000 + b"\r", 1),
        (b"\x02" + b"9" * 1000 + b"\x03", 1),
        (b"\x020A1B2C3D4E43\x03", 1),  # a chip with a wrong checksum
        (b"\x02\x03", 1),
        (b"17\x03", 1),
        (b"\x0217\r\nx\r", 1),
        (b"\x0217", 1),
        (b"\x02", 0),
    ],
)
def test_noise_is_thrown_away_and_the_next_code_is_read(noise: bytes, garbled: int) -> None:
    frames = ScanFrames()

    found = frames.feed(noise) + frames.feed(b"\x02" + LINE + b"\x03")

    assert found[-1] == PLAIN
    assert frames.garbled == garbled


def test_a_stray_begin_of_a_frame_costs_one_code_and_not_all_that_follow() -> None:
    frames = ScanFrames()

    assert frames.feed(b"\x02" + b"17\r" + b"18\r" + b"19\r") == ["18", "19"]


def test_what_a_scanner_began_and_did_not_end_is_no_beginning_of_the_next_code() -> None:
    serial, keys = ScanFrames(), KeyFrames()
    serial.feed(b"17")
    keys.feed(typed("17", end=b""))

    serial.rest()
    keys.rest()

    assert serial.feed(b"18\r") == keys.feed(typed("18")) == ["18"]
    assert (serial.garbled, keys.garbled) == (1, 1)
    serial.rest()
    keys.rest()
    assert (serial.garbled, keys.garbled) == (1, 1)


@given(st.lists(lines | framed, max_size=5), st.lists(st.integers(0, 10_000)))
def test_wherever_a_serial_read_is_split_the_codes_are_the_same(sent: list[tuple[str, bytes]], cuts: list[int]) -> None:
    found = split(ScanFrames(), b"".join(sent for _, sent in sent), cuts)

    assert found == [code for code, _ in sent]


@given(st.lists(printable, max_size=4), st.lists(st.integers(0, 100_000)))
def test_wherever_events_are_split_the_codes_are_the_same(sent: list[str], cuts: list[int]) -> None:
    assert split(KeyFrames(), b"".join(map(typed, sent)), cuts) == sent


@given(st.binary(max_size=300), st.lists(st.integers(0, 300)))
def test_noise_gives_the_same_codes_wherever_it_is_split(noise: bytes, cuts: list[int]) -> None:
    for frames in (ScanFrames, KeyFrames):
        assert split(frames(), noise, cuts) == frames().feed(noise)


@pytest.mark.rule("L02")
@pytest.mark.parametrize("frames", [ScanFrames, KeyFrames])
@pytest.mark.parametrize("alphabet", [bytes(range(256)), b"0123456789\r\n\x02\x03"], ids=["bytes", "digits"])
def test_a_million_random_bytes_are_no_tag(frames: type[ScanFrames | KeyFrames], alphabet: bytes) -> None:
    chance = random.Random(4)
    codes = frames()

    found = codes.feed(bytes(chance.choices(alphabet, k=1_000_000)))

    assert [code for code in found if isinstance(read(code, (KEY,)), Plaque | Ticket)] == []
    codes.rest()
    assert codes.feed(LINE if frames is ScanFrames else b"\x00" * (-1_000_000 % 24) + typed(PLAIN))[-1:] == [PLAIN]


@pytest.mark.rule("L02")
def test_random_keys_are_no_tag() -> None:
    chance = random.Random(4)
    codes = KeyFrames()
    strokes = [stroke(chance.randrange(1, 128), shift=chance.random() < 0.2) for _ in range(10_000)]

    found = codes.feed(b"".join(strokes))

    assert [code for code in found if isinstance(read(code, (KEY,)), Plaque | Ticket)] == []


def test_a_scanner_types_capitals_signs_and_the_keypad() -> None:
    frames = KeyFrames()
    keypad = b"".join(map(stroke, (79, 80, 81, 98, 55)))

    assert frames.feed(typed('Aa"~|{1!') + keypad + stroke(96)) == ['Aa"~|{1!', "123/*"]
    assert frames.feed(typed("17", end=stroke(15))) == ["17"]


def test_ctrl_and_j_or_m_end_a_code_as_some_scanners_have_it() -> None:
    ctrl = event(EV_KEY, KEY_CTRL, PRESSED) + REPORT
    up = event(EV_KEY, KEY_CTRL, RELEASED) + REPORT
    frames = KeyFrames()

    assert frames.feed(typed("17", end=ctrl + stroke(36) + up) + typed("18", end=ctrl + stroke(50) + up)) == [
        "17",
        "18",
    ]
    assert frames.feed(typed("19", end=ctrl + stroke(30) + up + stroke(KEY_ENTER))) == []
    assert frames.garbled == 1


def test_lamps_repeats_and_other_devices_type_nothing() -> None:
    caps, repeat, mouse = stroke(58), event(EV_KEY, 2, 2), event(2, 0, 5)

    assert KeyFrames().feed(caps + typed("a1", end=b"") + repeat + mouse + stroke(KEY_ENTER)) == ["a1"]


@pytest.mark.parametrize(
    "broken",
    [
        stroke(59) + typed("17"),
        typed("9" * (LONGEST + 1)),
        typed("17", end=event(EV_SYN, SYN_DROPPED, 0) + stroke(3)[:24] + REPORT + stroke(KEY_ENTER)),
    ],
    ids=["function key", "too long", "events lost"],
)
def test_a_code_that_was_not_typed_whole_is_thrown_away(broken: bytes) -> None:
    frames = KeyFrames()

    assert frames.feed(broken) == []
    assert frames.garbled == 1
    assert frames.feed(typed("17")) == ["17"]


def test_a_shift_that_was_let_go_while_events_were_lost_is_up() -> None:
    frames = KeyFrames()
    frames.feed(event(EV_KEY, KEY_SHIFT, PRESSED) + event(EV_SYN, SYN_DROPPED, 0) + REPORT + stroke(KEY_ENTER))

    assert frames.feed(typed("17")) == ["17"]
