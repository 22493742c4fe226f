"""The binder's pages as a release vouches for them: their words, and the very sound of their recordings."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kiosk.config.site import Site
from kiosk.rules.broadcast.material import Script
from kiosk.rules.broadcast.releases import Page, digest_of


def pages_of(site: Site) -> tuple[Page, ...]:
    """Every page of the binder with its digest; a recording that cannot be read counts as none."""
    return tuple(
        Page(script.id, script.policy, script.air_class, digest_of(script, _sound(site.root, script)))
        for script in site.binder
    )


def _sound(root: Path, script: Script) -> str | None:
    """What all its recordings sound like; None where there is none."""
    sums = {language: _sha256(root / path) for language, path in sorted(script.recordings.items())}
    known = [f"{language}:{one}" for language, one in sums.items() if one is not None]
    return hashlib.sha256(" ".join(known).encode()).hexdigest() if known else None


def _sha256(recording: Path) -> str | None:
    try:
        with recording.open("rb") as sound:
            return hashlib.file_digest(sound, "sha256").hexdigest()
    except OSError:
        return None
