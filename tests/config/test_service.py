from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.rules.service.choices import Campaign, ChangeLimits, Consumable, Lendable, ServiceChoices, titled
from kiosk.units import LANGUAGES, Language
from tests.sites import SITE, write_site

TITLE = 'title = { zh-CN = "雨伞", zh-TW = "雨傘", en = "Umbrella" }\n'
TITLES = dict(zip(LANGUAGES, ("雨伞", "雨傘", "Umbrella"), strict=True))
LOAN = '\n[[loans]]\nid = "umbrella"\ncount = 20\n' + TITLE
COUPON = '\n[[consumables]]\nid = "coupon"\nlow = 50\n' + TITLE
GIFT = '\n[[campaigns]]\nid = "autumn"\nvendor = "Mizuno"\nbegins = 2026-11-01\nends = 2026-11-11\n' + TITLE
SHIFTS = '\n[handover]\nat = ["22:00", 17:00:00, 17:00:00]\n'
CHANGE = "\n[change]\ndaily = 300\neach = 10\n"


def test_the_service_desks_choices_become_plain_values(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + LOAN + COUPON + GIFT + CHANGE + SHIFTS))

    assert site.service == ServiceChoices(
        (Lendable("umbrella", TITLES, 20, "package"),),
        (Consumable("coupon", TITLES, 50),),
        (Campaign("autumn", TITLES, "Mizuno", date(2026, 11, 1), date(2026, 11, 11)),),
        ChangeLimits(300, 10),
        shift_ends=(time(17), time(22)),
    )


def test_a_store_that_says_nothing_lends_nothing(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path)).service == ServiceChoices()


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (LOAN.replace("20", "0"), "loans", "count"),
        (LOAN + LOAN, "loans", "umbrella"),
        (LOAN.replace("count", "counts"), "loans", 'unknown key "counts"'),
        (GIFT.replace("2026-11-11", "2026-10-11"), "campaigns[1]", "ends before it begins"),
        (SHIFTS.replace("22:00", "late"), "handover.at", "not a time of day"),
        (CHANGE.replace("10", "301"), "change.each", "one person may get 301 yuan"),
    ],
)
def test_choices_that_cannot_be_are_told_with_their_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    site, problems = check_site(write_site(tmp_path, site=SITE + text))

    assert site is None
    assert [problem for problem in map(str, problems) if place in problem and what in problem], [*map(str, problems)]


def test_a_title_is_read_in_the_shoppers_language_else_in_another() -> None:
    assert titled(TITLES, Language("en")) == "Umbrella"
    assert titled({LANGUAGES[1]: "雨傘"}, Language("en")) == "雨傘"
    assert titled({}, Language("en")) == ""
