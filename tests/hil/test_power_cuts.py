"""The power goes at any moment, on a disk that loses what nobody flushed: nothing that was acknowledged is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hil.cutting import Order, cut_off
from tests.hil.deeds import Deed
from tests.hil.deeds_bags import Bags
from tests.hil.deeds_desk import AsRunLog, Exchanges, QueueTickets, ReturnSlips
from tests.hil.deeds_site import Mending, SiteSwitch
from tests.hil.deeds_upkeep import Backup, LedgerUpgrade, ProgramUpgrade, Restore
from tests.hil.table import record
from tests.hil.volatile_disk import why_not
from tests.stories.bag_story import STORIES, leave_and_fetch

SECTION = "power cuts"
DEEDS: tuple[tuple[Deed, int], ...] = (
    *((Bags(story), 12) for story in STORIES),
    *((Bags(story, tickets=True), 12) for story in STORIES),
    (ReturnSlips(), 20),
    (Exchanges(), 20),
    (QueueTickets(), 15),
    (AsRunLog(), 15),
    (LedgerUpgrade(), 15),
    (Backup(), 10),
    (Restore(), 15),
    (ProgramUpgrade(), 20),
    (SiteSwitch(), 30),
    (Mending(), 15),
)

pytestmark = pytest.mark.skipif(bool(why_not()), reason=f"a disk that loses power {why_not()}")


def test_200_cuts_or_more_are_made() -> None:
    assert sum(cuts for _, cuts in DEEDS) >= 200


# the disk is made, filled and mounted six times: five seconds
def test_five_power_cuts_under_a_deposit_and_a_retrieval_lose_nothing(tmp_path: Path) -> None:
    outcome = cut_off(Order(Bags(leave_and_fetch), tmp_path, cuts=5, seed=1))

    assert outcome.cuts == 5
    assert outcome.wrong == []


# as above
def test_the_disk_does_lose_what_a_careless_ledger_acknowledged(tmp_path: Path) -> None:
    outcome = cut_off(Order(Bags(leave_and_fetch, sure=False), tmp_path, cuts=5, seed=1))

    assert outcome.count("lost") > 0


@pytest.mark.hil
@pytest.mark.parametrize(("deed", "cuts"), DEEDS, ids=lambda each: getattr(each, "name", None))
def test_power_cuts_at_any_moment_lose_nothing(tmp_path: Path, deed: Deed, cuts: int) -> None:
    outcome = cut_off(Order(deed, tmp_path, cuts, seed=2, megabytes=128))

    record(SECTION, outcome.row(deed.name))
    assert outcome.cuts == cuts
    assert outcome.wrong == []


@pytest.mark.hil
@pytest.mark.parametrize("deed", [ReturnSlips(), QueueTickets(), AsRunLog()], ids=lambda deed: deed.name)
def test_the_control_loses(tmp_path: Path, deed: ReturnSlips) -> None:
    deed.sure = False

    outcome = cut_off(Order(deed, tmp_path, cuts=12, seed=2))

    record(SECTION, (f"control, synchronous=NORMAL: {deed.name}", *outcome.row("")[1:]))
    assert outcome.count("lost") > 0
