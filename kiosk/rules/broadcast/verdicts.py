"""What a measured value means to the self-check: each function takes numbers and gives a finding (B01)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.library import MOST_GAIN_DB, Sound
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.programme import Item, Programme
from kiosk.rules.broadcast.selfcheck import Finding, fault, ok, unknown
from kiosk.sentences import N_, tell

LOUDEST_LUFS = -5.0  # nothing that was mastered for people is louder: it is clipped
HOLE_S = 0.5
JOIN_S = 600.0  # a song: so long before its end a day may be over that goes on into the next, which begins then
ROOM_BYTES = 200_000_000  # a year of ledger, and a copy of it
SCARCE_BYTES = 1_000_000_000
NOISE_DBFS = -100.0  # a converter that is alive is never stiller: 16 bit end at -96
CLIPPING_DBFS = -0.5
HOT_C = 80.0  # from here on a Pi slows down
UNDER_VOLTAGE, THROTTLED = 0x1, 0x4  # bits of the firmware's word: now
SINCE = 16  # the same bits so much higher: at some time since the start


@dataclass(frozen=True, slots=True)
class OutputReading:
    """A sound card at a moment. device: what it is called, "" where there is none. frames: taken so far.

    card: its id at this site, "" where there is one only.
    """

    device: str
    frames: int
    card: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a microphone gives while nobody speaks, dBFS; -120 is digital zero."""

    rms_dbfs: float
    peak_dbfs: float


def output(before: OutputReading, after: OutputReading) -> Finding:
    """A device that is open takes frames; nothing else proves that it lives."""
    which = f"{after.card}: " if after.card else ""
    if not after.device:
        heard = tell("its zones are silent") if after.card else tell("the programme would run silently")
        return fault(Topic.OUTPUT, tell("{which}there is no sound device: {heard}", which=which, heard=heard))
    if after.frames <= before.frames:
        return fault(Topic.OUTPUT, tell("{which}{device} is open and takes no sound", which=which, device=after.device))
    return ok(Topic.OUTPUT, f"{which}{after.device} took {after.frames - before.frames} frames")


def relay(unit: Unit, *, wanted: bool, reads: bool | None) -> Finding:
    """reads: what the relay's pin reads back, None where nobody can tell."""
    state = tell(N_("on") if wanted else N_("off"))
    if reads is None:
        return unknown(Topic.POWER, tell("{unit}: whether its relay followed is not readable", unit=tell(unit.value)))
    if reads is not wanted:
        return fault(
            Topic.POWER,
            tell(
                "the relay of the {unit} reads {reads} when switched {state}",
                unit=tell(unit.value),
                reads=tell(N_("on") if reads else N_("off")),
                state=state,
            ),
        )
    return ok(Topic.POWER, f"the relay of the {unit.value} reads {state}")


def files(heard: Iterable[tuple[str, Sound, Sound | None]], target_lufs: float) -> tuple[Finding, ...]:
    """A finding for each file that ails, else one for all. heard: path, as it is now, as it was when it was planned.

    target_lufs: the lowest level a file is brought to.
    """
    findings, count = [], 0
    for path, now, planned in heard:
        count += 1
        if why := _ails(now, planned, target_lufs):
            findings.append(fault(Topic.FILES, tell("{path}: {why}", path=path, why=why)))
    if not count:
        return (fault(Topic.FILES, tell("today's programme names no sound file")),)
    return tuple(findings) or (ok(Topic.FILES, f"{count} files decode to their end at a sane level"),)


def _ails(now: Sound, planned: Sound | None, target_lufs: float) -> str:
    if now.fault:
        gone = planned is not None and not planned.fault
        return tell("{fault} (it was sound when the day was planned)", fault=now.fault) if gone else now.fault
    if now.lufs is None:
        return tell("it is silent")
    if now.lufs > LOUDEST_LUFS:
        return tell("{level} LUFS is too loud: it is clipped", level=round(now.lufs))
    if target_lufs - now.lufs > MOST_GAIN_DB:
        return tell(
            "{level} LUFS is too faint: it is lifted by {gain} dB only", level=round(now.lufs), gain=f"{MOST_GAIN_DB:g}"
        )
    if planned is not None and not planned.fault and abs(now.duration_s - planned.duration_s) > 0.1:
        return tell(
            "it was changed since the day was planned ({then} s then, {now} s now)",
            then=round(planned.duration_s),
            now=round(now.duration_s),
        )
    return ""


def plan(programme: Programme, day: BusinessDay) -> Finding:
    """The day from its opening to the doors' closing, without a hole."""
    holes = _holes(programme.items, day)
    if not programme.items:
        return fault(Topic.PLAN, tell("nothing is planned for {date}", date=day.date))
    if holes:
        at, seconds = holes[0]
        more = tell(" and {count} more", count=len(holes) - 1) if len(holes) > 1 else ""
        return fault(
            Topic.PLAN,
            tell(
                "the plan is silent for {seconds} s from {at} on{more}",
                seconds=f"{seconds:.0f}",
                at=f"{at:%H:%M:%S}",
                more=more,
            ),
        )
    return ok(Topic.PLAN, f"{len(programme.items)} items from {day.opens:%H:%M} to {day.closes:%H:%M}, no hole")


