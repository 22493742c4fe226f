"""Membership: application, one card a person, levels, points, gifts, wishes on birthdays (rule S08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.service.asking import NAME, PHONE, remark, some
from kiosk.rules.service.choices import Campaign
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import DESK, LEADS, Around, Deed, Findable, Refused, Rows, Service, scanned
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, alias, in_languages, tell

LEVELS = (Option("member", N_("Member")), Option("gold", N_("Gold")), Option("diamond", N_("Diamond")))
NEEDS = {"member": 0, "gold": 5_000, "diamond": 20_000}  # points
NEAR = 0.9


def birthday(answer: str) -> str:
    """What is wrong with a birthday, as 0229."""
    try:
        date.fromisoformat(f"2024-{answer[:2]}-{answer[2:]}")
    except ValueError:
        return N_("Please write month and day, as 0308")
    return ""


GREETINGS = Choice(
    "greetings",
    N_("May we greet you on your birthday and on festivals?"),
    (Option("yes", N_("Yes")), Option("no", N_("No"))),
)

_ASKED: tuple[Page, ...] = (
    NAME,
    PHONE,
    Words("birthday", N_("Birthday, month and day"), kind=Kind.DIGITS, longest=4, private=True, check=birthday),
    GREETINGS,
)


def _form(title: str, *pages: Page) -> Form:
    return Form("member", title, Always(pages))


_POINTS = Words("points", N_("How many points?"), kind=Kind.DIGITS, longest=6, check=some)
_CARD = Words("card", N_("Number of the card"), kind=Kind.LETTERS, longest=20)
_LEVEL = Choice("level", N_("Which card?"), LEVELS)
_CAMPAIGN = Words("campaign", N_("Which campaign?"), longest=30)


class Standing(NamedTuple):
    """Of a member. hint: how many points are missing for the next level, where that is near; 0 for not."""

    level: str
    card: str
    points: int
    hint: int


def standing(record: Record) -> Standing:
    """What a member has, from all that was done."""
    level, card, points = "member", "", 0
    for done in record.history:
        level, card = done.told.get("level", level), done.told.get("card", card)
        gained = int(done.told.get("points", "0"))
        points += -gained if done.deed == "redeem" else gained
    above = next((needs for needs in NEEDS.values() if needs > max(points, NEEDS.get(level, 0))), 0)
    missing = above - points
    return Standing(level, card, points, missing if above and points >= NEAR * above else 0)


def card(record: Record) -> str:
    """What the card says to a scanner, however it was typed when it was issued; "" without one."""
    return scanned(standing(record).card)


def redeemed(record: Record, campaign: str) -> bool:
    """Whether a member has had the gift of a campaign."""
    return any(done.deed == "redeem" and done.told.get("campaign") == campaign for done in record.history)


def consents(record: Record) -> bool:
    """Whether a member wants to be greeted, as they said last; who never said does not."""
    said = [record.answers.get("greetings", ""), *(done.told.get("greetings", "") for done in record.history)]
    return next((one for one in reversed(said) if one), "no") == "yes"


def greeted(record: Record, occasion: str) -> bool:
    """Whether a member was greeted on an occasion."""
    return any(done.deed == "greet" and done.told.get("occasion") == occasion for done in record.history)


def ungreetable(record: Record, done: Done) -> Refused | None:
    """A greeting once for an occasion, and only for who wants it."""
    if not consents(record):
        return Refused(f"{record.name} does not want to be greeted")
    occasion = done.told["occasion"]
    return Refused(f"{record.name} was greeted for {occasion}") if greeted(record, occasion) else None


def to_wish(members: Iterable[Record], day: date) -> tuple[Record, ...]:
    """Whose birthday it is, of those who want to be greeted; on the 28th of February of a common year, also those of
    the 29th."""
    days = {f"{day:%m%d}"}
    if (day.month, day.day) == (2, 28) and day.year % 4:
        days.add("0229")
    return tuple(
        one for one in members if one.stage == "issued" and one.answers.get("birthday") in days and consents(one)
    )


def unredeemable(record: Record, done: Done) -> Refused | None:
    """A gift once in a campaign, for points that are there."""
    if redeemed(record, done.told["campaign"]):
        return Refused(
            tell("{record} has had the gift of {campaign}", record=_named(record), campaign=done.told["campaign"])
        )
    points = standing(record).points
    if int(done.told["points"]) > points:
        return Refused(tell("{record} has {points} points", record=_named(record), points=points))
    return None


@dataclass(frozen=True, slots=True)
class _InPeriod:
    """A gift in the announced days of its campaign."""

    campaigns: tuple[Campaign, ...]

    def __call__(self, record: Record, done: Done) -> Refused | None:
        campaign = next(one for one in self.campaigns if one.id == done.told["campaign"])
        if not campaign.begins <= done.at.date() <= campaign.ends:
            return Refused(
                tell(
                    "the gifts of {campaign} are given from {begins} to {ends}",
                    campaign=campaign.id,
                    begins=str(campaign.begins),
                    ends=str(campaign.ends),
                )
            )
        return unredeemable(record, done)


@dataclass(frozen=True, slots=True)
class _Computed:
    """What a card is worth, and which gifts of the store's campaigns the member has not had."""

    campaigns: tuple[Campaign, ...] = ()

    def __call__(self, record: Record, around: Around) -> Rows:
        has, today = standing(record), around.now.date()
        rows: list[tuple[str, str]] = [
            (alias(N_("Card"), "card"), tell("{level} {card}", level=_called(has.level), card=has.card))
        ]
        rows.append((alias(N_("Points"), "points"), str(has.points)))
        if has.hint:
            missing = tell("{count} points are missing", count=has.hint)
            rows.append((alias(N_("Near the next level"), "near the next level"), missing))
        running = [one for one in self.campaigns if one.begins <= today <= one.ends and not redeemed(record, one.id)]
        for one in running if record.stage == "issued" else ():
            until = tell("{campaign}, until {day}", campaign=in_languages(one.title), day=str(one.ends))
            rows.append((alias(N_("Gift not redeemed yet"), f"gift of {one.id}"), until))
        return tuple(rows)


