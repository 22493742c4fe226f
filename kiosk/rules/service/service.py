"""What makes a service: its form, the stages of its records, who may move them, how long they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.rules.forms.form import Form, Page, Words, problems
from kiosk.rules.forms.masking import masked
from kiosk.rules.people.person import Person, Right
from kiosk.rules.people.refusals import CALLED
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.stages import stage_called
from kiosk.sentences import N_, Sentence, alias, tell

ANYBODY = frozenset(Right)  # who is registered
DESK = frozenset((Right.ANNOUNCER, Right.HEAD, Right.SUPERVISOR))  # who works at the service desk, and who leads it
LEADS = frozenset((Right.HEAD, Right.SUPERVISOR))
NOBODY = Person("", "", frozenset())
BY_ITSELF = N_("service desk")  # who did what no person did


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not done. why: a sentence for staff. sentence: the key of what the shopper is told, "" for the usual."""

    why: str
    sentence: str = ""


def possible(_record: Record, _done: Done) -> Refused | None:
    """It can be done."""
    return None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that staff do to a record. before: the stages at which it can be done. to: the stage it leads to, ""
    for the same. asks: what staff write about it. takes: whoever does it is responsible from then on. second: it takes
    another person than who wrote the record. objects: why it cannot be done as it was told."""

    id: str
    words: str
    before: frozenset[str]
    to: str = ""
    asks: Form | None = None
    rights: frozenset[Right] = ANYBODY
    takes: bool = False
    second: bool = False
    objects: Callable[[Record, Done], Refused | None] = possible


@dataclass(frozen=True, slots=True)
class Lapse:
    """A record that stood at a stage for so long goes to another by itself."""

    stage: str
    after: timedelta
    to: str


Others = tuple[Record, ...]
Say = Callable[[str], str]  # puts an English text of ours into a language
Rows = tuple[tuple[str, str], ...]  # what stands on a printed form: of what, and what


def twice(service: str, number: int) -> Refused:
    """A second one of what there may be once."""
    return Refused(tell("{service} {number} says the same already", service=service, number=number), "service.twice")


def never(_: Record) -> datetime | None:
    """Nothing has to be done by any time."""
    return None


def thanks(record: Record) -> str:
    """What the shopper is told first."""
    return f"{record.service}.thanks"


def often(_: Record) -> str:
    """There may be any number of them."""
    return ""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a record. since: the records of every service from a moment on. waiting: those with which
    something is to be done. titles: of the services, by their ids."""

    now: datetime
    since: Callable[[datetime], Iterable[Record]]
    waiting: Callable[[], Iterable[Record]]
    titles: Mapping[str, str]


def nothing(_record: Record, _around: Around) -> Rows:
    """Nothing follows from other records."""
    return ()


def scanned(words: str) -> str:
    """What somebody typed, as a scanner reads it off a card: without blanks, in capitals."""
    return "".join(words.split()).upper()


@dataclass(frozen=True, slots=True)
class Findable:
    """Records that lie at rest and are asked for: by their number, or by what only one of them says (`once`).

    page: what staff write. has: what else each is found by, and what no other one that is not over may have: a card;
    "" for nothing.
    """

    title: str
    page: Words
    has: Callable[[Record], str] = often


def welcome(_record: Record, _others: Others) -> Refused | None:
    """Whatever others there are, it can be kept."""
    return None


