from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import wiring
from kiosk.app.admission import World, admission, badge_key
from kiosk.app.binder_pages import pages_of
from kiosk.app.places import Places
from kiosk.config.load import load_site
from kiosk.desks.broadcast.messages import Fault, Message
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.rules.broadcast.debounce import Edge
from kiosk.rules.broadcast.key_switch import KEY
from kiosk.rules.broadcast.releases import Page
from kiosk.rules.people.person import Person, Right
from kiosk.units import ScriptId
from tests import sites
from tests.audio.waiting import eventually
from tests.hw.panels import BenchFactory, HandClock
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import TEN


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(sites.write_site(tmp_path / "site"), tmp_path / "state")


@pytest.fixture
def ledger(places: Places) -> Iterator[Ledger]:
    with fresh_ledger(places.ledger) as one:
        yield one


def world(ledger: Ledger, inbox: list[Message]) -> World:
    return World(lambda: ledger, lambda: TEN, lambda: 0.0, inbox.append)


def test_the_key_of_the_badges_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    first = badge_key(tmp_path / "state" / "badge.key")

    assert len(first) == 32
    assert badge_key(tmp_path / "state" / "badge.key") == first
    assert badge_key(tmp_path / "other.key") != first
    assert stat.S_IMODE((tmp_path / "other.key").stat().st_mode) & stat.S_IRWXO == 0
    assert [file.name for file in (tmp_path / "state").iterdir()] == ["badge.key"]


def test_a_damaged_key_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "badge.key").write_bytes(b"short")

    with pytest.raises(DeviceFault, match=r"badge\.key is damaged: delete it, and register the badges anew"):
        badge_key(tmp_path / "badge.key")


@pytest.mark.rule("B14")
def test_a_pin_is_proven_against_the_ledger_of_the_role(places: Places, ledger: Ledger) -> None:
    inbox: list[Message] = []
    PeoplePages(ledger, b"").add(Person("anna", "Anna", frozenset({Right.ANNOUNCER})), "root", TEN, pin="482913")

    with admission(load_site(places.site), places, (), world(ledger, inbox)) as admitted:
        right, wrong = admitted.prove("anna", "482913"), admitted.prove("anna", "111112")

    assert (right, wrong[:9]) == ("", "wrong PIN")
    assert inbox == []


def test_a_ledger_that_cannot_be_opened_proves_nobody_and_stops_nothing(places: Places) -> None:
    def no_ledger() -> Ledger:
        raise LedgerFault("the card is gone: put it back")

    at = World(no_ledger, lambda: TEN, lambda: 0.0, lambda message: None)
    with admission(load_site(places.site), places, (), at) as admitted:
        assert admitted.prove("anna", "482913") == "PINs cannot be looked at: the card is gone: put it back"


def test_a_key_or_a_reader_that_cannot_be_used_is_told_and_the_role_goes_on(tmp_path: Path) -> None:
    text = sites.SITE + '\n[badge]\ndevice = "/dev/no-such-port"\n'
    places = Places(sites.write_site(tmp_path / "site", site=text), tmp_path / "state")
    places.state.mkdir()
    places.badge_key.write_bytes(b"short")
    inbox: list[Message] = []

    with fresh_ledger(places.ledger) as ledger, admission(load_site(places.site), places, (), world(ledger, inbox)):
        eventually(lambda: len(inbox) >= 2, within_s=30, what="both are told")

    told = " ".join(message.text for message in inbox if isinstance(message, Fault))
    assert "badge.key is damaged" in told
    assert "the badge reader at /dev/no-such-port cannot be read" in told


def test_the_key_switch_is_wired_though_no_button_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pins = BenchFactory(HandClock())
    monkeypatch.setattr(wiring, "open_pins", lambda chip: pins)
    site = load_site(sites.write_site(tmp_path, site=sites.SITE + "\n[panel]\nkey_switch = 26\n"))
    inbox: list[Message] = []

    with wiring.wired(site, inbox.append, pins.clock.mono_s):
        pins.pin(26).drive_low()

    assert [(edge.button, edge.closed) for edge in inbox if isinstance(edge, Edge)] == [(KEY, False), (KEY, True)]


@pytest.mark.rule("B13")
def test_a_page_is_known_by_what_it_says_and_how_its_recording_sounds(tmp_path: Path) -> None:
    root = sites.write_site(tmp_path)
    before = by_id(pages_of(load_site(root)))

    sites.write_tone(root / "sounds/speech/member-day.wav", 0.2, hertz=880.0)
    sounded = by_id(pages_of(load_site(root)))
    sites.write_site(tmp_path, binder=("Please leave now.", "Please go."))
    worded = by_id(pages_of(load_site(root)))

    changed = [name for name in before if before[name] != sounded[name]]
    assert changed == ["member-day"]
    assert worded[ScriptId("evacuation")] != before[ScriptId("evacuation")]
    assert worded[ScriptId("closing-30")] == before[ScriptId("closing-30")]


def by_id(pages: tuple[Page, ...]) -> dict[ScriptId, Page]:
    return {page.script: page for page in pages}
