"""What the screen of a shopper says, in English, for the demo and for staff; the touchscreen has words of its own."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "deposit.size": "How large a locker? small, medium or large",
    "deposit.valuables": "No valuables, please: is there none among your things?",
    "deposit.check": "Please check your things. Is all there?",
    "deposit.kind": "What do you leave? yes, if you would rather not say",
    "deposit.colour": "Which colour is it? yes, if you would rather not say",
    "deposit.opening": "Locker {number} opens",
    "deposit.put-in": "Put your things into locker {number}, take the tag, close the door",
    "deposit.held": "Please close the door of locker {number}",
    "deposit.blind": "Close the door of locker {number}, then say yes",
    "deposit.take-back": "Take everything out of locker {number} and close the door",
    "deposit.tag": "Show the tag {number} to the reader",
    "deposit.tag-back": "Show the tag {number} to get your things back",
    "deposit.kept": "Your things are in locker {number}. The tag opens it: keep it well",
    "deposit.back": "Locker {number} opens: take your things",
    "deposit.gone": "Nothing was left. See you again",
    "deposit.another": "That door is stuck: another locker, then? Please check your things",
    "deposit.full": "All lockers of that size are taken",
    "deposit.left": "Staff look after locker {number}",
    "deposit.later": "New things cannot be taken in now: please ask our staff",
    "retrieval.opening": "Locker {number} opens",
    "retrieval.take-out": "Take everything, hang the tag back, close locker {number}",
    "retrieval.held": "Please close the door of locker {number}",
    "retrieval.blind": "Pull the door of locker {number}; say yes once all is out and it is closed",
    "retrieval.grace": "Please check your things. Something forgotten? The same tag opens once more",
    "retrieval.done": "See you again",
    "retrieval.jammed": "The door is stuck: our staff will help you at once",
    "retrieval.unsure": "Our staff look after locker {number}",
    "tag.again": "Please hold your tag to the reader once more",
    "tag.refused": "One moment, please: our staff at the lockers will help you",
    "tag.overnight": "Your things stayed overnight: the supervisor hands them out",
    "tag.close-first": "Please close the door first",
    "tag.nothing": "Nothing is kept for this tag",
    "door.wait": "One moment, please",
    "door.staff": "One moment, please: our staff at the lockers will help you",
}


def worded(key: str, number: int) -> str:
    """A sentence of the screen by its key; number: of the locker's tag, 0 for none."""
    return WORDS.get(key, key).format(number=number or "")
