"""Why things came back, from the slips that count: nothing personal is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from sqlalchemy import select

from kiosk.ledger.returns_schema import return_judged, return_slip, return_slip_progress
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, utc_text
from kiosk.rules.returns.slip import Kind, Stage
from kiosk.rules.service.desk_figures import Slipped

_WISH = {Kind.RETURN.value: "refund", Kind.EXCHANGE.value: "exchange"}
_ALL = (
    select(return_slip.c.filled, return_slip.c.reason, return_slip.c.kind, return_judged.c.record)
    .join(return_slip_progress, return_slip_progress.c.slip == return_slip.c.n)
    .outerjoin(return_judged, return_judged.c.slip == return_slip.c.n)
    .where(return_slip_progress.c.stage != Stage.VOID.value)
    .order_by(return_slip.c.n)
)


class LedgerReturnReasons:
    """Any thread may call. Raises LedgerFault."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo, ids: Mapping[str, str]) -> None:
        """zone: of days. ids: of reasons, by the words in which slips have them."""
        self._ledger, self._zone, self._ids = ledger, zone, ids

    def since(self, moment: datetime) -> tuple[Slipped, ...]:
        """Of the slips that were filled since then."""
        with self._ledger().read() as connection:
            rows = connection.execute(_ALL.where(return_slip.c.filled >= utc_text(moment))).all()
        return tuple(
            Slipped(
                from_utc_text(row.filled, self._zone).date(),
                self._ids.get(row.reason, row.reason),
                _WISH.get(row.kind, row.kind),
                row.record or 0,
            )
            for row in rows
        )