def _holes(items: Sequence[Item], day: BusinessDay) -> list[tuple[datetime, float]]:
    holes, reached = [], day.opens
    for item in items:
        silent_s = item.start.timestamp() - reached.timestamp()
        if silent_s > HOLE_S:
            holes.append((reached, silent_s))
        reached = max(reached, item.end, key=datetime.timestamp)
    left_s = day.closes.timestamp() - reached.timestamp()
    return [*holes, (reached, left_s)] if left_s > (JOIN_S if day.joins_after else HOLE_S) else holes


def speech(scripts: int, missing: Sequence[str]) -> Finding:
    """scripts: how many are in force. missing: those that nobody has put into speech or recorded."""
    if missing:
        return fault(Topic.SPEECH, tell("no speech for: {listed}", listed=tuple(missing)))
    return ok(Topic.SPEECH, f"all {scripts} scripts can be aired")


def microphone(reading: Reading) -> Finding:
    """A live converter has noise; digital zero is a wire that is cut."""
    if reading.rms_dbfs <= NOISE_DBFS:
        return fault(Topic.MICROPHONE, tell("the microphone gives digital silence"))
    if reading.peak_dbfs >= CLIPPING_DBFS:
        return fault(
            Topic.MICROPHONE,
            tell("the microphone clips: its peak is {peak_dbfs} dBFS", peak_dbfs=f"{reading.peak_dbfs:.1f}"),
        )
    return ok(Topic.MICROPHONE, f"noise floor {reading.rms_dbfs:.0f} dBFS, peak {reading.peak_dbfs:.0f} dBFS")


def lamp(name: str, *, wanted: bool, reads: bool | None) -> Finding | None:
    """What is wrong with a lamp's pin, None where nothing is; a filament only eyes can judge."""
    if reads is None:
        return unknown(Topic.LAMPS, tell("lamp {name}: its pin is not readable", name=name))
    if reads is not wanted:
        return fault(
            Topic.LAMPS,
            tell(
                "lamp {name}: its pin does not go {level}", name=name, level=tell(N_("high") if wanted else N_("low"))
            ),
        )
    return None


def disk(free_bytes: int, *, writable: bool) -> Finding:
    """The file system that holds the state directory."""
    if not writable:
        return fault(Topic.DISK, tell("the state directory cannot be written to"))
    room = f"{free_bytes / 1e9:.1f} GB free"
    if free_bytes < ROOM_BYTES:
        return fault(Topic.DISK, tell("only {size} MB free", size=f"{free_bytes / 1000000.0:.0f}"))
    return ok(Topic.DISK, f"{room}, it will be scarce soon" if free_bytes < SCARCE_BYTES else room)


def ledger(problems: Sequence[str] | None) -> Finding:
    """problems: what the integrity check says; None where no ledger has been begun."""
    if problems is None:
        return unknown(Topic.LEDGER, tell("there is no ledger yet: the first broadcast begins it"))
    if problems:
        return fault(Topic.LEDGER, "; ".join(problems[:2]))
    return ok(Topic.LEDGER, "every page reads well")


def clock(now: datetime, built: date, *, synchronised: bool | None) -> Finding:
    """built: the day on which the program was made; synchronised: what the system says, None where it cannot."""
    if now.astimezone(UTC).date() < built:
        return fault(
            Topic.CLOCK,
            tell("it says {now}, but the program was made on {built}", now=f"{now:%Y-%m-%d %H:%M}", built=built),
        )
    if synchronised is None:
        return unknown(
            Topic.CLOCK, tell("{now}; whether it is synchronised is not readable", now=f"{now:%Y-%m-%d %H:%M:%S}")
        )
    if not synchronised:  # it may be right all the same: a store without a network has a clock battery
        return unknown(Topic.CLOCK, tell("{now}, and no time server keeps it right", now=f"{now:%Y-%m-%d %H:%M:%S}"))
    return ok(Topic.CLOCK, f"{now:%Y-%m-%d %H:%M:%S}, synchronised")


def heat(celsius: float | None, throttled: int | None) -> Finding:
    """celsius: of the processor. throttled: the firmware's word of a Pi. None where it is not readable."""
    if throttled is not None and throttled & UNDER_VOLTAGE:
        return fault(Topic.HEAT, tell("the Pi's supply voltage is too low now"))
    if throttled is not None and throttled & THROTTLED << SINCE:
        return fault(Topic.HEAT, tell("the Pi has slowed down for heat or low voltage since it was started"))
    if throttled is not None and throttled & UNDER_VOLTAGE << SINCE:
        return fault(Topic.HEAT, tell("the Pi's supply voltage was too low since it was started"))
    if celsius is None:
        return unknown(Topic.HEAT, tell("this machine tells no temperature"))
    if celsius >= HOT_C:
        return fault(Topic.HEAT, tell("the processor has {celsius} °C", celsius=f"{celsius:.0f}"))
    return ok(Topic.HEAT, f"{celsius:.0f} °C")