@dataclass(frozen=True, slots=True)
class Service:
    """form: what the shopper, or staff, are asked. begins: the stage of a new record. over: the stages that are ends.
    rests: the stages at which a record may stand for years, and nobody has to do anything.

    sentence: the key of what the shopper is told of a record. due: by when something has to be done to it; late: to
    which stage it goes when that was not done, by the stage at which it stands. lapses: what goes on by itself. once:
    no two records say the same, as long as they are not over; stays: nor after that; "" for nothing. objects: why a new
    one cannot be kept beside those that are not over and those of the last `sees`. keep_days: so long after its end
    what is personal is kept; knows: who sees it. writes: who of the staff may write a new one. offered: at the
    touchscreen, too. sheet: what is printed of a record; None for what its forms asked. slip: who asked for it at the
    touchscreen gets its number on paper. taken: staff begin one in staff mode; icon: of its card there. computed: what
    follows from all that was done to it, or from other records: a member's points, a shift's figures. finds: how staff
    come to a record at rest; None where each of them waits for somebody.
    """

    id: str
    form: Form
    deeds: tuple[Deed, ...] = ()
    begins: str = "open"
    over: frozenset[str] = frozenset(("closed",))
    rests: frozenset[str] = frozenset()
    keep_days: int = 30
    sentence: Callable[[Record], str] = thanks
    due: Callable[[Record], datetime | None] = never
    late: Mapping[str, str] = field(default_factory=dict)
    lapses: tuple[Lapse, ...] = ()
    once: Callable[[Record], str] = often
    objects: Callable[[Record, Others], Refused | None] = welcome
    sees: timedelta = timedelta(0)
    knows: frozenset[Right] = DESK
    writes: frozenset[Right] = ANYBODY
    stays: bool = False
    offered: bool = True
    taken: bool = True
    icon: str = "clipboard-text"
    sheet: Callable[[Record, Say], Rows] | None = None
    slip: bool = False
    computed: Callable[[Record, Around], Rows] = nothing
    finds: Findable | None = None

    @property
    def called(self) -> Sentence:
        """Its id where commands say it, its title on a screen."""
        return alias(self.form.title, self.id)

    def names(self, record: Record) -> Sentence:
        """One of its records."""
        return tell("{service} {number}", service=self.called, number=record.number)

    def begun_by(self, person: Person) -> bool:
        """Whether a person may begin a new record of it in staff mode."""
        return self.taken and bool(self.writes & person.rights)

    def begun(self, answers: Mapping[str, str], by: str, now: datetime) -> Record | Refused:
        """A new record, not kept yet; refused where the form is not filled in as it should be."""
        if wrong := problems(self.form, answers):
            return _wrong(wrong)
        record = Record(self.id, 0, now, by, self.begins, now, dict(answers))
        return replace(record, due=None if self.begins in self.over else self.due(record))

    def may(self, record: Record, person: Person) -> tuple[Deed, ...]:
        """What a person may do to a record now."""
        return tuple(one for one in self.deeds if record.stage in one.before and one.rights & person.rights)

    def deed(self, id: str) -> Deed | None:
        """What staff do, by its id."""
        return next((one for one in self.deeds if one.id == id), None)

    def after(self, record: Record, done: Done, person: Person) -> Record | Refused:
        """What a deed makes of a record."""
        deed = self.deed(done.deed)
        if deed is None:
            known = tuple(one.id for one in self.deeds) or (tell("no deeds"),)
            return Refused(tell("{deed}: {service} knows {deeds}", deed=done.deed, service=self.called, deeds=known))
        if record.stage not in deed.before:
            return Refused(
                tell(
                    "{record} is {stage}: {deed} comes after {stages}",
                    record=self.names(record),
                    stage=stage_called(record.stage),
                    deed=alias(deed.words, deed.id),
                    stages=tuple(map(stage_called, sorted(deed.before))),
                )
            )
        if not deed.rights & person.rights:
            return Refused(tell("{what} is for {rights}", what=alias(deed.words, deed.id), rights=whose(deed.rights)))
        if deed.second and person.id == record.by:
            return Refused(
                tell(
                    "{deed} takes another person than {person}, who wrote {record}",
                    deed=alias(deed.words, deed.id),
                    person=person.id,
                    record=self.names(record),
                )
            )
        wrong = problems(deed.asks, done.told) if deed.asks else dict.fromkeys(done.told, "This was not asked")
        if wrong:
            return _wrong(wrong)
        if (refused := deed.objects(record, done)) is not None:
            return refused
        moved = self._moved(record, done, deed.to)
        return replace(moved, owner=person.id) if deed.takes else moved

    def by_itself(self, record: Record, now: datetime) -> Record | None:
        """What became of a record because nobody did anything; None for nothing."""
        for lapse in self.lapses:
            if record.stage == lapse.stage and now >= record.since + lapse.after:
                return self._moved(record, Done(now, BY_ITSELF, N_("lapses")), lapse.to)
        if record.due is not None and now >= record.due and record.stage in self.late:
            return self._moved(record, Done(now, BY_ITSELF, N_("is late")), self.late[record.stage])
        return None

    def seen_by(self, record: Record, person: Person) -> Record:
        """A record as a person may see it: what is personal is masked for who does not need it (S20)."""
        if self.knows & person.rights:
            return record
        history = tuple(
            replace(done, told=_masked(done.told, deed.asks.pages(done.told)))
            if (deed := self.deed(done.deed)) is not None and deed.asks is not None
            else done
            for done in record.history
        )
        return replace(record, answers=_masked(record.answers, self.form.pages(record.answers)), history=history)

    def is_personal(self, record: Record) -> bool:
        """Whether it tells anything that not everybody may see."""
        return self.seen_by(record, NOBODY) != record

    def _moved(self, record: Record, done: Done, stage: str) -> Record:
        moved = replace(record, history=(*record.history, done))
        if stage:
            moved = replace(moved, stage=stage, since=done.at)
        return replace(moved, due=None if moved.stage in self.over else self.due(moved))


def whose(rights: Iterable[Right]) -> tuple[Sentence, ...]:
    """By their ids in a command, in words on a screen."""
    return tuple(alias(CALLED[right], right.value) for right in sorted(rights, key=lambda one: one.value))


def _wrong(pages: Mapping[str, str]) -> Refused:
    return Refused("; ".join(f"{page}: {why}" for page, why in sorted(pages.items())))


def _masked(answers: Mapping[str, str], pages: tuple[Page, ...]) -> dict[str, str]:
    private = {page.id for page in pages if isinstance(page, Words) and page.private}
    return {id: masked(said) if id in private and said else said for id, said in answers.items()}
