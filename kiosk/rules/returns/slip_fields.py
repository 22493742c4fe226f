"""What stands in each field of a slip, for the eyes of its approver (R09, R10)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.money import shown_fen
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.returns.slip import Slip, SlipField, Stage, numbered
from kiosk.sentences import tell


def shown(slip: Slip, names: Mapping[str, str]) -> Mapping[SlipField, str]:
    """Every field, in the order in which it is looked at. names: of people, by id."""
    return {
        SlipField.AMOUNT: shown_fen(slip.amount_fen),
        SlipField.RECEIPT: tell("{receipt}, line {line}", receipt=slip.receipt, line=slip.line),
        SlipField.BOUGHT: f"{slip.bought:%Y-%m-%d}",
        SlipField.NUMBER: numbered(slip.number),
        SlipField.DATE: f"{slip.filled:%Y-%m-%d %H:%M}",
        SlipField.MEMBER: slip.member or "-",
        SlipField.SHOPPER: tell("not yet") if slip.stage is Stage.FILLED else tell("on the paper"),
        SlipField.PHONE: slip.phone,
        SlipField.ITEM: slip.item,
        SlipField.NAME: slip.name,
        SlipField.QUANTITY: shown_quantity(slip.quantity_milli),
        SlipField.PRICE: shown_fen(slip.unit_price_fen),
        SlipField.REASON: tell("{reason} ({kind})", reason=slip.reason, kind=tell(slip.kind.value)),
        SlipField.CLERK: names.get(slip.clerk, slip.clerk),
    }
