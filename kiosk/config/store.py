"""Checks site.toml: the store, its sound output and zones, the levels, the programme, the panel and the power."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from kiosk.config.announcers import Admission, admission_of
from kiosk.config.bag_storage import Lockers
from kiosk.config.findings import Findings, Loc, did_you_mean, shown
from kiosk.config.lockers import lockers_of
from kiosk.config.microphone import MicrophoneTable, check_talks, microphone_of
from kiosk.config.names import Names
from kiosk.config.paging import check_page, page_of, paging_of
from kiosk.config.printers import printers_of
from kiosk.config.queue import queue_of
from kiosk.config.returns import ReturnsChoices, returns_of
from kiosk.config.roll_printers import RollPrinter
from kiosk.config.scanners import scanners_of
from kiosk.config.schema import (
    ButtonTable,
    LevelsTable,
    PanelTable,
    PowerTable,
    ProgrammeTable,
    StoreTable,
)
from kiosk.config.screen import touchscreen_of
from kiosk.config.sections import Entry, Sections
from kiosk.config.selfcheck import SelfCheckTable, selfcheck_of
from kiosk.config.service import service_of
from kiosk.config.site import (
    Button,
    ButtonAction,
    Levels,
    Microphone,
    Panel,
    Power,
    ProgrammeChoices,
    Scanner,
    Touchscreen,
)
from kiosk.config.wiring import check_guards, check_pins, guard_of, panel_of, pins_taken, power_of
from kiosk.config.words import titled
from kiosk.config.zones import Sound, sound_of
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.page_watch import PagingChoices
from kiosk.rules.broadcast.panel import TALKS
from kiosk.rules.broadcast.selfcheck import SelfCheckChoices
from kiosk.rules.service.choices import ServiceChoices
from kiosk.rules.service.queue_calls import QueueChoices
from kiosk.units import Language, ScriptId

# What each button may ask for; None: it takes no page.
_FITTING = {
    ButtonAction.SCRIPT: AirClass.ROUTINE,
    ButtonAction.URGENT: AirClass.URGENT,
    ButtonAction.EVACUATE: AirClass.EVACUATION,
    ButtonAction.RESET: None,
    ButtonAction.NEXT_SONG: None,
    ButtonAction.PAGE: None,
    ButtonAction.APPROVE: None,
    ButtonAction.DECLINE: None,
    ButtonAction.REACHED: None,
    ButtonAction.TALK: None,
    ButtonAction.TALK_OVER: None,
    ButtonAction.STOP: None,
}


@dataclass(frozen=True, slots=True)
class Store:
    """What site.toml says."""

    name: dict[Language, str]
    time_zone: str
    sound: Sound
    levels: Levels
    programme: ProgrammeChoices
    buttons: tuple[Button, ...]
    panel: Panel
    power: Power
    paging: PagingChoices
    admission: Admission
    selfcheck: SelfCheckChoices
    microphone: Microphone
    lockers: Lockers | None
    scanners: tuple[Scanner, ...]
    touchscreen: Touchscreen | None
    printers: tuple[RollPrinter, ...]
    returns: ReturnsChoices | None
    service: ServiceChoices
    queue: QueueChoices


def store_of(sections: Sections, names: Names, root: Path, findings: Findings) -> Store | None:
    """The store, or None after telling why it cannot be known."""
    sections.tell_duplicates("buttons")
    store = sections.one("store", StoreTable, None, "add [store] with the store's name and time_zone")
    sound = sound_of(sections, names, findings)
    levels = sections.one("levels", LevelsTable, LevelsTable)
    programme = sections.one("programme", ProgrammeTable, ProgrammeTable)
    paging = paging_of(sections, findings)
    buttons = sections.many("buttons", ButtonTable)
    panel = sections.one("panel", PanelTable, PanelTable)
    power = sections.one("power", PowerTable, PowerTable)
    admission = admission_of(sections)
    selfcheck = sections.one("selfcheck", SelfCheckTable, SelfCheckTable)
    microphone = sections.one("microphone", MicrophoneTable, MicrophoneTable)
    lockers = lockers_of(sections, names, pins_taken(buttons, panel, power), findings)
    scanners = scanners_of(sections, None if admission is None else admission.badge, findings)
    touchscreen = touchscreen_of(sections, names, scanners, findings)
    printers = printers_of(sections, None if admission is None else admission.badge, scanners, findings)
    returns = returns_of(sections, findings)
    service = service_of(sections, findings)
    queue = queue_of(sections, names, findings)
    sections.finish()
    if store is not None:
        titled(sections.source, ("store", "name"), store.name, findings)
        zone_info_of(store.time_zone, sections, findings)
    if levels is not None and levels.announcement_lufs < levels.music_lufs:
        what = f"announcements at {levels.announcement_lufs:g} LUFS are softer than music at {levels.music_lufs:g} LUFS"
        remedy = "announcements are clear when they are 3 to 8 LUFS above the music (B15)"
        findings.warning(sections.source, ("levels", "announcement_lufs"), what, remedy)
    for entry in buttons:
        _check_button(sections, entry, names, findings)
        check_page(sections, entry, findings)
    check_guards(sections, buttons, findings)
    check_talks(sections, buttons, findings)
    check_pins(sections, buttons, panel, power, findings)
    if store is None or sound is None or levels is None or programme is None:
        return None
    if panel is None or power is None or microphone is None:
        return None
    if admission is None or selfcheck is None or paging is None:
        return None
    talks = any(ButtonAction(entry.value.action) in TALKS for entry in buttons)
    return Store(
        name=store.name.by_language(),
        time_zone=store.time_zone,
        sound=sound,
        levels=Levels(levels.music_lufs, levels.announcement_lufs, levels.ceiling_dbfs),
        programme=ProgrammeChoices(
            programme.separation, programme.late_grace, programme.interrupt_fade, programme.seed
        ),
        buttons=tuple(_button(entry.value) for entry in buttons),
        panel=panel_of(panel),
        power=power_of(power),
        paging=paging,
        admission=admission,
        selfcheck=selfcheck_of(selfcheck, microphone.device if talks else None),
        microphone=microphone_of(sections, microphone, root, findings),
        lockers=lockers,
        scanners=scanners,
        touchscreen=touchscreen,
        printers=printers,
        returns=returns,
        service=service,
        queue=queue,
    )


def zone_info_of(name: str, sections: Sections, findings: Findings) -> ZoneInfo | None:
    """The time zone, or None after suggesting another."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(available_timezones())
        guess, question, _ = did_you_mean(name, known, kind="time zones").partition("?")
        remedy = guess + question if question else 'as "Asia/Shanghai" or "Asia/Taipei"'
        findings.error(sections.source, ("store", "time_zone"), f"names the unknown time zone {shown(name)}", remedy)
        return None


