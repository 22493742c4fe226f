from __future__ import annotations

import pytest

from kiosk.units import duration_s


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("15min", 900),
        ("90s", 90),
        ("1h30min", 5400),
        ("300ms", 0.3),
        ("1h1min1s1ms", 3661.001),
        ("0s", 0),
        (" 2h ", 7200),
    ],
)
def test_a_duration_is_written_with_its_units(written: str, seconds: float) -> None:
    assert duration_s(written) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "written", ["", " ", "15", "min", "1.5h", "-5min", "30min1h", "5 minutes", "1m", "٣s", "9999999h"]
)
def test_what_has_no_unit_or_a_wrong_one_is_no_duration(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        duration_s(written)
