from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.rules.service.complaint import SERVICE as COMPLAINT
from kiosk.rules.service.figures import OfService, figures
from kiosk.rules.service.rating import SERVICE as RATING
from kiosk.rules.service.record import Record
from tests.rules.service.services import TEN, WANG
from tests.rules.service.test_complaint import REMARK, after, taken_down

DAY, DAYS = timedelta(days=1), (date(2026, 11, 23), date(2026, 11, 25))
SERVICES = {"complaint": COMPLAINT, "rating": RATING}


def rated(mark: str, *, days: int = 0, seat: str = "screen") -> Record:
    begun = RATING.begun({"mark": mark}, seat, TEN + days * DAY)
    assert isinstance(begun, Record)
    return begun


@pytest.mark.rule("S21")
def test_the_figures_say_how_much_how_soon_why_and_what_is_open() -> None:
    fresh = taken_down()
    late = COMPLAINT.by_itself(taken_down(), TEN + 3 * DAY)
    assert late is not None
    withdrawn = after(taken_down(), ("take", WANG, {}), ("withdraw", WANG, REMARK))
    price = replace(fresh, answers={**fresh.answers, "class": "price"})
    purged = replace(fresh, answers={})
    before, unknown = replace(fresh, at=TEN - DAY), replace(fresh, service="swimming")

    found = figures((before, fresh, late, withdrawn, price, purged, unknown), SERVICES, *DAYS)

    assert found.services == (OfService("complaint", 5, 86400.0, 1, 4, (("goods / expired", 3), ("goods / price", 1))),)
    assert found.per_day == ((DAYS[0], 5), (DAYS[0] + DAY, 0), (DAYS[1], 0))
    assert found.mean_mark is None
    assert figures((fresh,), SERVICES, *DAYS).services[0].answered_s is None


@pytest.mark.rule("S19")
def test_ratings_are_counted_by_mark_day_and_desk() -> None:
    ratings = (rated("5"), rated("4"), rated("1", days=2, seat="desk"), replace(rated("3"), answers={}))

    found = figures(ratings, SERVICES, *DAYS)

    assert found.marks == (("5", 1), ("4", 1), ("3", 0), ("2", 0), ("1", 1))
    assert found.per_day_mark == ((DAYS[0], 4.5), (DAYS[0] + DAY, None), (DAYS[1], 1.0))
    assert found.seats == (("desk", 1, 1.0), ("screen", 2, 4.5))
    assert found.mean_mark == pytest.approx(10 / 3)
    assert found.services == ()
