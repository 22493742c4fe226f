"""How far a record has come, in the words of the screens: commands and the ledger say it in one word."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.sentences import N_, Sentence, alias

STAGES: Mapping[str, str] = {
    "agreed": N_("Agreed upon"),
    "answered": N_("Answered"),
    "applied": N_("Applied for"),
    "asked": N_("Asked for"),
    "cancelled": N_("Cancelled"),
    "closed": N_("Settled"),
    "coming": N_("Somebody is coming"),
    "confirmed": N_("Confirmed"),
    "delivered": N_("Delivered"),
    "done": N_("Done"),
    "escalated": N_("With the supervisor"),
    "filed": N_("With the office"),
    "given": N_("Waits for the other signature"),
    "given-away": N_("Given to the authorities"),
    "handed-out": N_("Handed out"),
    "issued": N_("Issued"),
    "kept": N_("Kept here"),
    "lapsed": N_("Lapsed"),
    "late": N_("Overdue"),
    "left": N_("Has left"),
    "lent": N_("Lent"),
    "lost": N_("Lost"),
    "open": N_("To be seen to"),
    "received": N_("Received"),
    "returned": N_("Back again"),
    "seen": N_("Looked at"),
    "signed": N_("Signed"),
    "taken": N_("Taken up"),
    "void": N_("Void"),
    "waits": N_("Waits"),
    "withdrawn": N_("Taken back"),
}


def stage_called(stage: str) -> Sentence:
    """A stage, in one word for a command, in those of a screen there."""
    return alias(STAGES.get(stage, stage), stage)
