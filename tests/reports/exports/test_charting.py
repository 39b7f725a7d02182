"""Each kind of chart gets its drawing, and no figures of a report can keep it from being made."""

from __future__ import annotations

import pytest

from reports.exports.charting import drawn

BARS = [["2025", 3], ["2026", 4]]


def block(kind: str, **changes):
    return {
        "type": "chart",
        "chart": kind,
        "title": "Tên",
        "unit": "đoàn",
        "label_header": "Năm",
        "bars": BARS,
    } | changes


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("bar", "<rect"),
        ("ranking", "<rect"),
        ("line", "<circle"),
        ("donut", "A80.0"),
        ("heat", "fill-opacity"),
        ("stacked", "<rect"),
    ],
)
def test_each_kind_is_drawn_as_it_is_called(kind, sign):
    assert sign in drawn(block(kind), width=560)


def test_several_series_are_stacked_or_stand_side_by_side():
    series = [{"name": "A", "values": [1, None]}, {"name": "B", "values": [2, 3]}]

    assert drawn(block("stacked", series=series), width=560) != drawn(block("bar", series=series), width=560)


def test_what_a_kind_cannot_show_is_drawn_otherwise():
    many = [{"name": str(n), "values": [n, n]} for n in range(6)]

    assert "fill-opacity" in drawn(block("stacked", series=many), width=560)
    assert "<rect" in drawn(block("donut", bars=[[str(n), n] for n in range(9)]), width=560)
    assert "A80.0" not in drawn(block("donut", bars=[["a", 1]]), width=560)


def test_a_chart_frozen_before_there_were_kinds_is_bars():
    old = block("bar")
    del old["chart"]

    assert drawn(old, width=560) == drawn(block("bar"), width=560)
