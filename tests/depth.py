"""How far hypothesis looks: at the same examples each time in `make test`, at many more, new ones in `make fuzz`.

What decides whether a change may land has to give the same answer everywhere; what searches for the rare may not.
"""

from __future__ import annotations

import os

from hypothesis import settings

DEEP = bool(os.environ.get("KIOSK_DEEP"))
FACTOR = 40


def examples(count: int) -> int:
    """How many examples a property looks at."""
    return count * FACTOR if DEEP else count


settings.register_profile("kiosk", max_examples=examples(100), derandomize=not DEEP, deadline=None, print_blob=DEEP)
settings.load_profile("kiosk")
