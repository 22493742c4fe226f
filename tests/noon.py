"""Where it is noon now: a demo store there is open, at whatever hour somebody tries it."""

from __future__ import annotations

from datetime import UTC, datetime

DEMO_ZONE = "Asia/Shanghai"


def noon_zone() -> str:
    """A time zone in which it is between 12:00 and 13:00."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # POSIX counts to the west
