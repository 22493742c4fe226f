"""A store whose announcer has a microphone and a panel, in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from kiosk.app.office import Office
from kiosk.audio.silent_mixer import SilentMicrophone
from kiosk.desks.broadcast.attendant import Attendant
from kiosk.desks.broadcast.messages import Message, Pressed
from kiosk.desks.broadcast.microphone import MicrophoneWatch
from kiosk.desks.broadcast.panel_watch import PanelWatch
from kiosk.hw.simulated_panel import SimulatedPanel
from kiosk.rules.broadcast.debounce import Contacts, Timing
from kiosk.rules.broadcast.gestures import Hands, handlings
from kiosk.rules.broadcast.panel import ON_AIR
from kiosk.rules.broadcast.power import Unit
from kiosk.rules.broadcast.talk import Limits
from tests.stories.shop import Shop

LONGEST_S = 60.0
STUCK_S = 90.0


class TalkingShop(Shop):
    """Somebody may press and hold the buttons of the panel; somebody may trip over the microphone's cable."""

    microphone: SilentMicrophone
    panel: SimulatedPanel

    def __init__(self, office: Office, *, record: bool = False) -> None:
        super().__init__(office)
        self.record = record
        self.attended_by = self._attend

    def holds(self, button: str) -> TalkingShop:
        self.panel.press(button)
        self.passes(0.05)
        return self

    def lets_go(self, button: str) -> TalkingShop:
        self.panel.release(button)
        self.passes(0.05)
        return self

    def taps(self, button: str) -> TalkingShop:
        return self.holds(button).lets_go(button)

    def commands(self, button: str, hold_s: float = 0.0) -> TalkingShop:
        """`kiosk press BUTTON --hold S`."""
        self.gets(Pressed(button, "anna", hold_s))
        return self

    @property
    def supplied(self) -> bool:
        return Unit.MICROPHONE in self.relays.on

    @property
    def on_air(self) -> bool:
        """Whether the on-air lamp is lit."""
        return self.panel.lamp(ON_AIR)

    def says(self, button: str) -> str:
        """What the lamp of a button does over two seconds."""
        seen = []
        for _ in range(16):
            seen.append(self.panel.lamp(button))
            self.passes(0.125)
        if len(set(seen)) == 1:
            return "lit" if seen[0] else "dark"
        return "fault" if sum(one is not two for one, two in pairwise(seen)) > 8 else "wait"

    def supply_moves(self) -> list[tuple[float, bool]]:
        return [(at_s, on) for at_s, unit, on in self.relays.history if unit is Unit.MICROPHONE]

    def _attend(self, _: Shop, post: Callable[[Message], None]) -> Sequence[Attendant]:
        clock, buttons = self.starting, {button.id: button for button in self.office.site.buttons}
        self.microphone = SilentMicrophone(self.sounding.mixer, post)
        self.panel = SimulatedPanel(
            buttons, (*buttons, ON_AIR), post=post, mono_s=clock.mono_s, sleep=lambda seconds: None
        )
        talk = MicrophoneWatch(self.microphone, buttons, Limits(LONGEST_S), record=self.record)
        hands = Hands(handlings(self.office.site.buttons))
        return talk, PanelWatch(self.panel, buttons, Contacts(Timing(stuck_s=STUCK_S)), hands, talk)
