from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.rules.lockers.codes import accepted, grouped, mark_of, read, text_of, typed_code
from kiosk.rules.lockers.tags import Chip, Plaque, Printed, TagKey, Ticket, Typed
from kiosk.rules.lockers.verdicts import Reason, Refused
from tests.rules.lockers.tags import KEY, NEXT, NOW, OTHER_STORES, PLAQUE, TICKET

plaques = st.builds(Plaque, st.integers(1, 9999), st.integers(1, 999))
tickets = st.builds(Ticket, st.integers(1, 9999), st.integers(1, 999_999_999))
keys = st.builds(TagKey, st.integers(0, 9), st.binary(min_size=32, max_size=32))
KEYS = (KEY,)


@pytest.mark.rule("L01")
@given(plaques | tickets, keys)
def test_what_is_printed_is_read_back_as_the_same_tag(tag: Printed, key: TagKey) -> None:
    assert read(text_of(tag, key), (key,)) == tag


@given(tickets, keys, st.integers(0, 5))
def test_the_short_code_below_a_ticket_is_known_by_its_mark(ticket: Ticket, key: TagKey, attempt: int) -> None:
    code = typed_code(ticket, key, attempt)

    assert len(code) == 9
    assert read(code, (key,)) == read(grouped(code), (key,)) == Typed((mark_of(code, key),))


@pytest.mark.rule("L02")
@given(plaques | tickets, st.data())
def test_one_wrong_digit_is_always_noticed(tag: Printed, data: st.DataObject) -> None:
    text = text_of(tag, KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[at]]))

    assert read(text[:at] + wrong + text[at + 1 :], KEYS) in (Refused(Reason.CHECK_DIGIT), Refused(Reason.FORM))


@pytest.mark.rule("L02")
@given(plaques | tickets, st.data())
def test_two_neighbours_that_changed_places_are_always_noticed(tag: Printed, data: st.DataObject) -> None:
    text = text_of(tag, KEY)
    at = data.draw(st.integers(1, len(text) - 2).filter(lambda at: text[at] != text[at + 1]))
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    assert read(swapped, KEYS) == Refused(Reason.CHECK_DIGIT)


def with_check_digit(body: str) -> str:
    """What a forger does who knows Damm's table, but not the key."""
    return next(body + digit for digit in "0123456789" if read(body + digit, KEYS) != Refused(Reason.CHECK_DIGIT))


@pytest.mark.rule("L02")
def test_a_signature_under_another_number_is_a_forgery() -> None:
    ours, theirs = text_of(PLAQUE, KEY), text_of(Plaque(18, 3), KEY)

    assert read(with_check_digit(theirs[:8] + ours[8:-1]), KEYS) == Refused(Reason.FORGED)
    assert read(with_check_digit(ours[:8] + theirs[8:-1]), KEYS) == Refused(Reason.FORGED)


@pytest.mark.rule("L02")
def test_another_generation_or_deposit_under_the_same_signature_is_a_forgery() -> None:
    plaque, ticket = text_of(PLAQUE, KEY), text_of(TICKET, KEY)

    assert read(with_check_digit(plaque[:5] + "004" + plaque[8:-1]), KEYS) == Refused(Reason.FORGED)
    assert read(with_check_digit(ticket[:5] + "000004712" + ticket[14:-1]), KEYS) == Refused(Reason.FORGED)


@pytest.mark.rule("L02")
def test_a_tag_of_another_store_is_refused() -> None:
    assert read(text_of(PLAQUE, OTHER_STORES), KEYS) == Refused(Reason.FORGED)
    assert read(text_of(PLAQUE, replace(OTHER_STORES, id=1)), KEYS) == Refused(Reason.STRANGE_KEY)


def test_a_plaque_is_no_ticket_and_a_ticket_no_plaque() -> None:
    text = text_of(PLAQUE, KEY)

    assert read(with_check_digit("2" + text[1:-1]), KEYS) == Refused(Reason.FORM)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "17",
        "4006381333931",
        "https://example.invalid/17",
        "1" * 21,
        "3" + "1" * 21,
        "1" * 10_000,
        "\x00",
        "牌",
    ],
    ids=["nothing", "blank", "number", "goods", "link", "short", "kind", "long", "NUL", "Chinese"],
)
def test_what_is_no_tag_is_refused_for_its_form(text: str) -> None:
    assert read(text, KEYS) == Refused(Reason.FORM)


def test_digits_of_other_scripts_are_no_digits() -> None:
    arabic = text_of(PLAQUE, KEY).translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})

    assert read(arabic, KEYS) == Refused(Reason.FORM)


@given(st.text() | st.text("0123456789 -", min_size=8, max_size=30) | st.from_regex(r"[12]\d{21}|2\d{27}|\d{9}"))
@example("1" + "0" * 21)
def test_no_text_whatever_is_a_signed_tag(text: str) -> None:
    assert not isinstance(read(text, KEYS), Plaque | Ticket)


@pytest.mark.parametrize("chip", ["0A1B2C3D", "0a1b2c3d4e", "04A1B2C3D4E5F6", "04A1B2C3D4E5F607"])
def test_a_chip_is_known_by_its_mark_alone(chip: str) -> None:
    assert read(chip, (KEY, NEXT)) == Chip((mark_of(chip.upper(), KEY), mark_of(chip.upper(), NEXT)))


@pytest.mark.parametrize("tag", [Plaque(0, 1), Plaque(10_000, 1), Plaque(1, 0), Plaque(1, 1000), Ticket(1, 0)])
def test_no_tag_is_made_for_a_number_that_it_has_no_room_for(tag: Printed) -> None:
    with pytest.raises(ValueError, match="does not fit on a tag"):
        text_of(tag, KEY)


def test_after_a_rotation_both_keys_count_for_a_while_and_then_the_new_one_alone() -> None:
    old = replace(KEY, until=NOW + timedelta(days=30))
    ring = (NEXT, old)
    text = text_of(PLAQUE, old)

    assert read(text, accepted(ring, NOW)) == PLAQUE
    assert read(text_of(PLAQUE, NEXT), accepted(ring, NOW)) == PLAQUE
    assert read(text, accepted(ring, NOW + timedelta(days=30))) == Refused(Reason.STRANGE_KEY)


def test_a_key_shows_its_secret_to_nobody() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in f"{KEY} {KEY!r}"


def test_codes_are_grouped_as_people_read_them_aloud() -> None:
    assert grouped("123456789") == "123 456 789"
    assert grouped("1" * 10) == "1111 1111 11"
