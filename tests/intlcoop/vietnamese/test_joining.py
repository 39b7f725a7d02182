from __future__ import annotations

import pytest

from intlcoop.vietnamese.joining import capitalise_first, join_and, join_elided, join_semicolons, without_end


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["Lào"], "Lào"), (["Lào", "Pháp"], "Lào và Pháp"), (["Lào", "", "Pháp", "Úc"], "Lào, Pháp và Úc")],
)
def test_things_in_one_sentence(items, text):
    assert join_and(items) == text


def test_a_list_with_semicolons_has_one_closing_sign():
    assert (
        join_semicolons(["Dự hội nghị.", "ký kết;", "  ", "làm việc./."], end=".") == "Dự hội nghị; ký kết; làm việc."
    )
    assert join_semicolons([], end=".") == ""


def test_a_long_list_is_elided():
    assert join_elided(["Pháp", "Lào", "Úc"], keep=2) == "Pháp, Lào…"
    assert join_elided(["Pháp", "Lào"], keep=2) == "Pháp, Lào"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Hà Nội.", "Hà Nội"),
        ("Hà Nội./.", "Hà Nội"),
        ("a ;. ", "a"),
        ("và...", "và..."),
        ("Pháp, Lào…", "Pháp, Lào…"),
        ("", ""),
    ],
)
def test_closing_signs_are_dropped(text, bare):
    assert without_end(text) == bare


def test_only_the_first_letter_becomes_a_capital():
    assert capitalise_first("đoàn của ASEAN") == "Đoàn của ASEAN"
    assert capitalise_first("") == ""
