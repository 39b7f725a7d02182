"""The outline of a report: order, names, what is left out, what is written by hand."""

from __future__ import annotations

import pytest

from reports.choices import Variant
from reports.queries.narrative.blocks import paragraph
from reports.queries.narrative.outline import lay_out, moved, outline_of, spare_places, with_own, with_spare
from reports.queries.narrative.variants import OUTLINES


def library(*keys):
    return [{"key": key, "landscape": False, "blocks": [paragraph(key)]} for key in keys]


def place(key, level=1, title="", own=False, **more):
    return {"key": key, "level": level, "title": title or key, "own": own, **more}


def headings(sections):
    return [f"{section['number']} {section['key']}".strip() for section in sections]


def test_parts_and_sections_are_numbered_in_the_order_of_the_outline():
    outline = [place("a"), place("b"), place("c", 2), place("d", 3), place("e", 3), place("f", 2), place("g")]

    assert headings(lay_out(library(*"cdefgab"), outline)) == [
        "I. a", "II. b", "1. c", "1.1. d", "1.2. e", "2. f", "III. g",
    ]  # fmt: skip


def test_what_has_nothing_to_say_is_left_out_with_the_heading_above_it():
    outline = [place("a"), place("b", 2), place("c", 2), place("d", 3), place("e"), place("f", 2), place("g", 3)]

    assert headings(lay_out(library("d"), outline)) == ["I. a", "1. c", "1.1. d"]


def test_what_the_outline_leaves_out_is_not_printed():
    assert headings(lay_out(library("a", "b"), [place("b")])) == ["I. b"]


def test_a_section_written_by_hand_brings_its_text():
    [section] = lay_out([], [place("own-1", own=True, title="Ý kiến", text="Một.\n\n <b>Hai</b>\x02 ")])

    assert [block["text"] for block in section["blocks"]] == ["Một.", "<b>Hai</b>"]
    assert lay_out([], [place("own-1", own=True, text=" ")]) == []


def test_the_closing_line_names_the_annexes_that_are_there():
    outline = [place("a"), place("annex.x", "annex", "Danh sách"), place("annex.y", "annex", "Trống")]
    sections = lay_out(library("a", "annex.x"), outline)

    assert headings(sections) == ["I. a", "closing", "Phụ lục annex.x"]
    assert sections[1]["blocks"][0]["text"] == "Kèm theo báo cáo có: Phụ lục. Danh sách./."


@pytest.mark.parametrize("variant", Variant.values)
def test_each_variant_names_each_section_once_and_the_year(variant):
    outline = outline_of(variant, 2022)
    keys = [item["key"] for item in outline]

    assert len(keys) == len(set(keys)) == len(OUTLINES[variant])
    assert any("2022" in item["title"] for item in outline) or variant == Variant.LEADER_SESSION
    assert not any("{" in item["title"] for item in outline)


# --- changing it ---------------------------------------------------------------------------------------------------------

WHOLE = [
    place("a"), place("b"), place("c", 2), place("d", 3), place("e", 2), place("f"), place("annex.x", "annex"),
    place("annex.y", "annex"),
]  # fmt: skip


def keys(outline):
    return "".join(item["key"][-1] for item in outline)


@pytest.mark.parametrize(
    ("key", "up", "after"),
    [
        ("b", True, "bcdeafxy"),
        ("b", False, "afbcdexy"),
        ("c", False, "abecdfxy"),
        ("e", True, "abecdfxy"),
        ("c", True, "acdbefxy"),
        ("e", False, "abcdfexy"),
        ("a", True, "abcdefxy"),
        ("f", False, "abcdefxy"),
        ("annex.y", True, "abcdefyx"),
        ("annex.x", True, "abcdefxy"),
        ("nothing", True, "abcdefxy"),
    ],
)
def test_a_section_moves_with_what_stands_under_it(key, up, after):
    assert keys(moved(WHOLE, key, up=up)) == after


def test_a_section_of_ones_own_comes_before_the_annexes_with_a_key_of_its_own():
    once = with_own(WHOLE, "Ý kiến", 1)
    twice = with_own(once, "Khác", 2)

    assert [item["key"] for item in twice[-4:]] == ["tu-viet-1", "tu-viet-2", "annex.x", "annex.y"]
    assert twice[-3]["own"]


def test_what_was_left_out_can_be_brought_back():
    outline = [item for item in outline_of(Variant.ACTIVITY, 2026) if item["key"] not in ("ngo", "annex.events")]
    spare = {item["key"]: item for item in spare_places(outline, 2026)}

    assert {"ngo", "annex.events", "tasks"} <= set(spare)
    assert with_spare(outline, spare["annex.events"])[-1]["key"] == "annex.events"
    body = [item for item in with_spare(outline, spare["ngo"]) if item["level"] != "annex"]
    assert body[-1]["key"] == "ngo"