def _check_button(sections: Sections, entry: Entry[ButtonTable], names: Names, findings: Findings) -> None:
    button, loc = entry.value, entry.loc
    action = ButtonAction(button.action)
    fitting = _FITTING[action]
    inner: Loc = (*loc, "script")
    if fitting is None:
        if button.script is not None:
            findings.error(sections.source, inner, f"a {action.value} button airs no page", "take the line out")
        return
    if button.script is None:
        what, remedy = "is missing", f"name a page whose class is {fitting.value}"
        findings.error(sections.source, inner, what, remedy)
        return
    if not names.check_script(sections.source, inner, button.script, findings):
        return
    air_class = names.classes.get(button.script, fitting)
    if air_class is not fitting:
        fits = next(other.value for other, wanted in _FITTING.items() if wanted is air_class)
        what = f"the page {shown(button.script)} is {air_class.value}, which does not fit the action {action.value}"
        findings.error(sections.source, inner, what, f'write action = "{fits}", or name a page that is {fitting.value}')


def _button(table: ButtonTable) -> Button:
    script = None if table.script is None else ScriptId(table.script)
    action, guard, page = ButtonAction(table.action), guard_of(table.guard), page_of(table.page)
    return Button(table.id, action, script, table.pin, table.lamp, guard, page, latch=bool(table.latch))
