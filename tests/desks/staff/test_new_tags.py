"""Another tag for a locker at the staff screen: on the supervisor's word, and the old one opens nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.app.new_tags import NewTags
from kiosk.desks.lockers.messages import Care, CareAsked
from kiosk.desks.lockers.retagging import NO_TAG
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.locker_corner import RETAG, LockerCorner
from kiosk.errors import LedgerFault
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.ledger.verify import Intact, verify
from kiosk.rules.front.lost_tag_pages import TAG
from kiosk.rules.front.new_tag_pages import OWN, SCANNED, SUBSTITUTE, WHICH
from kiosk.rules.lockers.codes import text_of
from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.rules.lockers.tags import KEY_BYTES, LAST_GENERATION, Plaque, TagKey
from kiosk.units import LockerId
from tests.desks.lockers.staffed_desk import PEOPLE, StaffedDesk
from tests.ledger.shop import ask, fresh_ledger
from tests.ledger.values import TEN

KEY = TagKey(1, bytes(range(KEY_BYTES)))
LINA, WANG, ANNA = PEOPLE["lina"], PEOPLE["wang"], PEOPLE["anna"]
GONE = Said("Somebody has seen to it", refused=True)
OLD = "take the old one off, it opens nothing any more"


class Hooks:
    """Four lockers, the store's tags, and a receipt printer. broken: why nothing is printed."""

    def __init__(self, ledger: Ledger) -> None:
        self.staffed, self.ledger, self.away = StaffedDesk(), ledger, ""
        self.pages = TagPages(self.opened, lambda: (KEY,))
        self.printed: list[tuple[Plaque, str]] = []
        self.broken = ""
        desk = self.staffed.desk
        self.corner = LockerCorner(desk.cabinet, desk.handle, ())
        self.corner.tags = NewTags(self.pages, self.staffed.now, lambda: (KEY,))
        self.corner.prints = self.prints
        for number in range(1, 5):
            self.pages.issue_plaque(Plaque(number, 1), "test", TEN)

    def opened(self) -> Ledger:
        if self.away:
            raise LedgerFault(self.away)
        return self.ledger

    def prints(self, plaque: Plaque, text: str, by: str, at: datetime) -> str:
        if not self.broken:
            self.printed.append((plaque, text))
        return self.broken

    def hangs(self, which: str, tag: str = "", n: int = 1, signer: str = "lina") -> Said:
        told = {WHICH: which, **({TAG: tag} if tag else {})}
        return self.corner.sign(str(n), RETAG, told, WANG, PEOPLE[signer], self.staffed.now())

    def locker(self, n: int = 1) -> Locker:
        return self.staffed.desk.cabinet.lockers[LockerId(n)]

    def counts(self, number: int, generation: int) -> bool:
        found = self.pages.issued(Plaque(number, generation))
        return found is not None and not found.withdrawn

    def offered(self, by: str, n: int = 1) -> list[tuple[str, str]]:
        matter = self.corner.opened(str(n), PEOPLE[by], self.staffed.now())
        assert matter is not None
        return [(one.deed, one.signer) for one in matter.deeds if one.signs]


@pytest.fixture
def hooks(tmp_path: Path) -> Iterator[Hooks]:
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        yield Hooks(ledger)


@pytest.mark.rule("L09")
def test_who_minds_the_tags_is_offered_another_one_and_the_supervisor_signs_for_it(hooks: Hooks) -> None:
    assert hooks.offered("wang") == [(RETAG, "")]
    assert hooks.offered("lina") == [(RETAG, "lina")]
    assert hooks.corner.opened("1", ANNA, TEN) is None
    hooks.staffed.desk.cabinet.in_hand.add(LockerId(1))
    assert hooks.offered("lina") == [], "a shopper stands there"
    assert hooks.corner.do("2", RETAG, {WHICH: OWN}, LINA, TEN) == GONE, "a tap alone hangs none"

    refused = hooks.hangs(OWN, n=2, signer="wang")

    assert refused.refused
    assert "Wang Qiang may not give a locker another tag" in refused.text
    assert (hooks.locker(2).generation, hooks.printed) == (1, [])


