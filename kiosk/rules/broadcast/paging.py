"""Paging somebody: the store's templates for guests and for staff (B11, B12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

TIMES_SAID = 2


class Whom(Enum):
    """Who is looked for; the values are what commands and events say."""

    GUEST = "guest"
    STAFF = "staff"


class Title(Enum):
    """How a person is addressed."""

    MR = "mr"
    MS = "ms"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page as it was asked for. name: 1 to 30 characters, as it is to be spoken."""

    whom: Whom
    title: Title
    name: str


_CALLED = {Whom.GUEST: "来宾", Whom.STAFF: "本公司"}
_ADDRESSED = {Title.MR: "先生", Title.MS: "小姐"}
_ASKED = {Whom.GUEST: "请您到总服务台,谢谢。", Whom.STAFF: "请与总服务台联系,谢谢。"}


def wording(request: PageRequest) -> str:
    """What is said, in Mandarin: 来宾×××先生 / 本公司×××小姐, said twice."""
    call = f"{_CALLED[request.whom]}{request.name}{_ADDRESSED[request.title]}"
    return ",".join([call] * TIMES_SAID) + "," + _ASKED[request.whom]
