"""Joining the return desk to a Site: its policy with the days on which no period ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kiosk.config.returning import Periods, Returns
from kiosk.config.site import Site
from kiosk.errors import KioskError
from kiosk.rules.broadcast.calendar import PublicKind, chinese_holidays
from kiosk.rules.returns.policy import PolicyBook


def return_desk(site: Site) -> Returns:
    """What the site says of returns, the book with its days. Raises KioskError where it has no return desk."""
    if site.returns is None:
        raise KioskError("this site has no return desk: add [returns] to site.toml and schedules/returns.toml")
    return replace(site.returns, book=with_days(site.returns.book, site.returns.periods))


def with_days(book: PolicyBook, periods: Periods) -> PolicyBook:
    """The book of a store whose periods run over its closed days, and over public holidays if it says so."""

    return replace(book, shut=_ShutDays(periods))


@dataclass(frozen=True, slots=True)
class _ShutDays:
    """A value, for the screen decides in a process of its own."""

    periods: Periods

    def __call__(self, day: date) -> bool:
        return day in self.periods.closed or (self.periods.public_holidays and _is_holiday(day))


@lru_cache(maxsize=1024)
def _is_holiday(day: date) -> bool:
    return chinese_holidays(day).kind is PublicKind.HOLIDAY
