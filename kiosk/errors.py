"""What can go wrong with the world, each error naming the thing and the remedy; "no" is a value, never one of these."""

from __future__ import annotations

from dataclasses import dataclass


class KioskError(Exception):
    """Root of every error the kiosk raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a site, told so that a person can mend it.

    file: path relative to the site directory, "." for that itself. place: where in it ("script[2].window"), "" for the
    whole file. what: what is wrong. remedy: what would be right. severity: an "error" is to be mended (kiosk check
    exits 1), a "warning" is for a person to weigh, a "note" tells what nothing is wrong with.
    """

    file: str
    place: str
    what: str
    remedy: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        where = [one for one in (self.file, self.place) if one not in ("", ".")]
        return ": ".join((*where, self.what)) + (f" ({self.remedy})" if self.remedy else "")


class SiteError(KioskError, ValueError):
    """The site directory cannot be used; `problems` holds every reason at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[SiteError], tuple[tuple[Problem, ...]]]:
        return (SiteError, (self.problems,))  # it crosses from the back office's process


class DeviceFault(KioskError, OSError):
    """A device is missing, refuses or stopped working; the message names it and what to do."""


class DecodeFault(KioskError, OSError):
    """A sound file is missing, empty or cannot be decoded."""


class LedgerFault(KioskError, OSError):
    """The store's memory cannot be read or written (disk full, read-only, damaged)."""
