"""The broadcast role: one process that owns the mixer, the sound output and the equipment, and runs the desk."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from kiosk.app import heap
from kiosk.app.admission import World, admission
from kiosk.app.alone import alone
from kiosk.app.back_office import BackOffice
from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.demo_day import DemoDay
from kiosk.app.ending import stopped_by_signals
from kiosk.app.errands import Opened
from kiosk.app.fallen import Fallen
from kiosk.app.fault_lamp import FaultLamp, faults_of_broadcast, front_at
from kiosk.app.heart import DESK, SOUND, Heart
from kiosk.app.inspector import ChildInspector
from kiosk.app.logs import log_to
from kiosk.app.office import Office
from kiosk.app.other_role import WARNINGS, warnings_as_json
from kiosk.app.places import Places, other_site
from kiosk.app.priority import BROADCAST_NICE, go_before_others
from kiosk.app.process import TICK_S, late_ledger, woken
from kiosk.app.self_checking import LateSelfChecks, checker_of, panel_of
from kiosk.app.simulated_hands import worked_by
from kiosk.app.wiring import line_mixer, microphone_line, page_desk, power_left_on, sound_outputs, wired
from kiosk.audio.decoder import Decoder
from kiosk.audio.outputs import Outputs
from kiosk.audio.sources import SoundShelf
from kiosk.config.site import Site
from kiosk.desks.broadcast.announcer import Announcer, Choices
from kiosk.desks.broadcast.asked_air import AskedAir
from kiosk.desks.broadcast.asked_decisions import AskedDecisions
from kiosk.desks.broadcast.day_plan import PREPARING
from kiosk.desks.broadcast.duty import Duty
from kiosk.desks.broadcast.equipment import Equipment
from kiosk.desks.broadcast.house_notices import HouseNotices
from kiosk.desks.broadcast.messages import Fault, Message, StopAsked, Tick
from kiosk.desks.broadcast.music_watch import MusicWatch
from kiosk.desks.broadcast.outlook import expected, phase, upcoming
from kiosk.desks.broadcast.output_watch import OutputWatch
from kiosk.desks.broadcast.page_desk import PageDesk
from kiosk.desks.broadcast.plan_orders import Spare
from kiosk.desks.broadcast.queue_caller import QueueCaller
from kiosk.desks.broadcast.seen_at_the_front import SeenAtTheFront
from kiosk.desks.broadcast.self_check import SelfCheck
from kiosk.desks.broadcast.site_watch import SiteWatch
from kiosk.desks.broadcast.volume_watch import VolumeWatch
from kiosk.errors import DecodeFault, LedgerFault
from kiosk.hw.clock import SystemClock
from kiosk.hw.power_memory import RememberedPower
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.page_decisions import LedgerPageDecisions
from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.queue_calls import LedgerQueueCalls
from kiosk.ledger.seen_warnings import LedgerSeenWarnings, LedgerUnseen
from kiosk.ledger.spool import LatePages, SpooledAsRun
from kiosk.ports.broadcast import OnAirReport
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.power import Unit
from kiosk.sentences import tell
from kiosk.units import LANGUAGES

log = logging.getLogger(__name__)

REPORT_S = 0.25
NEXT_SHOWN = 40
TRIM_S = 120.0

Watch = Callable[[OnAirReport], None]


def run_broadcast(
    places: Places,
    *,
    opening: Callable[[], Opened] | None = None,
    demo: DemoDay | None = None,
    watch: Watch | None = None,
    hands: Connection | None = None,
) -> None:
    """Broadcast until SIGTERM or SIGINT, then close in order. Main thread of a process of its own.

    Raises SiteError, and KioskError where another one runs.

    watch: shown the state of things four times a second; an OSError from it stops the role in order.
    opening: waits for an office that is being opened already.
    hands: the moves that press the buttons of a simulated panel, where no panel is wired.
    """
    go_before_others(BROADCAST_NICE)
    heap.share_among_threads()  # libVLC starts threads for every song
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(lambda name: inbox.put(StopAsked(name))))
        fallen = stack.enter_context(Fallen("broadcast", lambda why: inbox.put(Fault(why))))
        try:
            stack.enter_context(alone(places.broadcast_lock, "broadcast role"))
        except LedgerFault as unknown:  # a disk that refuses silences no store
            inbox.put(Fault(str(unknown)))
        office = BackOffice(places, demo, inbox.put)
        stack.callback(office.close)
        prepared = office.prepare(opening)
        site = prepared.site
        clock = SystemClock(site.zone_info)
        open_once = stack.enter_context(late_ledger(places.ledger))
        as_run = SpooledAsRun(LatePages(lambda: AsRunPages(open_once(), site.zone_info)), site.zone_info)
        pages = page_desk(site, LedgerPages(open_once, site.zone_info), office.order_speech)
        decoder = stack.enter_context(Decoder())
        shelf = SoundShelf(site.root, decoder)

        def keep(path: str) -> None:
            try:
                shelf.keep(path)
            except DecodeFault as error:
                inbox.put(Fault(str(error)))

        for path in prepared.at_hand:
            keep(path)
        mixer = line_mixer(site, shelf, clock.mono_s, inbox.put)
        stack.callback(mixer.close)
        outputs = sound_outputs(site, mixer, inbox.put)
        stack.callback(outputs.close)
        world = World(open_once, clock.now, clock.mono_s, inbox.put)
        admitted = stack.enter_context(admission(site, places, prepared.pages, world))
        microphone = None
        if site.talks:
            microphone = stack.enter_context(closing(microphone_line(site, places.talks, inbox.put)))
            shelf.live = microphone.source
        left_on = power_left_on(site, places.power_record, clock.mono_s())
        relays, attendants = stack.enter_context(
            wired(site, inbox.put, clock.mono_s, microphone, simulate=hands is not None, left_on=left_on)
        )
        switches = RememberedPower(relays, places.power_record, clock.mono_s)
        stack.callback(switches.off)
        simulated = None if hands is None else worked_by(hands, panel_of(attendants), inbox.put)
        usual_day = partial(_usual_day, Office(site, {}))
        inspector = ChildInspector(places, prepared.office, inbox.put)
        stack.callback(inspector.dismiss)
        book = LateSelfChecks(open_once, site.zone_info)
        checker = checker_of(site, places, inspector, book, usual_day, outputs, attendants)
        music = MusicWatch(office.read_playlists)
        announcer = Announcer(
            clock=clock,
            mixer=mixer,
            equipment=Equipment(switches, site.power.delays, outputs.open, outputs.close, clock.now, left_on),
            choices=Choices(
                site.programme.interrupt_fade_s, {button.id: button for button in site.buttons}, site.panel.hold_s
            ),
            attendants=(
                admitted.duty,
                OutputWatch(),
                pages,
                *attendants,
                VolumeWatch(site.volume_plan),
                checker,
                music,
                AskedAir(LedgerAirRequests(open_once, site.zone_info)),
                *_queue_caller(site, LedgerQueueCalls(open_once, site.zone_info), office),
                AskedDecisions(LedgerPageDecisions(open_once, site.zone_info)),
                SeenAtTheFront(LedgerSeenWarnings(open_once), LedgerUnseen(open_once, "broadcast", site.zone_info)),
                HouseNotices(LedgerNotices(open_once, site.zone_info)),
                SiteWatch(partial(other_site, places)),
            ),
            log=as_run,
            order_plan=office.order_plan,
            spare=Spare(usual_day, prepared.material),
        )
        for fault in prepared.material.faults:
            announcer.warn(fault)
        if prepared.left:
            announcer.warn(
                tell(
                    "{preparing} {count} more files and texts; what is ready is on the air",
                    preparing=tell(PREPARING),
                    count=prepared.left,
                )
            )
        scheduler = stack.enter_context(woken())
        faults = partial(faults_of_broadcast, outputs, lambda: as_run.waiting, lambda: checker.report, places.state)
        heart = stack.enter_context(
            Heart(
                "broadcast",
                {DESK: None, SOUND: lambda: outputs.wire.progress},
                faults=lambda: (*faults(), *fallen.faults()),
            )
        )
        front = front_at(places.front_hatch) if site.has_front else None
        lamp = stack.enter_context(FaultLamp(panel_of(attendants), heart.values, front))
        stack.enter_context(
            broadcast_hatch(
                places.hatch,
                inbox.put,
                prove=admitted.prove,
                object_to=admitted.object_to,
                vitals=lambda: {
                    **heart.values(),
                    "lamp": lamp.values(),
                    WARNINGS: warnings_as_json(announcer.warned),
                },
            )
        )
        report = partial(_report, announcer, (admitted.duty, checker), site, clock, mixer.meters, outputs)
        reported = partial(_with_pages, report, pages, simulated)
        log.info("the broadcast desk of %s begins", _name(site))
        heap.give_back()  # before the first sound nobody waits
        announcer.begin()
        office.stock_up(keep)
        heart.ready()
        _loop(announcer, inbox, scheduler, watch, reported, partial(heart.beat, DESK))
        log.info("the broadcast desk of %s is closed", _name(site))


def shown_broadcast(places: Places, demo: DemoDay, board: Connection) -> None:
    """The role as a child process of the demo: its log goes to a file, its state to the board's process."""
    log_to(places.state / "demo.log", logging.INFO)
    run_broadcast(places, demo=demo, watch=board.send, hands=board)


