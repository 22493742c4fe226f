"""What staff are told about lost tags, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.desks.staff.lost_tag_matters import told_of_kept
from kiosk.ports.bag_day import KeptTag
from kiosk.units import LockerId
from tests.ledger.values import SHANGHAI


@pytest.mark.rule("L09")
def test_of_many_kept_tags_the_newest_are_told_in_the_words_of_who_kept_them() -> None:
    begun = datetime(2026, 1, 1, 9, 0, tzinfo=SHANGHAI)
    kept = [
        KeptTag(n, LockerId(7), 100 + n, 1, begun + timedelta(days=n), f"第{n}抽屉", "somebody who left")
        for n in range(5)
    ]

    told = list(told_of_kept(kept, {}))

    assert [str(heading) for heading, _ in told] == [f"The tag that is left of pair {n}" for n in (104, 103, 102)]
    assert told[0][1] == "第4抽屉 · since 2026-01-05 · somebody who left"
