from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from django.utils import translation

from intlcoop.exporting.charts import (
    PDF_FONT,
    Bar,
    BarChart,
    Group,
    GroupedChart,
    bar_chart,
    chart_table,
    grouped_bar_chart,
    wrap_label,
)

SVG = "{http://www.w3.org/2000/svg}"
BARS = BarChart(
    title="Số đoàn theo nước",
    bars=(Bar("Thái Lan", 4, "01 tháp tùng"), Bar("Lào", 2), Bar("Úc", 0)),
    unit="đoàn",
    description="Nhiều nhất là Thái Lan.",
    label_header="Nước",
)
GROUPS = GroupedChart(
    title="Đoàn ra theo quý",
    series=("Chủ trì", "Tháp tùng"),
    groups=(Group("Quý I", (3, 1)), Group("Quý II", (2, None))),
    unit="đoàn",
    label_header="Quý",
)
DRAWINGS = [(bar_chart, BARS), (grouped_bar_chart, GROUPS)]


def bars_of(svg: str) -> list[ET.Element]:
    return [rect for group in ET.fromstring(svg).iter(f"{SVG}g") for rect in group.iter(f"{SVG}rect")]


def test_lengths_are_in_proportion():
    widths = [float(bar.get("width")) for bar in bars_of(bar_chart(BARS))]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)
    assert widths[2] == 0


def test_heights_are_in_proportion_and_no_record_is_no_bar():
    heights = [float(bar.get("height")) for bar in bars_of(grouped_bar_chart(GROUPS))]
    assert len(heights) == 3
    assert heights[0] == pytest.approx(3 * heights[1], abs=0.2)


@pytest.mark.parametrize(("draw", "chart"), DRAWINGS)
def test_chart_speaks_to_a_screen_reader(draw, chart):
    root = ET.fromstring(draw(chart))
    title = root.find(f"{SVG}title")
    assert root.get("role") == "img"
    assert title.get("id") in root.get("aria-labelledby").split()
    assert title.text == chart.title


def test_description_and_notes_are_read_out():
    svg = bar_chart(BARS)
    assert "Nhiều nhất là Thái Lan.</desc>" in svg
    assert "<title>Thái Lan: 4 đoàn (01 tháp tùng)</title>" in svg
    assert "<title>Quý I, Tháp tùng: 1 đoàn</title>" in grouped_bar_chart(GROUPS)


@pytest.mark.parametrize(("draw", "chart"), DRAWINGS)
def test_strict_csp_and_dark_theme_are_served(draw, chart):
    svg = draw(chart)
    assert "style=" not in svg
    assert "<script" not in svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {"currentColor", "none"} | set(
        re.findall(r"url\(#\S+?\)", svg)
    )


def test_series_differ_without_colour():
    fills = [bar.get("fill") for bar in bars_of(grouped_bar_chart(GROUPS))][:2]
    assert fills[0] == "currentColor"
    assert fills[1].startswith("url(#")


def test_two_charts_of_a_page_share_no_ids():
    ids = [re.findall(r' id="([^"]+)"', draw(chart)) for draw, chart in DRAWINGS]
    assert not set(ids[0]) & set(ids[1])
    assert all(len(found) == len(set(found)) for found in ids)


@pytest.mark.parametrize("draw", [bar_chart, grouped_bar_chart])
def test_nothing_to_draw_gives_nothing(draw):
    empty = BarChart("x", ()) if draw is bar_chart else GroupedChart("x", ("a",), ())
    assert draw(empty) == ""


@pytest.mark.parametrize(("draw", "chart"), DRAWINGS)
def test_numbers_of_the_drawing_do_not_follow_the_language(draw, chart):
    with translation.override("vi"):
        coordinates = re.findall(r'(?:x|y|width|height|viewBox)="([^"]+)"', draw(chart))
    assert not [text for text in coordinates if "," in text]


def test_figures_are_written_the_vietnamese_way():
    chart = BarChart("x", (Bar("a", 1234), Bar("b", Decimal("2.5"))))
    assert ">1.234</text>" in bar_chart(chart)
    assert ">2,5</text>" in bar_chart(chart)


def test_every_text_is_escaped():
    evil = '<script>&"'
    svg = bar_chart(BarChart(evil, (Bar(evil, 1, evil),), evil, evil), font_family=evil)
    grouped = grouped_bar_chart(GroupedChart(evil, (evil,), (Group(evil, (1,)),), evil, evil))
    assert "<script" not in svg + grouped
    ET.fromstring(svg)
    ET.fromstring(grouped)


def test_font_is_named_only_where_asked():
    assert "font-family" not in bar_chart(BARS)
    assert f'font-family="{PDF_FONT}"' in bar_chart(BARS, font_family=PDF_FONT)


@pytest.mark.parametrize(
    ("label", "cut"),
    [
        ("từ " * 80, True),
        ("x" * 300, True),
        ("", False),
        ("Lào", False),
        ("Vụ Hợp tác quốc tế và Hội nhập kinh tế", False),
        ("Trường Đại học Nội vụ Hà Nội phân hiệu tại thành phố Hồ Chí Minh", True),
    ],
)
def test_long_labels_stay_inside(label, cut):
    lines = wrap_label(label, 200)
    assert len(lines) <= 2
    assert all(len(line) * 13 * 0.56 <= 200 for line in lines)
    assert lines[-1].endswith("…") == cut
    ET.fromstring(bar_chart(BarChart("x", (Bar(label, 1),))))


def test_bars_with_their_figures_stay_inside_the_drawing():
    chart = BarChart("x", (Bar("từ " * 80, 123_456_789), Bar("b", 1)))
    for group in ET.fromstring(bar_chart(chart, width=400)).iter(f"{SVG}g"):
        figure = group.findall(f"{SVG}text")[-1]
        assert float(figure.get("x")) + len(figure.text) * 7 <= 400


def test_negative_and_zero_values_have_no_bar():
    widths = [float(bar.get("width")) for bar in bars_of(bar_chart(BarChart("x", (Bar("a", -3), Bar("b", 0)))))]
    assert widths == [0, 0]


def test_companion_table_holds_the_same_figures():
    assert chart_table(BARS) == (("Nước", "đoàn"), (("Thái Lan", "4"), ("Lào", "2"), ("Úc", "0")))
    assert chart_table(GROUPS) == (("Quý", "Chủ trì", "Tháp tùng"), (("Quý I", "3", "1"), ("Quý II", "2", "")))


@pytest.mark.parametrize(
    "parts", [{"series": ("a",) * 5, "groups": ()}, {"series": ("a", "b"), "groups": (Group("x", (1,)),)}]
)
def test_charts_that_cannot_be_read_are_refused(parts):
    with pytest.raises(ValueError, match="series"):
        GroupedChart("x", **parts)
