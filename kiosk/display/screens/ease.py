"""What makes the screen easier to use: larger, stronger, lower, slower, aloud; each switched by one tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.display.parts import Key, Kit, level, pill, scroll, soft, text, tile, touch_card
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Align, Column, Fitting, Grow, Row, Screen, Sized, Widget
from kiosk.rules.front.ease import Ease
from kiosk.rules.front.taps import Eased, Page, Went


@dataclass(frozen=True, slots=True)
class _Switch:
    icon: str
    words: str
    more: str
    on: bool
    to: Ease


def ease(scene: Scene) -> Screen:
    """Every switch, and one that puts all of them back."""
    kit, chosen = scene.kit, scene.session.ease
    switches = [
        _Switch(
            "text-aa",
            scene.say("Larger text"),
            scene.say("A quarter larger"),
            chosen.large_text,
            replace(chosen, large_text=not chosen.large_text),
        ),
        _Switch(
            "circle-half",
            scene.say("Stronger contrast"),
            scene.say("Light text on black"),
            chosen.high_contrast,
            replace(chosen, high_contrast=not chosen.high_contrast),
        ),
        _Switch(
            "arrow-line-down",
            scene.say("Lower buttons"),
            scene.say("Within easy reach"),
            chosen.low_reach,
            replace(chosen, low_reach=not chosen.low_reach),
        ),
        _Switch(
            "hourglass-medium",
            scene.say("More time"),
            scene.say("Nothing rushes you"),
            chosen.more_time,
            replace(chosen, more_time=not chosen.more_time),
        ),
    ]
    if scene.view.speaks:
        switches.append(
            _Switch(
                "speaker-high",
                scene.say("Read aloud"),
                scene.say("Hear what it says"),
                chosen.aloud,
                replace(chosen, aloud=not chosen.aloud),
            )
        )
    portrait = kit.theme.panel.portrait
    ask = scene.say("What makes this screen easier for you?")
    greeting = text(kit, ask, "title" if not portrait else "head", lines=2)
    keys = [Key(scene.say("Done"), Went(Page.HOME), "brand", "check", "home")]
    if chosen != Ease():
        keys.append(Key(scene.say("As before"), Eased(Ease()), "", "", "as before"))
    head = flow_head(scene, scene.say("Accessibility"))
    return screen(
        scene, "ease", head, body(kit, low(kit, greeting, _arranged(scene, switches))), flow_foot(scene, keys)
    )


def _arranged(scene: Scene, switches: Sequence[_Switch]) -> Widget:
    """Side by side with large signs, or in two columns, or as a list: what there is place for first."""
    kit = scene.kit
    ways: list[Widget] = []
    if kit.theme.panel.portrait:
        ways.append(_rows(kit, [[_beside(scene, one, 100)] for one in switches]))
    else:
        for size, more in ((148, True), (112, True), (124, False), (84, False)):
            ways.append(_rows(kit, [[_upright(scene, one, size, more=more) for one in switches]]))
    for size in (84, 60):
        pairs = [switches[place : place + 2] for place in range(0, len(switches), 2)]
        ways.append(_rows(kit, [[_beside(scene, one, size) for one in pair] for pair in pairs]))
    return Fitting((*ways, scroll(kit, [_beside(scene, one, 72) for one in switches], "ease")))


def _rows(kit: Kit, rows: Sequence[Sequence[Widget]]) -> Widget:
    gap = kit.px(18)
    return Column(tuple(Grow(Row(tuple(map(Grow, row)), gap, Align.FILL)) for row in rows), gap, even=True)


def _upright(scene: Scene, switch: _Switch, size: int, *, more: bool) -> Widget:
    kit = scene.kit
    words = [text(kit, switch.words, "lead", Align.CENTRE, 2)]
    if more:
        words.append(soft(kit, switch.more, "small", Align.CENTRE, 2))
    sign = tile(kit, switch.icon, "ease", kit.px(size))
    below = (Column(tuple(words), kit.gap("hair")), Sized(_state(scene, switch.on), across=Align.CENTRE))
    return touch_card(kit, level(kit, sign, below), Eased(switch.to), switch.icon)


def _beside(scene: Scene, switch: _Switch, size: int) -> Widget:
    kit = scene.kit
    label = text(kit, switch.words, "lead", lines=2)
    parts = (tile(kit, switch.icon, "ease", kit.px(size)), Grow(label), _state(scene, switch.on))
    return touch_card(kit, Row(parts, kit.gap("near")), Eased(switch.to), switch.icon)


def _state(scene: Scene, on: bool) -> Widget:
    return pill(
        scene.kit, scene.say("On") if on else scene.say("Off"), "good" if on else "plain", "check" if on else ""
    )
