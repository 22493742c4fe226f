from __future__ import annotations

import pytest

from kiosk.desks.service.lost_things import FoundClerk, LostClerk
from kiosk.rules.service.found_thing import SERVICE as FOUND
from kiosk.rules.service.lost import SERVICE as LOST
from kiosk.rules.service.record import Record
from tests.desks.service.desk_room import Room
from tests.rules.service.services import LEAD, WANG
from tests.rules.service.test_lost_and_found import HANDED, KEPT, MISSED


class Shop(Room):
    """A desk with things that were found."""

    def __init__(self) -> None:
        super().__init__(services=(LOST, FOUND))
        self.desk.clerks = {"lost": LostClerk(self.book, self.board), "found": FoundClerk(self.book, self.board)}

    def finds(self, **answers: str) -> None:
        assert isinstance(self.desk.enter("found", KEPT | answers, WANG, self.wall), Record)


@pytest.mark.rule("S09")
def test_who_misses_what_lies_here_is_asked_to_come_and_staff_know_what_it_may_be() -> None:
    shop = Shop()
    shop.finds()
    shop.finds(category="keys")
    assert shop.desk.said("screen") is None
    assert shop.desk.facts() == ()

    shop.gives("lost", **MISSED)

    assert shop.says() == "lost.maybe"
    (notice,) = shop.board.hanging()
    assert notice.text == "lost 1 may be found 1 (98 %): compare the descriptions, then call"
    assert "照片" not in notice.text


@pytest.mark.rule("S09")
def test_what_is_found_later_is_compared_with_what_people_miss() -> None:
    shop = Shop()
    shop.gives("lost", **MISSED)
    assert shop.says() == "lost.thanks"
    shop.finds(color="red", place="food")
    shop.passes()
    assert [notice.text for notice in shop.board.hanging()] == [
        "lost 1 may be found 1 (58 %): compare the descriptions, then call"
    ]

    assert shop.does("called", 1, {"remark": "明天来"}, service="lost") == ""
    assert shop.does("hand-out", 1, HANDED, service="found") == ""
    assert shop.board.hanging()
    assert shop.does("found", 1, {"found": "1"}, service="lost", person=LEAD) == ""

    assert shop.board.hanging() == ()


@pytest.mark.rule("S09")
def test_what_does_not_fit_is_told_to_nobody() -> None:
    shop = Shop()
    shop.finds(category="keys")

    shop.gives("lost", **MISSED)

    assert shop.says() == "lost.thanks"
    assert shop.board.hanging() == ()


def test_a_found_things_clerk_says_nothing_at_a_screen() -> None:
    shop = Shop()
    shop.finds()

    assert shop.desk.clerks["found"].said(shop.book.records["found", 1], shop.wall).sentence == "found.thanks"
    assert shop.desk.clerks["found"].facts(shop.wall) == ()
