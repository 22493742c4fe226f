"""What the store guide could not answer, counted by day: no seat, no hour, nobody's name (S01, S21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from kiosk.ledger.service_schema import open_question
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import plain

KEEP = timedelta(days=400)


class LedgerOpenQuestions:
    """Implements OpenQuestions. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger]) -> None:
        """ledger: opens it when it is first needed."""
        self._ledger = ledger

    def count(self, words: str, day: date) -> None:
        """Somebody asked that; what is older than a year goes with it."""
        row = {"day": day.isoformat(), "words": plain(words), "count": 1}
        once_more = {"count": open_question.c.count + 1}
        insert = insert_or(open_question).on_conflict_do_update(("day", "words"), set_=once_more)
        with self._ledger().write() as connection:
            connection.execute(insert, row)
            connection.execute(delete(open_question).where(open_question.c.day < (day - KEEP).isoformat()))

    def between(self, first: date, last: date) -> Mapping[str, int]:
        """How often each was asked on these days."""
        days = open_question.c.day.between(first.isoformat(), last.isoformat())
        wanted = select(open_question.c.words, func.sum(open_question.c.count)).where(days)
        with self._ledger().read() as connection:
            rows = connection.execute(wanted.group_by(open_question.c.words)).all()
        return {words: int(count) for words, count in rows}
