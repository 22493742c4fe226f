from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.desks.service.loans import LoanClerk
from kiosk.rules.service.loan import Stock
from tests.desks.service.desk_room import Room
from tests.rules.service.test_loan import ASKED, CHAIR, HERE, UMBRELLA


class Shop(Room):
    """A desk that lends."""

    def __init__(self) -> None:
        super().__init__(services=(HERE,))
        self.desk.clerks = {"loan": LoanClerk(self.book, (UMBRELLA, CHAIR))}

    def asks(self, thing: str = "umbrella") -> str:
        self.gives("loan", **ASKED | {"thing": thing})
        return self.says()

    def left(self) -> tuple[int | None, ...]:
        (stock,) = self.desk.facts()
        assert isinstance(stock, Stock)
        return stock.left


@pytest.mark.rule("S10")
def test_the_cards_say_how_many_are_left_and_the_last_is_lent_once() -> None:
    shop = Shop()
    assert shop.left() == (2, 1)

    assert [shop.asks(), shop.asks(), shop.asks()] == ["loan.thanks", "loan.thanks", "loan.none-left"]

    assert shop.left() == (0, 1)
    assert shop.does("not-fetched", service="loan") == ""
    assert shop.left() == (1, 1)


@pytest.mark.rule("S10")
def test_staff_are_reminded_of_what_is_not_back_until_it_is() -> None:
    shop = Shop()
    shop.asks()
    assert shop.does("hand-out", service="loan") == ""
    shop.passes(timedelta(hours=12, minutes=1))
    (notice,) = shop.board.hanging()
    assert notice.text == "loan 1 (lent) was due on 2026-11-23 at 22:00: kiosk service show loan 1"

    shop.passes(timedelta(hours=1))
    assert len(shop.board.hanging()) == 1
    assert shop.does("return", service="loan") == ""

    assert shop.board.hanging() == ()


def test_what_somebody_lent_elsewhere_is_seen_within_a_minute() -> None:
    shop = Shop()
    assert shop.left() == (2, 1)
    begun = HERE.begun(ASKED, "wang", shop.wall)
    shop.book.enter(begun, over=False)  # type: ignore[arg-type]

    shop.passes(timedelta(seconds=59))
    assert shop.left() == (2, 1)
    shop.passes(timedelta(seconds=1))

    assert shop.left() == (1, 1)
