"""The binder's pages as a release vouches for them: their words, and the very sound of their recordings."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kiosk.config.site import Site
from kiosk.rules.broadcast.releases import Page, digest_of


def pages_of(site: Site) -> tuple[Page, ...]:
    """Every page of the binder with its digest; a recording that cannot be read counts as none."""
    return tuple(
        Page(script.id, script.policy, script.air_class, digest_of(script, _sha256(site.root, script.recording)))
        for script in site.binder
    )


def _sha256(root: Path, recording: str | None) -> str | None:
    if recording is None:
        return None
    try:
        with (root / recording).open("rb") as sound:
            return hashlib.file_digest(sound, "sha256").hexdigest()
    except OSError:
        return None
