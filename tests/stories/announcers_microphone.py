"""A store whose announcer has three buttons to talk, with a chime before and after."""

from __future__ import annotations

from kiosk.desks.broadcast.microphone import MicrophoneWatch
from kiosk.rules.broadcast.talk import Stage
from tests.stories.conftest import SITE
from tests.stories.talking import TalkingShop

CHIME_S = 2.5


TALKING = (
    SITE
    + "".join(
        f'\n[[buttons]]\nid = "{name}"\naction = "{action}"\nlatch = {latch}\n'
        for name, action, latch in (
            ("talk", "talk", "false"),
            ("over", "talk-over", "false"),
            ("latch", "talk-over", "true"),
        )
    )
    + '\n[microphone]\nprelude = "sounds/chime.wav"\npostlude = "sounds/chime.wav"\n'
)


def stage(shop: TalkingShop) -> Stage:
    return next(one.stage for one in shop.announcer.attendants if isinstance(one, MicrophoneWatch))
