from __future__ import annotations

import unicodedata

import pytest

from intlcoop.web.file_numbers import normalise_number, shown


@pytest.mark.parametrize(
    ("stored", "on_screen"),
    [
        ("DR-2026-0012", "ĐR-2026-0012"),
        ("DV-2026-0012", "ĐV-2026-0012"),
        ("HN-2026-0001", "HN-2026-0001"),
        ("KH-2026-0001", "KH-2026-0001"),
        ("TTQT-2026-0001", "TTQT-2026-0001"),
        ("BC-2026-0001", "BC-2026-0001"),
        ("", ""),
    ],
)
def test_only_delegations_get_their_stroke_back(stored, on_screen):
    assert shown(stored) == on_screen


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ĐR-2026-0012", "DR-2026-0012"),
        ("đr-2026-12", "DR-2026-0012"),
        ("DR 2026 12", "DR-2026-0012"),
        ("ÐR-2026-0012", "DR-2026-0012"),
        (unicodedata.normalize("NFD", "ĐV-2026-0007"), "DV-2026-0007"),
        (" ttqt-2026-0003 ", "TTQT-2026-0003"),
        ("DR–2026–0012", "DR-2026-0012"),
        ("ĐR-2026", "DR-2026-"),
        ("DR-2026-00", "DR-2026-00"),
        ("hội nghị ASEAN", ""),
        ("15/QĐ-BNV", ""),
        ("KH", ""),
        ("", ""),
    ],
)
def test_every_way_of_typing_a_number_finds_it(typed, stored):
    assert normalise_number(typed) == stored


def test_what_is_shown_is_found_again():
    for stored in ("DR-2026-0012", "DV-2026-0300", "HN-2025-0001", "BC-2026-12345"):
        assert normalise_number(shown(stored)) == stored
