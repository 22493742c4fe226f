"""`kiosk people` and `kiosk binder` as people give them, on a ledger of their own."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.commands import who
from kiosk.app.places import Places
from kiosk.cli import main
from kiosk.config.load import load_site
from kiosk.desks.broadcast.messages import Message, RegisterChanged
from kiosk.errors import KioskError
from kiosk.ledger.migrate import migrate
from kiosk.rules.broadcast.rights import Deed
from kiosk.rules.people.person import Person, Right
from tests import sites
from tests.ledger.shop import ask

BINDER = sites.BINDER.replace('id = "member-day"\n', 'id = "member-day"\npolicy = true\n')
PLANNER = ("people", "add", "Planner", "--right", "planning-department", "--id", "plan")
ANNA = ("people", "add", "王安娜", "--right", "announcer", "--id", "anna", "--trained", "2026-11-01")


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Store:
    """A store with its people at keyboards. login: who sits there; owns: whether the state directory is theirs."""

    site: Path
    state: Path
    capsys: pytest.CaptureFixture[str]

    def kiosk(self, *words: str, pin: str = "") -> Said:
        self.capsys.readouterr()
        more: list[str] = []
        if pin:
            (self.state / "pin").write_text(pin + "\n")
            more = ["--as-pin-file" if "--as" in words else "--pin-file", str(self.state / "pin")]
        try:
            code = main([*words, *more, "--site", str(self.site), "--state", str(self.state)])
        except SystemExit as end:
            code = int(end.code or 0)
        said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def audit(self) -> list[tuple[object, ...]]:
        return ask(self.state / "ledger.sqlite", "SELECT actor, action, subject FROM audit ORDER BY n")


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Store:
    """Its machine is used by "clerk", who owns nothing of it: the machine's users are no part of the store."""
    monkeypatch.setattr(who, "login_name", lambda: "clerk")
    monkeypatch.setattr(who, "owns", lambda where: False)
    (tmp_path / "state").mkdir()
    migrate(tmp_path / "state" / "ledger.sqlite")
    return Store(sites.write_site(tmp_path / "site", binder=BINDER), tmp_path / "state", capsys)


@pytest.fixture
def staffed(store: Store) -> Store:
    """With a head of the department, a planner and an announcer, who all have PINs."""
    head = ("people", "add", "王红", "--right", "department-head", "--id", "hong")
    assert store.kiosk(*head, pin="482913").code == 0
    assert store.kiosk(*PLANNER, "--as", "hong", "--login", "planner", pin="482913").code == 0
    assert store.kiosk(*ANNA, "--as", "hong", "--badge", "0A1B2C3D4E", pin="482913").code == 0
    return store


@pytest.mark.rule("B14")
def test_the_first_head_is_registered_by_whoever_sets_the_store_up_and_everybody_else_by_the_head(
    staffed: Store,
) -> None:
    again = staffed.kiosk("people", "add", "Eve", "--right", "department-head", "--login", "clerk")

    assert again.code == 1
    assert again.err == "kiosk: refused: clerk may not register people: the department head may\n"
    assert staffed.audit() == [
        ("clerk", "registers", "hong"),
        ("hong", "registers", "plan"),
        ("hong", "registers", "anna"),
        ("clerk", "is refused", "people"),
    ]


def test_whoever_owns_the_machine_may_keep_the_people_and_nothing_else(
    staffed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "owns", lambda where: True)

    assert staffed.kiosk("people", "remove", "anna").code == 0
    assert "may not withdraw a page" in staffed.kiosk("binder", "withdraw", "closing-30").err
    assert staffed.audit()[-2:] == [("clerk", "removes", "anna"), ("clerk", "is refused", "closing-30")]


@pytest.mark.rule("B14")
def test_the_list_tells_who_is_trained_and_how_they_are_known_but_no_secret(staffed: Store) -> None:
    table = staffed.kiosk("people", "list")
    (hong, plan, anna) = staffed.kiosk("people", "list", "--json").json

    assert "王安娜" in table.out
    assert "login planner" in table.out
    assert (hong["pin"], hong["trained"], hong["rights"]) == (True, False, ["department-head"])
    assert plan["login"] == "planner"
    assert (anna["badge"], anna["trained_on"], anna["pin"]) == (True, "2026-11-01", False)
    assert not any(secret in table.out for secret in ("482913", "0A1B2C3D4E", "argon"))