def _called(level: str) -> str:
    return next((alias(one.words, one.id) for one in LEVELS if one.id == level), level)


def in_campaigns(service: Service, campaigns: tuple[Campaign, ...]) -> Service:
    """With the campaigns of a store: their gifts are redeemed in their days alone."""
    options = tuple(Option(one.id, in_languages(one.title), one.vendor, literal=True) for one in campaigns)
    asks = _form(N_("Gift"), Choice("campaign", N_("Which campaign?"), options), _POINTS)
    redeem = replace(_REDEEM, asks=asks, objects=_InPeriod(campaigns))
    deeds = tuple(redeem if one.id == _REDEEM.id else one for one in service.deeds)
    return replace(service, deeds=deeds, computed=_Computed(campaigns))


def _named(record: Record) -> str:
    return SERVICE.names(record)


_HAS = frozenset(("issued",))
_REDEEM = Deed(
    "redeem", N_("Redeem a gift"), _HAS, asks=_form(N_("Gift"), _CAMPAIGN, _POINTS), rights=DESK, objects=unredeemable
)
_WHICH = Words(
    "which", N_("Telephone or number of the membership; or scan the card"), kind=Kind.DIGITS, longest=20, private=True
)
SERVICE = Service(
    "member",
    _form(N_("Membership"), *_ASKED),
    (
        Deed("issue", N_("Issue the card"), frozenset(("applied",)), "issued", _form(N_("Card"), _CARD, _LEVEL), DESK),
        Deed("replace", N_("Issue another card"), _HAS, asks=_form(N_("Card"), _CARD), rights=DESK),
        Deed("upgrade", N_("Change the level"), _HAS, asks=_form(N_("Level"), _LEVEL), rights=DESK),
        Deed("points", N_("Add points"), _HAS, asks=_form(N_("Points"), _POINTS), rights=DESK),
        _REDEEM,
        Deed("consent", N_("Greetings: yes or no"), _HAS, asks=_form(N_("Greetings"), GREETINGS), rights=DESK),
        Deed(
            "greet",
            N_("A greeting is sent"),
            _HAS,
            asks=_form(N_("Greeting"), Words("occasion", N_("For what?"), longest=60)),
            rights=DESK,
            objects=ungreetable,
        ),
        Deed("leave", N_("The member leaves"), _HAS | {"applied"}, "left", rights=DESK),
        Deed("expel", N_("The card is taken back"), _HAS, "left", remark("member"), LEADS),
    ),
    begins="applied",
    over=frozenset(("left",)),
    rests=_HAS,
    keep_days=30,
    once=lambda record: record.answers.get("phone", ""),
    writes=DESK,
    offered=False,
    icon="identification-card",
    computed=_Computed(),
    finds=Findable(N_("Find a member"), _WHICH, card),
)
