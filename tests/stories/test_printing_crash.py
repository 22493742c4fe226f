"""The real front role, killed while paper comes out of its printer: nothing is printed twice, nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.ledger.print_jobs import LedgerPrintQueue
from kiosk.ledger.store import open_ledger
from kiosk.rules.printing.document import Code, Document, Line
from kiosk.rules.printing.jobs import Stage
from tests.audio.waiting import eventually
from tests.hw.thermal import Thermal, at_network, codes
from tests.ledger.shop import ROOT, fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.sites import SITE, write_site

PATIENCE_S = 60.0
ROWS = '\n[lockers]\n[[lockers.rows]]\nsize = "small"\nlockers = "1-2"\nplace = "left wall"\n'


def sheet(n: int) -> Document:
    return Document(f"sheet {n}", (Code(f"SHEET-{n}"), *[Line("一行")] * 30))


@contextmanager
def front_role(where: Places) -> Iterator[subprocess.Popen[bytes]]:
    command = (sys.executable, "-m", "kiosk", "run", "front", "--site", str(where.site), "--state", str(where.state))
    role = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield role
    finally:
        role.send_signal(signal.SIGTERM)
        role.wait(timeout=PATIENCE_S)


def stages(queue: LedgerPrintQueue) -> list[Stage]:
    return [job.stage for job in queue.recent(datetime.now(SHANGHAI) - timedelta(hours=1))]


@pytest.mark.rule("R08")
def test_a_role_killed_under_a_sheet_shows_it_as_unsure_and_prints_what_waits(tmp_path: Path) -> None:
    thermal = Thermal(mute_after_rows=100)
    with at_network(thermal) as port:
        printers = f'\n[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:{port}"\n'
        site = write_site(tmp_path / "site", site=SITE + printers + ROWS)
        where = Places(site, tmp_path / "state")
        where.state.mkdir()
        fresh_ledger(where.ledger).close()
        with open_ledger(where.ledger) as ledger:
            queue = print_queue(where, lambda: ledger, SHANGHAI)
            for n in (1, 2):
                queue.add("desk", sheet(n), datetime.now(SHANGHAI), by="p1")
            with front_role(where) as role:
                eventually(lambda: thermal.printed_rows >= 100, within_s=PATIENCE_S, what="half a sheet")
                role.kill()
                role.wait()
            killed = stages(queue)
            thermal.mute_after_rows = None
            with front_role(where):
                eventually(lambda: len(thermal.cuts) == 1, within_s=PATIENCE_S, what="the sheet that waited")
                eventually(lambda: stages(queue)[1] is Stage.PRINTED, within_s=PATIENCE_S, what="its end")
            again = stages(queue)

    assert killed == [Stage.PRINTING, Stage.WAITING]
    assert again == [Stage.UNSURE, Stage.PRINTED]
    assert "SHEET-2" in codes(thermal.cuts[0])
