from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from kiosk.cli import main
from tests import sites
from tests.commanded import Kiosk, kiosk, moment, site, state
from tests.short_day import BINDER, DAY_TYPES, SOUNDS_S

DAY = "2026-11-23"


COMMANDS = (
    "demo", "run", "screens", "check", "plan", "render", "simulate", "log as-run", "log audit", "press", "page guest",
    "page staff", "page list", "page slips", "page approve", "page decline", "page reached", "page withdraw",
    "page delivered",
    "sign-in", "sign-out", "people add", "people list", "people remove", "people retrain", "people change",
    "binder list", "binder show", "binder release", "binder withdraw", "binder preview",
    "lockers status", "lockers open", "lockers confirm", "lockers quarantine", "lockers withdraw", "lockers renumber",
    "lockers demo", "lockers count", "lockers census", "lockers tidy", "lockers notices", "lockers tags print",
    "lockers tags list", "lockers tags withdraw", "lockers tags chip", "lockers tags admit", "lockers tags rotate",
    "selfcheck", "report broadcast", "speech prepare", "library add",
)  # fmt: skip

__all__ = ["kiosk", "site", "state"]


# wrong usage


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_explains_every_option(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help"])

    told = capsys.readouterr().out
    assert end.value.code == 0
    usage, _, body = told.partition("\n\n")
    for option in re.findall(r"--[a-z]+", usage):
        explained = re.search(rf"^\s+(-h, )?{option}\b.*?\n?\s+\S+.*$", body, re.MULTILINE)
        assert explained, f"{option} is not explained"


def test_the_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    told = capsys.readouterr().out
    assert all(command.split()[0] in told for command in COMMANDS)
    assert "0 done, 1 found problems, 2 wrong usage, 3 a device failed" in " ".join(told.split())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["plan", "--date", "23.11.2026"], "'23.11.2026' is not a date such as 2026-11-23"),
        (["plan", "--date", "2026-02-30"], "'2026-02-30' is not a date such as 2026-11-23"),
        (["render", "--date", DAY, "--from", "9 am", "x.flac"], "'9 am' is not a time such as 09:30"),
        (["render", "--date", DAY, "--to", "09:30+08:00", "x.flac"], "times are the store's own"),
        (["render", "x.flac"], "--date"),
        (["render", "--date", DAY], "OUT.flac"),
        (["simulate", "--from", DAY, "--days", "0"], "'0' is not a whole number of days from 1 to 3660"),
        (["simulate", "--from", DAY, "--days", "²"], "is not a whole number of days"),
        (["demo", "--minutes", "2"], "'2' is not a whole number of minutes from 3 to 600"),
        (["run", "sideways"], "sideways"),
        (["xyzzy"], "choose from 'demo', 'run'"),
        (["lockrs"], "there is no 'lockrs': did you mean 'lockers'?"),
        (["lockers", "statu"], "there is no 'statu': did you mean 'status'?"),
        ([], "COMMAND"),
        (["log"], "PAGE"),
        (["plan", "--colour", "red"], "--colour"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_and_exits_2(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)

    assert end.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_site_that_is_not_there_is_told(kiosk: Kiosk, tmp_path: Path) -> None:
    for command in (["check"], ["plan"], ["simulate", "--from", DAY, "--days", "1"]):
        said = kiosk(*command, where=(tmp_path / "nowhere", tmp_path))

        assert said.code == 1
        assert "site.toml" in said.out + said.err
        assert "Traceback" not in said.err


# check


def test_a_sound_site_passes_the_check(kiosk: Kiosk) -> None:
    said = kiosk("check")

    assert (said.code, said.err.count("Traceback")) == (0, 0)
    assert "can be used" in said.out


def test_a_truncated_and_an_undecodable_file_are_found(kiosk: Kiosk, tmp_path: Path) -> None:
    where = sites.write_site(tmp_path / "site", sounds_s=SOUNDS_S, day_types=DAY_TYPES, binder=BINDER,
                             calendar=sites.CALENDAR.replace('"weekend"', '"weekday"'))  # fmt: skip
    whole = (where / "sounds/music/song 1.wav").read_bytes()
    (where / "sounds/music/song 1.wav").write_bytes(whole[:2000])
    (where / "sounds/music/song 2.wav").write_bytes(b"this is no music" * 500)
    (where / "sounds/music/song 3.wav").write_bytes(b"")

    said = kiosk("check", "--json", where=(where, tmp_path / "state"))

    assert said.code == 1
    told = {problem["file"]: problem for problem in said.json}
    assert set(told) >= {"sounds/music/song 2.wav"}
    assert any("song 3" in problem["file"] + problem["what"] for problem in said.json)
    assert any("song 1" in problem["file"] + problem["what"] for problem in said.json)
    assert all(set(problem) == {"file", "place", "what", "remedy", "severity"} for problem in said.json)


def test_a_check_tells_that_the_lockers_are_simulated_and_finds_nothing_wrong_with_that(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    rows = '\n[lockers]\n[[lockers.rows]]\nsize = "small"\nlockers = "1-2"\nplace = "left wall"\n'
    where = sites.write_site(tmp_path / "site", sounds_s=SOUNDS_S, site=sites.SITE + rows)

    said = kiosk("check", "--json", where=(where, tmp_path / "state"))
    told = kiosk("check", where=(where, tmp_path / "state"))

    assert [one["severity"] for one in said.json if "the lockers are simulated" in one["what"]] == ["note"]
    assert "note site.toml: lockers: no [[lockers.bank]] is wired" in told.out
    assert kiosk("check").out.count("simulated") == 0, "a store without lockers"


# plan


def test_a_plan_as_json_has_the_promised_shape(kiosk: Kiosk) -> None:
    said = kiosk("plan", "--date", DAY, "--json")

    assert said.code == 0
    assert set(said.json) == {"date", "items", "warnings"}
    assert said.json["date"] == DAY
    for item in said.json["items"]:
        assert set(item) == {"start", "end", "kind", "id", "class", "due", "error_s"}
        assert moment(item["start"]) < moment(item["end"])
        assert (item["due"] is None) == (item["error_s"] is None)
    assert [item["id"] for item in said.json["items"] if item["due"]] == ["member-day", "closing-30"]


def test_a_plan_is_a_table_and_a_picture(kiosk: Kiosk, tmp_path: Path) -> None:
    table = kiosk("plan", "--date", DAY)
    picture = kiosk("plan", "--date", DAY, "--png", tmp_path / "day.png")

    assert "09:00:00" in table.out
    assert picture.code == 0
    assert (tmp_path / "day.png").read_bytes().startswith(b"\x89PNG")
    assert kiosk("plan", "--png", tmp_path / "no" / "day.png").code == 3


# render


def rendered(file: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    samples: np.ndarray[Any, np.dtype[np.float32]] = soundfile.read(file, dtype="float32", always_2d=True)[0]
    return samples


def test_a_rendered_day_has_its_sound_and_its_log(kiosk: Kiosk, tmp_path: Path) -> None:
    out = tmp_path / "day.flac"

    said = kiosk("render", "--date", DAY, out, "--json")

    assert said.code == 0
    assert len(rendered(out)) == pytest.approx((10 + 180 + 15) * 44_100, abs=44_100)
    assert [line["kind"] for line in said.json][:2] == ["welcome", "welcome"]
    for line in said.json:
        assert moment(line["start"]) < moment(line["end"])
        assert line["outcome"] == "played"
        assert line["level_dbfs"] < 0


def test_a_stretch_from_the_middle_of_a_song_is_that_stretch_of_the_whole_day(kiosk: Kiosk, tmp_path: Path) -> None:
    assert kiosk("render", "--date", DAY, "--from", "09:00:00", tmp_path / "day.wav").code == 0

    assert kiosk("render", "--date", DAY, "--from", "09:00:27", "--to", "09:00:32", tmp_path / "part.wav").code == 0

    day, part = rendered(tmp_path / "day.wav"), rendered(tmp_path / "part.wav")
    at = 27 * 44_100
    assert len(part) == 5 * 44_100
    differences = [float(np.abs(day[at + by : at + by + len(part)] - part).max()) for by in range(-3, 4)]
    assert min(differences) < 2e-4, differences  # the moments of the plan are whole microseconds, not samples


def test_a_stretch_may_begin_before_the_opening(kiosk: Kiosk, tmp_path: Path) -> None:
    assert kiosk("render", "--date", DAY, "--from", "08:59:57", "--to", "09:00:02", tmp_path / "door.wav").code == 0

    sound = rendered(tmp_path / "door.wav")
    assert len(sound) == 5 * 44_100
    assert not sound[: 3 * 44_100 - 100].any()
    assert sound[3 * 44_100 + 100 :].any()


def test_every_kind_of_event_happens_in_a_rendering(kiosk: Kiosk, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(
        '{"at":"09:00:25","do":"press","button":"promo"}\n'
        '{"at":"09:00:26","do":"page","to":"guest","title":"mr","name":"王小明","zones":["hall"]}\n'
        '{"at":"09:01:20.500","do":"urgent","script":"lost-child"}\n'
        '{"at":"09:01:40","do":"evacuate","script":"evacuation"}\n'
        '{"at":"09:01:45","do":"reset"}\n',
        encoding="utf-8",
    )

    said = kiosk("render", "--date", DAY, "--to", "09:02:20", "--events", events, tmp_path / "day.ogg", "--json")

    assert said.code == 0, said.err
    asked = [line["id"] for line in said.json if line["operator"] == "events"]
    assert asked[:4] == ["member-day", "page/guest-mr", "lost-child", "evacuation"]
    urgent = next(line for line in said.json if line["id"] == "lost-child")
    late = moment(urgent["start"]) - datetime.fromisoformat(f"{DAY}T09:01:20.500+08:00")
    assert abs(late.total_seconds()) <= 0.1
    assert "小明" not in said.out
    rounds = [(line["outcome"], line["reason"]) for line in said.json if line["id"] == "evacuation"]
    assert len(rounds) > 1  # two words of speech, again and again until the reset
    assert rounds[-1] == ("cut", "reset")


def test_a_stretch_that_ends_before_it_begins_is_wrong_usage(kiosk: Kiosk, tmp_path: Path) -> None:
    said = kiosk("render", "--date", DAY, "--from", "09:02", "--to", "09:01", tmp_path / "x.flac")

    assert said.code == 2
    assert "--to 09:01:00 is not after --from 09:02:00" in said.err
    assert not (tmp_path / "x.flac").exists()


@pytest.mark.parametrize("name", ["no/such/folder/x.flac", "x.mp7", "folder"])
def test_a_file_that_cannot_be_written_is_told_and_exits_3(kiosk: Kiosk, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()

    said = kiosk("render", "--date", DAY, "--to", "09:00:05", tmp_path / name)

    assert said.code == 3
    assert said.err.count("kiosk: ") == 1
    assert "Traceback" not in said.err


def test_wrong_events_are_told_by_line_and_nothing_is_rendered(kiosk: Kiosk, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text('{"at":"09:01","do":"pres"}\n')

    said = kiosk("render", "--date", DAY, "--events", events, tmp_path / "x.flac")

    assert said.code == 1
    assert "events.jsonl: line 1: do is" in said.err
    assert not (tmp_path / "x.flac").exists()


# simulate


def test_simulated_days_have_their_figures(kiosk: Kiosk) -> None:
    said = kiosk("simulate", "--from", DAY, "--days", "2", "--json")

    assert set(said.json) == {"from", "days"}
    assert [day["date"] for day in said.json["days"]] == [DAY, "2026-11-24"]
    for day in said.json["days"]:
        assert day["day_type"] == "weekday"
        assert (day["announcements"], day["cut"], day["failed"]) == (2, 0, 0)
        assert day["silence_s"] == pytest.approx(0.0, abs=0.01)
    assert said.code == 0
