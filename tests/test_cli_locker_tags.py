"""`kiosk lockers tags` as people give it, on a ledger of its own; what it prints is read back by a bar code reader."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from kiosk.app.commands import who
from kiosk.app.tag_keys import KeyRing, make_keys, read_keys
from kiosk.cli import main
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.migrate import migrate
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import open_ledger
from kiosk.ledger.tags import TagPages
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.codes import accepted, read
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.rules.lockers.tags import Plaque
from kiosk.rules.lockers.verdicts import Issued, Reason, Refused
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests import sites
from tests.ledger.shop import ask, by_hand
from tests.ledger.values import SHANGHAI
from tests.rules.lockers.tags import NOW, TICKET, a_locker

PIN = "274961"
LOCKER = a_locker(Assignment.FREE, deposit=0)  # the fifth, number 17 in its third generation


class Store:
    """A store with a keyboard. code, out, err: of the last command."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.site = sites.write_site(root / "site")
        self.state = root / "state"
        self.sheet = root / "plaques.pdf"
        self._capsys = capsys
        self.code, self.out, self.err = 0, "", ""
        self.found: object = None

    def tags(self, *words: str) -> int:
        self._capsys.readouterr()
        where = ("--site", str(self.site), "--state", str(self.state))
        try:
            self.code = main(["lockers", "tags", *words, *where])
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return self.code

    def prints(self, *words: str) -> list[str]:
        """What the command says that it has printed."""
        assert self.tags("print", "--out", str(self.sheet), *words) == 0, self.err
        return self.out.splitlines()[1:]

    def read_back(self, *words: str) -> list[str]:
        """The texts of the codes on the sheets, each once."""
        self.prints(*words)
        return sorted(set(codes_in(self.sheet)))

    def claims(self, texts: Sequence[str]) -> list[object]:
        keys = accepted(read_keys(self.state / "locker-tags.key"), datetime.now(SHANGHAI))
        return [read(text, keys) for text in texts]

    def lockers(self, *lockers: Locker, deposit: Deposit | None = None) -> None:
        """How the front role left them."""
        with open_ledger(self.state / "ledger.sqlite") as ledger:
            lies = () if deposit is None else (deposit,)
            LedgerLockers(lambda: ledger, SHANGHAI).write(Entry(NOW, lockers, lies))

    def book(self, act: Callable[[TagPages], object]) -> None:
        """What the front role does with its page of tags; found: what came of it."""
        ring = KeyRing(self.state / "locker-tags.key", lambda: datetime.now(SHANGHAI))
        with open_ledger(self.state / "ledger.sqlite") as ledger:
            self.found = act(TagPages(lambda: ledger, ring.accepted))

    def audit(self) -> list[tuple[object, ...]]:
        return ask(self.state / "ledger.sqlite", "SELECT actor, action, subject FROM audit ORDER BY n")


def codes_in(sheet: Path) -> list[str]:
    """Every bar code and QR code of a PDF, as a camera reads its pages at 150 dots an inch."""
    document = pypdfium2.PdfDocument(sheet)
    pictures = [page.render(scale=150 / 72).to_numpy() for page in document]
    document.close()
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Store:
    """Newly installed: nobody is registered, the installer sits there."""
    monkeypatch.setattr(who, "login_name", lambda: "installer")
    monkeypatch.setattr(who, "owns", lambda where: True)
    (tmp_path / "state").mkdir()
    migrate(tmp_path / "state" / "ledger.sqlite")
    return Store(tmp_path, capsys)


@pytest.fixture
def staffed(store: Store, tmp_path: Path) -> Store:
    """With a supervisor and a bag attendant, who have PINs."""
    with open_ledger(store.state / "ledger.sqlite") as ledger:
        pages = PeoplePages(ledger, bytes(32))
        for id, right in (("chen", Right.SUPERVISOR), ("li", Right.BAGS)):
            person = Person(id, id.title(), frozenset((right,)))
            assert isinstance(pages.add(person, "installer", datetime.now(SHANGHAI), pin=PIN), Person)
    (tmp_path / "pin").write_text(PIN)
    return store


@pytest.mark.rule("L01")
def test_an_installer_prints_plaques_and_a_reader_reads_them(store: Store) -> None:
    found = store.read_back("--numbers", "1-3,17", "--size", "fob")

    assert store.claims(found) == [Plaque(1, 1), Plaque(2, 1), Plaque(3, 1), Plaque(17, 1)]
    assert stat.S_IMODE(store.sheet.stat().st_mode) == 0o600
    assert stat.S_IMODE((store.state / "locker-tags.key").stat().st_mode) == 0o600
    assert store.audit()[0] == ("installer", "issues", "plaque 1 generation 1")
    assert found[0] not in store.out + store.err


