"""Another site waits for the night: nobody hears or sees a role begin anew with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.site_watch import SiteWatch
from kiosk.rules.broadcast.as_run import Outcome
from tests import sites
from tests.stories.conftest import office_of
from tests.stories.shop import Shop


class Renewed(Shop):
    """A store to which another site was given. other: its name."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.other = ""
        self.attendants = (SiteWatch(lambda: self.other),)


@pytest.fixture
def shop(office: Office) -> Renewed:
    return Renewed(office)


@pytest.mark.rule("B19")
def test_a_site_that_was_switched_by_day_is_taken_up_once_all_is_off(shop: Renewed) -> None:
    shop.opens_at("08:55").until("10:00")
    shop.other = "20261122T080000Z"
    shop.until("21:59")
    assert not shop.announcer.done
    assert any("another site waits: 20261122T080000Z" in text for text in shop.announcer.warnings)

    shop.until("22:10")

    assert shop.announcer.done
    assert shop.announcer.equipment.is_off
    assert [line for line in shop.lines if line.outcome is Outcome.CUT] == []


def test_a_switch_that_was_taken_back_in_time_changes_nothing(shop: Renewed) -> None:
    shop.opens_at("08:55").until("10:00")
    shop.other = "20261122T080000Z"
    shop.until("11:00")
    shop.other = ""
    shop.until("23:00")

    assert not shop.announcer.done
    assert not any("another site" in text for text in shop.announcer.warnings)


def test_in_a_store_that_does_not_close_tonight_people_are_told_what_to_do(make_site: Callable[..., Site]) -> None:
    always = make_site(
        day_types=sites.DAY_TYPES.replace(
            "closing = { start = 21:50:00, end = 22:00:00", "closing = { start = 21:50:00, end = 09:00:00"
        ),
    )
    shop = Renewed(office_of(always))
    shop.opens_at("10:00").until("10:30")

    shop.other = "20261122T080000Z"
    shop.until("12:00")

    assert any("at a quiet hour, systemctl restart kiosk-broadcast" in text for text in shop.announcer.warnings)
