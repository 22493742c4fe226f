"""Checks where the sound goes: outputs, the zones on them, and when the neighbourhood is to be spared (B15)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.config.findings import Findings, Loc, shown
from kiosk.config.names import Names
from kiosk.config.schema import NamedOutputTable, NeighbourhoodTable, OutputTable, ZoneTable
from kiosk.config.sections import Entry, Sections, tell_unknown
from kiosk.config.site import Output, QuietHours, Zone
from kiosk.config.words import titled
from kiosk.units import ZoneId


@dataclass(frozen=True, slots=True)
class Sound:
    """The outputs, of which there is one at least, the zones on them, and the quiet hours."""

    outputs: tuple[Output, ...]
    zones: tuple[Zone, ...]
    quiet_hours: tuple[QuietHours, ...]


def sound_of(sections: Sections, names: Names, findings: Findings) -> Sound | None:
    """Where the sound goes, or None after telling why nobody can know."""
    outputs = _outputs(sections, findings)
    sections.tell_duplicates("zones")
    zones = sections.many("zones", ZoneTable)
    quiet = sections.many("neighbourhood", NeighbourhoodTable)
    if not sections.source.table.get("zones"):
        findings.error(sections.source, ("zones",), "names no zone", "begin each zone of the store with [[zones]]")
    taken: dict[tuple[str, int], str] = {}
    for entry in zones:
        _check_zone(sections, entry, outputs, taken, findings)
    hours = tuple(_quiet_hours(sections, entry, names, findings) for entry in quiet)
    if not outputs:
        return None
    first = outputs[0].id
    return Sound(outputs, tuple(_zone(entry.value, first) for entry in zones), hours)


def _outputs(sections: Sections, findings: Findings) -> tuple[Output, ...]:
    """The single [output], or the [[outputs]] in their order."""
    several = sections.many("outputs", NamedOutputTable)
    sections.tell_duplicates("outputs")
    single = sections.one("output", OutputTable, OutputTable)
    if "outputs" not in sections.source.table:
        return () if single is None else (Output(single.device, single.channels, single.block_frames),)
    if "output" in sections.source.table:
        remedy = "take [output] out, or write it as the first of the [[outputs]]"
        findings.error(sections.source, ("output",), "stands beside [[outputs]]", remedy)
    if sections.count("outputs") == 0:
        findings.error(sections.source, ("outputs",), "names no output", "begin each output with [[outputs]]")
    devices: dict[str, str] = {}
    for entry in several:
        output = entry.value
        if output.device in devices:
            what = f"names the device {shown(output.device)}, which {shown(devices[output.device])} has already"
            findings.error(sections.source, (*entry.loc, "device"), what, "give every output a device of its own")
        devices.setdefault(output.device, output.id)
    return tuple(
        Output(entry.value.device, entry.value.channels, entry.value.block_frames, entry.value.id) for entry in several
    )


def _check_zone(
    sections: Sections,
    entry: Entry[ZoneTable],
    outputs: tuple[Output, ...],
    taken: dict[tuple[str, int], str],
    findings: Findings,
) -> None:
    zone, loc = entry.value, (*entry.loc, "channels")
    titled(sections.source, (*entry.loc, "title"), zone.title, findings)
    known = sections.ids("outputs")
    if zone.output is not None and zone.output not in known:
        if known:
            tell_unknown(findings, sections.source, (*entry.loc, "output"), zone.output, known, "outputs")
        else:
            remedy = "take the line out, or begin each output with [[outputs]]"
            findings.error(sections.source, (*entry.loc, "output"), "names an output, but there are none", remedy)
        return
    output = next((one for one in outputs if zone.output in (None, one.id)), None)
    channels = None if output is None else output.channels
    place = "" if output is None else output.id
    for channel in dict.fromkeys(zone.channels):
        if channel < 1 or (channels is not None and channel > channels):
            what = f"names channel {channel}, but the output has the channels 1 to {channels or '?'}"
            findings.error(sections.source, loc, what, "name channels that exist, or raise output.channels")
        elif (place, channel) in taken:
            what = f"channel {channel} belongs to the zone {shown(taken[place, channel])} already"
            findings.error(sections.source, loc, what, "give every zone channels of its own")
        taken.setdefault((place, channel), zone.id)


def _quiet_hours(sections: Sections, entry: Entry[NeighbourhoodTable], names: Names, findings: Findings) -> QuietHours:
    table, loc = entry.value, entry.loc
    for at, zone in enumerate(table.zones):
        inner: Loc = (*loc, "zones", at)
        names.check_zone(sections.source, inner, zone, findings)
    if table.start == table.end:
        what = f"begins and ends at {table.start:%H:%M}: it holds all day and night"
        remedy = "lower volume_db of the zones instead, or give it another end"
        findings.warning(sections.source, (*loc, "end"), what, remedy)
    zones = tuple(ZoneId(zone) for zone in dict.fromkeys(table.zones))
    return QuietHours(table.start, table.end, table.ceiling_db, zones)


def _zone(table: ZoneTable, first: str) -> Zone:
    return Zone(
        ZoneId(table.id),
        table.title.by_language(),
        table.channels,
        table.volume_db,
        table.output or first,
        table.evacuation_db,
    )
