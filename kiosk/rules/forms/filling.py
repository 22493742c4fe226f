"""A form that is being filled in at a screen: the page, what was answered, the text that is being written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.rules.forms.flow import Act, Answers, Back, Chose, Given, Next, Read, Turn, Wrote
from kiosk.rules.forms.form import Choice, Form, Notice, Page, Words, problem
from kiosk.rules.writing.writing import CODES, Kind, Letter, Writing, after, begun

REVIEW, SENT = "review", "sent"


@dataclass(frozen=True, slots=True)
class Filling:
    """Implements Flow. answers: to the pages before. written: of a page of words. wrong: what is wrong with it.

    sent: it was given, and the desk's answer is awaited.
    """

    form: Form
    chinese: bool = True
    answers: Answers = ()
    at: int = 0
    written: Writing | None = None
    wrong: str = ""
    sent: bool = False

    @property
    def service(self) -> str:
        return self.form.service

    @property
    def page(self) -> str:
        shown = self.shown
        return f"{self.service}.{SENT if self.sent else REVIEW if shown is None else shown.id}"

    @property
    def writes(self) -> bool:
        # a tag that is scanned meanwhile is for the desk, not for a name
        return self.written is not None and self.written.kind in (*CODES, Kind.AMOUNT) and not self.sent

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.form.pages(dict(self.answers))

    @property
    def shown(self) -> Page | None:
        """The page that is asked now; None for all of it, to be looked at once more."""
        pages = self.pages
        return pages[self.at] if self.at < len(pages) else None

    @property
    def steps(self) -> int:
        """How many pages it has, as far as the answers tell."""
        return len(self.pages) + self.form.review

    def after(self, act: Act) -> Turn:
        if self.sent:
            return Turn(self)
        shown = self.shown
        match act, shown:
            case Back(), _:
                return Turn(self._back() if self.at else None)
            case Next(), None:
                return self._given(self)
            case Next(), Notice():
                return self._answered("yes")
            case Chose(id), Choice() if not problem(shown, id):
                return self._answered(id)
            case Next(), Words() if self.written is not None:
                return self._answered(self.written.whole.strip())
            case Wrote(key), Words() if self.written is not None:
                return Turn(replace(self, written=after(self.written, key), wrong=""))
            case Read(code), Words(longest=longest) if self.written is not None and self.written.kind in CODES:
                field = begun(self.written.kind, chinese=False, longest=longest)
                for sign in code.strip()[:longest]:
                    field = after(field, Letter(sign))
                return Turn(replace(self, written=field, wrong=""))
            case _:
                return Turn(self)

    def _answered(self, answer: str) -> Turn:
        shown = self.shown
        assert shown is not None
        if wrong := problem(shown, answer):
            return Turn(replace(self, wrong=wrong))
        kept = (*(pair for pair in self.answers[: self.at]), (shown.id, answer))
        going = _opened(replace(self, answers=kept, at=self.at + 1, written=None, wrong=""))
        if going.at < len(going.pages) or self.form.review:
            return Turn(going)
        return self._given(going)

    def _given(self, whole: Filling) -> Turn:
        return Turn(replace(whole, sent=True, written=None), Given(self.service, whole.answers))

    def _back(self) -> Filling:
        before = dict(self.answers).get(self.pages[self.at - 1].id, "")
        return _opened(replace(self, answers=self.answers[: self.at - 1], at=self.at - 1, wrong=""), before)


def opened(form: Form, *, chinese: bool) -> Filling:
    """A form that nobody has written into."""
    return _opened(Filling(form, chinese))


def _opened(filling: Filling, text: str = "") -> Filling:
    shown = filling.shown
    if not isinstance(shown, Words):
        return replace(filling, written=None)
    field = begun(shown.kind, chinese=filling.chinese, longest=shown.longest, text=text)
    return replace(filling, written=field)
