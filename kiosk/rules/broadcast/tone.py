"""The test tone, as the microphone heard it in the hall, against its reference (B01)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.selfcheck import Finding, fault, ok, unknown

TONE_HZ = 1000.0
TONE_S = 4.0


@dataclass(frozen=True, slots=True)
class Heard:
    """peak_hz: where the spectrum is strongest. level_dbfs: of the tone's own band. above_noise_db: over what the same
    band held before the tone.
    """

    peak_hz: float
    level_dbfs: float
    above_noise_db: float


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a good day may be from the reference. hz: of the peak. db: of the level. above_noise_db: to be heard."""

    hz: float = 20.0
    db: float = 6.0
    above_noise_db: float = 10.0


USUAL = Tolerance()


def judged(heard: Heard, reference: Heard | None, tolerance: Tolerance = USUAL, *, in_hall: bool = True) -> Finding:
    """reference None: there is none yet, and what was heard may become it where it is fine.

    in_hall: the microphone is known to hear the hall; one that never heard it says nothing about the loudspeakers.
    """
    if heard.above_noise_db < tolerance.above_noise_db:
        if reference is None and not in_hall:
            why = "the announcer's microphone does not hear the hall: listen whether every area sounds"
            return unknown(Topic.TONE, why)
        return fault(Topic.TONE, f"the test tone was not heard: {heard.above_noise_db:.0f} dB above the noise")
    if abs(heard.peak_hz - TONE_HZ) > tolerance.hz:
        return fault(Topic.TONE, f"the hall sounds at {heard.peak_hz:.0f} Hz instead of {TONE_HZ:.0f} Hz")
    if reference is None:
        return ok(Topic.TONE, f"heard at {heard.level_dbfs:.0f} dBFS, which is the reference from now on")
    change_db = heard.level_dbfs - reference.level_dbfs
    if abs(change_db) > tolerance.db:
        softer = "softer" if change_db < 0 else "louder"
        return fault(Topic.TONE, f"the test tone is {abs(change_db):.0f} dB {softer} than its reference")
    return ok(
        Topic.TONE, f"heard {change_db:+.1f} dB from its reference, {heard.above_noise_db:.0f} dB above the noise"
    )