def test_printing_again_gives_the_same_plaques(store: Store) -> None:
    first = store.read_back("--numbers", "1-2")

    assert store.read_back("--numbers", "2,1") == first
    assert store.audit()[-1] == ("installer", "prints again", "plaque 1 generation 1")


@pytest.mark.rule("L01")
def test_every_locker_gets_the_plaque_of_its_number_and_generation(store: Store) -> None:
    wall = '\n[[lockers.rows]]\nsize = "small"\nlockers = "1-2"\nplace = "left wall"\n'
    (store.site / "site.toml").write_text(sites.SITE + wall, encoding="utf-8")
    assert store.prints() == [
        "plaque 1 generation 1",
        "plaque 2 generation 1",
    ]  # before the front role ran for the first time

    store.lockers(replace(LOCKER, id=LockerId(1), number=1, generation=1), replace(LOCKER, number=117, generation=4))

    assert store.prints() == ["plaque 1 generation 1", "plaque 117 generation 4"]


@pytest.mark.rule("L02")
def test_a_locker_with_a_new_generation_gets_its_plaque_and_the_old_one_opens_nothing(store: Store) -> None:
    store.lockers(LOCKER)
    store.prints()

    store.lockers(replace(LOCKER, generation=4))  # it was lost, and staff renumbered the locker

    assert store.prints() == ["plaque 17 generation 4"]
    assert store.tags("list", "--all") == 0
    assert "generation 4 follows it" in store.out
    assert store.audit()[-2:] == [
        ("installer", "withdraws", "plaque 17 generation 3"),
        ("installer", "issues", "plaque 17 generation 4"),
    ]


def test_a_withdrawn_plaque_is_not_printed_again(store: Store) -> None:
    store.lockers(LOCKER)
    store.prints()

    assert store.tags("withdraw", "17", "--why", "broken") == 0
    assert store.tags("withdraw", "17", "--why", "broken") == 1
    assert store.tags("print", "--out", str(store.sheet)) == 1

    assert "was withdrawn (broken): give its locker another tag first (kiosk lockers renumber)" in store.err
    assert store.prints("--numbers", "18") == ["plaque 18 generation 1"]
    assert store.tags("withdraw", "18", "--why", "broken") == 0
    assert store.prints("--numbers", "18") == ["plaque 18 generation 2"]  # a spare one, which no locker has


def test_a_pair_of_plaques_is_two_of_the_same(store: Store) -> None:
    store.prints("--numbers", "7", "--copies", "2", "--size", "fob")

    assert len(codes_in(store.sheet)) == 2


def test_after_a_rotation_the_list_says_what_to_print_again(store: Store) -> None:
    old = store.read_back("--numbers", "1-2")

    assert store.tags("rotate", "--overlap", "14") == 0

    assert "2 plaques and their chips count until" in store.out
    assert store.tags("list") == 0
    assert store.out.count("print again: signed by an older key") == 2
    assert store.claims(old) == [Plaque(1, 1), Plaque(2, 1)]
    assert store.read_back("--numbers", "1-2") != old
    assert store.tags("list", "--json") == 0
    assert '"newest_key": true' in store.out
    assert '"newest_key": false' not in store.out
    assert store.audit()[2] == ("installer", "rotates", "the key of the tags")


def test_after_a_leak_no_tag_counts_any_more(store: Store) -> None:
    old = store.read_back("--numbers", "1")

    assert store.tags("rotate", "--at-once") == 0

    assert "count no more" in store.out
    assert store.claims(old) == [Refused(Reason.STRANGE_KEY)]


def test_a_chip_is_tied_to_its_plaque_and_its_number_is_kept_nowhere(store: Store) -> None:
    store.prints("--numbers", "1-2")

    assert store.tags("chip", "1", "0A1B2C3D4E") == 0
    assert store.tags("chip", "2", "0a1b2c3d4e") == 1
    assert "belongs to plaque 1" in store.err
    assert store.tags("chip", "2", "no chip") == 1
    assert store.tags("chip", "3", "1111111111") == 1
    assert ask(store.state / "ledger.sqlite", "SELECT count(*) FROM locker_plaque WHERE chip LIKE '%A1B2%'") == [(0,)]


