"""The signs and colours that a store may choose for the places of its guide."""

from __future__ import annotations

from kiosk.rules.service.store_plan import LEADS_UP

ICONS = (
    *LEADS_UP, "toilet", "baby", "wheelchair", "bank", "parking", "headset", "lockers", "door", "signpost",
    "first-aid-kit", "umbrella", "fork-knife", "coffee", "phone", "taxi", "bus", "cash-register", "identification-card",
    "gift", "dress", "t-shirt", "pants", "shirt-folded", "coat-hanger", "sneaker", "handbag", "watch", "diamond",
    "sparkle", "drop", "television", "headphones", "washing-machine", "cooking-pot", "bed", "couch", "lego",
    "game-controller", "baby-carriage", "barbell", "basket", "book", "laptop", "device-mobile", "storefront", "star",
    "suitcase-rolling",
)  # fmt: skip
LANDMARKS = (*LEADS_UP, "door", "headset")  # what other places are told by, unless told otherwise
TONES = ("plain", "brand", "store", "care", "good", "call", "ease")
