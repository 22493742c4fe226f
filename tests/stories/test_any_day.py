from __future__ import annotations

import random
from datetime import timedelta

import pytest

from kiosk.desks.broadcast.messages import Message, PageAsked, Pressed, ScriptAsked, Tick
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.units import ScriptId
from tests.stories.shop import Shop, real_start

CUTTERS = ("lost-child broke in", "evacuation broke in", "next song", "closing")


def somebody(dice: random.Random, number: int) -> Message:
    """What one of the people in the store does."""
    who = f"clerk {number}"  # each asking can be told from every other
    choices: list[Message] = [
        Pressed("promo", who),
        PageAsked(PageRequest(Whom.GUEST, Title.MR, "王小明"), who),
        ScriptAsked(ScriptId("lost-child"), who),
        Pressed("evacuate", who),
        Pressed("reset", who),
        Pressed("next", who),
        Pressed("nothing", who),
        Tick(),
    ]
    return dice.choices(choices, [20, 20, 8, 3, 15, 5, 3, 10])[0]


def a_wild_day(shop: Shop, seed: int, events: int) -> list[Message]:
    """A day of so many events: some in bursts, files that break and come back, an office that is slow."""
    dice = random.Random(seed)
    moments = sorted(dice.uniform(-600, 13.2 * 3600) for _ in range(events))
    files = sorted(song.clip.path for song in shop.office.material.songs())
    messages: list[Message] = []
    shop.spare = True
    shop.desk.takes_s = dice.choice([0.0, 0.5, 4.0])
    shop.opens_at("08:45").until("08:50")
    opens = shop.at("09:00")
    for number, at_s in enumerate(moments):
        at = opens + timedelta(seconds=at_s)
        if at > shop.now and dice.random() < 0.8:
            shop.role.run(at)
        messages.append(somebody(dice, number))
        shop.gets(messages[-1])
        if dice.random() < 0.05:
            shop.file_breaks(dice.choice(files))
        if dice.random() < 0.03:
            shop.files_are_back()
    shop.until("22:20").reset().until("23:00")
    return messages


@pytest.mark.rule("B03")
@pytest.mark.rule("B08")
@pytest.mark.rule("B10")
@pytest.mark.parametrize(("seed", "events"), [(0, 500), (1, 120), (2, 120), (3, 120), (4, 120)])
def test_whatever_people_do_the_rules_hold(shop: Shop, seed: int, events: int) -> None:
    messages = a_wild_day(shop, seed, events)

    lines = list(shop.lines)
    for line in lines:
        if line.outcome is Outcome.CUT:
            assert line.reason in (*CUTTERS, "reset") or "evacuation" in line.reason, line
            spoken = line.air_class not in (AirClass.MUSIC, AirClass.EVACUATION)
            assert not spoken or line.reason == "evacuation broke in", line
    assert all(line.outcome is not Outcome.ON_AIR for line in lines)
    heard = list(shop.heard())
    assert len({line.key for line in heard}) == len(heard)
    assert shop.silence_s("09:00", "21:59:59") < 3.0  # what fades and late answers leave, in all
    assert longest_hole_s(lines, shop) <= 0.7  # the fade of a reset
    assert unaccounted(shop, messages) == []
    assert shop.relays.on == set()
    assert shop.announcer.air.waiting == ()


def longest_hole_s(lines: list[AsRun], shop: Shop) -> float:
    opens, closes = shop.at("09:00").timestamp(), shop.at("22:00").timestamp()
    heard = sorted((real_start(line), line.real_end) for line in lines if line.real_start is not None)
    reached, longest = opens, 0.0
    for start, end in heard:
        if start < closes and end is not None:
            longest = max(longest, start - reached)
            reached = max(reached, end.timestamp())
    return longest


def unaccounted(shop: Shop, messages: list[Message]) -> list[Message]:
    """Askings that were neither aired nor refused; a page that waited in vain may be left as a message slip (B20)."""
    told = {line.operator for line in shop.lines} | {line.operator for line in shop.lines_of(shop.day + timedelta(1))}
    told |= {note.actor for note in shop.notes("is refused")}
    told |= {page.operator for page in shop.book.pages.values() if page.slip is not None}
    asked = [
        one
        for one in messages
        if isinstance(one, PageAsked | ScriptAsked)
        or (isinstance(one, Pressed) and one.button in ("promo", "evacuate", "nothing"))
    ]
    assert len(asked) > len(messages) / 3
    return [one for one in asked if one.operator not in told]
