"""What the self-check looks at in files, machine and hall: each look is a driver's, each verdict a rule's (B01)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.app.speech import unsaid
from kiosk.audio.ear import Ear
from kiosk.audio.listening import listen
from kiosk.audio.reference_tone import Mono, heard, reading, write_tone
from kiosk.audio.speech import voices
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.hw import machine
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast import verdicts
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.selfcheck import Finding, Result, SelfCheckChoices, fault
from kiosk.rules.broadcast.tone import Heard, judged

Progress = Callable[[int, int, str], None]

PROGRAM = Path(__file__).parents[1] / "__init__.py"
NOISE_S = 1.0
SETTLES_S = 0.5  # of the tone: the loudspeakers' and the driver's own delay
HEAR_S = 2.0


def room(
    office: Office, places: Places, day: date, now: datetime, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """Everything that needs neither sound nor switching. Never raises: what cannot be looked at is a finding."""
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _files(office, places, day, progress),
        lambda: _plan(office, places, day),
        lambda: _tone_file(office, places),
        lambda: _disk(places),
        lambda: _ledger(places),
        lambda: _clock(now),
        lambda: iter((verdicts.heat(machine.celsius(), machine.throttled()),)),
    )
    return tuple(finding for look in looks for finding in look())


def files_of(office: Office, day: date) -> tuple[str, ...]:
    """Every sound that a business day may put on the air: its playlists, its scripts, and what frames them.

    Raises ValueError where the calendar asks for a day type that is not there.
    """
    site = office.site
    business_day, _ = office.business_day(day)
    phases = business_day.day_type.phases()
    songs = [path for phase in phases for path in site.playlists.get(phase.playlist, ())]
    scripts = [script for script in site.binder if script.valid_on(day)]
    said = ((script, language) for script in scripts for language in script.said_in)
    spoken = [
        path for one, tongue in said if (path := one.recordings.get(tongue) or office.spoken.get((one.id, tongue)))
    ]
    frames = [path for script in scripts for path in site.frame(script) if path]
    return tuple(dict.fromkeys((*songs, *spoken, *frames)))


def _files(office: Office, places: Places, day: date, progress: Progress | None) -> Iterator[Finding]:
    try:
        paths = files_of(office, day)
    except ValueError as error:
        yield fault(Topic.FILES, str(error))
        return
    sounds = listen(office.site.root, paths, places.heard, progress)
    lowest = min(office.site.levels.music_lufs, office.site.levels.announcement_lufs)
    yield from verdicts.files(((path, sounds[path], office.sounds.get(path)) for path in paths), lowest)


def _plan(office: Office, places: Places, day: date) -> Iterator[Finding]:
    try:
        business_day, programme = office.whole_day(day)
    except ValueError as error:
        yield fault(Topic.PLAN, str(error))
        return
    yield verdicts.plan(programme, business_day)
    scripts = [script.id for script in office.site.binder if script.valid_on(day)]
    missing = [str(script) for script in scripts if script not in office.material.announcements]
    with closing(voices(office.site.speech.voices, places.spoken)) as voice:
        lesser = [f"{saying.script} ({why})" for saying, why in unsaid(office.site, voice) if saying.script in scripts]
    yield verdicts.speech(len(scripts), [*missing, *lesser])


def _tone_file(office: Office, places: Places) -> Iterator[Finding]:
    try:
        write_tone(places.tone, office.site.selfcheck.tone_dbfs)
    except DeviceFault as error:
        yield fault(Topic.TONE, str(error))


def _disk(places: Places) -> Iterator[Finding]:
    try:
        yield verdicts.disk(machine.free_bytes(places.state), writable=machine.is_writable(places.state))
    except DeviceFault as error:
        yield fault(Topic.DISK, str(error))


def _ledger(places: Places) -> Iterator[Finding]:
    if not places.ledger.exists():
        yield verdicts.ledger(None)
        return
    try:
        book = Ledger(places.ledger)
        try:
            yield verdicts.ledger(book.check())
        finally:
            book.close()
    except LedgerFault as error:
        yield fault(Topic.LEDGER, str(error))


def _clock(now: datetime) -> Iterator[Finding]:
    try:
        built = machine.built_on(PROGRAM)
    except DeviceFault as error:
        yield fault(Topic.CLOCK, str(error))
        return
    yield verdicts.clock(now, built, synchronised=machine.clock_is_synchronised())


# the hall


class HallEar:
    """The microphone in the hall during one check. new_reference: what is heard becomes the reference, if fine."""

    def __init__(self, choices: SelfCheckChoices, reference: Path, *, new_reference: bool = False) -> None:
        self._device = choices.microphone or ""
        self._in_hall = choices.in_hall
        self._reference = reference
        self._new_reference = new_reference
        self._ear: Ear | None = None
        self._noise: Mono | None = None

    def open(self) -> tuple[Finding, ...]:
        """Open it and measure its noise; takes NOISE_S seconds."""
        try:
            self._ear = Ear(self._device)
            self._noise = self._ear.record(NOISE_S)
        except DeviceFault as error:
            return (fault(Topic.MICROPHONE, str(error)),)
        return (verdicts.microphone(reading(self._noise)),)

    def hear(self) -> tuple[Finding, ...]:
        """The tone sounds: hear and judge it; takes SETTLES_S + HEAR_S seconds. Nothing where it is not open."""
        if self._ear is None or self._noise is None:
            return ()
        try:
            self._ear.record(SETTLES_S)
            found = heard(self._ear.record(HEAR_S), self._noise)
        except DeviceFault as error:
            return (fault(Topic.MICROPHONE, str(error)),)
        before = None if self._new_reference else read_reference(self._reference)
        finding = judged(found, before, in_hall=self._in_hall)
        if finding.result is Result.OK and before is None:
            try:
                write_reference(self._reference, found)
            except DeviceFault as error:
                return (finding, fault(Topic.DISK, str(error)))
        return (finding,)

    def close(self) -> None:
        """Give it back. Twice does no harm."""
        if self._ear is not None:
            self._ear.close()


def read_reference(path: Path) -> Heard | None:
    """How the hall sounded at the reference, None where there is none that can be read."""
    try:
        return Heard(**{name: float(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def write_reference(path: Path, found: Heard) -> None:
    """Keep how the hall sounds. Raises DeviceFault."""
    new = path.with_suffix(".new")
    try:
        new.write_text(json.dumps(asdict(found)), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise DeviceFault(f"{path} cannot be written: {error.strerror}; make room on the disk") from error
