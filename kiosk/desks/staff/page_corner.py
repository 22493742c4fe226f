"""Pages in staff mode: what is to be read, and whether it may be; the broadcast role carries it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.reasons import reason, why_form
from kiosk.ports.page_decisions import PageDecisions
from kiosk.ports.staff_view import Kind, Matter, Offered, Spoken
from kiosk.rules.broadcast.page_watch import Page, Stage
from kiosk.rules.broadcast.paging import called, wording
from kiosk.rules.broadcast.rights import Deed, decide
from kiosk.rules.forms.form import Form, problems
from kiosk.rules.people.person import Allowed, Denied, Person
from kiosk.rules.service.asking import taker, took
from kiosk.sentences import N_

DECLINED = why_form(
    N_("Do not page"),
    (
        ("the person is there already", N_("The person is there already")),
        ("nobody understands the name", N_("The name is not clear")),
        ("it is no matter for a page", N_("It is no matter for a page")),
    ),
)
TAKEN = Form("staff", N_("The message was delivered"), took)
_OFFERED = {
    Stage.REQUESTED: (
        Offered("approve", N_("Page them"), "check", "good"),
        Offered("decline", N_("Do not page"), "x", "care", DECLINED),
    ),
    Stage.CALLED: (Offered("reached", N_("They were reached"), "check", "good"),),
    Stage.ON_AIR: (Offered("reached", N_("They were reached"), "check", "good"),),
    Stage.SLIP: (Offered("delivered", N_("The message was delivered"), "check", "good", TAKEN),),
}
_TITLES = {
    Stage.REQUESTED: N_("A page waits for your word"),
    Stage.WAITING: N_("A page waits for its turn"),
    Stage.ON_AIR: N_("A page is on the air"),
    Stage.CALLED: N_("Have they been reached?"),
    Stage.SLIP: N_("A message waits to be delivered"),
}
PRESSING = (Stage.REQUESTED, Stage.CALLED)


def offered_for(stage: Stage) -> tuple[Offered, ...]:
    """What may be said about a page at a stage."""
    return _OFFERED.get(stage, ())


class Pages(Protocol):
    """The broadcast role's pages, as the ledger has them; raises LedgerFault."""

    def unfinished(self) -> Iterable[Page]: ...


@dataclass(slots=True)
class PageCorner:
    """Implements Corner."""

    pages: Pages
    decisions: PageDecisions
    name: str = "page"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        if not self._may(who, now):
            return ()
        waiting = {one.page: one.step for one in self.decisions.waiting()}
        found = [_matter(self.name, page, waiting.get(page.n, "")) for page in self.pages.unfinished()]
        return tuple(sorted(found, key=lambda one: not one.pressing))

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        return next((one for one in self.matters(who, now) if one.key == f"{self.name} {thing}"), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        permission = decide(who, Deed.PAGE, now.date())
        if isinstance(permission, Denied):
            return Said(permission.why, refused=True)
        page = next((one for one in self.pages.unfinished() if str(one.n) == thing), None)
        if page is None or deed not in {one.deed for one in _OFFERED.get(page.stage, ())}:
            return Said(N_("Somebody else has decided on it"), refused=True)
        asks = next(one.asks for one in _OFFERED[page.stage] if one.deed == deed)
        if asks is not None and (wrong := problems(asks, told)):
            return Said(next(iter(wrong.values())), refused=True)
        self.decisions.ask(page.n, deed, who.id, taker(told) if asks is TAKEN else reason(told), now)
        return Said(N_("The broadcast desk is told"))

    def _may(self, who: Person, now: datetime) -> bool:
        return isinstance(decide(who, Deed.PAGE, now.date()), Allowed)


def _matter(name: str, page: Page, decided: str) -> Matter:
    slip = page.slip
    told = [(N_("It is read so"), wording(page.request))] if page.stage is not Stage.SLIP else []
    told += [(N_("Who asks"), " ".join(filter(None, (page.caller, page.number))))] if page.caller or page.number else []
    if slip is not None:
        told += [(N_("For"), slip.for_whom), (N_("Message"), slip.what), (N_("When"), f"{slip.when:%m-%d %H:%M}")]
    return Matter(
        f"{name} {page.n}",
        Kind.PAGE,
        _TITLES.get(page.stage, N_("A page waits for its turn")),
        line=called(page.request),
        at=page.since,
        pressing=page.stage in PRESSING and not decided,
        deeds=() if decided else _OFFERED.get(page.stage, ()),
        told=tuple(told),
        spoken=() if page.stage is Stage.SLIP else (Spoken(wording(page.request), page.request.language),),
    )
