"""The binder's states: a page is a draft until it is released, and again once what it says was changed (B13)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.rules.broadcast.material import AirClass, Script
from kiosk.rules.broadcast.rights import Deed, who_may
from kiosk.units import ScriptId


class Standing(Enum):
    """Where a page stands; the values are what people read."""

    DRAFT = "draft"
    CHANGED = "draft: changed since it was released"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Asking(Enum):
    """Which pages air only once they are released; the values are what site.toml says."""

    NONE = "none"
    POLICY = "policy"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Release:
    """The last word on a page: released or withdrawn, for what it said then. by: who, as logs name them."""

    script: ScriptId
    digest: str
    released: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as far as its release goes. digest: of what it says, by `digest_of`."""

    script: ScriptId
    policy: bool
    air_class: AirClass
    digest: str


def digest_of(script: Script, recording_sha256: str | None) -> str:
    """What a release vouches for: the texts, the class, whose text it is, and the sound of the recording.

    When it airs and where is the binder's business: a release outlives a change of its window.
    """
    said = {
        "text": dict(sorted(script.text.items())),
        "class": script.air_class.value,
        "policy": script.policy,
        "recording": recording_sha256,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def standing(page: Page, last: Release | None) -> Standing:
    """Where a page stands by the last word on it."""
    if last is None:
        return Standing.DRAFT
    if last.digest != page.digest:
        return Standing.CHANGED if last.released else Standing.DRAFT
    return Standing.RELEASED if last.released else Standing.WITHDRAWN


def airs(page: Page, last: Release | None, asking: Asking) -> bool:
    """Whether a page may air. What somebody withdrew never does; an evacuation always does (B10)."""
    if page.air_class is AirClass.EVACUATION:
        return True
    now = standing(page, last)
    if now is Standing.WITHDRAWN:
        return False
    needed = asking is Asking.ALL or (asking is Asking.POLICY and page.policy)
    return now is Standing.RELEASED or not needed


def releasing(page: Page) -> Deed:
    """The deed of releasing it."""
    return Deed.RELEASE_POLICY if page.policy else Deed.RELEASE_ROUTINE


def held_back(pages: Iterable[Page], last: Mapping[ScriptId, Release], asking: Asking) -> dict[ScriptId, str]:
    """The pages that may not air, each with why, and who can change that."""
    return {
        page.script: f"it is {_article(standing(page, last.get(page.script)))}; {remedy(page)}"
        for page in pages
        if not airs(page, last.get(page.script), asking)
    }


def remedy(page: Page) -> str:
    """Who releases a page, and how."""
    return f"{who_may(releasing(page))} may release it: kiosk binder release {page.script}"


def _article(now: Standing) -> str:
    return now.value if now is Standing.WITHDRAWN else f"a {now.value}"
