from __future__ import annotations

import re
from xml.etree import ElementTree

from kiosk.display.line_chart import COLORS, line_chart


def drawn(chart: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{chart}</div>")


def test_a_line_has_a_hole_where_nothing_is_known_and_every_value_a_point() -> None:
    chart = drawn(line_chart([("A & B", (1.0, 2.0, None, 4.0, 3.0, None, 2.0))], [f"w{n}" for n in range(7)], 5.0))

    assert len(chart.findall(".//polyline")) == 2
    assert len(chart.findall(".//circle")) == 5
    assert [one.text for one in chart.findall(".//text")][:5] == ["0", "1.25", "2.5", "3.75", "5"]
    assert "".join(chart.itertext()).endswith("A & B")


def test_the_scale_fits_and_higher_values_stand_higher() -> None:
    chart = line_chart([("cases", (0, 37, 12))], ["a", "b", "c"])

    low, high, middle = (float(y) for y in re.findall(r'cy="([\d.]+)"', chart))
    assert high < middle < low
    assert ">40</text>" in chart


def test_a_year_of_weeks_keeps_its_labels_apart_and_more_lines_than_colours_are_left_out() -> None:
    lines = [(f"s{n}", [n] * 52) for n in range(1, 12)]
    chart = drawn(line_chart(lines, [f"w{n}" for n in range(52)]))

    labels = [one.text for one in chart.findall(".//text") if (one.text or "").startswith("w")]
    assert len(labels) <= 12
    assert len(chart.findall(".//polyline")) == len(COLORS)


def test_nothing_to_draw_is_nothing_and_a_single_week_is_a_point() -> None:
    assert line_chart([], ["w"]) == line_chart([("a", (None,))], ["w"]) == line_chart([("a", (1,))], []) == ""
    assert line_chart([("a", (3,))], ["w"]).count("<circle") == 1