@pytest.mark.rule("L09")
def test_a_locker_whose_tag_is_gone_gets_the_next_one_on_paper_and_the_old_one_opens_nothing(
    hooks: Hooks, tmp_path: Path
) -> None:
    hooks.staffed.desk.handle(CareAsked(Care.QUARANTINE, LockerId(1), "lina", "its tag is lost"))

    said = hooks.hangs(OWN)

    assert said == Said(f"Locker 1 has tag 1 now: the printer has it on paper; {OLD}")
    one = hooks.locker()
    assert (one.number, one.generation, one.assignment) == (1, 2, Assignment.FREE)
    assert hooks.printed == [(Plaque(1, 2), text_of(Plaque(1, 2), KEY))]
    assert (hooks.counts(1, 1), hooks.counts(1, 2)) == (False, True)
    by = ask(tmp_path / "ledger.sqlite", "SELECT DISTINCT person FROM locker_plaque WHERE n > 4")
    assert by == [("lina",)]
    assert isinstance(verify(hooks.ledger), Intact)


@pytest.mark.rule("L09")
def test_a_locker_works_under_a_substitute_number_until_its_own_has_a_pair(hooks: Hooks) -> None:
    assert "Locker 1 has tag 901 now" in hooks.hangs(SUBSTITUTE).text
    assert (hooks.locker().number, hooks.counts(1, 1), hooks.counts(901, 2)) == (901, False, True)

    assert "Locker 1 has tag 1 now" in hooks.hangs(OWN).text
    assert (hooks.locker().number, hooks.counts(901, 2), hooks.counts(1, 3)) == (1, False, True)


@pytest.mark.rule("L09")
def test_a_tag_that_was_printed_before_is_scanned_and_any_other_one_is_refused(hooks: Hooks) -> None:
    text = hooks.pages.issue_plaque(Plaque(3, 2), "test", TEN)
    for wrong in (text_of(Plaque(1, 1), KEY), text_of(Plaque(3, 7), KEY), "a bill", text):
        assert hooks.hangs(SCANNED, wrong) in (
            Said(NO_TAG, refused=True),
            Said("the number 3 is locker 3's", refused=True),
        ), wrong
    assert hooks.locker().generation == 1

    said = hooks.hangs(SCANNED, text, n=3)

    assert said == Said(f"Locker 3 has tag 3 now: hang it there; {OLD}")
    assert (hooks.locker(3).generation, hooks.printed) == (2, [])
    assert hooks.hangs(SCANNED, text, n=3, signer="wang").refused
    assert hooks.hangs(SCANNED, n=3).refused, "the form wants a tag"


@pytest.mark.rule("L09")
def test_what_cannot_be_printed_counts_all_the_same_and_says_how_to_print_it(hooks: Hooks) -> None:
    hooks.broken = "there is no paper"
    assert hooks.hangs(OWN).text == (
        f"Locker 1 has tag 1 now. It is not printed: there is no paper (kiosk lockers tags print --numbers 1); {OLD}"
    )
    hooks.corner.prints = None
    assert f"print it (kiosk lockers tags print --numbers 2); {OLD}" in hooks.hangs(OWN, n=2).text


@pytest.mark.rule("L09")
def test_what_is_gone_busy_used_up_or_cannot_be_written_says_so(hooks: Hooks) -> None:
    assert hooks.hangs(OWN, n=9) == GONE
    assert hooks.corner.sign("1", "look", {}, LINA, LINA, TEN) == GONE
    assert hooks.corner.sign("1", RETAG, {WHICH: OWN}, ANNA, LINA, TEN) == GONE
    hooks.away = "the ledger is away"
    for told in ((OWN, ""), (SCANNED, text_of(Plaque(3, 2), KEY))):
        assert hooks.hangs(*told).refused
    hooks.away = ""
    hooks.pages.issue_plaque(Plaque(4, LAST_GENERATION), "test", TEN)
    hooks.pages.withdraw_plaque(Plaque(4, LAST_GENERATION), "worn", "test", TEN)
    assert "give the locker another one" in hooks.hangs(OWN, n=4).text
    hooks.corner.tags = None
    assert hooks.hangs(OWN) == GONE
    assert hooks.offered("lina") == []
