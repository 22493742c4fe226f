"""A shopper found the tag again, and shows it: whether it is the one that was lost."""

from __future__ import annotations

import pytest

from kiosk.desks.lockers.plaques import is_tag_of
from kiosk.rules.lockers.codes import text_of
from kiosk.rules.lockers.lost_tag import Case
from kiosk.rules.lockers.tags import Chip, Plaque, Printed, Ticket, Typed
from kiosk.rules.lockers.verdicts import Issued
from tests.desks.lockers.tag_books import RememberedTags
from tests.rules.lockers.lost_tag_people import reported
from tests.rules.lockers.tags import KEY

CASE: Case = reported()  # tag 7 of generation 2, deposit 41
CHIP = "04A1B2C3"


class Chipped(RememberedTags):
    """A chip is stuck to plaque 7."""

    def issued(self, tag: Printed | Typed | Chip) -> Issued | None:
        return Issued(Plaque(7, 2), "") if isinstance(tag, Chip) else super().issued(tag)


@pytest.mark.rule("L07")
@pytest.mark.parametrize(
    ("tag", "found"),
    [
        (Plaque(7, 2), True),
        (Plaque(7, 1), False),
        (Plaque(8, 2), False),
        (Ticket(7, 41), True),
        (Ticket(7, 42), False),
    ],
)
def test_the_plaque_of_that_generation_or_the_ticket_of_that_deposit_is_the_lost_one(
    tag: Plaque | Ticket, found: bool
) -> None:
    assert is_tag_of(CASE, text_of(tag, KEY), (KEY,), RememberedTags()) is found


@pytest.mark.rule("L07")
def test_what_is_no_tag_of_this_store_is_not_it_and_a_chip_stands_for_its_plaque() -> None:
    book = RememberedTags()
    assert not is_tag_of(CASE, "69012345678901", (KEY,), book)
    assert not is_tag_of(CASE, CHIP, (KEY,), book)
    assert is_tag_of(CASE, CHIP, (KEY,), Chipped())
