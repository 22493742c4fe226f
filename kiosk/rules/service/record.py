"""One line in the book of a service: what was asked for, how it stands, who is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done to a record. deed: its id. by: the person, or the seat. told: what they wrote."""

    at: datetime
    by: str
    deed: str
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """number: of its service, 1, 2, 3, … without a gap; 0 before it is kept. answers: page of the form against what was
    answered; personal, sealed where it is kept, empty once it was purged. owner: the person who stays responsible, ""
    for nobody yet. due: when somebody must have done something.
    """

    service: str
    number: int
    at: datetime
    by: str
    stage: str
    since: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    history: tuple[Done, ...] = ()
    owner: str = ""
    due: datetime | None = None

    @property
    def name(self) -> str:
        """What logs say."""
        return f"{self.service} {self.number}"