def _loop(
    announcer: Announcer,
    inbox: queue.SimpleQueue[Message],
    scheduler: BackgroundScheduler,
    watch: Watch | None,
    report: Callable[[], OnAirReport],
    beat: Callable[[], None],
) -> None:
    """One message at a time until the desk is closed, and every second a Tick, whatever is done to the wall clock.

    beat: after each.
    """
    mono_s = announcer.clock.mono_s
    wake: datetime | None = None
    ticked_s, trimmed_s = float("-inf"), mono_s()
    while not announcer.done:
        beat()
        with suppress(queue.Empty):
            announcer.handle(inbox.get(timeout=REPORT_S if watch is not None else TICK_S))
        if mono_s() - ticked_s >= TICK_S and not announcer.done:
            ticked_s = mono_s()
            announcer.handle(Tick())
        if mono_s() - trimmed_s >= TRIM_S:
            trimmed_s = mono_s()
            heap.trim()  # of what libVLC's players leave behind
        following = announcer.next_wake()
        if following != wake and following is not None:
            scheduler.add_job(
                inbox.put, "date", (Tick(),), id="wake", run_date=following, replace_existing=True,
                misfire_grace_time=None,
            )  # fmt: skip
        wake = following
        if watch is not None and inbox.empty():  # between an end and a start that wait together lies no silence
            try:
                watch(report())
            except OSError:
                watch = None
                announcer.handle(StopAsked("nobody watches the board any more"))


