"""Joining the desk's self-check to its inspector, its page of the ledger, the wire and the panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from kiosk.app.places import Places
from kiosk.audio.output import SILENT
from kiosk.audio.outputs import Outputs
from kiosk.config.site import Site
from kiosk.desks.broadcast.attendant import Attendant
from kiosk.desks.broadcast.panel_watch import PanelWatch
from kiosk.desks.broadcast.self_check import SelfCheck
from kiosk.ledger.selfchecks import SelfChecks
from kiosk.ledger.store import Ledger
from kiosk.ports.broadcast import Inspector, Panel, SelfCheckBook
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.material import Clip
from kiosk.rules.broadcast.panel import FAULT, ON_AIR
from kiosk.rules.broadcast.selfcheck import Report
from kiosk.rules.broadcast.tone import TONE_S
from kiosk.rules.broadcast.verdicts import OutputReading


class LateSelfChecks:
    """Implements ports.SelfCheckBook: the ledger is opened when it is first needed, and again after it failed."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        self._ledger = ledger
        self._zone = zone

    def keep(self, report: Report) -> None:
        self._pages().keep(report)

    def latest(self) -> Report | None:
        return self._pages().latest()

    def _pages(self) -> SelfChecks:
        return SelfChecks(self._ledger(), self._zone)


def lamps_of(site: Site) -> tuple[str, ...]:
    """The lamps that are wired, in the order of the panel."""
    lamps = tuple(button.id for button in site.buttons if button.lamp is not None)
    rest = ((ON_AIR, site.panel.on_air_lamp), (FAULT, site.panel.fault_lamp))
    return (*lamps, *(name for name, pin in rest if pin is not None))


def panel_of(attendants: Sequence[Attendant]) -> Panel | None:
    """The panel that one of them minds, None where none is wired."""
    return next((one.panel for one in attendants if isinstance(one, PanelWatch)), None)


def checker_of(  # noqa: PLR0913
    site: Site,
    places: Places,
    inspector: Inspector,
    book: SelfCheckBook,
    day_at: Callable[[datetime], BusinessDay | None],
    outputs: Outputs,
    attendants: Sequence[Attendant],
) -> SelfCheck:
    """The attendant; it takes its place behind the panel's."""
    panel = panel_of(attendants)
    return SelfCheck(
        choices=site.selfcheck,
        inspector=inspector,
        book=book,
        day_at=day_at,
        output=lambda: readings_of(outputs, site.output.id),
        tone=Clip(str(places.tone), TONE_S),
        panel=panel,
        lamps=() if panel is None else lamps_of(site),
    )


def readings_of(outputs: Outputs, first: str) -> tuple[OutputReading, ...]:
    """What every card is, and how much it has taken. first: the site's id of the first."""
    device = "" if outputs.wire.name == SILENT else outputs.wire.name
    if not outputs.further:
        return (OutputReading(device, outputs.wire.frames),)
    further = (OutputReading(card.device, card.frames, card.card.id) for card in outputs.further)
    return (OutputReading(device, outputs.wire.frames, first), *further)
