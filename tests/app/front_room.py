"""The bag-storage desk behind its hatch, in the thread of whoever asks."""

from __future__ import annotations

from typing import Any

from kiosk.app.front_hatch import FrontDesk
from kiosk.app.new_tags import NewTags
from kiosk.app.played_lockers import SEAT, PlayedLockers
from kiosk.desks.lockers.messages import Message, ReportAsked
from kiosk.ledger.store import Ledger
from kiosk.ledger.tags import TagPages
from kiosk.ports.lockers import Scanned
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.tags import KEY_BYTES, TagKey
from tests.desks.lockers.staffed_desk import PEOPLE, StaffedDesk

KEY = TagKey(1, bytes(range(KEY_BYTES)))


class Room:
    """The desk behind its hatch: what is asked is answered at once."""

    def __init__(self, ledger: Ledger, *, simulated: bool = True) -> None:
        self.staffed = StaffedDesk()
        self.pages = TagPages(lambda: ledger, lambda: (KEY,))
        self.scanned: list[str] = []
        self.hurry_s = 0.0  # so long passes at the desk from one look to the next
        play = PlayedLockers(self.staffed.bank, self.post, self.staffed.mono_s, self.tag_of).play
        tags = NewTags(self.pages, self.staffed.now)
        self.desk = FrontDesk(self.post, self.of_login, tags, play if simulated else None)

    def of_login(self, login: str) -> str:
        return next((one.id for one in PEOPLE.values() if one.login == login), "")

    def tag_of(self, locker: Locker) -> str:
        return f"tag {locker.number}.{locker.generation}"

    def post(self, message: Message) -> None:
        self.staffed.passes(self.hurry_s)
        if isinstance(message, ReportAsked):
            message.reply(self.report())
        elif isinstance(message, Scanned):
            self.scanned.append(message.text)
        else:
            self.staffed.post(message)

    def report(self) -> LockersReport:
        cabinet = self.staffed.desk.cabinet
        self.staffed.settle()
        return LockersReport(
            now=self.staffed.now(),
            lockers=tuple(cabinet.lockers.values()),
            for_staff={locker.id: why for locker, why in cabinet.for_staff()},
            steps={SEAT: "size"},
            seats={SEAT: "How large a locker?"},
            emergency_left=self.staffed.staff.emergency_left,
        )

    def asks(self, operator: str = "lina", **asked: object) -> dict[str, Any]:
        return dict(self.desk.serve(asked, operator))