@pytest.mark.rule("L02")
def test_once_there_is_a_supervisor_nobody_else_makes_tags(staffed: Store, tmp_path: Path) -> None:
    def asked(*words: str) -> list[int]:
        as_li = ("--as", "li", "--as-pin-file", str(tmp_path / "pin"))
        as_chen = ("--as", "chen", "--as-pin-file", str(tmp_path / "pin"))
        return [staffed.tags(*words), staffed.tags(*words, *as_li), staffed.tags(*words, *as_chen)]

    assert asked("print", "--numbers", "1", "--out", str(staffed.sheet)) == [1, 1, 0]
    assert asked("rotate") == [1, 1, 0]
    assert staffed.audit()[2:6] == [
        ("installer", "is refused", "plaques"),
        ("li", "is refused", "plaques"),
        ("chen", "issues", "plaque 1 generation 1"),
        ("installer", "is refused", "the key of the tags"),
    ]
    (tmp_path / "pin").write_text("111112")
    assert staffed.tags("withdraw", "1", "--why", "x", "--as", "chen", "--as-pin-file", str(tmp_path / "pin")) == 1
    assert "wrong PIN" in staffed.err


@pytest.mark.rule("L02")
def test_a_lost_ticket_is_withdrawn_by_the_number_of_its_locker(store: Store) -> None:
    taken = replace(LOCKER, assignment=Assignment.OCCUPIED, deposit=4711)
    store.lockers(taken, deposit=Deposit(4711, taken.id, 17, 3, NOW, stored=NOW, kept=NOW))
    make_keys(store.state / "locker-tags.key")
    store.prints("--numbers", "18")

    assert store.tags("withdraw", "17", "--ticket", "--why", "lost") == 1
    assert "no ticket was printed for what lies in locker 17" in store.err
    store.book(lambda book: book.issue_ticket(TICKET, NOW.date(), NOW))
    assert store.tags("withdraw", "17", "--ticket", "--why", "lost") == 0

    store.book(lambda book: book.issued(TICKET))
    assert store.found == Issued(TICKET, "lost")
    assert store.audit()[-1] == ("installer", "withdraws", "ticket of deposit 4711")
    assert store.tags("withdraw", "18", "--ticket", "--why", "lost") == 1


def test_a_store_without_lockers_names_the_numbers(store: Store) -> None:
    assert store.tags("print", "--out", str(store.sheet)) == 1
    assert "--numbers 1-24" in store.err


@pytest.mark.parametrize("numbers", ["0", "10000", "x", "3-1", "1-", "-1", "1,,2", "1-9999999999"])
def test_numbers_that_no_locker_has_are_wrong_usage(numbers: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(["lockers", "tags", "print", f"--numbers={numbers}"])
    assert end.value.code == 2


def test_a_key_that_is_gone_stops_the_printing_and_says_what_to_do(store: Store) -> None:
    store.prints("--numbers", "1")
    (store.state / "locker-tags.key").unlink()

    assert store.tags("print", "--numbers", "1", "--out", str(store.sheet)) == 3
    assert "backup" in store.err
    assert store.tags("list") == 0  # reading goes on


def test_a_sheet_that_cannot_be_written_is_told_and_prints_the_same_later(store: Store, tmp_path: Path) -> None:
    assert store.tags("print", "--numbers", "1", "--out", str(tmp_path / "none" / "x.pdf")) == 3
    assert "name a folder that exists" in store.err

    assert store.prints("--numbers", "1") == ["plaque 1 generation 1"]


def test_a_printer_is_given_the_sheet_at_its_real_size(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = tmp_path / "bin" / "lp"
    printer.parent.mkdir()
    printer.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat > {store.sheet}\n')
    printer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{printer.parent}:/usr/bin:/bin")

    assert store.tags("print", "--numbers", "5", "--printer", "laser") == 0

    assert (tmp_path / "words").read_text() == "-t plaques -o print-scaling=none -d laser\n"
    assert store.claims(sorted(set(codes_in(store.sheet)))) == [Plaque(5, 1)]
    printer.write_text("#!/bin/sh\ncat > /dev/null\necho no such printer >&2\nexit 1\n")
    assert store.tags("print", "--numbers", "5", "--printer") == 3
    assert "the printer takes nothing: no such printer" in store.err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert store.tags("print", "--numbers", "5", "--printer") == 3
    assert "install cups-client" in store.err


def test_after_the_last_generation_a_spare_plaque_needs_another_number(store: Store) -> None:
    store.prints("--numbers", "1")
    columns = "at, number, generation, key, withdrawn, person"
    last = f"INSERT INTO locker_plaque ({columns}) VALUES ('2026-11-23', 1, 999, 0, 'lost', 'chen')"
    by_hand(store.state / "ledger.sqlite", last)

    assert store.tags("print", "--numbers", "1", "--out", str(store.sheet)) == 1
    assert "take another number" in store.err
