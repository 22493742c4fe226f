"""Stores that are open, or closed, at the very moment at which a test begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.sites import SITE, write_site

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def clock(moment: datetime) -> str:
    """As schedules write it."""
    return f"{moment:%H:%M:%S}"


def noon_zone() -> ZoneInfo:
    """A zone in which it is about noon: no part of the test's day lies beyond midnight."""
    ahead = (36 - datetime.now(UTC).hour) % 24
    ahead = ahead - 24 if ahead > 12 else ahead
    return ZoneInfo(f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")  # POSIX counts its zones backwards


def site_text(zone: ZoneInfo, separation: str) -> str:
    """A site.toml without buttons, for a store without a binder."""
    return SITE[: SITE.index("[[buttons]]")].replace("Asia/Shanghai", zone.key).replace("60min", separation)


def calendar_of(day_type: str) -> str:
    return "[weekdays]\n" + "".join(f'{day} = "{day_type}"\n' for day in DAYS)


def a_store(root: Path, zone: ZoneInfo, *, opens: datetime, hours: float, separation: str = "1s") -> Path:
    """A store that plays sounds/* from its opening on, for so many hours; the files are the test's to make."""
    title = '{ zh-CN = "平日", zh-TW = "平日", en = "Weekday" }'
    closes = opens + timedelta(hours=hours)
    programme, farewell = opens + timedelta(minutes=1), closes - timedelta(minutes=1)
    return write_site(
        root,
        sounds_s={},
        site=site_text(zone, separation),
        day_types=f"""
[[day_types]]
id = "open"
title = {title}
welcome = {{ start = {clock(opens)}, end = {clock(programme)}, playlist = "day" }}
dayparts = [{{ start = {clock(programme)}, end = {clock(farewell)}, playlist = "day" }}]
closing = {{ start = {clock(farewell)}, end = {clock(closes)}, playlist = "day" }}
""",
        calendar=calendar_of("open"),
        binder="scripts = []\n",
        playlists='[[playlists]]\nid = "day"\nfiles = ["sounds/*"]\n',
    )
