"""The receipts that clerks have in hand: asked for once, found without waiting, forgotten after a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.desks.service.returning import LookedUp, ReceiptWindow
from kiosk.rules.returns.receipt import Receipt
from kiosk.rules.returns.receipt_number import NumberForm, Unknown, read

FORGOTTEN_AFTER = timedelta(minutes=30)


@dataclass(slots=True)
class ReceiptsAtHand:
    """One thread calls it. form: how the store's receipts are numbered."""

    window: ReceiptWindow
    form: NumberForm
    _known: dict[str, tuple[LookedUp | None, datetime]] = field(default_factory=dict)

    def ask(self, text: str, now: datetime) -> str | Unknown:
        """Have it looked up anew; its number, or why the text is none of ours."""
        number = read(text, self.form)
        if not isinstance(number, Unknown):
            self._known[number] = None, now
            self.window.ask(number)
        return number

    def seen(self, number: str, now: datetime) -> LookedUp | None:
        """What came of it; None while it is looked for."""
        self._take(now)
        if number not in self._known:
            self.ask(number, now)
            self._take(now)
        return self._known.get(number, (None, now))[0]

    def find(self, number: str) -> Receipt | None:
        """As it was found last; None where it was not."""
        known, _ = self._known.get(number, (None, None))
        return None if known is None else known.receipt

    def forget(self, number: str) -> None:
        """Something of it has changed: it is looked up again when somebody looks."""
        self._known.pop(number, None)

    def _take(self, now: datetime) -> None:
        for answer in self.window.answers():
            self._known[answer.number] = answer, now
        self._known = {number: one for number, one in self._known.items() if abs(now - one[1]) < FORGOTTEN_AFTER}
