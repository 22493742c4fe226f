"""Which lost-tag slips were printed: what is in hand is written down before the printer gets it (L08)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.bag_day_schema import lost_tag_slip
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import utc_text
from kiosk.ports.lost_slips import SlipStage
from kiosk.sentences import tell


class LedgerLostSlips:
    """Implements LostSlipBook. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger]) -> None:
        """ledger: opens it when it is first needed."""
        self._ledger = ledger

    def stages(self) -> Mapping[int, SlipStage]:
        """How far each slip has come, by its case; one that is not here was not begun."""
        ledger = self._ledger()
        with ledger.read() as connection:
            rows = connection.execute(select(lost_tag_slip.c.lost_tag, lost_tag_slip.c.stage)).all()
        try:
            return {row.lost_tag: SlipStage(row.stage) for row in rows}
        except ValueError as error:
            raise LedgerFault(
                tell("{ledger}: a slip makes no sense ({cause}): restore a backup", ledger=ledger.path, cause=error)
            ) from error

    def keep(self, case: int, stage: SlipStage, at: datetime) -> None:
        """Durable when this returns."""
        values = {"at": utc_text(at), "stage": stage.value}
        written = upsert(lost_tag_slip).values(lost_tag=case, **values)
        with self._ledger().write() as connection:
            connection.execute(written.on_conflict_do_update(index_elements=["lost_tag"], set_=values))
            if stage is not SlipStage.PRINTING:
                fact = audit.Fact(at, "bag storage", f"the slip is {stage.value}", f"lost tag {case}", {})
                audit.append(connection, fact)
