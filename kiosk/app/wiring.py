"""Joining a Site to its drivers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.app.office import Office
from kiosk.audio.capture import CaptureChoices
from kiosk.audio.microphone import MicrophoneLine
from kiosk.audio.mixer import Feed, LineMixer
from kiosk.audio.output import PyAudioStream, SilentStream, Wire
from kiosk.audio.outputs import Card, FurtherCard, Outputs, split
from kiosk.audio.sources import SoundShelf
from kiosk.audio.voice_chain import spoken_at
from kiosk.config.site import Site
from kiosk.desks.broadcast.attendant import Attendant
from kiosk.desks.broadcast.messages import Fault, Message, Output, PageAsked
from kiosk.desks.broadcast.microphone import MicrophoneWatch
from kiosk.desks.broadcast.page_desk import PageDesk
from kiosk.desks.broadcast.panel_watch import PanelWatch
from kiosk.errors import DeviceFault
from kiosk.hw.gpio_panel import GpioPanel
from kiosk.hw.pins import open_pins
from kiosk.hw.power import SimulatedPower
from kiosk.hw.power_memory import left_on as left_on_by
from kiosk.hw.power_memory import outputs_persist
from kiosk.hw.relays import GpioPower
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.ports.broadcast import Microphone, PageBook, Panel, PowerSwitches
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.debounce import Contacts, Timing
from kiosk.rules.broadcast.gestures import Hands, Limits, handlings
from kiosk.rules.broadcast.key_switch import KEY
from kiosk.rules.broadcast.panel import FAULT, ON_AIR
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.talk import Limits as TalkLimits
from kiosk.units import ZoneId

DAY_S = 86_400.0
SPARE_S = 30.0  # of holding a talk button before the first word: it may have to wait


def line_mixer(
    site: Site, shelf: SoundShelf, mono_s: Callable[[], float], post: Callable[[Message], None]
) -> LineMixer:
    """The mixer as the site's zones and levels want it."""
    mixer = LineMixer(
        shelf,
        [Feed(zone.id, site.mix_channels(zone), zone.volume_db) for zone in site.zones],
        channels=site.channels,
        ceiling_dbfs=site.levels.ceiling_dbfs,
        mono_s=mono_s,
        post=post,
    )
    mixer.duck_db = site.microphone.duck_db
    return mixer


def microphone_line(site: Site, talks: Path, post: Callable[[Message], None]) -> MicrophoneLine:
    """The microphone as the site has it; what is recorded goes into the folder `talks`."""
    chosen = site.microphone
    choices = CaptureChoices(
        chosen.device,
        chosen.channel,
        chosen.settle_s,
        talks,
        chosen.keep_days * DAY_S,
        spoken_at(site.levels.announcement_lufs, gain_db=chosen.gain_db),
    )
    return MicrophoneLine(choices, block_frames=site.output.block_frames, post=post)


def page_desk(site: Site, book: PageBook, order_speech: Callable[[PageAsked], None]) -> PageDesk:
    """Who minds the pages, as the site's zones, staffed hours and [paging] want it."""
    office = Office(site, {})  # the calendar alone

    def day_at(moment: datetime) -> BusinessDay | None:
        try:
            return office.day_at(moment)
        except ValueError:
            return None

    return PageDesk(book, order_speech, day_at, tuple(zone.id for zone in site.zones), site.paging)


def sound_outputs(site: Site, mixer: LineMixer, post: Callable[[Message], None]) -> Outputs:
    """The store's sound cards, fed by the mixer once they are opened."""

    def tell(text: str) -> None:
        post(Fault(text))

    first = site.output
    further, begin = [], first.channels
    for output in site.further_outputs:
        card = Card(output.id, output.device, begin, output.channels, output.block_frames, first.block_frames)
        further.append(FurtherCard(card, tell, partial(_heard, post, site.zones_of(output))))
        begin += output.channels
    pull = split(mixer.render, first.channels, further)
    wire = Wire(
        partial(PyAudioStream, pull, device=first.device, channels=first.channels, block_frames=first.block_frames),
        partial(SilentStream, pull, block_frames=first.block_frames),
        tell=tell,
        heard=partial(_heard, post, site.zones_of(first) if further else ()),
        latency=partial(setattr, mixer, "latency_s"),
    )
    return Outputs(wire, further)