@pytest.mark.rule("B04")
def test_the_music_library_is_the_heads_and_whoever_else_changes_it_is_refused_and_logged(
    staffed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes_library(login: str) -> str:
        monkeypatch.setattr(who, "login_name", lambda: login)
        site = load_site(staffed.site)
        with (desk := who.RegisterDesk(argparse.Namespace(), site, where=Places(staffed.site, staffed.state))).ledger:
            return desk.acting(Deed.CHANGE_LIBRARY, "the music library")

    staffed.kiosk("people", "change", "hong", "--login", "boss", "--as", "hong", pin="482913")

    assert changes_library("boss") == "hong"
    for login in ("planner", "clerk"):
        with pytest.raises(KioskError, match="may not change the music library: the department head may"):
            changes_library(login)
    assert staffed.audit()[-2:] == [
        ("plan", "is refused", "the music library"),
        ("clerk", "is refused", "the music library"),
    ]


@pytest.mark.rule("B14")
@pytest.mark.parametrize("right", [Right.BAGS, Right.SUPERVISOR])
def test_people_of_other_desks_leave_this_one_to_anybody_until_its_own_are_registered(
    store: Store, right: Right
) -> None:
    site, where = load_site(store.site), Places(store.site, store.state)
    with (desk := who.RegisterDesk(argparse.Namespace(), site, where=where)).ledger:
        desk.people.add(Person("bo", "包小妹", frozenset({right}), login="bo"), "clerk", desk.now)
        free = desk.acting(Deed.CHANGE_LIBRARY, "the music library")
        desk.people.add(Person("anna", "王安娜", frozenset({Right.ANNOUNCER}), login="anna"), "clerk", desk.now)
        with pytest.raises(KioskError, match="clerk may not change the music library"):
            desk.acting(Deed.CHANGE_LIBRARY, "the music library")
    told = [problem["what"] for problem in store.kiosk("check", "--json").json]

    assert free == "clerk"
    assert any("no announcer is registered whose training is valid" in what for what in told)


def test_somebody_who_left_is_listed_only_where_all_are_asked_for(staffed: Store) -> None:
    left = staffed.kiosk("people", "remove", "anna", "--as", "hong", pin="482913")

    assert left.out == "王安娜 is registered no more: anna\n"
    assert [one["id"] for one in staffed.kiosk("people", "list", "--json").json] == ["hong", "plan"]
    assert [one["id"] for one in staffed.kiosk("people", "list", "--json", "--all").json] == ["hong", "plan", "anna"]
    assert "removed" in staffed.kiosk("people", "list", "--all").out


@pytest.mark.rule("B14")
def test_a_training_is_renewed_and_a_person_changed(staffed: Store) -> None:
    ask_hong = ("--as", "hong")
    until = ("--trained", "2026-12-01", "--until", "2027-11-30")
    assert staffed.kiosk("people", "retrain", "anna", *until, *ask_hong, pin="482913").code == 0
    words = ("people", "change", "anna", "--name", "安娜", "--right", "announcer", "--login", "anna")
    assert staffed.kiosk(*words, *ask_hong, pin="482913").code == 0

    anna = staffed.kiosk("people", "list", "--json").json[2]

    assert (anna["name"], anna["login"], anna["trained_on"], anna["trained_until"]) == (
        "安娜", "anna", "2026-12-01", "2027-11-30",
    )  # fmt: skip
    assert anna["badge"]
    assert staffed.audit()[-2:] == [("hong", "retrains", "anna"), ("hong", "changes", "anna")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("people", "add", "Eve", "--right", "announcer"), "Eve needs a way to be known"),
        (("people", "retrain", "eve", "--trained", "2026-12-01"), "nobody is registered as eve"),
        (("people", "change", "eve", "--name", "E"), "nobody is registered as eve"),
        (("people", "remove", "eve"), "nobody is registered as eve"),
        (("binder", "show", "member-dya"), 'did you mean "member-day"?'),
        (("binder", "release", "nothing"), "the binder has no page nothing"),
        (("people", "add", "Eve", "--right", "announcer", "--pin-file", "/no/such/file"), "no PIN can be read from it"),
        (("people", "remove", "eve", "--as", "nobody", "--as-pin-file", "/dev/null"), "refused: wrong PIN"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(store: Store, words: tuple[str, ...], sentence: str) -> None:
    said = store.kiosk(*words)

    assert said.code == 1
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_an_unfit_pin_registers_nobody(store: Store) -> None:
    said = store.kiosk(*ANNA, pin="123456")

    assert (said.code, "anybody would try" in said.err) == (1, True)
    assert store.kiosk("people", "list", "--json").json == []


def test_two_pins_that_differ_register_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["482913", "482914"])
    monkeypatch.setattr("getpass.getpass", lambda question: next(typed))

    said = store.kiosk(*ANNA, "--pin")

    assert "the two PINs differ" in said.err
    assert store.kiosk("people", "list", "--json").json == []


def test_a_pin_is_asked_for_twice_on_the_terminal(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda question: "482913")

    assert store.kiosk(*ANNA, "--pin").code == 0
    assert store.kiosk("people", "list", "--json").json[0]["pin"]


# the binder


@pytest.mark.rule("B13")
def test_a_policy_page_is_released_by_the_planning_department_alone(staffed: Store) -> None:
    by_head = staffed.kiosk("binder", "release", "member-day", "--as", "hong", pin="482913")
    as_planner = staffed.kiosk("binder", "list", "--json").json[0]

    assert by_head.code == 1
    assert "may not release a policy page: the planning department may" in by_head.err
    assert (as_planner["state"], as_planner["airs"]) == ("draft", False)
    assert as_planner["why"] == "the planning department may release it: kiosk binder release member-day"


@pytest.mark.rule("B13")
def test_the_planning_department_is_known_by_its_login_and_its_release_lets_the_page_air(
    staffed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = staffed.kiosk("plan", "--date", "2026-11-23", "--json").json
    monkeypatch.setattr(who, "login_name", lambda: "planner")

    said = staffed.kiosk("binder", "release", "member-day", "closing-30")

    released = staffed.kiosk("plan", "--date", "2026-11-23", "--json").json
    (page, *_) = staffed.kiosk("binder", "list", "--json", "--date", "2026-11-23").json
    assert said.out == "member-day is released\nclosing-30 is released\n"
    assert (page["state"], page["released_by"], page["airs"]) == ("released", "plan", True)
    assert not any(item["id"] == "member-day" for item in planned["items"])
    assert any(item["id"] == "member-day" for item in released["items"])
    assert [warning for warning in planned["warnings"] if "member-day" in warning] == [
        "page member-day is due at 10:15 and does not air: it is a draft; "
        "the planning department may release it: kiosk binder release member-day"
    ]
    assert not any("does not air" in warning for warning in released["warnings"])


@pytest.mark.rule("B13")
def test_a_changed_text_makes_a_released_page_a_draft_again_and_the_check_says_so(
    staffed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "login_name", lambda: "planner")
    staffed.kiosk("binder", "release", "member-day")

    binder = staffed.site / "schedules/binder.toml"
    binder.write_text(binder.read_text(encoding="utf-8").replace("Our member days are on.", "No more."), "utf-8")

    page = staffed.kiosk("binder", "list", "--json").json[0]
    told = staffed.kiosk("check", "--json").json
    assert page["state"] == "draft: changed since it was released"
    assert any(
        problem["what"] == "was changed since plan released it: it is a draft again"
        and problem["remedy"].startswith("the planning department may release it")
        for problem in told
    )


@pytest.mark.rule("B13")
def test_nobody_releases_a_policy_page_where_nobody_is_registered(store: Store) -> None:
    assert store.kiosk("binder", "release", "closing-30").code == 0
    assert "the planning department may" in store.kiosk("binder", "release", "member-day").err


def test_the_head_withdraws_a_page_with_a_reason_and_the_role_hears_of_it_at_once(staffed: Store) -> None:
    got: list[Message] = []
    with broadcast_hatch(staffed.state / "broadcast.sock", got.append):
        said = staffed.kiosk("binder", "withdraw", "member-day", "--why", "wrong price", "--as", "hong", pin="482913")

    assert said.out == "member-day is withdrawn\n"
    assert got == [RegisterChanged()]
    assert staffed.audit()[-1] == ("hong", "withdraws", "member-day")
    assert staffed.kiosk("binder", "list", "--json").json[0]["state"] == "withdrawn"


def test_a_page_is_shown_whole(store: Store) -> None:
    said = store.kiosk("binder", "show", "member-day")
    values = store.kiosk("binder", "show", "member-day", "--json").json

    for words in ("会员日", "Our member days are on.", "10:15 to 20:15, every 60 min", "hall", "routine", "draft"):
        assert words in said.out
    assert values["recording"] == {"zh-CN": "sounds/speech/member-day.wav"}
    assert values["zones"] == ["hall"]


def test_the_binder_is_listed_before_there_is_any_ledger_and_begins_none(store: Store) -> None:
    (store.state / "ledger.sqlite").unlink()

    said = store.kiosk("binder", "list")

    assert (said.code, "member-day" in said.out) == (0, True)
    assert not (store.state / "ledger.sqlite").exists()


# check


@pytest.fixture
def checked(store: Store) -> Callable[[str], list[str]]:
    def check(more: str) -> list[str]:
        (store.site / "site.toml").write_text(sites.SITE + more, encoding="utf-8")
        return [problem["what"] for problem in store.kiosk("check", "--json").json]

    return check


@pytest.mark.rule("B14")
def test_the_check_says_when_nobody_could_use_the_desk(checked: Callable[[str], list[str]]) -> None:
    wired = '\n[[buttons]]\nid = "more"\naction = "next-song"\npin = 5\n'

    told = checked(wired + "[announcers]\nrequired = true\n")

    assert any("no announcer is registered whose training is valid" in what for what in told)
    assert any("nothing at the panel tells who stands there" in what for what in told)
    assert not any("nothing at the panel" in what for what in checked(wired))
    key = wired + "[announcers]\nrequired = true\n[panel]\nkey_switch = 26\n"
    assert not any("nothing at the panel" in what for what in checked(key))
