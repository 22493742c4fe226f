"""Joining a Site to its drivers."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.audio.mixer import Feed, LineMixer
from kiosk.audio.sources import SoundShelf
from kiosk.config.site import Site
from kiosk.desks.messages import Message


def line_mixer(
    site: Site, shelf: SoundShelf, mono_s: Callable[[], float], post: Callable[[Message], None]
) -> LineMixer:
    """The mixer as the site's zones and levels want it."""
    return LineMixer(
        shelf,
        [Feed(zone.id, zone.channels, zone.volume_db) for zone in site.zones],
        channels=site.output.channels,
        ceiling_dbfs=site.levels.ceiling_dbfs,
        mono_s=mono_s,
        post=post,
    )
