"""Reading the site in a child that ends at once: what reads and checks it is kept out of a role's memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.messenger import Give, Messenger
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.config.site import Site


class SiteReading:
    """The site in `root` is being read. spell: with the pinyin of its guide, which takes a moment. forked_without: see
    Messenger. Close it."""

    def __init__(self, root: Path, *, spell: bool = False, forked_without: Sequence[Connection] | None = None) -> None:
        self._root = root
        self._child: Messenger[Site] = Messenger(_read_site, root, spell, name="site", forked_without=forked_without)

    def site(self) -> Site:
        """Wait for it. Raises SiteError."""
        try:
            return self._child.value()
        except EOFError as error:
            raise KioskError(f"{self._root / 'site.toml'} was not read to its end: start again") from error

    def close(self) -> None:
        """Whoever does not wait for it needs it no more."""
        self._child.close()


def site_of(root: Path, *, spell: bool = False) -> Site:
    """The site in `root`. spell: with the pinyin of its guide, which takes a moment. Raises SiteError."""
    with closing(SiteReading(root, spell=spell)) as reading:
        return reading.site()


def _read_site(give: Give[Site], root: Path, spell: bool) -> None:
    from kiosk.config.load import load_site
    from kiosk.config.spelling import spelled

    site = load_site(root)
    if spell and site.guide is not None:
        site = replace(site, guide=spelled(site.guide))
    give(site)
