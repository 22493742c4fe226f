from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import DeviceFault
from kiosk.hw.power import SimulatedPower
from kiosk.hw.power_memory import RememberedPower, boot_id, left_on, outputs_persist
from kiosk.rules.broadcast.power import Unit

BOTH = frozenset({Unit.SOURCE, Unit.AMPLIFIER})


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "state" / "power.json"


def up(record: Path, boot: str = "one") -> RememberedPower:
    power = RememberedPower(SimulatedPower(), record, lambda: 100.0, boot)
    power.switch(Unit.SOURCE, on=True)
    power.switch(Unit.AMPLIFIER, on=True)
    return power


@pytest.mark.rule("B02")
def test_what_a_killed_role_left_on_is_known_to_the_next_one(record: Path) -> None:
    up(record)

    assert left_on(record, 102.0, 2.0, "one") == BOTH


@pytest.mark.rule("B02")
def test_after_a_power_cut_nothing_counts_as_on(record: Path) -> None:
    up(record)

    assert left_on(record, 200.0, 2.0, "another") == frozenset()
    assert left_on(record, 200.0, 2.0, "") == frozenset()


@pytest.mark.rule("B02")
def test_an_amplifier_that_is_not_warm_yet_counts_as_off(record: Path) -> None:
    up(record)

    assert left_on(record, 101.9, 2.0, "one") == frozenset()


@pytest.mark.rule("B02")
def test_a_source_without_its_amplifier_counts_as_off(record: Path) -> None:
    power = up(record)
    power.switch(Unit.AMPLIFIER, on=False)

    assert left_on(record, 200.0, 2.0, "one") == frozenset()


def test_a_role_that_ends_in_order_leaves_nothing_to_find(record: Path) -> None:
    up(record).off()

    assert not record.exists()


def test_the_next_role_goes_on_with_the_record_it_finds(record: Path) -> None:
    up(record)
    again = RememberedPower(SimulatedPower(), record, lambda: 300.0, "one")
    again.switch(Unit.SOURCE, on=True)
    again.switch(Unit.AMPLIFIER, on=True)

    assert left_on(record, 300.0, 2.0, "one") == BOTH  # on since long ago


def test_the_microphone_s_supply_is_never_left_on(record: Path) -> None:
    power = up(record)
    power.switch(Unit.MICROPHONE, on=True)

    assert Unit.MICROPHONE not in left_on(record, 200.0, 2.0, "one")


class WeldedPower(SimulatedPower):
    """Its relay does not move."""

    def switch(self, unit: Unit, *, on: bool) -> None:
        raise DeviceFault("the relay does not answer; check its cable")

    def reads(self, unit: Unit) -> bool | None:
        return True


def test_a_relay_that_does_not_come_on_is_not_written_down(record: Path) -> None:
    power = RememberedPower(WeldedPower(), record, lambda: 100.0, "one")

    with pytest.raises(DeviceFault):
        power.switch(Unit.SOURCE, on=True)

    assert not record.exists()
    assert power.reads(Unit.SOURCE) is True


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"boot": "one", "since_s": 3}', '{"boot": "one", "since_s": {"amplifier": "x"}}']
)
def test_a_record_that_makes_no_sense_counts_as_nothing(record: Path, text: str) -> None:
    record.parent.mkdir()
    record.write_text(text, encoding="utf-8")

    assert left_on(record, 200.0, 2.0, "one") == frozenset()


def test_a_record_that_cannot_be_written_is_told_once_with_what_to_do(
    record: Path, caplog: pytest.LogCaptureFixture
) -> None:
    record.parent.write_text("a file where the folder should be", encoding="utf-8")

    up(record)

    (told,) = [line.getMessage() for line in caplog.records if line.levelname == "WARNING"]
    assert "music comes back seconds later; free some space" in told


@pytest.mark.parametrize(
    ("files", "persist"),
    [({}, False), ({"bcm2835": "Y"}, True), ({"rp1": "N"}, False), ({"bcm2835": "Y", "rp1": "N"}, False)],
)
def test_outputs_are_trusted_to_persist_only_where_the_kernel_says_so(
    tmp_path: Path, files: dict[str, str], persist: bool
) -> None:
    for name, says in files.items():
        parameter = tmp_path / f"pinctrl_{name}" / "parameters" / "persist_gpio_outputs"
        parameter.parent.mkdir(parents=True)
        parameter.write_text(says + "\n", encoding="utf-8")

    assert outputs_persist(tmp_path) is persist


def test_a_boot_has_an_id_and_none_where_nobody_tells(tmp_path: Path) -> None:
    assert boot_id()
    assert boot_id(tmp_path / "none") == ""
