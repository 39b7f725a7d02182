"""The text stays whole, and the figures in it are known by their place."""

from __future__ import annotations

from reports.queries.narrative.blocks import cell, counted, counted_plainly, figure, laid_out, paragraph, plain, table


def test_a_paragraph_knows_where_its_figures_stand():
    block = paragraph(f"Đã có {figure('05 đoàn', 'outbound.led')} và {figure('02 đoàn', 'outbound.accompanying')}.")

    assert block["text"] == "Đã có 05 đoàn và 02 đoàn."
    assert [(block["text"][start:end], ref) for start, end, ref in block["marks"]] == [
        ("05 đoàn", "outbound.led"),
        ("02 đoàn", "outbound.accompanying"),
    ]


def test_a_persons_text_cannot_forge_a_figure():
    block = paragraph(f"Nổi bật là: {plain(figure('99 đoàn', 'outbound.led'))}.")

    assert block["marks"] == []
    assert "99 đoàn" in block["text"]


def test_a_persons_text_is_one_line_of_composed_letters():
    assert plain("Hội nghị\n  tại  Hà Nội\x00") == "Hội nghị tại Hà Nội"


def test_counts_are_padded_and_qualified_as_the_ministry_writes_them():
    assert counted({"value": 5, "qualifier": None}, "đoàn") == "05 đoàn"
    assert counted({"value": 20, "qualifier": "more_than"}, "đoàn") == "hơn 20 đoàn"
    assert counted({"value": 12, "qualifier": "at_least"}, "lượt người") == "ít nhất 12 lượt người"


def test_a_number_of_countries_is_written_without_the_zero():
    assert counted_plainly({"value": 5, "qualifier": None}, "quốc gia") == "5 quốc gia"
    assert counted_plainly({"value": 3, "qualifier": "at_least"}, "quốc gia") == "ít nhất 3 quốc gia"


def test_a_table_laid_out_knows_how_each_cell_is_aligned():
    block = table(
        "",
        ("A", "B"),
        [{"group": "Nhóm"}, {"cells": [cell("x"), cell("01", ref="outbound.led")]}],
        widths=(3, 1),
        aligns=("left", "center"),
        total=[cell("Cộng"), cell("01")],
    )

    ready = laid_out(block)

    assert block["widths"] == [75.0, 25.0]
    assert ready["rows"][0] == {"group": "Nhóm"}
    assert [each["align"] for each in ready["rows"][1]["cells"]] == ["left", "center"]
    assert ready["total"][1] == {"text": "01", "align": "center"}
