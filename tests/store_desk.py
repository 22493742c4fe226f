"""A desk with a keyboard, a ledger of its own and people with PINs, for commands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.cli import main
from kiosk.ledger import secrets
from kiosk.ledger.migrate import migrate
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import open_ledger
from kiosk.rules.people.person import Person, Right
from tests import sites
from tests.ledger.values import TEN


class StoreDesk:
    """Commands of people, with what they printed on the terminal."""

    def __init__(
        self,
        root: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        people: dict[str, Right],
        site: str = "",
    ) -> None:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(secrets, "_hasher", lambda: cheap)
        self.site = sites.write_site(root / "site", site=sites.SITE + site)
        self.state = root / "state"
        self.state.mkdir()
        self.path = self.state / "ledger.sqlite"
        self._root, self._capsys, self._monkeypatch = root, capsys, monkeypatch
        self.code, self.out, self.err = 0, "", ""
        migrate(self.path)
        with open_ledger(self.path) as ledger:
            register = PeoplePages(ledger, b"")
            for n, (id, right) in enumerate(people.items()):
                person = Person(id, id.capitalize(), frozenset({right}), trained_on=TEN.date().replace(year=2020))
                register.add(person, "setup", TEN, pin=self.pin(n))
        self._pins = {id: self.pin(n) for n, id in enumerate(people)}

    @staticmethod
    def pin(n: int) -> str:
        return f"{73918 + 137 * n}4"

    def pin_file(self, id: str) -> Path:
        file = self._root / f"pin-{id}"
        file.write_text(self._pins.get(id, "000000") + "\n")
        return file

    def say(self, by: str, *words: str, typed: str = "") -> int:
        """A command of a person, who types these lines; "" is nobody in particular."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        self._capsys.readouterr()
        who = ("--as", by, "--as-pin-file", str(self.pin_file(by))) if by else ()
        try:
            self.code = main([*words, "--site", str(self.site), "--state", str(self.state), *who])
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return self.code
