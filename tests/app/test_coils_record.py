from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.coils_record import record_coils, recorded_coils
from kiosk.config.wired_banks import BoardBank, ExpanderBank, LockBankChoices, PinBank
from kiosk.ports.lock_limits import BoardKind
from kiosk.units import LockerId

ONE, TWO, THREE = LockerId(1), LockerId(2), LockerId(3)
BANKS: tuple[LockBankChoices, ...] = (
    PinBank({ONE: (17, 5), TWO: (27, None)}, inverted=True, pulse_s=0.3),
    ExpanderBank(1, 0x20, 0x21, {THREE: (0, None)}, inverted=False, pulse_s=0.4),
    BoardBank("left", "/dev/ttyUSB0", BoardKind.KERONG, 19200, 3, 16, {LockerId(9): 1}, False, 0.4, True),
)


def test_what_is_wired_is_read_back_as_it_was_written_down(tmp_path: Path) -> None:
    file = tmp_path / "state" / "coils.json"

    record_coils(file, BANKS, 4)
    assert recorded_coils(file) == (BANKS, 4)
    record_coils(file, (), None)

    assert recorded_coils(file) == ((), None)
    assert [one.name for one in file.parent.iterdir()] == ["coils.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"banks": 3, "chip": null}', '{"banks": [{"driver": "steam", "locks": []}], "chip": null}']
)
def test_what_cannot_be_believed_is_as_if_nothing_were_written(tmp_path: Path, text: str) -> None:
    file = tmp_path / "coils.json"
    assert recorded_coils(file) is None

    file.write_text(text)

    assert recorded_coils(file) is None


def test_a_bank_with_a_word_too_many_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "coils.json"
    record_coils(file, BANKS, None)
    found = json.loads(file.read_text())
    found["banks"][0]["more"] = 1

    file.write_text(json.dumps(found))

    assert recorded_coils(file) is None


def test_coils_go_off_by_what_was_written_down_without_reading_the_site(tmp_path: Path) -> None:
    record_coils(tmp_path / "coils.json", (), None)
    told = "from kiosk.app.coils_off import main; import sys; sys.exit(main() or 'pydantic' in sys.modules)"
    wrong = {"KIOSK_STATE": str(tmp_path), "KIOSK_SITE": str(tmp_path / "no site")}

    assert subprocess.run([sys.executable, "-c", told], env={**os.environ, **wrong}, check=False).returncode == 0
