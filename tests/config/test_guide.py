"""The store guide's file: a slip of the pen is told with its line, and a large store is no trouble."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.config.load import GUIDE, check_site
from kiosk.display.shapes import ICONS as ICON_FILES
from kiosk.display.theme import NORMAL
from kiosk.rules.service.store_icons import ICONS, TONES
from kiosk.rules.service.store_plan import Corridor, Kind
from tests.sites import write_site

PLAN = """\
[here]
floor = "1"
at = [10, 10]

[[floors]]
id = "1"
label = "1F"
name = { zh-CN = "一楼", zh-TW = "一樓", en = "First floor" }
outline = [[0, 0], [60, 0], [60, 40], [0, 40]]

[[corridors]]
floor = "1"
line = [[0, 12], [58, 12]]

[[areas]]
id = "shoes"
floor = "1"
name = { zh-CN = "鞋", zh-TW = "鞋", en = "Shoes" }
box = [0, 0, 20, 10]

[[facilities]]
name = { zh-CN = "电梯", zh-TW = "電梯", en = "Lifts" }
floor = "1"
at = [50, 20]
icon = "elevator"

[[goods]]
name = { zh-CN = "靴子", zh-TW = "靴子", en = "Boots" }
area = "shoes"
hours = { start = 10:00:00, end = 20:00:00 }
near = { zh-CN = "靠墙", zh-TW = "靠牆", en = "At the wall" }
"""


def told(root: Path, plan: str) -> list[str]:
    write_site(root)
    (root / GUIDE).write_text(plan, encoding="utf-8")
    return [f"{one.place} {one.what} {one.remedy}" for one in check_site(root)[1] if one.file == GUIDE]


def test_a_plan_becomes_places_that_can_be_found(tmp_path: Path) -> None:
    assert told(tmp_path, PLAN) == []

    site, _ = check_site(tmp_path)
    assert site is not None
    assert site.guide is not None
    kinds = [entry.kind for entry in site.guide.entries]
    assert kinds == [Kind.AREA, Kind.FACILITY, Kind.GOODS]
    boots = site.guide.entry("goods/1")
    assert boots is not None
    assert boots.at == (10.0, 5.0)
    assert boots.hours is not None
    assert site.guide.entries[1].landmark
    assert site.guide.floor("1").corridors == (Corridor(((0.0, 12.0), (58.0, 12.0)), 4.0),)


def test_a_store_without_a_guide_is_none_the_worse(tmp_path: Path) -> None:
    write_site(tmp_path)
    site, problems = check_site(tmp_path)

    assert site is not None
    assert site.guide is None
    assert [one for one in problems if one.file == GUIDE] == []


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('area = "shoes"', 'area = "shoe"', 'unknown area "shoe"'),
        ('floor = "1"\nat = [50', 'floor = "9"\nat = [50', 'unknown floor "9"'),
        ('[here]\nfloor = "1"', '[here]\nfloor = "2"', 'unknown floor "2"'),
        ('icon = "elevator"', 'icon = "lift"', 'unknown icon "lift"'),
        ("at = [50, 20]", "at = [50, 200]", "beyond the outline"),
        ('floor = "1"\nline', 'floor = "9"\nline', 'unknown floor "9"'),
        ("[58, 12]]", "[58, 120]]", "beyond the outline"),
        ("box = [0, 0, 20, 10]", "", "exactly one of box and shape"),
        ("box = [0, 0, 20, 10]", 'box = [0, 0, 20, 10]\ntone = "pink"', '"pink"'),
        ("en = \"Boots\"", 'en = "' + "B" * 61 + '"', "61 characters"),
        ('label = "1F"', 'label = "1st floor"', "label"),
        ("[[goods]]", "[[good]]", 'unknown section "good"'),
        ('[here]\nfloor = "1"\nat = [10, 10]\n', "", "is missing"),
        ('id = "shoes"', 'id = "shoes"\nfloors = 1', "floors"),
        (PLAN[PLAN.index("[[floors]]") : PLAN.index("[[areas]]")], "", "has no floor"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_plan_is_told_where_it_stands(tmp_path: Path, before: str, after: str, what: str) -> None:
    assert before in PLAN
    problems = told(tmp_path, PLAN.replace(before, after, 1))

    assert any(what in one for one in problems), problems
    assert check_site(tmp_path)[0] is None


def test_four_hundred_groups_of_goods_with_long_names_are_read(tmp_path: Path) -> None:
    more = "".join(
        f'\n[[goods]]\nname = {{ zh-CN = "{"鞋" * 56}{n}", zh-TW = "鞋{n}", en = "Shoe {n}" }}\narea = "shoes"\n'
        for n in range(400)
    )
    assert told(tmp_path, PLAN + more) == []


def test_an_area_may_have_any_shape(tmp_path: Path) -> None:
    shape = "shape = [[0, 0], [20, 0], [20, 10], [10, 20]]"
    assert told(tmp_path, PLAN.replace("box = [0, 0, 20, 10]", shape)) == []


def test_every_icon_and_tone_that_a_store_may_choose_is_there() -> None:
    assert [icon for icon in ICONS if not (ICON_FILES / f"{icon}.svg").exists()] == []
    assert set(TONES) <= set(NORMAL.tones)


def test_the_command_finds_what_the_screen_finds(capsys: pytest.CaptureFixture[str]) -> None:
    demo = str(Path(__file__).parents[2])

    assert main(["guide", "find", "--site", demo, "xsj"]) == 0
    assert "洗手间" in capsys.readouterr().out.splitlines()[0]
    assert main(["guide", "find", "--site", demo, "--json", "where", "is", "the", "ATM"]) == 0
    assert '"Cash machine"' in capsys.readouterr().out
    assert main(["guide", "find", "--site", demo, "飞机"]) == 1
    assert "member of staff" in capsys.readouterr().out


def test_the_command_draws_the_map_of_a_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo, out = str(Path(__file__).parents[2]), tmp_path / "map.png"

    assert main(["guide", "map", "--site", demo, "b1", str(out), "--language", "en"]) == 0
    assert out.stat().st_size > 10_000
    assert main(["guide", "map", "--site", demo, "9", str(out)]) != 0
    assert "there is no floor 9" in capsys.readouterr().err
    write_site(tmp_path / "bare")
    assert main(["guide", "map", "--site", str(tmp_path / "bare"), "1", str(out)]) != 0
    assert main(["guide", "map", "--site", demo, "1", str(tmp_path / "no" / "map.png")]) != 0
