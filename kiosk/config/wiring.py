"""Checks how the panel and the relays are wired: pins that exist, are free and used once, and guards that work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.config.findings import Findings, Loc, shown
from kiosk.config.schema import ButtonTable, PanelTable, PowerTable
from kiosk.config.sections import Entry, Sections, tell_unknown
from kiosk.config.site import ButtonAction, Panel, Power
from kiosk.rules.broadcast.panel import Guard, Hold, Together
from kiosk.rules.broadcast.power import Delays

LAST_PIN = 27
RESERVED = {
    **dict.fromkeys((0, 1), "the Pi reads the memory of an add-on board through it"),
    **dict.fromkeys((2, 3), "it is the I2C bus, with a strong resistor of its own"),
    **dict.fromkeys((14, 15), "it is the serial console, which talks while the Pi starts"),
}
PULLED_UP = range(4, 9)
_FREE = "take one of GPIO 4 to 13 or 16 to 27"
_FREE_OUTPUT = "take one of GPIO 9 to 13 or 16 to 27"


@dataclass(frozen=True, slots=True)
class _Use:
    """One line of the site that takes a pin; what: for a person."""

    pin: int
    what: str
    loc: Loc
    output: bool


def guard_of(text: str | None) -> Guard | None:
    """The guard that a checked text means."""
    if text is None:
        return None
    return Hold() if text == "hold" else Together(text.removeprefix("with:"))


def panel_of(table: PanelTable) -> Panel:
    return Panel(
        table.chip,
        table.bounce_ms / 1000,
        table.hold,
        table.stuck,
        table.on_air_lamp,
        table.fault_lamp,
        table.key_switch,
    )


def power_of(table: PowerTable) -> Power:
    delays = Delays(table.settle, table.warm, table.quiet, table.drain)
    return Power(table.source_pin, table.amplifier_pin, table.microphone_pin, delays)


def check_guards(sections: Sections, buttons: tuple[Entry[ButtonTable], ...], findings: Findings) -> None:
    """Tell of guards that cannot be worked, and of an evacuation that a careless hand can start."""
    by_id = {entry.value.id: entry.value for entry in buttons}
    for entry in buttons:
        button, loc = entry.value, (*entry.loc, "guard")
        match guard_of(button.guard):
            case None:
                if button.action == ButtonAction.EVACUATE.value:
                    what = "has no guard: a careless hand starts an evacuation"
                    findings.warning(sections.source, entry.loc, what, 'add guard = "hold", or "with:" another button')
            case Together(other):
                _check_partner(sections, loc, button, other, by_id, findings)
            case Hold():
                pass


def _check_partner(
    sections: Sections, loc: Loc, button: ButtonTable, other: str, by_id: dict[str, ButtonTable], findings: Findings
) -> None:
    if other == button.id:
        findings.error(sections.source, loc, "names the button itself", 'name another button, or write "hold"')
    elif other not in sections.ids("buttons"):
        tell_unknown(findings, sections.source, loc, other, sections.ids("buttons"), "buttons")
    elif (partner := by_id.get(other)) is not None:
        if partner.guard is not None:
            what = f"the button {shown(other)} is guarded itself"
            findings.error(sections.source, loc, what, "name a button without a guard")
        if button.pin is not None and partner.pin is None:
            what = f"the button {shown(other)} has no pin, so nobody can press both"
            findings.error(sections.source, loc, what, "give it a pin, or name another button")
        if partner.action == ButtonAction.URGENT.value:
            what = f"the button {shown(other)} is urgent, but one that guards another acts only when it is let go"
            findings.warning(sections.source, loc, what, "name a button that nobody presses in a hurry")


def check_pins(
    sections: Sections,
    buttons: tuple[Entry[ButtonTable], ...],
    panel: PanelTable | None,
    power: PowerTable | None,
    findings: Findings,
) -> None:
    """Tell of pins that do not exist, belong to something else, are used twice, or rise while the Pi starts."""
    taken: dict[int, _Use] = {}
    for use in _uses(buttons, panel, power):
        if not 0 <= use.pin <= LAST_PIN:
            what = f"is GPIO {use.pin}, but the Pi's header has GPIO 0 to {LAST_PIN}"
            findings.error(sections.source, use.loc, what, _FREE)
        elif use.pin in RESERVED:
            findings.error(sections.source, use.loc, f"GPIO {use.pin} is reserved: {RESERVED[use.pin]}", _FREE)
        elif use.pin in taken:
            what = f"GPIO {use.pin} is taken by {taken[use.pin].what} already"
            findings.error(sections.source, use.loc, what, "give every button, lamp and relay a pin of its own")
        elif use.output and use.pin in PULLED_UP:
            what = f"GPIO {use.pin} is pulled up while the Pi starts: {use.what} comes on by itself"
            findings.warning(sections.source, use.loc, what, _FREE_OUTPUT)
        taken.setdefault(use.pin, use)


def pins_taken(
    buttons: tuple[Entry[ButtonTable], ...], panel: PanelTable | None, power: PowerTable | None
) -> dict[int, str]:
    """What each GPIO is used for by the announcer's panel and the relays, so that the lockers keep off."""
    return {use.pin: use.what for use in _uses(buttons, panel, power)}


def _uses(
    buttons: tuple[Entry[ButtonTable], ...], panel: PanelTable | None, power: PowerTable | None
) -> Iterator[_Use]:
    for entry in buttons:
        button, loc = entry.value, entry.loc
        if button.pin is not None:
            yield _Use(button.pin, f"the button {shown(button.id)}", (*loc, "pin"), output=False)
        if button.lamp is not None:
            yield _Use(button.lamp, f"the lamp of {shown(button.id)}", (*loc, "lamp"), output=True)
    if panel is not None and panel.on_air_lamp is not None:
        yield _Use(panel.on_air_lamp, "the on-air lamp", ("panel", "on_air_lamp"), output=True)
    if panel is not None and panel.fault_lamp is not None:
        yield _Use(panel.fault_lamp, "the fault lamp", ("panel", "fault_lamp"), output=True)
    if panel is not None and panel.key_switch is not None:
        yield _Use(panel.key_switch, "the key switch", ("panel", "key_switch"), output=False)
    if power is not None:
        relays = {
            "source_pin": ("source", power.source_pin),
            "amplifier_pin": ("amplifier", power.amplifier_pin),
            "microphone_pin": ("microphone", power.microphone_pin),
        }
        for key, (unit, pin) in relays.items():
            if pin is not None:
                yield _Use(pin, f"the relay of the {unit}", ("power", key), output=True)
