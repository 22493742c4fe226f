"""How soon a page is heard whose words are known, and how soon a store is on the air whose library nobody has heard."""

from __future__ import annotations

import queue
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.back_office import BackOffice
from kiosk.app.opening import open_office
from kiosk.app.places import Places
from kiosk.app.speech import speak_page
from kiosk.app.wiring import line_mixer
from kiosk.audio.decoder import Decoder
from kiosk.audio.output import SilentStream
from kiosk.audio.sources import SoundShelf
from kiosk.audio.speech import voices
from kiosk.config.load import load_site
from kiosk.desks.broadcast.messages import Message, PageAsked, PageSpoken, PlanReady
from kiosk.desks.broadcast.requests import item_of
from kiosk.ports.broadcast import Ended, Started
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.rules.broadcast.programme import Kind
from tests import sites
from tests.app.test_back_office import ORDER
from tests.audio.pulse import Pulse
from tests.audio.stores import a_store, noon_zone
from tests.audio.tapes import noise, tape
from tests.audio.waiting import eventually
from tests.bench.figures import Figures
from tests.bench.test_real_time import the_role

pytestmark = [pytest.mark.bench, pytest.mark.sound]

TIMES = 40
WITHIN_S = 60.0
SONGS = 100
TEXTS = 12
PAGE = PageAsked(PageRequest(Whom.GUEST, Title.MR, "王"), "anna")


def test_a_page_whose_words_are_known(figures: Figures, tmp_path: Path) -> None:
    sounds_s = {**sites.SOUNDS_S, "sounds/chime.wav": 1.0}
    places = Places(sites.write_site(tmp_path / "site", sounds_s=sounds_s), tmp_path / "state")
    site = load_site(places.site)
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    to_order_ms, to_sample_ms = [], []
    with (
        closing(BackOffice(places, None, inbox.put)) as office,
        Decoder() as decoder,
        closing(line_mixer(site, shelf := SoundShelf(site.root, decoder), time.monotonic, inbox.put)) as mixer,
    ):
        prepared = office.prepare()
        for path in prepared.at_hand:
            shelf.keep(path)
        office.order_plan(ORDER)
        assert isinstance(inbox.get(timeout=WITHIN_S), PlanReady)
        with closing(voices(prepared.site.speech.voices, places.spoken)) as voice:
            speak_page(open_office(places), voice, PAGE)
        office.order_speech(PAGE)
        inbox.get(timeout=WITHIN_S)  # the worker has its dictionaries now
        with closing(SilentStream(mixer.render, block_frames=site.output.block_frames)):
            for number in range(TIMES):
                asked_s = time.monotonic()
                office.order_speech(PAGE)
                spoken = inbox.get(timeout=WITHIN_S)
                assert isinstance(spoken, PageSpoken)
                assert spoken.announcement is not None
                item = item_of(spoken.announcement, Kind.PAGE, f"anna {number}", datetime.now().astimezone(), ())
                item = replace(item, air_class=AirClass.MUSIC)  # or it would have to be heard to its end (B10)
                to_order_ms.append(1000 * (time.monotonic() - asked_s))
                mixer.play(item, over_s=0.0)
                started = inbox.get(timeout=WITHIN_S)
                while not isinstance(started, Started) or started.key != item.key:
                    started = inbox.get(timeout=WITHIN_S)
                to_sample_ms.append(1000 * (started.mono_s - asked_s))
                mixer.fade(0.01)
                while not isinstance(inbox.get(timeout=WITHIN_S), Ended):
                    pass

    note = f"of {TIMES}; worker process and back, on an idle line"
    for name, values in (("order at the mixer", to_order_ms), ("first sample", to_sample_ms)):
        figures.tell(f"cached page: asked to {name}, median", float(np.median(values)), "ms", note=note)
        figures.at_most(
            f"cached page: asked to {name}, 95th percentile", float(np.percentile(values, 95)), 100, "ms", note=note
        )


def test_a_store_whose_library_nobody_has_heard(figures: Figures, tmp_path: Path) -> None:
    zone = noon_zone()
    site = a_store(tmp_path / "site", zone, opens=datetime.now(zone) - timedelta(hours=1), hours=4)
    song = tape(tmp_path / "song.mp3", noise(120.0, level=2000.0)).read_bytes()
    for number in range(SONGS):
        (site / "sounds").mkdir(exist_ok=True)
        (site / f"sounds/{number}.mp3").write_bytes(song)
    texts = [
        f'[[scripts]]\nid = "s{number}"\nclass = "{"evacuation" if number == 0 else "routine"}"\n'
        f'title.zh-CN = "页"\ntext.zh-CN = "各位来宾，这是第{number}条通知，请您注意。"\n'
        for number in range(TEXTS)
    ]
    (site / "schedules/binder.toml").write_text("\n".join(texts), encoding="utf-8")
    for start, known in (("first", False), ("second", True)):
        with Pulse(tmp_path / f"pulse-{start}") as pulse, pulse.record() as recording:
            began = time.time()
            with the_role(site, tmp_path / "state", pulse.environment):
                eventually(lambda: recording.sound.any(), within_s=WITHIN_S, what="the store is heard")
                sound = recording.sound
                first = int(np.flatnonzero(sound.any(axis=1))[0]) / 44_100
        took_s = recording.began + first - began
        note = f"{SONGS} songs, {TEXTS} texts, {'some known' if known else 'nothing known'}; 5 s of it are the relays'"
        figures.at_most(f"start to first sample, the {start} time", took_s, 10, "s", note=note)
