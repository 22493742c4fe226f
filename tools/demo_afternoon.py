"""An afternoon of the demo store, lived by the real desk in virtual time: what the pictures are made from."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kiosk.app.office import Office
from kiosk.app.opening import open_office
from kiosk.app.places import Places
from kiosk.app.simulate import SilentSounding
from kiosk.app.virtual import VirtualBroadcast, virtual_broadcast
from kiosk.desks.broadcast.messages import PageAsked, PageSpoken, Pressed
from kiosk.desks.broadcast.outlook import expected, phase, upcoming
from kiosk.ledger.memory import MemoryAsRun
from kiosk.ports.broadcast import Meter, OnAirReport
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.units import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
DATE = date(2026, 11, 21)
AT = time(15, 4, 10)
BEFORE = timedelta(seconds=30)
LEVEL = Meter(-24.2, -13.6)  # a simulated day makes no sound to measure


def office() -> Office:
    """The demo store's, with every file heard."""
    with tempfile.TemporaryDirectory() as state:
        return open_office(Places(ROOT, Path(state)))


def afternoon(office: Office) -> tuple[OnAirReport, BusinessDay]:
    """What the board shows at a moment of the afternoon, when somebody has just pressed a button."""
    day, _ = office.business_day(DATE)
    broadcast = virtual_broadcast(
        office.site,
        day.opens - BEFORE,
        MemoryAsRun(office.site.zone_info),
        plan=office.plan,
        speak=_speechless,
        sounding=SilentSounding,
    )
    broadcast.run(datetime.combine(DATE, AT, office.site.zone_info))
    broadcast.inbox.append(Pressed("promo", "chen"))
    broadcast.run(broadcast.clock.now())
    return _report(office, broadcast), day


def _report(office: Office, broadcast: VirtualBroadcast) -> OnAirReport:
    desk, now = broadcast.announcer, broadcast.clock.now()
    air, site = desk.air, office.site
    assert air.current is not None
    assert air.began is not None
    return OnAirReport(
        store=next(site.name[one] for one in LANGUAGES if site.name.get(one)),
        now=now,
        phase=phase(air, desk.day, now),
        current=air.current,
        current_started=air.began,
        progress=(now - air.began).total_seconds() / air.current.duration_s,
        upcoming=tuple(upcoming(air, now, 40)),
        queue=expected(air, now),
        meters={zone.id: LEVEL for zone in site.zones},
        last=tuple(desk.journal.recent),
        warnings=tuple(desk.warnings),
        output="USB Audio DAC",
        underruns=0,
        amplifier_on=True,
        doors_close=desk.day.closes if desk.day is not None else None,
    )


def _speechless(asked: PageAsked) -> PageSpoken:
    return PageSpoken(asked, None, "a picture has no voice")
