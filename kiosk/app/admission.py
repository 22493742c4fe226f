"""Admission to the broadcast desk: the attendant on duty, the register in the ledger, the badge reader at the panel."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.desks.broadcast.duty import Duty, Terms
from kiosk.desks.broadcast.messages import Fault, Message
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.people import PeoplePages, Refusal
from kiosk.ledger.register import LedgerRegister
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.key_switch import KeySwitch
from kiosk.rules.broadcast.releases import Page
from kiosk.sentences import tell

log = logging.getLogger(__name__)

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Admission:
    """duty: the desk's attendant. prove, object_to: what the hatch asks, from its own thread."""

    duty: Duty
    prove: Callable[[str, str], str]
    object_to: Callable[[Message], str]


@dataclass(frozen=True, slots=True)
class World:
    """What admission needs of the role: its ledger (raises LedgerFault while there is none), clocks and inbox."""

    ledger: Callable[[], Ledger]
    now: Callable[[], datetime]
    mono_s: Callable[[], float]
    post: Callable[[Message], None]


@contextmanager
def admission(site: Site, places: Places, pages: tuple[Page, ...], world: World) -> Iterator[Admission]:
    """Who may use the desk, as the site wants it. A key or a reader that cannot be used is told, not raised."""
    try:
        key = badge_key(places.badge_key)
    except DeviceFault as fault:
        world.post(Fault(str(fault)))
        key = secrets.token_bytes(KEY_BYTES)  # no badge fits it
    choices = site.announcers
    with ExitStack() as stack:
        register = stack.enter_context(closing(LedgerRegister(world.ledger, key, site.zone_info)))
        duty = Duty(
            register,
            Terms(choices.required, choices.release, choices.signed_in_s, has_reader=site.badge is not None),
            {page.script: page for page in pages},
            {button.id: button for button in site.buttons},
            key=None if site.panel.key_switch is None else KeySwitch(),
        )
        if site.badge is not None:
            from kiosk.hw.badge_reader import BadgeReader  # pyserial, which most stores do without

            stack.enter_context(
                closing(
                    BadgeReader(
                        site.badge.device,
                        site.badge.baud,
                        post=world.post,
                        tell=lambda text: world.post(Fault(text)),
                        mono_s=world.mono_s,
                    )
                )
            )

        def prove(id: str, pin: str) -> str:
            try:
                proven = PeoplePages(world.ledger(), key).prove(id, pin, world.now())
            except LedgerFault as fault:
                return f"PINs cannot be looked at: {fault}"
            return proven.why if isinstance(proven, Refusal) else ""

        yield Admission(duty, prove, lambda message: duty.objection(message, world.now()))


def badge_key(path: Path) -> bytes:
    """The key of the marks of badges, made on first use; without it the marks in a stolen ledger tell nothing.

    Raises DeviceFault where it can be neither read nor made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
    except OSError as error:
        raise DeviceFault(
            tell("{path}: badges are not known: {cause}; let the kiosk's user read it", path=path, cause=error.strerror)
        ) from error
    if len(key) != KEY_BYTES:
        raise DeviceFault(
            tell("{path} is damaged: delete it, and register the badges anew (kiosk people change)", path=path)
        )
    return key


def _make_key(path: Path) -> None:
    """Whole or not there, whoever else makes it at the same moment."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(KEY_BYTES))
        os.fsync(handle)
        if os.geteuid() == 0:  # what root makes belongs to whom the folder belongs: the service is to read it
            owner = path.parent.stat()
            os.fchown(handle, owner.st_uid, owner.st_gid)
    finally:
        os.close(handle)
    try:
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink()
