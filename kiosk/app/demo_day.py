"""The demo: the site's own store, with a business day of a few minutes that begins in twenty seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from kiosk.config.bag_storage import Lockers
from kiosk.config.site import Site
from kiosk.rules.broadcast.calendar import Calendar
from kiosk.rules.broadcast.day import Call, DayType, Phase, Shift
from kiosk.rules.broadcast.material import AirClass, Script, Window

OPENS_IN_S = 20
ID = "demo"
WELCOME_S = 60
CLOSING_S = 60
EVERY_S = 150.0
ROOM_S = 100.0
REMINDED_AT = (0.5, 0.3)  # of the day are left, so that a song may end before


@dataclass(frozen=True, slots=True)
class DemoDay:
    """opens: the demo's nine o'clock. minutes: from the opening to the doors' closing, 3 to 600."""

    opens: datetime
    minutes: int

    @property
    def closes(self) -> datetime:
        return self.opens + timedelta(minutes=self.minutes)


def demo_day(now: datetime, minutes: int) -> DemoDay:
    """A demo that begins in twenty seconds."""
    return DemoDay((now + timedelta(seconds=OPENS_IN_S)).replace(microsecond=0), minutes)


def demo_site(site: Site, demo: DemoDay) -> Site:
    """The site with one short day type for every date: a minute of welcome, announcements, closing music."""
    end = demo.closes
    programme = demo.opens + timedelta(seconds=WELCOME_S)
    farewell = end - timedelta(seconds=CLOSING_S)
    first = next(iter(site.day_types.values()))
    calls = tuple(Call(_clock(farewell), call.script) for call in first.calls[-1:])
    day = DayType(
        id=ID,
        title=first.title,
        welcome=Phase(_clock(demo.opens), _clock(programme), first.phases()[0].playlist),
        dayparts=(Phase(_clock(programme), _clock(farewell), first.dayparts[0].playlist),),
        closing=Phase(_clock(farewell), _clock(end), first.phases()[-1].playlist),
        calls=calls,
        staffed=(Shift(_clock(demo.opens)),),
    )
    routine = [script for script in site.binder if script.window and script.air_class is AirClass.ROUTINE]
    spread = tuple(
        _airs(script, programme + timedelta(seconds=EVERY_S * (place + 0.5)), farewell, EVERY_S * len(routine))
        for place, script in enumerate(routine)
    )
    others = tuple(script for script in site.binder if script not in routine)
    return replace(
        site,
        day_types={ID: day},
        calendar=Calendar((ID,) * 7, None, None, {}),
        binder=(*spread, *others),
        programme=replace(site.programme, seed=demo.opens.isoformat()),
        announcers=replace(site.announcers, required=bool(site.announcers.required)),  # anybody may press, as before
        lockers=None if site.lockers is None else demo_lockers(site.lockers, demo),
    )


def demo_lockers(lockers: Lockers, demo: DemoDay) -> Lockers:
    """The store's lockers, whose shoppers are reminded twice in so short a day."""
    reminders_s = tuple(60.0 * demo.minutes * left for left in REMINDED_AT)
    return replace(lockers, reminders_s=reminders_s if lockers.reminders_s else ())


def _airs(script: Script, begin: datetime, farewell: datetime, interval_s: float) -> Script:
    """The page on the demo's day, with room for a song before the farewell; not at all where there is none."""
    last = farewell - timedelta(seconds=ROOM_S)
    return replace(
        script,
        window=Window(_clock(begin), _clock(last)) if begin < last else None,
        interval_s=interval_s if begin < last else None,
        valid_from=None,
        valid_until=None,
    )


def _clock(moment: datetime) -> time:
    return moment.time().replace(microsecond=0)