def _heard(post: Callable[[Message], None], zones: tuple[ZoneId, ...], heard: bool) -> None:
    post(Output(heard, zones))


@contextmanager
def wired(
    site: Site,
    post: Callable[[Message], None],
    mono_s: Callable[[], float],
    microphone: Microphone | None = None,
    *,
    simulate: bool = False,
    left_on: frozenset[Unit] = frozenset(),
) -> Iterator[tuple[PowerSwitches, tuple[Attendant, ...]]]:
    """The relays and the desk's attendants as the site wires them; simulated relays and no panel where it wires none.

    simulate: where there is no panel, a simulated one takes its place. left_on: what `power_left_on` found.

    Pins that cannot be used are told and left out: the store opens without its panel rather than not at all.
    """
    contacts = {button.id: button.pin for button in site.buttons if button.pin is not None}
    if site.panel.key_switch is not None:
        contacts[KEY] = site.panel.key_switch
    lamps = {button.id: button.lamp for button in site.buttons if button.lamp is not None}
    if site.panel.on_air_lamp is not None:
        lamps[ON_AIR] = site.panel.on_air_lamp
    if site.panel.fault_lamp is not None:
        lamps[FAULT] = site.panel.fault_lamp
    relays = _relays(site)
    with ExitStack() as stack:
        switches: PowerSwitches = SimulatedPower()
        panel: GpioPanel | SimulatedPanel | None = None
        if contacts or lamps or relays:
            try:
                factory = stack.enter_context(closing(open_pins(site.panel.chip)))
                if relays:
                    switches = stack.enter_context(closing(GpioPower(relays, factory=factory, left_on=left_on)))
                if contacts or lamps:
                    panel = stack.enter_context(
                        closing(GpioPanel(contacts, lamps, factory=factory, post=post, mono_s=mono_s))
                    )
            except DeviceFault as fault:
                post(Fault(str(fault)))
        if panel is None and simulate:
            ids = [button.id for button in site.buttons]
            simulated = SimulatedPanel(ids, [*ids, ON_AIR, FAULT], post=post, mono_s=mono_s)
            panel = stack.enter_context(closing(simulated))
        yield switches, _attendants(site, panel, microphone)


def _relays(site: Site) -> dict[Unit, int]:
    pins = {
        Unit.SOURCE: site.power.source_pin,
        Unit.AMPLIFIER: site.power.amplifier_pin,
        Unit.MICROPHONE: site.power.microphone_pin,
    }
    return {unit: pin for unit, pin in pins.items() if pin is not None}


def power_left_on(site: Site, record: Path, mono_s: float) -> frozenset[Unit]:
    """What a role that was killed left on, warm; nothing where a relay may have let go meanwhile: then all is
    switched on anew, in order (B02)."""
    if _relays(site) and not outputs_persist():
        return frozenset()
    return left_on_by(record, mono_s, site.power.delays.warm_s)


def _attendants(site: Site, panel: Panel | None, microphone: Microphone | None) -> tuple[Attendant, ...]:
    """The microphone's before the panel's, which shows what it says."""
    buttons = {button.id: button for button in site.buttons}
    talk = None
    if microphone is not None:
        limits = TalkLimits(longest_s=site.microphone.longest_s)
        talk = MicrophoneWatch(microphone, buttons, limits, record=site.microphone.record)
    attendants: list[Attendant] = [] if talk is None else [talk]
    if panel is not None:
        hands = Hands(handlings(site.buttons), Limits(hold_s=site.panel.hold_s))
        attendants.append(PanelWatch(panel, buttons, Contacts(_timing(site)), hands, talk))
    return tuple(attendants)


def _timing(site: Site) -> Timing:
    """A button that talks while it is held is not stuck before its longest talk is over."""
    held = any(not button.latch for button in site.talks)
    stuck_s = max(site.panel.stuck_s, site.microphone.longest_s + SPARE_S if held else 0.0)
    return Timing(stable_s=site.panel.bounce_s, stuck_s=stuck_s)
