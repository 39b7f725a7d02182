"""The text beside a row under which it is found."""

from __future__ import annotations

from intlcoop.catalogues.searching import search_text


def test_every_word_of_every_name_has_a_space_before_it_and_empty_names_leave_no_trace():
    assert search_text("Cốt-đi-voa", "", "Côte d'Ivoire", " - ") == " cot di voa cote d ivoire"
