"""What the desks know for the screen reaches its process: the demo store has every service that there is."""

from __future__ import annotations

import pickle
from contextlib import closing
from pathlib import Path

from kiosk.app.places import Places
from kiosk.app.service_wiring import service_desk, services_of
from kiosk.config.load import load_site
from kiosk.hw.clock import SystemClock
from kiosk.rules.front.returning import ReturnCounter
from kiosk.rules.service.store_plan import StoreGuide
from tests.ledger.shop import fresh_ledger

DEMO = Path(__file__).parents[2]


def test_every_fact_of_the_demo_stores_services_can_be_told_to_the_screen(tmp_path: Path) -> None:
    site = load_site(DEMO)
    warnings: list[object] = []
    clock = SystemClock(site.zone_info)
    with closing(fresh_ledger(tmp_path / "ledger.sqlite")) as ledger:
        where = Places(DEMO, tmp_path)
        desk = service_desk(site, where, lambda: ledger, clock, warnings.append)
        assert desk is not None
        desk.pass_to(clock.now())
        facts = tuple(desk.facts_at("screen"))

    told = [pickle.loads(pickle.dumps(fact)) for fact in facts]

    kinds = {type(fact) for fact in told}
    assert {ReturnCounter, StoreGuide} <= kinds
    assert kinds == {type(fact) for fact in facts}
    assert set(desk.offered) <= set(services_of(site))
