"""What the front role's coils are wired to, written down at its start: whoever switches them off reads nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.config.wired_banks import BoardBank, ExpanderBank, LockBankChoices, PinBank
from kiosk.ports.lock_limits import BoardKind
from kiosk.units import LockerId

_KINDS: dict[str, type[PinBank] | type[ExpanderBank] | type[BoardBank]] = {
    "gpio": PinBank,
    "mcp23017": ExpanderBank,
    "rs485": BoardBank,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def record_coils(file: Path, banks: Sequence[LockBankChoices], chip: int | None) -> None:
    """Whole or not at all, whatever happens meanwhile. chip: of /dev/gpiochip*, None: the Pi knows. Raises OSError."""
    rows = [{**asdict(bank), "driver": _NAMES[type(bank)], "locks": list(bank.locks.items())} for bank in banks]
    for row in rows:
        if "kind" in row:
            row["kind"] = row["kind"].value
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    with new.open("w", encoding="utf-8") as out:
        json.dump({"chip": chip, "banks": rows}, out)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def recorded_coils(file: Path) -> tuple[tuple[LockBankChoices, ...], int | None] | None:
    """The banks and the chip; None where nothing is written there that can be believed."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return tuple(_bank(row) for row in found["banks"]), found["chip"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _bank(row: dict[str, Any]) -> LockBankChoices:
    kind = _KINDS[row.pop("driver")]
    locks = {LockerId(id): tuple(wired) if isinstance(wired, list) else wired for id, wired in row.pop("locks")}
    if kind is BoardBank:
        row["kind"] = BoardKind(row["kind"])
    return kind(**{**row, "locks": locks})
