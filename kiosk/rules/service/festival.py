"""Festivals by the sun's calendar and the moon's, and when they are (rule S08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lunardate import LunarDate

from kiosk.units import LANGUAGES, Language

FIRST_YEAR, LAST_YEAR = 1901, 2098  # of the table of moons


@dataclass(frozen=True, slots=True)
class Festival:
    """month, day: of the sun's calendar, or of the moon's where lunar. before: it is so many days earlier; the eve of
    the lunar year has no date of its own, for its last month has 29 days or 30."""

    id: str
    title: Mapping[Language, str]
    month: int
    day: int
    lunar: bool = False
    before: int = 0

    def in_year(self, year: int) -> date | None:
        """Its date that lies in a year; None where there is none, or the table of moons does not reach."""
        if not self.lunar:
            return _date(year, self.month, self.day, self.before)
        return next((one for lunar in (year - 1, year) if (one := self._of_moon(lunar)) and one.year == year), None)

    def _of_moon(self, year: int) -> date | None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        try:
            found: date = LunarDate(year, self.month, self.day).to_solar_date()
        except ValueError:  # a month of 29 days has no 30th
            return None
        return found - timedelta(days=self.before)


def _date(year: int, month: int, day: int, before: int) -> date | None:
    try:
        return date(year, month, day) - timedelta(days=before)
    except ValueError:
        return None


def _titles(*words: str) -> Mapping[Language, str]:
    return dict(zip(LANGUAGES, words, strict=True))


USUAL = (
    Festival("new-year", _titles("元旦", "元旦", "New Year"), 1, 1),
    Festival("new-years-eve", _titles("除夕", "除夕", "Lunar New Year's Eve"), 1, 1, lunar=True, before=1),
    Festival("spring-festival", _titles("春节", "春節", "Spring Festival"), 1, 1, lunar=True),
    Festival("lantern", _titles("元宵节", "元宵節", "Lantern Festival"), 1, 15, lunar=True),
    Festival("womens-day", _titles("妇女节", "婦女節", "Women's Day"), 3, 8),
    Festival("dragon-boat", _titles("端午节", "端午節", "Dragon Boat Festival"), 5, 5, lunar=True),
    Festival("childrens-day", _titles("儿童节", "兒童節", "Children's Day"), 6, 1),
    Festival("qixi", _titles("七夕", "七夕", "Qixi"), 7, 7, lunar=True),
    Festival("mid-autumn", _titles("中秋节", "中秋節", "Mid-Autumn Festival"), 8, 15, lunar=True),
    Festival("double-ninth", _titles("重阳节", "重陽節", "Double Ninth Festival"), 9, 9, lunar=True),
    Festival("national-day", _titles("国庆节", "國慶節", "National Day"), 10, 1),
    Festival("laba", _titles("腊八节", "臘八節", "Laba Festival"), 12, 8, lunar=True),
)
"""What is greeted where the store names no festivals of its own."""


def festivals_on(festivals: Iterable[Festival], day: date) -> tuple[Festival, ...]:
    """Those of a day."""
    return tuple(one for one in festivals if one.in_year(day.year) == day)


def upcoming(festivals: Iterable[Festival], day: date, days: int) -> tuple[tuple[date, Festival], ...]:
    """Those of the next days, from this one on, in their order."""
    last = day + timedelta(days=days)
    dates = ((one.in_year(year), one) for one in festivals for year in range(day.year, last.year + 1))
    return tuple(sorted(((at, one) for at, one in dates if at and day <= at <= last), key=lambda one: one[0]))
