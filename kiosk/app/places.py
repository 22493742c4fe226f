"""Where things are on this machine: the site directory and the state directory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError

INSTALLED_SITE = Path("/etc/kiosk")
INSTALLED_STATE = Path("/var/lib/kiosk")


@dataclass(frozen=True, slots=True)
class Places:
    """site: the directory with site.toml. state: what the kiosk remembers; made when it is first written to.

    named: what the site is called, where that is a link that may be moved to another version of it.
    """

    site: Path
    state: Path
    named: Path | None = None

    @property
    def next_site(self) -> Path:
        """The site with which a role that starts now would work."""
        return self.site if self.named is None else self.named.resolve()

    @property
    def demo(self) -> Places:
        """Where the demo works that is started with these."""
        return Places(self.site, self.state / "demo")

    @property
    def ledger(self) -> Path:
        return self.state / "ledger.sqlite"

    @property
    def nothing_kept(self) -> bool:
        """Whether this is a new machine: there is no ledger, and no backup of one either."""
        return not self.ledger.exists() and not any((self.state / "backups").glob("kiosk-*.tar"))

    @property
    def hatch(self) -> Path:
        """Where commands reach the running broadcast role."""
        return self.state / "broadcast.sock"

    @property
    def front_hatch(self) -> Path:
        """Where commands reach the running front role."""
        return self.state / "front.sock"

    @property
    def power_record(self) -> Path:
        """What stands under power."""
        return self.state / "power.json"

    @property
    def broadcast_lock(self) -> Path:
        """Held by the one broadcast role of this state directory."""
        return self.state / "broadcast.lock"

    @property
    def front_lock(self) -> Path:
        """Held by the one front role of this state directory."""
        return self.state / "front.lock"

    @property
    def coils(self) -> Path:
        """What the latches are wired to, as the front role that ran last knew it."""
        return self.state / "coils.json"

    @property
    def badge_key(self) -> Path:
        """What the marks of badges in the ledger are made with."""
        return self.state / "badge.key"

    @property
    def tag_keys(self) -> Path:
        """What the tags of the lockers are signed with."""
        return self.state / "locker-tags.key"

    @property
    def slips(self) -> Path:
        """What is printed without a printer: the tickets of simulated lockers, the sheets of the demo."""
        return self.state / "slips"

    @property
    def lost_tags_key(self) -> Path:
        """What is personal in the lost-tag book is encrypted with."""
        return self.state / "lost-tags.key"

    @property
    def print_key(self) -> Path:
        """What waits to be printed is encrypted with."""
        return self.state / "print-queue.key"

    @property
    def returns_key(self) -> Path:
        """What is personal on return slips is encrypted with, and the codes of exchange slips are marked with."""
        return self.state / "returns.key"

    @property
    def service_key(self) -> Path:
        """What is personal in the service desk's book is encrypted with."""
        return self.state / "service.key"

    @property
    def receipts(self) -> Path:
        """The receipts that were imported from the till's exports."""
        return self.state / "receipts.sqlite"

    @property
    def receipts_key(self) -> Path:
        """What is personal of the receipts is encrypted with."""
        return self.state / "receipts.key"

    @property
    def heard(self) -> Path:
        """What listening to the library told."""
        return self.state / "heard.json"

    @property
    def recollection(self) -> Path:
        """What the last start of the broadcast role found."""
        return self.state / "broadcast-start.memory"

    @property
    def tone(self) -> Path:
        """The test tone of the self-check."""
        return self.state / "test-tone.flac"

    @property
    def tone_reference(self) -> Path:
        """How the hall sounded at the reference."""
        return self.state / "test-tone.json"

    @property
    def talks(self) -> Path:
        """What was said at the microphone, by date and time, where the site has it recorded."""
        return self.state / "talks"

    @property
    def spoken(self) -> Path:
        """Speech that was synthesised, by the hash of its text."""
        return self.state / "spoken"


def other_site(where: Places) -> str:
    """The version of the site that a role which started now would work with, "" while that is the same one."""
    found = where.next_site
    return found.name if found != where.site and (found / "site.toml").exists() else ""


def places(site: Path | None, state: Path | None) -> Places:
    """The directories as told, else from KIOSK_SITE and KIOSK_STATE, else the installed ones, else the demo store's.

    Raises KioskError where nobody says where the state is to be, and its user has no home.
    """
    site = site or _from_environment("KIOSK_SITE")
    if site is None:
        site = INSTALLED_SITE if (INSTALLED_SITE / "site.toml").exists() else Path(__file__).parents[2]
    state = state or _from_environment("KIOSK_STATE")
    if state is None:
        state = INSTALLED_STATE if os.access(INSTALLED_STATE, os.W_OK) else _at_home()
    return Places(site.resolve(), state.resolve(), site.absolute())


def _at_home() -> Path:
    try:
        return (_from_environment("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "kiosk"
    except RuntimeError as error:
        raise KioskError("this user has no home: name a folder with --state") from error


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None
