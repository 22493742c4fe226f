"""Every step of storing and fetching a bag as data: what it says, its sign, and what can be pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.display.screens.scene import N_


@dataclass(frozen=True, slots=True)
class Stage:
    """headline, line: what is said. numbered: the locker's number is the picture, not the icon. step: of five (storing)
    or three (fetching), 0 for none. hints: what to mind. agree: the words of "yes", "" where the door answers.
    out: the words of giving up, "" where nobody can.
    """

    headline: str
    line: str
    icon: str
    tone: str
    step: int = 0
    numbered: bool = False
    hints: tuple[tuple[str, str], ...] = ()
    agree: str = ""
    out: str = ""


STORE, FETCH = N_("Store a bag"), N_("Collect a bag")
TODAY = N_("Fetch everything today, before we close")
_GIVE_UP, _BACK = N_("Cancel"), N_("Take my things back")
_CLOSE_DOOR = N_("The door is closed")

STAGES: Mapping[str, Stage] = {
    "deposit.valuables": Stage(
        N_("Keep valuables with you"),
        N_("We cannot look after these for you:"),
        "sketch-logo",
        "care",
        2,
        hints=(
            ("wallet", N_("Cash, cards and papers")),
            ("device-mobile", N_("Phones, laptops and cameras")),
            ("sketch-logo", N_("Jewellery and other valuables")),
        ),
        agree=N_("I keep them with me"),
        out=_GIVE_UP,
    ),
    "deposit.check": Stage(
        N_("Please check your things"),
        N_("Then a locker opens for you."),
        "eye",
        "store",
        3,
        hints=(
            ("handbag", N_("Is everything closed and together?")),
            ("device-mobile", N_("Are phone and wallet with you?")),
        ),
        agree=N_("All checked, open a locker"),
        out=_GIVE_UP,
    ),
    "deposit.another": Stage(
        N_("That door is stuck, sorry"),
        N_("Another locker is ready for you. Please check your things."),
        "lockers",
        "care",
        3,
        agree=N_("Open another locker"),
        out=_GIVE_UP,
    ),
    "deposit.opening": Stage(
        N_("Your locker opens"), N_("Please go to the locker with this number."), "door-open", "store", 4, True
    ),
    "deposit.put-in": Stage(
        N_("Put your things in"),
        "",
        "door-open",
        "store",
        4,
        True,
        hints=(
            ("backpack", N_("Put everything into the locker")),
            ("tag", N_("Take the tag with you")),
            ("lock-key", N_("Push the door until it clicks")),
        ),
        out=_GIVE_UP,
    ),
    "deposit.held": Stage(
        N_("Please close the door"),
        N_("Take the tag and push the door until it clicks."),
        "door-open",
        "care",
        4,
        True,
        out=_GIVE_UP,
    ),
    "deposit.blind": Stage(
        N_("Close the door, please"),
        N_("Take the tag, push the door until it clicks, then touch the button."),
        "door-open",
        "care",
        4,
        True,
        agree=_CLOSE_DOOR,
        out=_GIVE_UP,
    ),
    "deposit.take-back": Stage(
        N_("Take everything out again"),
        N_("Leave the tag in the locker and close the door."),
        "hand-palm",
        "care",
        4,
        True,
    ),
    "deposit.tag": Stage(
        N_("Now scan your tag"),
        N_("Hold its code before the scanner, about a hand away."),
        "scan",
        "store",
        5,
        True,
        out=_BACK,
    ),
    "deposit.tag-back": Stage(
        N_("Scan the tag to open"),
        N_("Your locker then opens, and you can take your things."),
        "scan",
        "care",
        5,
        True,
        agree=N_("No, keep my things here"),
    ),
    "deposit.kept": Stage(
        N_("Your things are safe"),
        N_("Only the tag opens the locker: please keep it well."),
        "check-circle",
        "good",
        5,
        True,
        hints=(("clock", TODAY),),
    ),
    "deposit.back": Stage(
        N_("Your locker opens"),
        N_("Take your things, hang the tag back, close the door."),
        "door-open",
        "good",
        5,
        True,
    ),
    "deposit.gone": Stage(
        N_("Nothing is left in the locker"), N_("We are glad to help you again any time."), "smiley", "good"
    ),
    "deposit.full": Stage(
        N_("All lockers of this size are taken"),
        N_("Please try another size, or come back a little later."),
        "lockers",
        "care",
    ),
    "deposit.later": Stage(
        N_("One moment, please"), N_("Please ask our staff to take your things."), "headset", "call"
    ),
    "deposit.left": Stage(
        N_("Our staff look after this locker"), N_("Your tag still opens it."), "headset", "call", 0, True
    ),
    "retrieval.opening": Stage(
        N_("Your locker opens"), N_("Please go to the locker with this number."), "door-open", "fetch", 1, True
    ),
    "retrieval.take-out": Stage(
        N_("Take your things"),
        "",
        "door-open",
        "fetch",
        2,
        True,
        hints=(
            ("handbag", N_("Take everything out")),
            ("tag", N_("Hang the tag back into the locker")),
            ("lock-key", N_("Push the door until it clicks")),
        ),
    ),
    "retrieval.held": Stage(
        N_("Please close the door"),
        N_("Hang the tag back and push the door until it clicks."),
        "door-open",
        "care",
        2,
        True,
    ),
    "retrieval.blind": Stage(
        N_("Pull the door open"),
        N_("Take everything, hang the tag back, close the door, then touch the button."),
        "door-open",
        "care",
        2,
        True,
        agree=_CLOSE_DOOR,
    ),
    "retrieval.grace": Stage(
        N_("Please check your things"),
        N_("Something still inside? Scan the same tag, and the locker opens once more."),
        "eye",
        "fetch",
        3,
        True,
        agree=N_("I have everything"),
    ),
    "retrieval.done": Stage(N_("Thank you, see you again"), N_("We were glad to help you."), "smiley", "good", 3),
    "retrieval.jammed": Stage(
        N_("The door is stuck, sorry"),
        N_("Our staff will help you at once. Your tag stays valid."),
        "headset",
        "call",
        0,
        True,
    ),
    "retrieval.unsure": Stage(
        N_("Our staff look after this locker"), N_("Please wait here for a moment."), "headset", "call", 0, True
    ),
    "tag.again": Stage(
        N_("Once more, please"), N_("Hold the code of your tag before the scanner again."), "scan", "care"
    ),
    "tag.refused": Stage(N_("One moment, please"), N_("Our staff at the lockers will help you."), "headset", "call"),
    "tag.overnight": Stage(
        N_("Your things stayed overnight"),
        N_("The supervisor hands them to you: please call our staff."),
        "moon-stars",
        "call",
    ),
    "tag.close-first": Stage(
        N_("Please close the door first"), N_("Push it until it clicks, then scan your tag."), "door-open", "care"
    ),
    "tag.nothing": Stage(
        N_("Nothing is kept for this tag"), N_("If you miss something, please call our staff."), "lockers", "care"
    ),
    "door.wait": Stage(
        N_("One moment, please"), N_("Your locker opens as soon as it can."), "hourglass-medium", "care"
    ),
    "door.staff": Stage(N_("One moment, please"), N_("Our staff at the lockers will help you."), "headset", "call"),
}

STEPS = {"deposit": 5, "retrieval": 3}


def stage_of(sentence: str) -> Stage:
    """What a sentence of the desk shows; one that nobody knows sends for staff, kindly."""
    return STAGES.get(sentence, STAGES["door.staff"])
