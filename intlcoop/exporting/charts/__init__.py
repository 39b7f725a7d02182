"""Charts as SVG made on the server, one drawing for the page, for print and for PDF."""

from intlcoop.exporting.charts.bars import (
    Bar,
    BarChart,
    Group,
    GroupedChart,
    bar_chart,
    chart_table,
    grouped_bar_chart,
)
from intlcoop.exporting.charts.drawing import PATTERNS, PDF_FONT, Number, wrap_label
from intlcoop.exporting.charts.shapes import (
    DonutChart,
    HeatGrid,
    donut_chart,
    heat_grid,
    line_chart,
    stacked_chart,
)

__all__ = [
    "PATTERNS",
    "PDF_FONT",
    "Bar",
    "BarChart",
    "DonutChart",
    "Group",
    "GroupedChart",
    "HeatGrid",
    "Number",
    "bar_chart",
    "chart_table",
    "donut_chart",
    "grouped_bar_chart",
    "heat_grid",
    "line_chart",
    "stacked_chart",
    "wrap_label",
]
