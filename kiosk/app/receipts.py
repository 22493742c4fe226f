"""Joining the receipts to a Site: what was imported, or the till's database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from kiosk.app.places import Places
from kiosk.app.returns import return_desk
from kiosk.app.sealing_key import sealing_key
from kiosk.config.returning import Returns, TillDatabase
from kiosk.config.site import Site
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.sealed import Sealer
from kiosk.ports.receipts import Receipts
from kiosk.rules.returns.policy import PolicyBook
from kiosk.sentences import tell
from kiosk.tills.database import DatabaseReceipts, TillQuery
from kiosk.tills.drop_folder import DropFolder
from kiosk.tills.export import Reading
from kiosk.tills.imported import ImportedReceipts

_MEMBER = "member"


def receipts_of(site: Site, where: Places) -> Receipts:
    """The source of receipts that the site names. Raises KioskError without a return desk, DeviceFault."""
    database = return_desk(site).database
    return imported_receipts(site, where) if database is None else till_database(site, database)


def imported_receipts(site: Site, where: Places) -> ImportedReceipts:
    """The receipts that exports brought. Raises DeviceFault."""
    return ImportedReceipts(where.receipts, site.zone_info, MemberVeil(sealing_key(where.receipts_key)))


def till_database(site: Site, database: TillDatabase) -> DatabaseReceipts:
    """The till's database. Raises DeviceFault where its password cannot be read."""
    query = TillQuery(database.url, database.tables, database.columns, _password(database), database.timeout_s)
    return DatabaseReceipts(query, site.zone_info)


def drop_folder(site: Site, where: Places) -> DropFolder:
    """Where the till leaves its exports. Raises DeviceFault."""
    return DropFolder(where.state / return_desk(site).drop, imported_receipts(site, where))


def reading(site: Site, now: datetime) -> Reading:
    """What exports are held against."""
    return Reading(return_desk(site).form, site.zone_info, now)


def kept_since(site: Site, returns: Returns, now: datetime) -> datetime:
    """From when on receipts are kept: the longest period of any policy, and the store's margin."""
    kept = timedelta(days=longest_period(returns.book) + returns.keep_days)
    first: date = now.astimezone(site.zone_info).date() - kept
    return datetime.combine(first, time(), tzinfo=site.zone_info)


def longest_period(book: PolicyBook) -> int:
    """The last day since the purchase on which any clause still offers anything."""
    days = [clause.to_day for clause in book.clauses if clause.remedies]
    return max((day for day in days if day is not None), default=0)


class MemberVeil:
    """Hides members' numbers with the key that lies beside the receipts."""

    def __init__(self, key: bytes) -> None:
        self._sealer = Sealer(key, "receipts.key")

    def hide(self, text: str, about: str) -> str:
        return self._sealer.seal({_MEMBER: text}, about)

    def shown(self, hidden: str, about: str) -> str:
        try:
            return self._sealer.opened(hidden, about).get(_MEMBER, "")
        except LedgerFault as fault:
            raise DeviceFault(
                tell("the member of receipt {about} does not open: put receipts.key back", about=about)
            ) from fault


def _password(database: TillDatabase) -> str:
    if not database.password_file:
        return ""
    try:
        return Path(database.password_file).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        remedy = tell("let the kiosk's user read it, and only that one")
        raise DeviceFault(
            tell(
                "{password_file}: the till's password cannot be read ({remedy})",
                password_file=database.password_file,
                remedy=remedy,
            )
        ) from error
