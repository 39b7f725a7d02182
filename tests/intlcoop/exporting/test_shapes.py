"""Charts that bars cannot be: what is drawn says every number, prints in one ink, and never fails on odd figures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from intlcoop.exporting.charts import (
    PDF_FONT,
    Bar,
    DonutChart,
    Group,
    GroupedChart,
    HeatGrid,
    donut_chart,
    heat_grid,
    line_chart,
    stacked_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
YEARS = GroupedChart(
    title="Đoàn ra qua các năm <b>",
    series=("Chủ trì", "Tháp tùng"),
    groups=(Group("2023", (1200, 1)), Group("2024", (None, 0)), Group("2025", (3, 2)), Group("2026", (4, None))),
    unit="đoàn",
)
PARTS = DonutChart(
    title="Theo hình thức", bars=(Bar("Trực tiếp", 3), Bar("Trực tuyến", 1), Bar("Kết hợp", 0)), unit="cuộc"
)
MONTHS = HeatGrid(
    title="Theo tháng", columns=("1", "2", "3"), rows=(("Đoàn ra", (1, None, 5)), ("Đoàn vào", (0, 2, 0))), unit="đoàn"
)
DRAWINGS = [(stacked_chart, YEARS), (line_chart, YEARS), (donut_chart, PARTS), (heat_grid, MONTHS)]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(("draw", "chart"), DRAWINGS)
def test_every_drawing_is_one_svg_in_one_ink_with_words_for_who_cannot_see_it(draw, chart):
    svg = draw(chart, font_family=PDF_FONT)
    root = ET.fromstring(svg)

    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == chart.title
    assert not re.search(r"style=|<script|#[0-9a-f]{3,6}\"|rgb\(", svg)
    assert "currentColor" in svg
    with translation.override("vi"):
        assert draw(chart, font_family=PDF_FONT) == svg
    for number in re.findall(r' (?:x|y|width|height|r)="([^"]+)"', svg):
        assert float(number) > -0.01


@pytest.mark.parametrize(
    ("draw", "chart"),
    [
        (stacked_chart, GroupedChart(title="", series=("a",), groups=())),
        (line_chart, GroupedChart(title="", series=(), groups=())),
        (donut_chart, DonutChart(title="", bars=(Bar("a", 0),))),
        (heat_grid, HeatGrid(title="", columns=(), rows=())),
    ],
)
def test_nothing_is_drawn_of_nothing(draw, chart):
    assert draw(chart) == ""


def test_stacked_bars_say_the_sum_and_each_part():
    svg = stacked_chart(YEARS)

    assert "1.201" in texts(svg)
    assert "2025, Tháp tùng: 2 đoàn" in svg
    assert "2024, Chủ trì" not in svg  # no record is no part


def test_a_year_without_a_record_breaks_the_line():
    svg = line_chart(YEARS)
    lines = [path.get("d") for path in ET.fromstring(svg).iter(f"{SVG}path") if path.get("fill") == "none"]

    assert [line.count("L") for line in lines] == [1, 2]  # led: 2025 to 2026; accompanying: 2023 to 2025
    assert "2024, Tháp tùng: 0 đoàn" in svg


def test_the_ring_says_its_sum_and_a_single_part_closes_it():
    assert "4" in texts(donut_chart(PARTS))
    assert "Kết hợp: 0 cuộc" in texts(donut_chart(PARTS))
    whole = donut_chart(DonutChart(title="", bars=(Bar("Tất cả", 7),)))
    assert whole.count("A80.0") == 2


@pytest.mark.parametrize("bars", [tuple(Bar(str(n), n) for n in range(5)), (Bar("a", -1),)])
def test_a_ring_that_would_mislead_is_refused(bars):
    with pytest.raises(ValueError, match=r"at most|negative"):
        DonutChart(title="", bars=bars)


def test_the_darkest_cell_is_the_largest_and_the_unknown_one_is_empty():
    svg = heat_grid(MONTHS)
    shades = {float(each) for each in re.findall(r'fill-opacity="([^"]+)"', svg)}

    assert max(shades) == 0.5
    assert svg.count("<g><title>") == 5
    assert texts(svg)[-6:] == ["1", "5", "Đoàn vào", "0", "2", "0"]
