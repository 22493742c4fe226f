"""The binder in staff mode: which pages may air, and who releases them (B13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.reasons import reason, why_form
from kiosk.ports.staff_view import Kind, Matter, Offered, Spoken
from kiosk.rules.broadcast.material import Script
from kiosk.rules.broadcast.releases import Asking, Page, Release, Standing, airs, releasing, standing
from kiosk.rules.broadcast.rights import Deed, decide
from kiosk.rules.people.person import Allowed, Denied, Person
from kiosk.sentences import N_, in_languages, tell
from kiosk.units import LANGUAGES, ScriptId

RELEASE = Offered("release", N_("Release it as it reads"), "check", "good")
WITHDRAW = Offered(
    "withdraw",
    N_("Take it off the air"),
    "x",
    "care",
    why_form(
        N_("Take it off the air"),
        (
            ("the text is wrong", N_("The text is wrong")),
            ("the campaign is over", N_("The campaign is over")),
            ("it sounds bad", N_("It sounds bad")),
        ),
    ),
)
STANDINGS = {
    Standing.DRAFT: N_("Draft"),
    Standing.CHANGED: N_("Changed since it was released"),
    Standing.RELEASED: N_("Released"),
    Standing.WITHDRAWN: N_("Taken off the air"),
}


class Releases(Protocol):
    """The register of releases; raises LedgerFault."""

    def latest(self) -> Mapping[ScriptId, Release]: ...

    def write(self, release: Release, *, why: str = "") -> None: ...


@dataclass(slots=True)
class BinderCorner:
    """Implements Corner. pages: each page as it reads: asked anew when the binder is opened."""

    scripts: Sequence[Script]
    pages: Callable[[], Mapping[ScriptId, Page]]
    releases: Releases
    asking: Asking
    name: str = "script"
    _known: Mapping[ScriptId, Page] | None = None

    def look(self) -> None:
        """The binder is opened anew."""
        self._known = None

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        if not self._sees(who, now):
            return ()
        last = self.releases.latest()
        return tuple(self._matter(script, last.get(script.id), who, now) for script in self.scripts)

    def held_back(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """Those that may not air before somebody has said so, for whoever may say it."""
        last = self.releases.latest() if self._sees(who, now) else {}
        return tuple(
            self._matter(script, last.get(script.id), who, now)
            for script in self.scripts
            if self._sees(who, now)
            and not airs(self._page(script), last.get(script.id), self.asking)
            and standing(self._page(script), last.get(script.id)) is not Standing.WITHDRAWN
            and isinstance(decide(who, releasing(self._page(script)), now.date()), Allowed)
        )

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        script = self._script(thing)
        if script is None or not self._sees(who, now):
            return None
        return self._matter(script, self.releases.latest().get(script.id), who, now)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        script = self._script(thing)
        if script is None or deed not in (RELEASE.deed, WITHDRAW.deed):
            return Said(tell("the binder has no page {page}", page=thing), refused=True)
        self.look()
        page, released = self._page(script), deed == RELEASE.deed
        permission = decide(who, releasing(page) if released else Deed.WITHDRAW, now.date())
        if isinstance(permission, Denied):
            return Said(permission.why, refused=True)
        self.releases.write(Release(script.id, page.digest, released, now, who.id), why=reason(told))
        return Said(N_("It may air as it reads now") if released else N_("It does not air any more"))

    def _sees(self, who: Person, now: datetime) -> bool:
        """Whoever may do anything about the binder sees it."""
        deeds = (Deed.RELEASE_ROUTINE, Deed.RELEASE_POLICY, Deed.WITHDRAW, Deed.AIR_ROUTINE)
        return any(isinstance(decide(who, deed, now.date()), Allowed) for deed in deeds)

    def _script(self, thing: str) -> Script | None:
        return next((one for one in self.scripts if one.id == thing), None)

    def _page(self, script: Script) -> Page:
        if self._known is None:
            self._known = self.pages()
        return self._known[script.id]

    def _matter(self, script: Script, last: Release | None, who: Person, now: datetime) -> Matter:
        page = self._page(script)
        stands = standing(page, last)
        deeds: list[Offered] = []
        if stands is not Standing.RELEASED and isinstance(decide(who, releasing(page), now.date()), Allowed):
            deeds.append(RELEASE)
        if stands is not Standing.WITHDRAWN and isinstance(decide(who, Deed.WITHDRAW, now.date()), Allowed):
            deeds.append(WITHDRAW)
        words = [(language, script.text[language]) for language in LANGUAGES if script.text.get(language)]
        title = in_languages(script.title) if any(script.title.values()) else script.id
        return Matter(
            f"{self.name} {script.id}",
            Kind.SCRIPT,
            title,
            line=STANDINGS[stands],
            at=None if last is None else last.at,
            pressing=not airs(page, last, self.asking),
            deeds=tuple(deeds),
            told=tuple(("", text) for _, text in words),
            spoken=tuple(Spoken(text, language) for language, text in words),
        )
