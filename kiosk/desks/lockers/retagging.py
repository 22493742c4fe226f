"""Another tag for a locker (L09), by command and at the screen: it is chosen, the locker has it, the old one ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.desks.lockers.messages import Answer, LookAsked, RenumberAsked, Wanted
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.ports.tags import TagIssuer
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.rights import Deed
from kiosk.rules.lockers.tags import Plaque
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

NO_TAG = N_("This is no tag for that locker: it is for another one, or an old one")


@dataclass(frozen=True, slots=True)
class Retagged:
    """A locker has another tag. answer: how the locker stands. text: to be printed on it, "" where it was before."""

    answer: Answer
    plaque: Plaque
    text: str


@dataclass(frozen=True, slots=True)
class Retagging:
    """tags: of the ledger. told: what the bag-storage desk says. lockers: as they stand now.

    The old tag counts until the locker has the new one in the ledger.
    """

    tags: TagIssuer
    told: Callable[[Wanted], Answer]
    lockers: Callable[[], Sequence[Locker]]

    def another(
        self, id: LockerId, by: str, number: int | None = None, *, substitute: bool = False
    ) -> Retagged | Answer:
        """A refusal, or what the locker has now. number: what the tag is to say, None for the locker's position."""
        refused = self._may(id, by)
        if isinstance(refused, Answer):
            return refused
        try:
            return self._given(refused, self._chosen(refused, number, substitute=substitute), by)
        except (DeviceFault, LedgerFault, ValueError) as fault:
            return Answer(str(fault), refused=True)

    def scanned(self, id: LockerId, by: str, text: str) -> Retagged | Answer:
        """The same, with a tag that was printed for it and that somebody holds in the hand."""
        locker = self._may(id, by)
        if isinstance(locker, Answer):
            return locker
        try:
            plaque = self.tags.scanned(text)
            if plaque is None or self._chosen(locker, plaque.number, substitute=False) != plaque:
                return Answer(tell(NO_TAG), refused=True)
            return self._given(locker, plaque, by)
        except (DeviceFault, LedgerFault, ValueError) as fault:
            return Answer(str(fault), refused=True)

    def _may(self, id: LockerId, by: str) -> Locker | Answer:
        may = self.told(LookAsked(by, Deed.RENUMBER, "wants another tag for", f"locker {id}"))
        if may.refused:
            return may
        locker = next((one for one in self.lockers() if one.id == id), None)
        return locker or Answer(tell("there is no locker {n}", n=id), refused=True)

    def _chosen(self, locker: Locker, number: int | None, *, substitute: bool) -> Plaque:
        return self.tags.choose(locker, self.lockers(), number, substitute=substitute)

    def _given(self, locker: Locker, plaque: Plaque, by: str) -> Retagged | Answer:
        answer = self.told(RenumberAsked(locker.id, plaque.number, plaque.generation, by))
        if answer.refused:
            return answer
        text = self.tags.issue(plaque, by)
        self.tags.withdraw(locker, by)
        return Retagged(answer, plaque, text)