def _queue_caller(site: Site, calls: LedgerQueueCalls, office: BackOffice) -> tuple[QueueCaller, ...]:
    """Who calls the queue's numbers aloud, where the store wants it."""
    if not site.queue.aloud:
        return ()
    return (QueueCaller(calls, office.order_saying, site.speech.languages, site.queue),)


def _usual_day(office: Office, moment: datetime) -> BusinessDay | None:
    """The clockwork of a day, from the calendar alone: it needs no worker and no sound."""
    try:
        return office.day_at(moment)
    except ValueError as error:
        log.warning("%s", error)
        return None


def _with_pages(report: Callable[[], OnAirReport], pages: PageDesk, simulated: SimulatedPanel | None) -> OnAirReport:
    return replace(report(), pages=pages.shown(), lamps={} if simulated is None else simulated.lamps())


def _report(
    announcer: Announcer,
    watches: tuple[Duty, SelfCheck],
    site: Site,
    clock: SystemClock,
    meters: Callable[[], Any],
    outputs: Outputs,
) -> OnAirReport:
    now = clock.now()
    air = announcer.air
    duty, checker = watches
    progress = 0.0
    on, began = (air.current, air.began) if air.over is None else (air.over, air.over.start)
    if on is not None and began is not None:
        progress = min(1.0, max(0.0, (now - began).total_seconds() / max(0.001, on.duration_s)))
    return OnAirReport(
        store=_name(site),
        now=now,
        phase=phase(air, announcer.day, now),
        current=on if began is not None else None,
        current_started=began,
        progress=progress,
        upcoming=tuple(upcoming(air, now, NEXT_SHOWN)),
        queue=expected(air, now),
        meters=meters() if Unit.AMPLIFIER in announcer.equipment.on else {},
        last=tuple(announcer.journal.recent),
        warnings=tuple(announcer.warnings),
        output=outputs.name,
        underruns=outputs.underruns,
        amplifier_on=Unit.AMPLIFIER in announcer.equipment.on,
        doors_close=announcer.day.closes if announcer.day is not None else None,
        beside=air.beside if air.beside_began is not None else None,
        on_duty=duty.shown(now),
        self_check=checker.state,
    )


def _name(site: Site) -> str:
    return next(site.name[language] for language in LANGUAGES if site.name.get(language))
