"""The register of releases: which pages of the binder may be aired, as they read when somebody said so."""

from __future__ import annotations

from datetime import tzinfo

from sqlalchemy import Connection, func, insert, select

from kiosk.ledger import audit
from kiosk.ledger.schema import releases
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import digest_of, from_utc_text, plain, utc_text
from kiosk.rules.broadcast.releases import Release
from kiosk.units import ScriptId

_NEWEST = select(func.max(releases.c.n)).group_by(releases.c.script)


class ReleasePages:
    """The register on the ledger. Any thread may call. Raises LedgerFault."""

    def __init__(self, ledger: Ledger, zone: tzinfo) -> None:
        """zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone

    def latest(self) -> dict[ScriptId, Release]:
        """The last word on each page."""
        with self._ledger.read() as connection:
            return _latest(connection, self._zone)

    def write(self, release: Release, *, why: str = "") -> None:
        """A page is released or withdrawn: durable, and vouched for by the audit chain, when this returns."""
        row = {
            "at": utc_text(release.at),
            "script": plain(release.script),
            "digest": release.digest,
            "released": int(release.released),
            "person": plain(release.by),
        }
        with self._ledger.write() as connection:
            n = int(connection.execute(insert(releases), row).lastrowid)
            vouched = audit.Vouched(releases.name, n, digest_of({**row, "n": n}))
            action = "releases" if release.released else "withdraws"
            details = {"digest": release.digest[:16]} | ({"why": why} if why else {})
            audit.append(connection, audit.Fact(release.at, release.by, action, release.script, details, vouched))


def _latest(connection: Connection, zone: tzinfo) -> dict[ScriptId, Release]:
    rows = connection.execute(select(releases).where(releases.c.n.in_(_NEWEST)))
    return {
        ScriptId(row.script): Release(
            ScriptId(row.script), row.digest, bool(row.released), from_utc_text(row.at, zone), row.person
        )
        for row in rows
    }
